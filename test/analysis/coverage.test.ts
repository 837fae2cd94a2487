/** The endpoints of a set that its other endpoints grant as well, and which of those are enough. */
import { describe, expect, test } from 'vitest'
import { Coverage, superfluous } from '../../src/analysis/coverage.ts'
import { type AnalyzedEndpoint, RequestSet } from '../../src/analysis/request-set.ts'
import { SearchBudget } from '../../src/automaton/search-budget.ts'
import type { PathRules } from '../../src/pattern/request-path.ts'
import { BrokenBudget, CountingBudget, endedBudget, itemOf, RULES, SEGMENT, setOf } from './sets.ts'

// `a*/` has no short cut by these rules, so that a set with it is searched.
const JSON_RULES: PathRules = { ...RULES, extensions: ['json'] }

function textOf({ pattern, methods }: AnalyzedEndpoint): string {
  return methods.join() === 'GET' ? pattern.text : `${methods.join()} ${pattern.text}`
}

function print(set: RequestSet, own = new Set(set.items), budget = new SearchBudget()): readonly string[] {
  return superfluous(set, own, budget, (item) => {
    throw new Error(`${textOf(item)} is open`)
  }).map(
    ({ item, methods, covers }) =>
      `${methods.join()} ${item.pattern.text}: ${covers.map(textOf).join(' + ')}`,
  )
}

/** What covers the first endpoint of a list, of the others. */
function coverOf(
  endpoints: readonly string[],
  rules = SEGMENT,
  budget = new SearchBudget(),
): readonly string[] | null {
  const set = setOf(endpoints, rules)
  const [item] = set.items
  if (item === undefined) throw new Error('no endpoint')
  return new Coverage(set, budget).of(item, 'GET', (other) => other !== item)?.map(textOf) ?? null
}

function searches(endpoints: readonly string[], rules = SEGMENT): number {
  const budget = new CountingBudget()
  coverOf(endpoints, rules, budget)
  return budget.searches
}

describe('superfluous', () => {
  test.each<[readonly string[], readonly string[]]>([
    [['a*', 'ab'], ['GET ab: a*']],
    [['ab', 'a*'], ['GET ab: a*']],
    [['a', 'b'], []],
    [['a', 'PUT a'], []],
    [[], []],
    // Of equal ones the first remains.
    [
      ['a', 'a', 'a'],
      ['GET a: a', 'GET a: a'],
    ],
    [['a*', 'GET,PUT ab'], ['GET ab: a*']],
    [['a*', 'PUT ab*', 'GET,PUT,POST abc'], ['GET,PUT abc: a* + PUT ab*']],
    [
      ['ab', 'a*', 'abc*', 'abcd'],
      ['GET ab: a*', 'GET abc*: a*', 'GET abcd: a*'],
    ],
  ])('of %j: %j', (endpoints, expected) => {
    expect(print(setOf(endpoints))).toEqual(expected)
    expect(print(setOf(endpoints, SEGMENT))).toEqual(expected)
  })

  test('an endpoint that may go covers no other', () => {
    expect(print(setOf(['*?', '?*', '?x'], SEGMENT))).toEqual(['GET ?*: *?', 'GET ?x: *?'])
    const set = setOf(['*?', 'GET,PUT ?*', 'PUT *?'], SEGMENT)
    expect(print(set)).toEqual(['GET ?*: *?', 'PUT *?: GET,PUT ?*'])
  })

  test('only of the endpoints asked about', () => {
    const set = setOf(['a*', 'ab', 'ac'])
    expect(print(set, new Set(set.items.slice(1, 2)))).toEqual(['GET ab: a*'])
    expect(print(set, new Set())).toEqual([])
  })

  test('an endpoint that is listed twice is one', () => {
    const [wide, narrow] = [itemOf('a*'), itemOf('ab')]
    expect(print(new RequestSet([narrow, narrow], RULES))).toEqual([])
    expect(print(new RequestSet([wide, narrow, narrow], RULES))).toEqual(['GET ab: a*'])
  })

  test('what a budget leaves open is named, and stays to cover others', () => {
    // Equal patterns need no search.
    const set = setOf(['[ab]', 'GET,PUT [ab]', 'PUT c'], SEGMENT)
    const open: string[] = []
    const found = superfluous(set, new Set(set.items), endedBudget(), (item) => open.push(textOf(item)))
    expect(open).toEqual(['PUT c', 'GET,PUT [ab]'])
    expect(found.map(({ item, covers }) => [textOf(item), covers.map(textOf)])).toEqual([
      ['[ab]', ['GET,PUT [ab]']],
    ])
  })

  test('other errors are not taken for the end of a budget', () => {
    const set = setOf(['[ab]', '{a,b}'], SEGMENT)
    expect(() => print(set, new Set(set.items), new BrokenBudget())).toThrow('broken')
  })
})

describe('what covers an endpoint', () => {
  test('an equal pattern that may be used, without a search', () => {
    const set = setOf(['a', 'b', 'PUT a', 'POST a'])
    const [item, different, middle, last] = set.items
    if (item === undefined || last === undefined) throw new Error('four endpoints')
    const coverage = new Coverage(set, endedBudget())
    expect(coverage.of(item, 'GET', (other) => other === middle)).toEqual([middle])
    expect(coverage.of(item, 'GET', (other) => other === last)).toEqual([last])
    expect(coverage.of(last, 'POST', (other) => other === item)).toEqual([item])
    expect(() => coverage.of(item, 'GET', (other) => other === different)).toThrow(
      'the budget of 0 ms is used up',
    )
  })

  describe('with `wildcard: any`', () => {
    test.each<[readonly string[], readonly string[] | null]>([
      [['ab', 'b', 'a*', '*b'], ['a*']],
      [['ab', 'b', 'ab*c'], null],
      [['a*b', 'a*', '*b'], ['a*']],
      [['a*b', 'acb', 'ab', 'a*c'], null],
      // A slash at the end: one pattern that asks for it, or one that matches the path with it and one without.
      [['a/', 'a/*'], null],
      [['a/', 'a'], null],
      [['a/', 'a/*', '*/'], ['*/']],
      [
        ['a/', 'a/*', 'a'],
        ['a/*', 'a'],
      ],
      [
        ['ab/', 'ab/*', 'a', '*b'],
        ['ab/*', '*b'],
      ],
      [['a*/', '*/*', 'a*c'], null],
      [['a/b', 'a/*', 'a'], ['a/*']],
    ])('of %j: %j', (endpoints, expected) => {
      expect(coverOf(endpoints, RULES)).toEqual(expected)
    })

    test('only patterns that may be used', () => {
      const set = setOf(['a/', 'a/*', '*/', 'a'])
      const [item, star, slash, without] = set.items
      if (item === undefined) throw new Error('no endpoint')
      const coverage = new Coverage(set, new SearchBudget())
      const of = (...usable: readonly unknown[]): unknown =>
        coverage.of(item, 'GET', (other) => usable.includes(other))
      expect(of(star, without)).toEqual([star, without])
      expect(of(star)).toBeNull()
      expect(of(without)).toBeNull()
      expect(of(slash, without)).toEqual([slash])
      expect(of()).toBeNull()
    })

    test('is looked up once for all methods of an endpoint', () => {
      const set = setOf(['GET,PUT ab', 'GET,PUT a*', 'b'])
      const [item, star, other] = set.items
      if (item === undefined || other === undefined) throw new Error('three endpoints')
      const budget = new CountingBudget()
      const coverage = new Coverage(set, budget)
      const of = (one: AnalyzedEndpoint, method: string): unknown =>
        coverage.of(one, method, (usable) => usable !== one)
      expect([of(item, 'GET'), of(item, 'PUT')]).toEqual([[star], [star]])
      expect(budget.checks).toBe(1)
      expect([of(other, 'GET'), of(item, 'GET')]).toEqual([null, [star]])
      expect([budget.checks, budget.searches]).toEqual([3, 0])
    })
  })

  describe('where it is searched', () => {
    test.each<[readonly string[], readonly string[] | null]>([
      [['?x', '*x'], ['*x']],
      [['?x', 'ax', '??', '*x'], ['??']],
      [['*x', '?x'], null],
      [
        ['?x', 'ax', '[^a]x'],
        ['ax', '[^a]x'],
      ],
      [['?x', 'ax', '[^b]x'], null],
      // Of those that cover it together some may be left out.
      [
        ['x/?', 'x/[^a]', 'x/a', 'x/b', 'y'],
        ['x/[^a]', 'x/a'],
      ],
      [
        ['x/?', 'x/b', 'x/[^ab]', 'x/[ab]', 'x/a'],
        ['x/[^ab]', 'x/[ab]'],
      ],
      [['?x', 'c', 'PUT d'], null],
      [['?x'], null],
    ])('of %j: %j', (endpoints, expected) => {
      expect(coverOf(endpoints)).toEqual(expected)
    })

    test('a match counts, though the endpoint alone does not allow it', () => {
      expect(coverOf(['{?x,a/b,a/}', '{?x,a/b}'])).toBeNull()
      expect(coverOf(['{?x,a/b}', '{?x,a/b,a/}'])).toEqual(['{?x,a/b,a/}'])
      expect(coverOf(['{?x,a/b,a/}', '{?x,c,a/b,a/}'])).toEqual(['{?x,c,a/b,a/}'])
    })

    test('a slash at the end needs a pattern that asks for it, or one without it as well', () => {
      expect(coverOf(['a/', '{?x,a/}'])).toBeNull()
      expect(coverOf(['a/', '{?x,a/}', 'a'])).toEqual(['{?x,a/}', 'a'])
      expect(coverOf(['a/', '?/'])).toEqual(['?/'])
    })

    test('up to the limit of path lengths', () => {
      expect(coverOf(['{a,abc}', 'a'], { ...SEGMENT, pathLength: 4 })).toBeNull()
      expect(coverOf(['{a,abc}', 'a'], { ...SEGMENT, pathLength: 3 })).toEqual(['a'])
    })

    test('nothing covers an endpoint that no path matches', () => {
      expect(coverOf(['../?', '**', '*'])).toBeNull()
    })

    test('also of `wildcard: any`, where some pattern has no short cut', () => {
      expect(coverOf(['ab', 'b*/', 'a*'], JSON_RULES)).toEqual(['a*'])
      expect(coverOf(['a*b', 'a*c', 'z*/', 'a*'], JSON_RULES)).toEqual(['a*'])
      expect(coverOf(['a*b', 'z*/', 'a*c'], JSON_RULES)).toBeNull()
    })

    test('what cannot cover it is not searched', () => {
      expect(searches(['a?b', 'c', 'ac[de]'])).toBe(0)
      expect(searches(['b*c', 'b*d', 'z*/'], JSON_RULES)).toBe(0)
      // One that does not match a sample of the pattern, and one that covers it.
      expect(searches(['a?b', 'a[xX]b', 'a??'])).toBe(1)
    })

    test('once for all methods that the same patterns grant', () => {
      const set = setOf(
        ['GET,PUT,POST ?x', 'GET,PUT *x', 'POST [^a]x', 'POST ax', 'GET,PUT yy', 'PUT ??', 'POST bx'],
        SEGMENT,
      )
      const [item, star, not, a, other, any, b] = set.items
      if (item === undefined || other === undefined) throw new Error('seven endpoints')
      const budget = new CountingBudget()
      const coverage = new Coverage(set, budget)
      const of = (one: AnalyzedEndpoint, method: string, ...usable: readonly unknown[]): unknown =>
        coverage.of(one, method, (candidate) => usable.includes(candidate))
      expect(of(item, 'GET', star)).toEqual([star])
      expect(budget.searches).toBe(1)
      expect(of(item, 'PUT', star)).toEqual([star])
      expect(budget.searches).toBe(1)
      // Another endpoint, with the same patterns.
      expect(of(other, 'PUT', star)).toBeNull()
      expect(of(item, 'PUT', star)).toEqual([star])
      // Other patterns, as many or one more.
      expect(of(item, 'POST', not)).toBeNull()
      expect(of(item, 'POST', not, a)).toEqual([not, a])
      expect(of(item, 'POST', not, b)).toBeNull()
      expect(of(item, 'PUT', star, any)).toEqual([star])
      expect(of(item, 'PUT', any)).toEqual([any])
    })
  })
})
