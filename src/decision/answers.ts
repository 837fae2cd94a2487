/**
 * Everything that can be asked of a policy, derived from what its authorizer decides. A loaded policy and
 * a compiled one share this file, so they cannot answer differently; they differ only in where the
 * endpoints behind an explanation come from.
 */
import { type PathReading, type PathRules, readPath } from '../pattern/request-path.ts'
import type { Authorizer } from './authorize.ts'
import { explainer } from './explain.ts'
import { type Contains, narrowestFirst } from './narrowest.ts'
import type { GrantedBy, Policy } from './types.ts'

/** What decides needs no endpoints; what explains a decision asks for them here. Scopes are numbers. */
export interface Endpoints {
  /** Inclusion of scopes, for one sorting: what is read for it is kept no longer. */
  readonly inclusion: () => Contains
  /** The endpoints of a scope that grant a method on a path, in document order. */
  readonly granting: (
    scope: number,
    method: string,
    path: string,
  ) => readonly Pick<GrantedBy, 'endpoint' | 'span'>[]
}

export type Answers = Pick<Policy, 'authorize' | 'grant' | 'explain' | 'scopesFor' | 'methodsFor'>

/** `names` in the order of the scopes' numbers; `methods` are all that some endpoint grants. */
export function createAnswers(
  names: readonly string[],
  methods: readonly string[],
  { authorize, idsOf, authorizeIds, allows }: Authorizer,
  endpoints: Endpoints,
  rules: PathRules,
): Answers {
  const sorted = [...methods].sort()
  const ids = [...names.keys()]
  const named = (list: readonly number[]): readonly string[] => list.map((id) => names[id] as string)
  const allowing = (method: string, reading: PathReading): readonly string[] =>
    named(
      narrowestFirst(
        ids.filter((id) => allows([id], method, reading)),
        endpoints.inclusion(),
      ),
    )
  const allowed = (of: readonly number[], reading: PathReading): readonly string[] =>
    sorted.filter((method) => allows(of, method, reading))

  return {
    authorize,
    grant: (scopes: unknown) => {
      const known = idsOf(scopes)
      return Object.freeze({
        authorize: (method: unknown, path: unknown) => authorizeIds(known, method, path),
        scopes: Object.freeze(named([...known].sort((a, b) => a - b))),
      })
    },
    explain: explainer({ names, rules, endpoints, idsOf, allowing, allowed }),
    scopesFor: (method: unknown, path: unknown) =>
      typeof path === 'string' ? allowing(method as string, readPath(path, rules)) : [],
    methodsFor: (scopes: unknown, path: unknown) =>
      typeof path === 'string' ? allowed(idsOf(scopes), readPath(path, rules)) : [],
  }
}
