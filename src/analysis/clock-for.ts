import { type Budget, Clock } from '../automaton/clock.ts'
import { describeGiven, givenOptions } from '../policy/given-options.ts'

/** A clock for a budget given in code. Throws `TypeError` for what is none. */
export function clockFor(budget: Budget | undefined): Clock {
  const limits = givenOptions(budget, ['states', 'milliseconds'], 'budget limit')
  for (const [name, value] of Object.entries(limits)) {
    if (typeof value !== 'number' || !(value >= 0)) {
      throw new TypeError(`budget limit ${name} must be a number from 0 on, not ${describeGiven(value)}`)
    }
  }
  return new Clock(limits as Budget)
}
