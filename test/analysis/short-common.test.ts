/** A shortest request that two sets allow, by the short cuts. */
import { describe, expect, test } from 'vitest'
import { shortestCommon } from '../../src/analysis/short-common.ts'
import { SearchBudget } from '../../src/automaton/search-budget.ts'
import type { PathRules } from '../../src/pattern/request-path.ts'
import { endedBudget, RULES, setOf } from './sets.ts'

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
  })

  test('no longer than either set reads', () => {
    const short: PathRules = { ...RULES, pathLength: 3 }
    expect(common(['ab*'], ['a*b'], short)).toBe('GET /ab')
    expect(common(['abc'], ['abc'], short)).toBeNull()
    expect(common(['abc'], ['abc'], RULES, short)).toBeNull()
    expect(common(['abc'], ['abc'], short, RULES)).toBeNull()
    expect(common(['a/'], ['a/'], short)).toBe('GET /a/')
    expect(common(['ab/'], ['ab/'], short)).toBeNull()
    expect(common(['.*'], ['*.'], { ...RULES, pathLength: 4 })?.length).toBe('GET /...'.length)
    expect(common(['.*'], ['*.'], short)).toBeNull()
  })

  test('the budget of time counts', () => {
    expect(() => shortestCommon(setOf(['a']), setOf(['a']), endedBudget())).toThrow('0 ms')
  })

  test('what is decided otherwise than the patterns say is not common', () => {
    const never = setOf(['a'], RULES, () => false)
    expect(() => shortestCommon(never, setOf(['a']), new SearchBudget())).not.toThrow()
  })
})
