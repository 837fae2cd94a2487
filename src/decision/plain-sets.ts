/**
 * The smallest sets of scopes that allow a request where each scope grants for itself: single scopes, and for a path
 * with a slash at its end (`trailingSlash: strict`) two of which one has the path and the other the path without it.
 */
import type { AcceptedPath } from '../pattern/request-path.ts'
import type { MayGoOn } from './authorize.ts'
import type { Ids } from './narrowest.ts'
import type { PolicyAuthorizer } from './policy-authorizer.ts'

/** Scopes that are looked at for pairs. */
export const MAX_HALVES = 64

/** Each set and the list in document order, the smaller sets first. */
export function plainSets(
  { allows, held }: Pick<PolicyAuthorizer, 'allows' | 'held'>,
  method: string,
  reading: AcceptedPath,
  mayGoOn: MayGoOn,
): readonly Ids[] {
  const ids = [...Array(held.scopeCount).keys()]
  const alone = ids.filter((id) => allows([id], method, reading, mayGoOn))
  const sets: readonly Ids[] = alone.map((id) => [id])
  const { path, withoutSlash } = reading
  if (typeof withoutSlash !== 'string') return sets
  const halves = ids
    .filter(
      (id) =>
        !alone.includes(id) &&
        [path, withoutSlash].some((half) =>
          allows([id], method, { ...reading, path: half, withoutSlash: undefined }, mayGoOn),
        ),
    )
    .slice(0, MAX_HALVES)
  const pairs = halves.flatMap((id, index) =>
    halves
      .slice(index + 1)
      .filter((other) => mayGoOn() && allows([id, other], method, reading, mayGoOn))
      .map((other) => [id, other]),
  )
  return [...sets, ...pairs]
}
