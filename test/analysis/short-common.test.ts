/** A shortest request that two sets allow, by the short cuts. */
import { describe, expect, test } from 'vitest'
import { shortestCommon } from '../../src/analysis/short-common.ts'
import { SearchBudget } from '../../src/automaton/search-budget.ts'
import type { PathRules } from '../../src/pattern/request-path.ts'
import { CountingBudget, endedBudget, RULES, setOf } from './sets.ts'

function common(
  a: readonly string[],
  b: readonly string[],
  rules = RULES,
  otherRules = rules,
): string | null {
  const found = shortestCommon(setOf(a, rules), setOf(b, otherRules), new SearchBudget())
  return found === null ? null : `${found.method} ${found.path}`
}

describe('shortestCommon', () => {
  test.each([
    [['a'], ['a'], 'GET /a'],
    [['a'], ['b'], null],
    [[], ['a'], null],
    [['a'], ['POST a'], null],
    [['GET,POST a'], ['POST a'], 'POST /a'],
    [['GET,POST a', 'POST b'], ['GET b', 'POST b'], 'POST /b'],
    [['a*'], ['*b'], 'GET /ab'],
    [['abc', 'a*'], ['abc', 'ab*'], 'GET /ab'],
    [['abcd', 'x'], ['abcd', 'y', 'ab*'], 'GET /abcd'],
    [['*'], ['a/*'], 'GET /a/a'],
    [['*'], ['*'], 'GET /'],
    [['a', 'a/*'], ['a/*', 'a/x'], 'GET /a/a'],
    // Shortest is a dot segment, which no request has.
    [['.*'], ['*.'], 'GET /.a.'],
    // A slash at the end may take two patterns of one set.
    [['a/'], ['a/'], 'GET /a/'],
    [['a/'], ['a*'], 'GET /a/'],
    [['a/'], ['a', 'a/*'], 'GET /a/'],
    [['a/'], ['a/*'], null],
    [['a/', 'abc'], ['abc', 'a*'], 'GET /a/'],
    [['a/', 'ab'], ['ab', 'a*'], 'GET /ab'],
    [['abc/', 'ab'], ['ab', 'abc*'], 'GET /ab'],
    // The base path alone is allowed by one of them only.
    [['*'], ['b/*/'], 'GET /b/a/'],
    [['*/b', 'a/', 'x*'], ['x', 'a/*', 'a'], 'GET /x'],
  ])('of %j and %j: %j', (a, b, expected) => {
    expect(common(a, b)).toBe(expected)
    expect(common(b, a)?.length).toBe(expected?.length)
  })

  test('the first shortest one is kept', () => {
    expect(common(['a', 'b'], ['b', 'a'])).toBe('GET /a')
    expect(common(['ab', 'c'], ['ab', 'c'])).toBe('GET /c')
  })

  test('below the base path', () => {
    const rules: PathRules = { ...RULES, basePath: 'v1' }
    expect(common(['*'], ['*'], rules)).toBe('GET /v1')
    expect(common(['a*'], ['*b'], rules)).toBe('GET /v1/ab')
    expect(common(['abc'], ['*'], { ...rules, pathLength: 7 })).toBe('GET /v1/abc')
    expect(common(['abc'], ['*'], { ...rules, pathLength: 6 })).toBeNull()
    expect(common(['*'], ['*'], { ...rules, pathLength: 3 })).toBe('GET /v1')
  })

  test('no longer than either set reads', () => {
    const short: PathRules = { ...RULES, pathLength: 3 }
    expect(common(['ab*'], ['a*b'], short)).toBe('GET /ab')
    expect(common(['abc'], ['abc'], short)).toBeNull()
    expect(common(['abc'], ['abc'], RULES, short)).toBeNull()
    expect(common(['abc'], ['abc'], short, RULES)).toBeNull()
    expect(common(['a/'], ['a/'], short)).toBe('GET /a/')
    expect(common(['ab/'], ['ab/'], short)).toBeNull()
    expect(common(['ab/'], ['ab/'], RULES, short)).toBeNull()
    expect(common(['ab/'], ['ab/'], short, RULES)).toBeNull()
    expect(common(['.*'], ['*.'], { ...RULES, pathLength: 4 })?.length).toBe('GET /...'.length)
    expect(common(['.*'], ['*.'], short)).toBeNull()
  })

  test('the budget of time counts, where methods are in common', () => {
    expect(() => shortestCommon(setOf(['a']), setOf(['a']), endedBudget())).toThrow('0 ms')
    expect(shortestCommon(setOf(['a', 'b/']), setOf(['POST a']), endedBudget())).toBeNull()
  })

  test('what the letters of two patterns spell needs no search', () => {
    const common = (a: string, b: string, rules = RULES): string | undefined =>
      shortestCommon(setOf([a], rules), setOf([b], rules), new SearchBudget({ states: 0 }))?.path
    expect(common('a*', '*b')).toBe('/ab')
    expect(common('a', 'b')).toBeUndefined()
    expect(() => common('.*', '*.')).toThrow('the budget of 0 states')
    const rules: PathRules = { ...RULES, basePath: 'v1' }
    expect(common('abc', '*', { ...rules, pathLength: 7 })).toBe('/v1/abc')
    expect(common('abc', '*', { ...rules, pathLength: 6 })).toBeUndefined()
    expect(common('abc', '*', { ...RULES, pathLength: 3 })).toBeUndefined()
    expect(common('a*', '*b', { ...rules, pathLength: 6 })).toBe('/v1/ab')
    expect(common('a*', '*b', { ...rules, pathLength: 5 })).toBeUndefined()
    expect(common('a*', '*b', { ...RULES, pathLength: 2 })).toBeUndefined()
  })

  test('each search has the states of the budget', () => {
    const short: PathRules = { ...RULES, pathLength: 3 }
    const found = (a: readonly string[], b: readonly string[], states: number): string | null =>
      shortestCommon(setOf(a, short), setOf(b, short), new SearchBudget({ states }))?.path ?? null
    // For one pair of patterns after the other.
    expect(() => found(['.*'], ['*.'], 3)).toThrow('states')
    expect(found(['.*', 'PUT .*'], ['*.', 'PUT *.'], 4)).toBeNull()
    // For one method after the other.
    expect(() => found(['abc/'], ['abd/'], 2)).toThrow('states')
    expect(found(['GET,PUT abc/'], ['GET,PUT abd/'], 3)).toBeNull()
  })

  test('patterns that have nothing shorter are not looked at', () => {
    const checks = (a: readonly string[], b: readonly string[]): number => {
      const budget = new CountingBudget()
      shortestCommon(setOf(a), setOf(b), budget)
      return budget.checks
    }
    expect(checks(['a', 'b', 'abc'], ['a'])).toBe(1)
    expect(checks(['a', 'b', 'abc'], ['abc'])).toBe(3)
  })

  test('no pair is compared that has nothing shorter, or nothing in common', () => {
    expect(asked(['a*'], ['a', 'a*c'])).toEqual(['/a'])
    expect(asked(['a*', 'abcd'], ['ab', 'a*c', 'abcd'])).toEqual(['/ab'])
    expect(asked(['a*'], ['abc', 'ab*d'])).toEqual(['/abc'])
    expect(asked(['ab*d'], ['a*cd'])).toEqual(['/abcd'])
    expect(asked(['a*', 'ab'], ['*c', 'b*'])).toEqual(['/ac'])
    expect(asked(['a*'], ['b*'])).toEqual([])
  })
})

/** The paths that the first set is asked about. */
function asked(a: readonly string[], b: readonly string[]): readonly string[] {
  const paths: string[] = []
  const set = setOf(a, RULES, (_method, path) => {
    paths.push(path)
    return true
  })
  shortestCommon(set, setOf(b), new SearchBudget())
  return paths
}
