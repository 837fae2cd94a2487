/** Inclusion shown pattern by pattern. */
import { expect, test } from 'vitest'
import { includesEach } from '../../src/analysis/piecewise.ts'
import { SearchBudget } from '../../src/automaton/search-budget.ts'
import type { PathRules } from '../../src/pattern/request-path.ts'
import { endedBudget, RULES, SEGMENT, setOf } from './sets.ts'

function includes(
  big: readonly string[],
  small: readonly string[],
  rules: PathRules = RULES,
  budget = new SearchBudget(),
): boolean {
  return includesEach(setOf(big, rules), setOf(small, rules), 'GET', budget)
}

test.each([
  [['a*'], ['ab', 'ac'], true],
  [['a*', 'b'], ['b', 'ab'], true],
  [['a*'], ['b'], false],
  [['a*'], ['ab', 'b'], false],
  [['a'], [], true],
  [[], ['a'], false],
  // Only what grants the method counts, on either side.
  [['PUT a*'], ['ab'], false],
  [['a'], ['a', 'PUT b'], true],
  // Together they would, but not each by one.
  [['a/*/b', 'a/*/c'], ['a/*'], false],
  // A pattern that asks for a slash is covered by one that asks for it.
  [['a*'], ['a/'], false],
  [['*/'], ['a/'], true],
  [['a/'], ['a/'], true],
  [['a/'], ['a/*'], false],
])('%j for %j: %j', (big, small, expected) => {
  expect(includes(big, small)).toBe(expected)
  expect(includes(big, small, SEGMENT)).toBe(expected)
})

test('a path that one matches only with its slash counts: another may match it without', () => {
  // Alone `a/{b,}` does not grant `a/`, which it matches.
  expect(includes(['a/?*'], ['a/{b,}'], SEGMENT)).toBe(false)
  expect(includes(['a/**'], ['a/{b,}'], SEGMENT)).toBe(true)
})

test('nothing is shown where paths are read in different ways', () => {
  const ignore: PathRules = { ...RULES, trailingSlash: 'ignore' }
  expect(includesEach(setOf(['a'], ignore), setOf(['a']), 'GET', new SearchBudget())).toBe(false)
})

test('up to the length of the paths that the including set reads', () => {
  expect(includes(['ab'], ['ab*'], { ...RULES, pathLength: 3 })).toBe(true)
  expect(includes(['ab'], ['ab*'], { ...RULES, pathLength: 4 })).toBe(false)
})

test('more than 4,000 pairs are not tried', () => {
  const names = (count: number, of: string): readonly string[] =>
    Array.from({ length: count }, (_, index) => `${of}${index}`)
  expect(includes(['a*', ...names(39, 'x')], names(100, 'a'))).toBe(true)
  expect(includes(['a*', ...names(39, 'x')], names(101, 'a'))).toBe(false)
})

test('a pair has 1,000 states at most, and a budget that has ended is reported', () => {
  const long = 'x'.repeat(2000)
  expect(includes(['x*'], ['x'.repeat(900)])).toBe(true)
  expect(includes(['x*'], [long])).toBe(false)
  expect(includes(['x*', `${long}*`], [long])).toBe(false)
  expect(includes([long, 'x*'], [long])).toBe(true)
  expect(() => includes(['a*'], ['ab'], RULES, endedBudget())).toThrow('the budget of 0 ms')
})

test('other errors are not taken for the end of a budget', () => {
  class BrokenBudget extends SearchBudget {
    override within(): never {
      throw new Error('broken')
    }
  }
  expect(() => includes(['a*'], ['ab'], RULES, new BrokenBudget())).toThrow('broken')
})
