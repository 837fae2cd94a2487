import type { Budget, SearchBudget } from '../automaton/search-budget.ts'
import type { Policy } from '../decision/types.ts'
import { searchBudgetFor } from './search-budget-for.ts'
import { superfluous } from './coverage.ts'
import { type RequestSets, requestSetsOf } from './request-sets.ts'
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
  return sets.names.flatMap((scope) => redundantIn(scope, sets, searchBudget))
}

function redundantIn(
  scope: string,
  sets: RequestSets,
  searchBudget: SearchBudget,
): readonly RedundantEndpoint[] {
  const { data } = sets
  // The endpoints of the scope come first.
  const count = data.scopes.get(scope)?.endpoints.length
  const own = new Set(
    data.grants
      .get(scope)
      ?.slice(0, count)
      .map((grant) => sets.item(grant)),
  )
  return superfluous(sets.of(scope), own, searchBudget, () => undefined).map(({ item, methods, covers }) => {
    const coveredBy = new Set(covers.map(({ endpoint }) => endpoint.pattern))
    return { scope, endpoint: item.endpoint.pattern, methods, coveredBy: [...coveredBy] }
  })
}
