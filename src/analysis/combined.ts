/**
 * What pairs of scopes allow together. With `trailingSlash: strict` a path that ends in a slash needs two
 * matches, and two scopes of a token can give one each. So two policies whose scopes all allow the same
 * alone can still differ for tokens that have two of them; more than two make no further difference.
 *
 * Such a difference needs a scope that matches other paths with a slash at their end. That is rare, so it
 * is searched only then, and only where the scopes alone show no change in the same direction.
 */
import type { SearchBudget } from '../automaton/search-budget.ts'
import { searchOnly } from './own-requests.ts'
import type { RequestSet } from './request-set.ts'
import type { RequestSets } from './request-sets.ts'
import type { Change, CombinedChange, ScopeChange } from './types.ts'

export interface ComparedScope {
  readonly change: ScopeChange
  readonly more: boolean
  readonly less: boolean
}

export function combinedChanges(
  old: RequestSets,
  young: RequestSets,
  kept: readonly ComparedScope[],
  change: Change,
  searchBudget: SearchBudget,
): readonly CombinedChange[] {
  if (change === 'mixed') return []
  const names = kept.map(({ change: { scope } }) => scope)
  const found: CombinedChange[] = []
  const look = (direction: CombinedChange['change'], suspects: readonly string[]): void => {
    const [from, to] = direction === 'widened' ? [young, old] : [old, young]
    const asked = new Set<string>()
    for (const suspect of suspects) {
      asked.add(suspect)
      for (const name of names) {
        if (asked.has(name)) continue
        const scopes = [suspect, name] as const
        const witness = onlyTogether(from.token(scopes), to.token(scopes), searchBudget)
        if (witness !== null) found.push({ scopes, change: direction, witness })
      }
    }
  }
  if (change !== 'widened')
    look(
      'widened',
      namesOf(kept, ({ more }) => more),
    )
  if (change !== 'narrowed')
    look(
      'narrowed',
      namesOf(kept, ({ less }) => less),
    )
  return found
}

function namesOf(kept: readonly ComparedScope[], test: (scope: ComparedScope) => boolean): readonly string[] {
  return kept.filter(test).map(({ change }) => change.scope)
}

/** Each set decides as for a token that has both scopes. */
function onlyTogether(
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
