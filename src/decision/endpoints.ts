import type { AcceptedPath } from '../pattern/request-path.ts'
import type { MayGoOn } from './authorize.ts'
import type { Contains } from './narrowest.ts'
import type { GrantedBy, Nearest } from './types.ts'

/** What decides needs no endpoints; what explains a decision asks for them here. Scopes are numbers. */
export interface Endpoints {
  /** Inclusion of scopes, for one sorting: what is read for it is kept no longer. */
  readonly inclusion: (mayGoOn: MayGoOn) => Contains
  /** The endpoints of a scope that grant a method on a path, in document order. */
  readonly granting: (
    scope: number,
    method: string,
    path: string,
    mayGoOn: MayGoOn,
  ) => readonly Pick<GrantedBy, 'endpoint' | 'span'>[]
  /** The near miss of a denied request, as a member; `reading` is what its target was read as. */
  readonly nearest?: (
    scopes: readonly number[],
    method: string,
    target: string,
    reading: AcceptedPath,
  ) => { readonly nearest: Nearest } | undefined
}
