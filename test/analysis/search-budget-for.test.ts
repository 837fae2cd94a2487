/** A budget from the options that code gives. */
import { expect, test } from 'vitest'
import { searchBudgetFor } from '../../src/analysis/search-budget-for.ts'
import type { Budget } from '../../src/automaton/search-budget.ts'

test('its limits are those that are given, from 0 on', () => {
  const oneState = searchBudgetFor({ states: 1 })
  oneState.tick()
  expect(() => {
    oneState.tick()
  }).toThrow('the budget of 1 states is used up')
  expect(() => {
    searchBudgetFor({ states: 0 }).tick()
  }).toThrow('the budget of 0 states is used up')
  expect(() => {
    searchBudgetFor({ milliseconds: 0 }).check()
  }).toThrow('the budget of 0 ms is used up')
  for (const none of [undefined, {}, { states: undefined }]) {
    const budget = searchBudgetFor(none as Budget | undefined)
    for (let step = 0; step < 1000; step++) budget.tick()
    budget.check()
  }
})

test.each([
  [{ states: -1 }, 'budget limit states must be a number from 0 on, not -1'],
  [{ states: Number.NaN }, 'budget limit states must be a number from 0 on, not NaN'],
  [{ states: '5' }, 'budget limit states must be a number from 0 on, not "5"'],
  [{ milliseconds: null }, 'budget limit milliseconds must be a number from 0 on, not null'],
  [{ seconds: 1 }, 'unknown budget limit "seconds"'],
  [5, 'budget limits cannot be 5'],
])('%j is refused', (budget, message) => {
  expect(() => searchBudgetFor(budget as unknown as Budget)).toThrow(new TypeError(message))
})
