/**
 * The smallest sets of scopes that allow a request: those of which no scope can be left out.
 *
 * Most are single scopes. A combination needs one provider for each of its scopes, and a path with a slash at its end
 * (`trailingSlash: strict`) can be allowed by two scopes together, one of which matches it and the other one the
 * path without the slash. Where the baseline allows the request, no scope is needed.
 *
 * Policies without combinations and baseline do with `plainSets`, and compiled ones carry nothing else.
 */
import type { AcceptedPath } from '../pattern/request-path.ts'
import type { MayGoOn } from './authorize.ts'
import type { Ids } from './narrowest.ts'
import { MAX_HALVES } from './plain-sets.ts'
import type { PolicyAuthorizer } from './policy-authorizer.ts'

/** Sets that are listed. */
const MAX_SETS = 256

/** Single scopes that allow a request, each with the rows that it makes a token hold. */
export function allowingAlone(
  { allows, held }: Pick<PolicyAuthorizer, 'allows' | 'held'>,
  method: string,
  reading: AcceptedPath,
  mayGoOn: MayGoOn,
): readonly Ids[] {
  const ids = [...Array(held.scopeCount).keys()]
  return ids.filter((id) => allows(held.close?.([id]) ?? [id], method, reading, mayGoOn)).map((id) => [id])
}

/** Scopes as numbers, each set and the list in document order. */
export function allowingSets(
  { allows, held }: Pick<PolicyAuthorizer, 'allows' | 'held'>,
  method: string,
  { path, withoutSlash }: AcceptedPath,
  mayGoOn: MayGoOn,
): readonly Ids[] {
  const { scopeCount, close, providers } = held
  const matching = (one: AcceptedPath): readonly Ids[] => {
    if (close !== undefined && allows(close([]), method, one, mayGoOn)) return [[]]
    const sets: Ids[] = []
    for (let id = 0; id < scopeCount; id++) {
      if (allows(close?.([id]) ?? [id], method, one, mayGoOn)) sets.push([id])
    }
    for (const [row, members] of providers) {
      if (!allows([row], method, one, mayGoOn)) continue
      let some: readonly Ids[] = [[]]
      for (const ids of members) {
        some = smallest(some.flatMap((set) => ids.map((id) => union(set, [id]))))
        if (some.length > MAX_SETS || !mayGoOn()) some = some.slice(0, MAX_SETS)
      }
      sets.push(...some)
    }
    return smallest(sets)
  }
  const reading = (text: string | null, shorter?: null): AcceptedPath => ({
    refusal: undefined,
    path: text,
    withoutSlash: shorter,
  })
  if (withoutSlash === undefined) return matching(reading(path))
  const asking = matching(reading(path, null))
  if (withoutSlash === null) return asking
  const [whole, shorter] = [path, withoutSlash].map((text) => matching(reading(text)).slice(0, MAX_HALVES))
  const pairs = whole?.flatMap((a) => shorter?.map((b) => union(a, b)) ?? []) ?? []
  return smallest([...asking, ...pairs])
}

function union(a: Ids, b: Ids): Ids {
  return [...new Set([...a, ...b])].sort((left, right) => left - right)
}

/** Without sets that have another one in them; smaller ones first, then in document order. */
function smallest(sets: readonly Ids[]): readonly Ids[] {
  const sorted = [...sets].sort((a, b) => a.length - b.length || compare(a, b))
  const kept: Ids[] = []
  for (const set of sorted) {
    if (kept.length < MAX_SETS && !kept.some((smaller) => smaller.every((id) => set.includes(id))))
      kept.push(set)
  }
  return kept
}

function compare(a: Ids, b: Ids): number {
  for (const [at, id] of a.entries()) if (id !== b[at]) return id - (b[at] ?? 0)
  return 0
}
