/**
 * A cheap sufficient test for inclusion: every endpoint of one set is covered by a single endpoint of
 * the other. Pairs of patterns have small products where whole scopes may have huge ones.
 */
import { BudgetExceededError, type SearchBudget } from '../automaton/search-budget.ts'
import { RequestAutomaton } from '../automaton/request-automaton.ts'
import { searchOnly } from './own-requests.ts'
import { type AnalyzedEndpoint, sameRules, type RequestSet } from './request-set.ts'

/** Limits: pairs of endpoints, and states for each. */
const PAIRS = 4_000
const STATES = 1_000

/** True is a proof that `big` allows all that `small` allows for this method; false proves nothing. */
export function includesEach(
  big: RequestSet,
  small: RequestSet,
  method: string,
  searchBudget: SearchBudget,
): boolean {
  if (!sameRules(big.rules, small.rules)) return false
  const granting = ({ items }: RequestSet): readonly AnalyzedEndpoint[] =>
    items.filter(({ methods }) => methods.includes(method))
  const [bigger, smaller] = [granting(big), granting(small)]
  if (bigger.length * smaller.length > PAIRS) return false
  const automata = new Map<AnalyzedEndpoint, RequestAutomaton>()
  const matching = (item: AnalyzedEndpoint): RequestAutomaton => {
    const known = automata.get(item) ?? new RequestAutomaton([item.pattern], big.rules, 'match')
    automata.set(item, known)
    return known
  }
  const covers = (wide: AnalyzedEndpoint, narrow: AnalyzedEndpoint): boolean => {
    if (wide.pattern.text === narrow.pattern.text) return true
    if (narrow.pattern.endsInSlash && !wide.pattern.endsInSlash) return false
    try {
      return (
        searchOnly(matching(narrow), matching(wide), big.rules.pathLength, searchBudget.within(STATES)) ===
        null
      )
    } catch (error) {
      if (!(error instanceof BudgetExceededError)) throw error
      searchBudget.check()
      return false
    }
  }
  return smaller.every((narrow) => bigger.some((wide) => covers(wide, narrow)))
}
