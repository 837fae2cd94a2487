/**
 * Everything that can be asked of a policy, derived from what its authorizer decides. A loaded policy and
 * a compiled one share this file, so they cannot answer differently; they differ only in where the
 * endpoints of an explanation come from.
 *
 * All answers but those of `authorize` and `grant` look at more than one scope or method, some at all scopes
 * of the policy. They are asked for requests that anybody can send, so they are bounded by steps, see
 * {@link Effort}: scopes that the budget does not reach are not listed, and what it cannot sort is in document
 * order. No answer allows more for it.
 */
import { allowingAlone, allowingSets } from './allowing-sets.ts'
import type { Endpoints } from './endpoints.ts'
import { type Explainer, explainer, FIND_STEPS, SORT_STEPS, type Sources } from './explain.ts'
import { type Ids, narrowestFirst } from './narrowest.ts'
import { plainSets } from './plain-sets.ts'
import { itemsOf, type List } from '../matcher/tables.ts'
import type { PolicyAuthorizer } from './policy-authorizer.ts'
import type { Policy } from './types.ts'

export type PolicyQueries = Pick<Policy, 'authorize' | 'grant' | 'scopesFor' | 'setsFor' | 'methodsFor'> &
  Explainer &
  Pick<PolicyAuthorizer, 'idsOf' | 'read'>

const NONE = { scopes: [], sets: [] }
/** Lists of sets that are remembered, of at most 256 sets each. */
const MAX_UNSORTABLE = 64

/** `names` in the order of the scopes' numbers; `methods` are all that some endpoint grants. */
export function createQueries(
  names: List<string>,
  methods: readonly string[],
  authorizer: Omit<PolicyAuthorizer, 'names'>,
  endpoints: Endpoints,
): PolicyQueries {
  const { authorize, idsOf, authorizeIds, allows, budget, held, read } = authorizer
  const nameAt = itemsOf(names)
  const sorted = [...methods].sort()
  const named = (list: readonly number[]): readonly string[] => list.map((id) => nameAt(id) as string)
  const scopesOf = (rows: readonly number[]): number[] =>
    held.close === undefined ? [...rows] : rows.filter((row) => row < held.scopeCount)
  /** Lists that took more than their budget to sort, as they would again. */
  const unsortable = new Set<string>()
  const sortedNames = (sets: readonly Ids[]): readonly (readonly string[])[] => {
    const key = sets.join(' ')
    if (unsortable.has(key)) return sets.map(named)
    const mayGoOn = budget(SORT_STEPS)
    const sorted = narrowestFirst(sets, endpoints.inclusion(mayGoOn), mayGoOn)
    if (!mayGoOn() && unsortable.size < MAX_UNSORTABLE) unsortable.add(key)
    return sorted.map(named)
  }
  const wouldAllow: Sources['wouldAllow'] = (method, reading) => {
    if (reading.refusal !== undefined || reading.path === null) return NONE
    const mayGoOn = budget(FIND_STEPS)
    if (held.close === undefined) {
      const sets = sortedNames(plainSets(authorizer, method, reading, mayGoOn))
      return { scopes: sets.filter((set) => set.length === 1).flat(), sets }
    }
    const alone = allowingAlone(authorizer, method, reading, mayGoOn)
    const sets = allowingSets(authorizer, method, reading, mayGoOn)
    return {
      scopes: sortedNames(alone).flat(),
      sets: sortedNames(sets),
    }
  }
  const wouldAllowTarget = (method: unknown, path: unknown): ReturnType<Sources['wouldAllow']> =>
    typeof path === 'string' ? wouldAllow(method as string, read(method, path)) : NONE

  return {
    authorize,
    idsOf,
    read,
    grant: (scopes: unknown) => {
      const known = idsOf(scopes)
      return Object.freeze({
        authorize: (method: unknown, path: unknown) => authorizeIds(known, method, path),
        scopes: Object.freeze(named(scopesOf(known).sort((a, b) => a - b))),
      })
    },
    ...explainer({ ...authorizer, names, methods: sorted, endpoints, wouldAllow }),
    scopesFor: (method: unknown, path: unknown) => wouldAllowTarget(method, path).scopes,
    setsFor: (method: unknown, path: unknown) => wouldAllowTarget(method, path).sets,
    methodsFor: (scopes: unknown, path: unknown) => {
      if (typeof path !== 'string') return []
      const [known, reading] = [idsOf(scopes), read(undefined, path)]
      return sorted.filter((method) => allows(known, method, reading))
    },
  }
}
