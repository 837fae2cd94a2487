/** A shortest request that one set allows and the other does not, by the short cuts. */
import { describe, expect, test } from 'vitest'
import { shortestOf, shortestOnlyIn } from '../../src/analysis/short-difference.ts'
import { SearchBudget } from '../../src/automaton/search-budget.ts'
import type { PathRules } from '../../src/pattern/request-path.ts'
import { BrokenBudget, CountingBudget, endedBudget, itemOf, RULES, setOf } from './sets.ts'

function only(a: readonly string[], b: readonly string[], rules = RULES, otherRules = rules): string | null {
  const found = shortestOnlyIn(setOf(a, rules), setOf(b, otherRules), new SearchBudget())
  return found === null ? null : `${found.method} ${found.path}`
}

describe('shortestOnlyIn', () => {
  test.each([
    [['a'], [], 'GET /a'],
    [['a'], ['a'], null],
    [['a'], ['POST a'], 'GET /a'],
    [['GET,POST a'], ['GET a'], 'POST /a'],
    [['a*'], ['a'], 'GET /aa'],
    [['a*'], ['a', 'aa', 'ab*'], 'GET /ac'],
    [['abc', 'b'], ['b'], 'GET /abc'],
    [['abc', 'xy', 'b'], ['b'], 'GET /xy'],
    [['a*'], ['*a', 'a'], 'GET /ab'],
    [['a/*/b'], ['a/a/*'], 'GET /a/b/b'],
    [['*/*'], ['a/*', '*/a'], 'GET /b/b'],
    [['a*', 'b*'], ['*'], null],
    [['*'], ['a*', 'b*'], 'GET /'],
    [['a*b'], ['ab', 'aab'], 'GET /abb'],
    // Uniform letters are not enough: the two stars take different ones.
    [['*x*'], ['x', 'ax*', 'bx*'], undefined],
    [['a/'], ['a'], 'GET /a/'],
    [['a/'], ['a*'], null],
    [['a/'], ['a/*', 'a'], null],
    [['a/*', 'a'], ['a/*'], 'GET /a'],
    [['a/*', 'a'], ['a', 'a/a*', 'a/b*'], 'GET /a/'],
  ])('of %j against %j: %j', (a, b, expected) => {
    const found = only(a, b)
    if (expected === undefined) expect(found).not.toBeNull()
    else expect(found).toBe(expected)
  })

  test('below the base path, and no longer than either set reads', () => {
    const based: PathRules = { ...RULES, basePath: 'v1' }
    expect(only(['a*'], ['a'], based)).toBe('GET /v1/aa')
    const short: PathRules = { ...RULES, pathLength: 3 }
    expect(only(['ab'], [], short)).toBe('GET /ab')
    expect(only(['abc'], [], short)).toBeNull()
    expect(only(['abc'], [], RULES, short)).toBeNull()
    expect(only(['abc'], [], short, RULES)).toBeNull()
    expect(only(['a*'], ['a'], short)).toBe('GET /aa')
    expect(only(['ab*'], ['ab'], short)).toBeNull()
  })

  test('the budget of time counts', () => {
    expect(() => shortestOnlyIn(setOf(['a']), setOf([]), endedBudget())).toThrow('0 ms')
  })

  test('a request at hand stays where the budget ends before a shorter one is found', () => {
    const [a, b] = [setOf(['*/*/b', '*b*']), setOf(['b', '*b', 'b*', 'a*', 'c*'])]
    const found = shortestOnlyIn(a, b, new SearchBudget({ states: 1 }))
    expect(found).not.toBeNull()
    expect(a.allows('GET', found?.path ?? '')).toBe(true)
    expect(b.allows('GET', found?.path ?? '')).toBe(false)
  })

  test('without a request at hand, a search that ends with its budget is not a proof that there is none', () => {
    const rules: PathRules = { ...RULES, pathLength: 7 }
    const a = setOf(['a*b*c*d'], rules)
    // Two of the stars have to take a letter, and with all three the path is too long to be tried.
    const b = setOf(['a*bcd', 'ab*cd', 'abc*d'], rules)
    expect(shortestOnlyIn(a, b, new SearchBudget())).toEqual({ method: 'GET', path: '/aabacd' })
    expect(() => shortestOnlyIn(a, b, new SearchBudget({ states: 5 }))).toThrow('the budget of 5 states')
    // Another method has one.
    const more = setOf(['a*b*c*d', 'PUT abcde'], rules)
    expect(shortestOnlyIn(more, b, new SearchBudget({ states: 5 }))).toEqual({
      method: 'PUT',
      path: '/abcde',
    })
  })
})

describe('what is tried and searched', () => {
  const never = (): boolean => false
  const always = (): boolean => true
  const except =
    (...paths: readonly string[]) =>
    (_method: string, path: string): boolean =>
      !paths.includes(path)

  test('requests that are tried need no search, up to the longest', () => {
    const found = (a: readonly string[], b: readonly string[], rules = RULES): string | null => {
      const budget = new CountingBudget()
      const witness = shortestOnlyIn(setOf(a, rules), setOf(b, rules), budget)
      expect(budget.searches).toBe(0)
      return witness?.path ?? null
    }
    expect(found(['ab'], [], { ...RULES, pathLength: 3 })).toBe('/ab')
    expect(found(['a*'], ['*'])).toBeNull()
    expect(found(['a*'], ['a'])).toBe('/aa')
    expect(found(['*/b/*'], ['*/b/'])).toBe('/a/b/a')
  })

  test('patterns that have nothing shorter are not looked at', () => {
    const checks = (a: readonly string[], b: readonly string[], rules = RULES): number => {
      const budget = new CountingBudget()
      shortestOnlyIn(setOf(a, rules), setOf(b, rules), budget)
      return budget.checks
    }
    expect(checks(['a', 'b', 'cd'], [])).toBe(1)
    expect(checks(['a', 'b', 'cd'], ['a'])).toBe(2)
    expect(checks(['a', 'bc'], ['a'], { ...RULES, pathLength: 2 })).toBe(1)
  })

  test('the first of the shortest requests is kept', () => {
    const a = setOf(['x*y*', 'b*c*'], RULES, always)
    const found = (...paths: readonly string[]): string | undefined => {
      const other = setOf([], RULES, except(...paths))
      return shortestOnlyIn(a, other, new SearchBudget({ states: 0 }))?.path
    }
    expect(found('/xya', '/baca')).toBe('/xya')
    expect(found('/xya', '/bca')).toBe('/xya')
    expect(found('/xaya', '/bca')).toBe('/bca')
  })

  test('a search looks for what the tries of a method have left open, if it can be shorter', () => {
    // Nothing that is tried of `GET` passes; the automaton of the other set is that of no endpoint.
    const found = (...endpoints: readonly string[]): string | undefined => {
      const other = setOf([], RULES, (method) => method === 'GET')
      const budget = new CountingBudget()
      const witness = shortestOnlyIn(setOf(endpoints), other, budget)
      return witness === null ? undefined : `${witness.method} ${witness.path}, ${budget.searches}`
    }
    expect(found('a*', 'bcd*', 'PUT efg')).toBe('GET /a, 1')
    expect(found('ab*', 'PUT efg')).toBe('GET /ab, 1')
    expect(found('abc*', 'PUT efg')).toBe('PUT /efg, 0')
  })

  test('each search has the states of the budget', () => {
    const endpoints = ['abc*', 'PUT abd*']
    const [a, b] = [setOf(endpoints, RULES, never), setOf(endpoints, RULES, never)]
    const found = (states: number): unknown => shortestOnlyIn(a, b, new SearchBudget({ states }))
    expect(() => found(15)).toThrow('states')
    expect(found(16)).toBeNull()
  })

  test('other errors are not taken for the end of a budget', () => {
    const [a, b] = [setOf(['a'], RULES, never), setOf([], RULES, never)]
    expect(() => shortestOnlyIn(a, b, new BrokenBudget())).toThrow('broken')
    // With a request at hand, too.
    const other = setOf([], RULES, (method) => method === 'GET')
    expect(() => shortestOnlyIn(setOf(['a*', 'PUT efg']), other, new BrokenBudget())).toThrow('broken')
  })
})

describe('shortestOf', () => {
  function tried(
    pattern: string,
    test: (path: string) => boolean,
    set: readonly string[] = [pattern],
    rules = RULES,
  ): { readonly path: string; readonly proved: boolean } | null {
    const { glob } = itemOf(pattern, rules)
    if (glob === null) throw new Error('no short cut')
    return shortestOf(glob, setOf(set, rules), 'GET', test)
  }

  test('tries the least path first, which is proved', () => {
    expect(tried('a*', () => true)).toEqual({ path: '/a', proved: true })
    expect(tried('a/*/b', () => true)).toEqual({ path: '/a/a/b', proved: true })
    expect(tried('a/*/b', (path) => path.includes('c'))).toEqual({ path: '/a/c/b', proved: true })
    expect(tried('a/*/b', (path) => path.includes('*'))).toEqual({ path: '/a/*/b', proved: true })
  })

  test('then one letter more, in the last star first', () => {
    expect(tried('a*b*', (path) => path.length === 4)).toEqual({ path: '/aba', proved: true })
    expect(tried('a*b*', (path) => path.length === 4 && path.endsWith('b'))).toEqual({
      path: '/aab',
      proved: true,
    })
    expect(tried('a*b*', (path) => path.length === 4 && path.startsWith('/ac'))).toEqual({
      path: '/acb',
      proved: true,
    })
  })

  test('then one letter in all, which is not proved', () => {
    expect(tried('a*b*', (path) => path.length === 5)).toEqual({ path: '/aaba', proved: false })
  })

  test('null where nothing passes', () => {
    expect(tried('a*', () => false)).toBeNull()
  })

  test('one more letter is proved only where no least path of other letters may be allowed', () => {
    const isLonger = (path: string): boolean => path.length > '/a/b/'.length
    expect(tried('*/b*', (path) => path.length > '/a/b'.length)).toMatchObject({
      path: '/a/ba',
      proved: false,
    })
    // What ends in the slash before the star needs another pattern of the set.
    expect(tried('*/b/*', isLonger)).toMatchObject({ path: '/a/b/a', proved: true })
    expect(tried('*/b/*', isLonger, ['*/b/*', 'a/b'])).toMatchObject({ proved: false })
    expect(tried('*/b/*', isLonger, ['*/b/*', 'a/c'])).toMatchObject({ proved: true })
    expect(tried('*/b/*', isLonger, ['*/b/*', 'PUT a/b'])).toMatchObject({ proved: true })
    expect(tried('*/b/*', isLonger, ['*/b/*', '*/b/*/c/d'])).toMatchObject({ proved: true })
    expect(tried('*/b/*c', (path) => path.length > '/a/b/c'.length)).toMatchObject({ proved: false })
    const ignore: PathRules = { ...RULES, trailingSlash: 'ignore' }
    const found = tried('x*/b/*', (path) => path.length > '/x/b/a'.length, ['x*/b/*'], ignore)
    expect(found).toEqual({ path: '/xa/b/a', proved: false })
  })
})
