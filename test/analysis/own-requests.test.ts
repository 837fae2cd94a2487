/** The shortest request that one endpoint allows on its own and another set does not. */
import { describe, expect, test } from 'vitest'
import { searchOnly, shortestOwn } from '../../src/analysis/own-requests.ts'
import { SearchBudget } from '../../src/automaton/search-budget.ts'
import type { PathRules } from '../../src/pattern/request-path.ts'
import { CountingBudget, endedBudget, RULES, SEGMENT, setOf } from './sets.ts'

/** What the first pattern allows alone. */
function own(
  patterns: readonly string[],
  others: readonly string[],
  rules = RULES,
  otherRules = rules,
): string | null {
  const set = setOf(patterns, rules)
  const [item] = set.items
  if (item === undefined) throw new Error('no endpoint')
  return shortestOwn(item, set, setOf(others, otherRules), 'GET', new SearchBudget())
}

describe('shortestOwn', () => {
  test.each([
    [['a'], [], '/a'],
    [['a'], ['a'], null],
    [['a'], ['*'], null],
    [['a*'], ['a'], '/aa'],
    [['a/*'], ['a/b'], '/a/a'],
    [['a/*'], ['a/a', 'a/b'], '/a/c'],
    [['*'], ['a*'], '/'],
    [['a*'], ['a*b', 'a'], '/aa'],
    [['a/'], ['a'], '/a/'],
    [['a/'], ['a*'], null],
    [['a*'], ['a/*', 'a'], '/aa'],
    // What needs another endpoint of the set is not its own.
    [['a/*', 'a'], ['a/*'], null],
  ])('of %j against %j: %j', (patterns, others, expected) => {
    expect(own(patterns, others)).toBe(expected)
  })

  test('where case does not matter, another first letter may be what differs', () => {
    const folded: PathRules = { ...RULES, caseSensitive: false }
    expect(own(['users'], ['users'], folded, RULES)).toBe('/Users')
    expect(own(['1a'], ['1a'], folded, RULES)).toBe('/1A')
    expect(own(['users'], ['users'], folded)).toBeNull()
    const based: PathRules = { ...folded, basePath: 'v1' }
    expect(own(['users'], ['users'], based, { ...RULES, basePath: 'v1' })).toBe('/v1/Users')
  })

  test('by other rules, or without short cuts, it is searched', () => {
    expect(own(['a'], ['a'], RULES, { ...RULES, basePath: 'v1' })).toBe('/a')
    expect(own(['[ab]'], ['a'], SEGMENT)).toBe('/b')
    expect(own(['a?'], ['a[a-z]'], SEGMENT)).toMatch(/^\/a.$/)
    expect(own(['{a,b}/x'], ['a/x', 'b/x', '{*,*}/x'], SEGMENT)).toBeNull()
    expect(own(['a'], ['a'], { ...RULES, trailingSlash: 'ignore' }, RULES)).toBe('/a/')
  })

  test('no request is longer than either set reads', () => {
    const short: PathRules = { ...RULES, pathLength: 3 }
    expect(own(['abc'], [], short)).toBeNull()
    expect(own(['ab'], [], short)).toBe('/ab')
    expect(own(['abc'], [], RULES, short)).toBeNull()
    expect(own(['ab*'], ['ab'], short)).toBeNull()
    expect(own(['a*'], ['a'], short)).toBe('/aa')
    expect(own(['abc*'], ['abc*'], short, RULES)).toBeNull()
    expect(own(['ab*'], ['abc'], short)).toBe('/ab')
    expect(own(['a*b*'], ['ab'], short)).toBeNull()
  })

  test('it is not searched where a short cut shows it', () => {
    const searches = (
      pattern: string,
      others: readonly string[],
      rules = RULES,
      otherRules = rules,
    ): number => {
      const set = setOf([pattern], rules)
      const [item] = set.items
      if (item === undefined) throw new Error('no endpoint')
      const budget = new CountingBudget()
      shortestOwn(item, set, setOf(others, otherRules), 'GET', budget)
      return budget.searches
    }
    expect(searches('a*', ['a'])).toBe(0)
    expect(searches('a*', ['*'])).toBe(0)
    expect(searches('a', ['a'])).toBe(0)
    expect(searches('a*b', ['ab*'])).toBe(0)
    expect(searches('abc', [], { ...RULES, pathLength: 4 })).toBe(0)
    expect(searches('abc*', ['ab'], { ...RULES, pathLength: 4 })).toBe(0)
    expect(searches('abc*', ['abc'], { ...RULES, pathLength: 5 })).toBe(0)
    expect(searches('users', ['users'], { ...RULES, caseSensitive: false }, RULES)).toBe(0)
    // By other rules the fresh path proves nothing.
    expect(searches('a*', ['*'], RULES, { ...RULES, extensions: ['json'] })).toBe(1)
    expect(searches('a?', [], SEGMENT)).toBe(1)
  })

  test('an example that the path rules refuse does not count', () => {
    expect(own(['.*'], [])).toBe('/.a')
    expect(own(['a/.*'], [])).toBe('/a/.a')
  })

  test('a pattern without a fresh path is searched', () => {
    expect(own(['a*/'], [], { ...RULES, extensions: ['json'] })).toBe('/a/')
  })

  test('the budget of time counts', () => {
    const set = setOf(['a*'])
    const [item] = set.items
    if (item === undefined) throw new Error('no endpoint')
    expect(() => shortestOwn(item, set, setOf([]), 'GET', endedBudget())).toThrow(
      'the budget of 0 ms is used up',
    )
  })
})

test('searchOnly finds a shortest path up to a length, or proves that there is none', () => {
  const [a, b] = [setOf(['abc', 'abcd']), setOf(['abc'])]
  const search = (longest: number): string | null =>
    searchOnly(a.automaton('GET'), b.automaton('GET'), longest, new SearchBudget())
  expect(search(5)).toBe('/abcd')
  expect(search(4)).toBeNull()
  expect(searchOnly(b.automaton('GET'), a.automaton('GET'), 10, new SearchBudget())).toBeNull()
})

test('searchOnly counts states anew', () => {
  const budget = new SearchBudget({ states: 6 })
  const [a, b] = [setOf(['abc']), setOf([])]
  for (let round = 0; round < 5; round++) {
    expect(searchOnly(a.automaton('GET'), b.automaton('GET'), 10, budget)).toBe('/abc')
  }
})
