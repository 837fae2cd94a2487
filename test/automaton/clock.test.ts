/** A budget ends a search, never silently. */
import { expect, test } from 'vitest'
import { BudgetEnded, Clock } from '../../src/automaton/clock.ts'

const ended = (work: () => void): string | undefined => {
  try {
    work()
  } catch (error) {
    if (error instanceof BudgetEnded) return error.reason
    throw error
  }
  return undefined
}

const ticks = (clock: Clock, count: number): void => {
  for (let index = 0; index < count; index++) clock.tick()
}

test('so many states, and one more is too many', () => {
  const clock = new Clock({ states: 100 })
  expect(
    ended(() => {
      ticks(clock, 100)
    }),
  ).toBeUndefined()
  expect(
    ended(() => {
      clock.tick()
    }),
  ).toBe('the budget of 100 states is used up')
  expect(
    ended(() => {
      new Clock({ states: 0 }).tick()
    }),
  ).toBe('the budget of 0 states is used up')
  expect(
    ended(() => {
      ticks(new Clock(), 200_000)
    }),
  ).toBeUndefined()
  expect(
    ended(() => {
      ticks(new Clock(), 200_001)
    }),
  ).toBe('the budget of 200000 states is used up')
})

test('states are counted anew after a restart, the time is not', () => {
  const clock = new Clock({ states: 10 })
  ticks(clock, 10)
  clock.restart()
  expect(
    ended(() => {
      ticks(clock, 10)
    }),
  ).toBeUndefined()
  const late = new Clock({ milliseconds: 0 })
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
  const clock = new Clock({ milliseconds: 0 })
  const begun = performance.now()
  while (performance.now() <= begun + 1);
  expect(
    ended(() => {
      ticks(clock, 63)
    }),
  ).toBeUndefined()
  expect(
    ended(() => {
      clock.tick()
    }),
  ).toBe('the budget of 0 ms is used up')
})

test('a part of a budget has no more states and no more time than what is left', () => {
  const clock = new Clock({ states: 50, milliseconds: 60_000 })
  expect(
    ended(() => {
      ticks(clock.within(20), 20)
    }),
  ).toBeUndefined()
  expect(
    ended(() => {
      ticks(clock.within(20), 21)
    }),
  ).toBe('the budget of 20 states is used up')
  expect(
    ended(() => {
      ticks(clock.within(500), 51)
    }),
  ).toBe('the budget of 50 states is used up')
  const spent = new Clock({ milliseconds: 0 })
  const begun = performance.now()
  while (performance.now() <= begun + 1);
  expect(
    ended(() => {
      for (;;) spent.within(5).check()
    }),
  ).toBe('the budget of 0 ms is used up')
  expect(
    ended(() => {
      ticks(clock.within(500), 50)
    }),
  ).toBeUndefined()
})

test('what is no number from 0 on is no budget', () => {
  for (const wrong of [-1, NaN, 'x']) {
    expect(() => new Clock({ states: wrong as number })).toThrow(TypeError)
    expect(() => new Clock({ milliseconds: wrong as number })).toThrow('a budget is a number from 0 on')
  }
  expect(() => new Clock({ states: 0, milliseconds: 0 })).not.toThrow()
})
