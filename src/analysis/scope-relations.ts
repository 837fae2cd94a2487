import { type Budget, BudgetExceededError, type SearchBudget } from '../automaton/search-budget.ts'
import { RequestAutomaton } from '../automaton/request-automaton.ts'
import type { Policy } from '../decision/types.ts'
import { searchBudgetFor } from './search-budget-for.ts'
import { compareScopes } from './compare-scopes.ts'
import { equalScopes } from './equal-scopes.ts'
import { searchOnly } from './own-requests.ts'
import type { AnalyzedEndpoint } from './request-set.ts'
import { requestSetsOf } from './request-sets.ts'
import type { Overlap, UnreachableEndpoint } from './types.ts'

/**
 * Every pair of scopes that allow some request both, or for which the budget of the pair ended; in
 * document order.
 */
export function overlaps(policy: Policy, budget?: Budget): readonly Overlap[] {
  const names = requestSetsOf(policy).names
  return names.flatMap((a, index) =>
    names.slice(index + 1).flatMap((b) => {
      const comparison = compareScopes(policy, a, b, budget)
      // What is open has a reason.
      const { inBoth, reason } = comparison
      return inBoth === undefined && reason === undefined ? [] : [{ a, b, comparison }]
    }),
  )
}

/** Groups of two or more scopes that allow the same requests, at least one; in document order. */
export function equivalentScopes(policy: Policy, budget?: Budget): readonly (readonly string[])[] {
  return equalScopes(requestSetsOf(policy), searchBudgetFor(budget), () => undefined)
}

/** A scope's own endpoints that no accepted path matches. What the budget leaves open is not listed. */
export function unreachable(policy: Policy, budget?: Budget): readonly UnreachableEndpoint[] {
  const searchBudget = searchBudgetFor(budget)
  const sets = requestSetsOf(policy)
  const { rules, scopes } = sets.data
  const nothing = new RequestAutomaton([], rules)
  const dead = new Map<string, boolean>()
  const known = ({ pattern }: AnalyzedEndpoint): boolean =>
    dead.get(pattern.text) ??
    (pattern.meaning.kind === 'never' ||
      isDead(new RequestAutomaton([pattern], rules, 'match'), nothing, rules.pathLength, searchBudget))
  return [...scopes].flatMap(([scope, { endpoints }]) =>
    // Those that it includes follow.
    sets
      .itemsOf(scope)
      .slice(0, endpoints.length)
      .flatMap((item) => {
        const { pattern: endpoint, methods } = item.endpoint
        const isUnreachable = known(item)
        dead.set(item.pattern.text, isUnreachable)
        return isUnreachable ? [{ scope, endpoint, methods }] : []
      }),
  )
}

function isDead(
  matching: RequestAutomaton,
  nothing: RequestAutomaton,
  longest: number,
  searchBudget: SearchBudget,
): boolean {
  try {
    return searchOnly(matching, nothing, longest, searchBudget) === null
  } catch (error) {
    if (error instanceof BudgetExceededError) return false
    throw error
  }
}
