import { type Budget, SearchBudget } from '../automaton/search-budget.ts'
import { describeGiven, givenOptions } from '../policy/given-options.ts'

/** A clock for a budget given in code. Throws `TypeError` for an invalid one. */
export function searchBudgetFor(budget: Budget | undefined): SearchBudget {
  const limits = givenOptions(budget, ['states', 'milliseconds'], 'budget limit')
  for (const [name, value] of Object.entries(limits)) {
    if (typeof value !== 'number' || !(value >= 0)) {
      throw new TypeError(`budget limit ${name} must be a number from 0 on, not ${describeGiven(value)}`)
    }
  }
  return new SearchBudget(limits as Budget)
}
