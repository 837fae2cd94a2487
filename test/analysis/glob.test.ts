/** Short cuts for patterns of `wildcard: any`: fresh letters, least paths, and matching. */
import { describe, expect, test } from 'vitest'
import { type Glob, matches, meets, requestPath, spell, toGlob } from '../../src/analysis/glob.ts'
import { DEFAULT_OPTIONS } from '../../src/language/options.ts'
import { readPattern } from '../../src/pattern/pattern.ts'
import type { PathRules } from '../../src/pattern/request-path.ts'

const RULES: PathRules = { ...DEFAULT_OPTIONS, pathLength: 8192 }
const IGNORE: PathRules = { ...RULES, trailingSlash: 'ignore' }
const globOf = (pattern: string, rules: PathRules = RULES): Glob | null =>
  toGlob(readPattern(pattern, rules), rules)

describe('toGlob', () => {
  test.each([
    // Pattern, text between stars, fresh path, least length, stars that take at least one character.
    ['a', ['a'], '/a', 2, []],
    ['*', ['', ''], '/*', 1, [false]],
    ['a*', ['a', ''], '/a*', 2, [false]],
    ['*a', ['', 'a'], '/*a', 2, [false]],
    ['a*b', ['a', 'b'], '/a*b', 3, [false]],
    ['a/*', ['a/', ''], '/a/*', 3, [false]],
    ['a/*/b', ['a/', '/b'], '/a/*/b', 6, [true]],
    ['*/b', ['', '/b'], '/*/b', 4, [true]],
    ['a*/b', ['a', '/b'], '/a*/b', 4, [false]],
    ['a/*b', ['a/', 'b'], '/a/*b', 4, [false]],
    ['**', ['', ''], '/*', 1, [false]],
    ['a**b', ['a', 'b'], '/a*b', 3, [false]],
    ['*b*', ['', 'b', ''], '/*b*', 2, [false, false]],
    ['*/*', ['', '/', ''], '/*/*', 3, [true, false]],
    ['*/', ['', '/'], '/*/', 3, [true]],
    ['a/', ['a/'], '/a/', 3, []],
  ] as const)('%s', (pattern, runs, fresh, least, needed) => {
    expect(globOf(pattern)).toEqual({ runs, fresh, least, needed })
  })

  test('a star after the last slash is needed where a slash at the end is ignored', () => {
    expect(globOf('a/*', IGNORE)).toMatchObject({ least: 4, needed: [true] })
    expect(globOf('a*', IGNORE)).toMatchObject({ least: 2, needed: [false] })
    expect(globOf('*', IGNORE)).toMatchObject({ least: 1, needed: [false] })
    expect(globOf('*/*', IGNORE)).toMatchObject({ needed: [true, true] })
    expect(globOf('a/*/b*', IGNORE)).toMatchObject({ needed: [true, false] })
  })

  test('there is none for a pattern that matches nothing, or of another wildcard mode', () => {
    expect(globOf('a/../b')).toBeNull()
    expect(globOf('a', { ...RULES, wildcard: 'segment' })).toBeNull()
    expect(toGlob(readPattern('a', RULES), { ...RULES, wildcard: 'segment' })).toBeNull()
  })

  test('the fresh path is null where it reads back as another path', () => {
    const json: PathRules = { ...RULES, extensions: ['json'] }
    expect(toGlob(readPattern('a*.json', RULES), json)?.fresh).toBeNull()
    expect(globOf('a*', json)?.fresh).toBe('/a*')
  })

  test('a pattern with a slash at its end and a star has no fresh path where extensions are stripped', () => {
    const json: PathRules = { ...RULES, extensions: ['json'] }
    expect(globOf('a*/', json)?.fresh).toBeNull()
    expect(globOf('a/', json)?.fresh).toBe('/a/')
    // Without its slash `a` is left.
    expect(globOf('a.json/', json)?.fresh).toBeNull()
    expect(globOf('a*/')?.fresh).toBe('/a*/')
  })

  test('a fresh path may be longer than requests are', () => {
    expect(globOf('abc*', { ...RULES, pathLength: 2 })?.fresh).toBe('/abc*')
  })

  test('a base path comes first', () => {
    const rules: PathRules = { ...RULES, basePath: 'v1' }
    expect(globOf('a/*', rules)).toMatchObject({ fresh: '/v1/a/*', least: 6 })
    expect(globOf('*', rules)).toMatchObject({ fresh: '/v1/*', least: 3 })
  })
})

test.each([
  ['', '', '/'],
  ['a', '', '/a'],
  ['', 'v1', '/v1'],
  ['a', 'v1', '/v1/a'],
])('requestPath(%j) with the base path %j is %j', (inside, basePath, expected) => {
  expect(requestPath(inside, { ...RULES, basePath })).toBe(expected)
})

test('spell fills each star by its number', () => {
  expect(spell({ runs: ['a', 'b', ''], needed: [] }, (star) => `[${star}]`)).toBe('a[0]b[1]')
  expect(spell({ runs: ['a'], needed: [] }, () => 'x')).toBe('a')
})

test.each([
  ['a', 'a', true],
  ['a', 'ab', false],
  ['a', '', false],
  ['*', '', true],
  ['*', 'abc', true],
  ['a*', 'a', true],
  ['a*', 'ba', false],
  ['*a', 'a', true],
  ['*a', 'ab', false],
  ['ab*bc', 'abc', false],
  ['ab*bc', 'abbc', true],
  ['a*b*c', 'abc', true],
  ['a*b*c', 'ac', false],
  ['a*b*c', 'acb', false],
  ['a*bc*c', 'abc', false],
  ['a*bc*c', 'abcc', true],
  ['*ab*ab*', 'abab', true],
  ['*ab*ab*', 'aba', false],
  ['*ab*ab*', 'abxab', true],
  ['*ab*b', 'ab', false],
  ['a*b*b*b', 'abb', false],
  ['x*a*a', 'xa', false],
  ['x*a*ba', 'xba', false],
  ['x*a*ba', 'xaba', true],
])('%s matches %j: %s', (pattern, text, expected) => {
  expect(matches({ runs: pattern.split('*') }, text)).toBe(expected)
})

test.each([
  ['a', 'a', true],
  ['a', 'b', false],
  ['a', 'a*', true],
  ['b', 'a*', false],
  ['a*', 'b*', false],
  ['a*', 'ab*', true],
  ['ab*', 'a*', true],
  ['ac*', 'ab*', false],
  ['*a', '*b', false],
  ['*a', '*ba', true],
  ['*ba', '*a', true],
  ['a*b', 'a*c', false],
  ['*', '*', true],
  ['a*b', 'ab', true],
  ['a*b', 'a', false],
  ['aba', 'a', false],
  ['abc', 'a*x*c', false],
  ['a*d*c', '*d', false],
])('%s and %s have a string in common: %s', (left, right, expected) => {
  const glob = (text: string): Glob => ({ runs: text.split('*'), fresh: null, least: 0, needed: [] })
  expect(meets(glob(left), glob(right))).toBe(expected)
  expect(meets(glob(right), glob(left))).toBe(expected)
})
