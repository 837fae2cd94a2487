/**
 * What pairs of tokens allow together. With `trailingSlash: strict` a path that ends in a slash needs two
 * matches, and two scopes of a token can give one each. So two policies whose scopes all allow the same
 * alone can still differ for tokens that have two of them; more than two make no further difference.
 *
 * What gives a match may be in one policy only, or be held under another name: a new scope that allows nothing
 * alone, an alias, a combination. So all tokens take part that are compared alone, each with its names in either
 * policy.
 *
 * Such a difference needs a token that matches other paths with a slash at their end. That is rare, so it
 * is searched only then, and only where the tokens alone show no change in the same direction.
 */
import type { SearchBudget } from '../automaton/search-budget.ts'
import { searchOnly } from './own-requests.ts'
import type { RequestSet } from './request-set.ts'
import type { RequestSets } from './request-sets.ts'
import type { Change, CombinedChange, ScopeChange } from './types.ts'

/** A token as it is compared alone. */
export interface ComparedScope {
  readonly change: ScopeChange
  readonly more: boolean
  readonly less: boolean
  /** Its scopes, as the old policy names them. */
  readonly was: readonly string[]
  /** Its scopes, as the new policy names them. */
  readonly is: readonly string[]
}

export function combinedChanges(
  old: RequestSets,
  young: RequestSets,
  compared: readonly ComparedScope[],
  change: Change,
  searchBudget: SearchBudget,
): readonly CombinedChange[] {
  if (change === 'mixed') return []
  const found = new Map<string, CombinedChange>()
  const look = (direction: CombinedChange['change'], suspects: readonly ComparedScope[]): void => {
    const asked = new Set<ComparedScope>()
    for (const suspect of suspects) {
      asked.add(suspect)
      for (const other of compared) {
        const scopes = [suspect.change.scope, other.change.scope] as const
        // Several tokens may hold one combination.
        const key = `${direction} ${scopes.join('\n')}`
        if (asked.has(other) || scopes[0] === scopes[1] || found.has(key)) continue
        const before = old.token([...suspect.was, ...other.was])
        const after = young.token([...suspect.is, ...other.is])
        const [from, to] = direction === 'widened' ? [after, before] : [before, after]
        const witness = onlyIn(from, to, searchBudget)
        if (witness !== null) found.set(key, { scopes, change: direction, witness })
      }
    }
  }
  if (change !== 'widened')
    look(
      'widened',
      compared.filter(({ more }) => more),
    )
  if (change !== 'narrowed')
    look(
      'narrowed',
      compared.filter(({ less }) => less),
    )
  return [...found.values()]
}

function onlyIn(
  set: RequestSet,
  other: RequestSet,
  searchBudget: SearchBudget,
): CombinedChange['witness'] | null {
  const longest = Math.min(set.rules.pathLength, other.rules.pathLength)
  for (const method of set.methods) {
    const path = searchOnly(set.automaton(method), other.automaton(method), longest, searchBudget)
    if (path === null) continue
    if (!set.allows(method, path) || other.allows(method, path)) {
      throw new Error(`analysis and authorize disagree about ${method} ${path}`)
    }
    return { method, path }
  }
  return null
}
