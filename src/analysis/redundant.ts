import type { Budget } from '../automaton/search-budget.ts'
import type { Policy } from '../decision/types.ts'
import { searchBudgetFor } from './search-budget-for.ts'
import { superfluous } from './coverage.ts'
import { requestSetsOf } from './request-sets.ts'
import type { RedundantEndpoint } from './types.ts'

/**
 * Endpoints of a scope that its other endpoints, and those of the scopes it includes, make superfluous.
 * All that are listed can be removed together without changing a decision: of endpoints that cover each
 * other the later ones are listed. Exact, also where only several others together cover one; what the
 * budget leaves open is not listed.
 */
export function redundantEndpoints(policy: Policy, budget?: Budget): readonly RedundantEndpoint[] {
  const searchBudget = searchBudgetFor(budget)
  const sets = requestSetsOf(policy)
  return [...sets.data.scopes].flatMap(([scope, { endpoints }]) => {
    // Those that it includes follow.
    const own = new Set(sets.itemsOf(scope).slice(0, endpoints.length))
    return superfluous(sets.of(scope), own, searchBudget, () => undefined).map(
      ({ item, methods, covers }) => {
        const coveredBy = new Set(covers.map(({ endpoint }) => endpoint.pattern))
        return { scope, endpoint: item.endpoint.pattern, methods, coveredBy: [...coveredBy] }
      },
    )
  })
}
