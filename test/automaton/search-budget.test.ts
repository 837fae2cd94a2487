/** A budget ends a search, never silently. */
import { processorTime } from '../../src/automaton/processor-time.ts'
import { expect, test } from 'vitest'
import { BudgetExceededError, SearchBudget } from '../../src/automaton/search-budget.ts'

const ended = (work: () => void): string | undefined => {
  try {
    work()
  } catch (error) {
    if (error instanceof BudgetExceededError) return error.reason
    throw error
  }
  return undefined
}

const ticks = (searchBudget: SearchBudget, count: number): void => {
  for (let index = 0; index < count; index++) searchBudget.tick()
}

test('so many states, and one more is too many', () => {
  const searchBudget = new SearchBudget({ states: 100 })
  expect(
    ended(() => {
      ticks(searchBudget, 100)
    }),
  ).toBeUndefined()
  expect(
    ended(() => {
      searchBudget.tick()
    }),
  ).toBe('the budget of 100 states is used up')
  expect(
    ended(() => {
      new SearchBudget({ states: 0 }).tick()
    }),
  ).toBe('the budget of 0 states is used up')
  expect(
    ended(() => {
      ticks(new SearchBudget(), 200_000)
    }),
  ).toBeUndefined()
  expect(
    ended(() => {
      ticks(new SearchBudget(), 200_001)
    }),
  ).toBe('the budget of 200000 states is used up')
})

test('states are counted anew after a restart, the time is not', () => {
  const searchBudget = new SearchBudget({ states: 10 })
  ticks(searchBudget, 10)
  searchBudget.restart()
  expect(
    ended(() => {
      ticks(searchBudget, 10)
    }),
  ).toBeUndefined()
  const late = new SearchBudget({ milliseconds: 0 })
  expect(
    ended(() => {
      for (;;) late.check()
    }),
  ).toBe('the budget of 0 ms is used up')
  expect(
    ended(() => {
      late.restart()
    }),
  ).toBe('the budget of 0 ms is used up')
})

test('time is looked at once in 64 states', () => {
  const searchBudget = new SearchBudget({ milliseconds: 0 })
  const begun = processorTime()
  while (processorTime() <= begun + 1);
  expect(
    ended(() => {
      ticks(searchBudget, 63)
    }),
  ).toBeUndefined()
  expect(
    ended(() => {
      searchBudget.tick()
    }),
  ).toBe('the budget of 0 ms is used up')
})

test('so much memory, also for a part of the budget, and more is too much', () => {
  const mebibyte = 2 ** 20
  for (const [searchBudget, bytes] of [
    [new SearchBudget(), 128 * mebibyte],
    [new SearchBudget().within(5), 128 * mebibyte],
    [new SearchBudget({}, mebibyte), mebibyte],
    [new SearchBudget({}, mebibyte).within(5), mebibyte],
  ] as const) {
    expect(
      ended(() => {
        searchBudget.hold(bytes)
      }),
    ).toBeUndefined()
    expect(
      ended(() => {
        searchBudget.hold(bytes + 1)
      }),
    ).toBe(`the budget of ${bytes / mebibyte} MiB is used up`)
  }
})

test('a part of a budget has no more states and no more time than what is left', () => {
  const searchBudget = new SearchBudget({ states: 50, milliseconds: 60_000 })
  expect(
    ended(() => {
      ticks(searchBudget.within(20), 20)
    }),
  ).toBeUndefined()
  expect(
    ended(() => {
      ticks(searchBudget.within(20), 21)
    }),
  ).toBe('the budget of 20 states is used up')
  expect(
    ended(() => {
      ticks(searchBudget.within(500), 51)
    }),
  ).toBe('the budget of 50 states is used up')
  const spent = new SearchBudget({ milliseconds: 0 })
  const begun = processorTime()
  while (processorTime() <= begun + 1);
  expect(
    ended(() => {
      for (;;) spent.within(5).check()
    }),
  ).toBe('the budget of 0 ms is used up')
  expect(
    ended(() => {
      ticks(searchBudget.within(500), 50)
    }),
  ).toBeUndefined()
})

test('what is no number from 0 on is no budget', () => {
  for (const wrong of [-1, NaN, 'x']) {
    expect(() => new SearchBudget({ states: wrong as number })).toThrow(TypeError)
    expect(() => new SearchBudget({ milliseconds: wrong as number })).toThrow(
      'a budget is a number from 0 on',
    )
  }
  expect(() => new SearchBudget({ states: 0, milliseconds: 0 })).not.toThrow()
})

test('what others do on the machine does not use up a budget', () => {
  const searchBudget = new SearchBudget({ milliseconds: 50 })
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
  expect(
    ended(() => {
      searchBudget.check()
    }),
  ).toBeUndefined()
})
