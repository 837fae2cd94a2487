/**
 * The quick look at a path decides who reads it, never whether it is allowed: with `false` for everything
 * all answers would stay the same, and all requests take the long way. So it is held here to what it is for.
 */
import { describe, expect, test } from 'vitest'
import { isClean, isOrdinary } from '../../src/pattern/clean.ts'

const UNCLEAN = [
  '%',
  ';',
  '#',
  '\\',
  ' ',
  '\u0000',
  '\u001f',
  '\u007f',
  '\u0080',
  '\u00e9',
  '\uff0e',
  '\ue02f',
]

describe('a part of a path is clean', () => {
  const whole = (path: string): boolean => isClean(path, 0, path.length)

  test('without anything special', () => {
    for (const path of ['', '/', 'a', '/a/b', '/records/ticket/search', "/a..b/c.d/x~_-!$&'()*+,:=@"]) {
      expect(whole(path), path).toBe(true)
    }
  })

  test('unless it has a character that must be read', () => {
    for (const character of UNCLEAN) {
      for (const path of [character, `/a${character}`, `/a${character}b`, `${character}a/b`]) {
        expect(whole(path), JSON.stringify(path)).toBe(false)
      }
    }
  })

  test('unless a segment is empty or begins with a dot', () => {
    for (const path of ['//', 'a//b', '/a//', '/.', '/..', '/a/./b', '/a/../b', '/a/.well-known', '/a/...']) {
      expect(whole(path), path).toBe(false)
    }
  })

  test('whatever stands behind it, as in a query or an extension', () => {
    for (const rest of ['?a=%20', '?//', '?/../', '.json?a b', '?\u00e9']) {
      expect(isClean(`/a/b${rest}`, 0, 4), rest).toBe(true)
      expect(isClean(`/a/%20${rest}`, 0, 6), rest).toBe(false)
      expect(isClean(`/a//b${rest}`, 0, 5), rest).toBe(false)
      expect(isClean(`/a/./b${rest}`, 0, 6), rest).toBe(false)
    }
  })

  test('with the three characters before it, which it may make a dot segment', () => {
    expect(isClean('/a/../b?%20', 5, 7)).toBe(false)
    expect(isClean('/a/./b', 5, 6)).toBe(false)
    expect(isClean('/a%20bcd', 5, 8)).toBe(false)
    expect(isClean('/a%20bcd', 6, 8)).toBe(true)
    expect(isClean('a%bcd', 4, 5)).toBe(false)
    expect(isClean('a%bcd', 5, 5)).toBe(true)
  })

  test('and so it is asked twice in a row', () => {
    expect([whole('/a%20'), whole('/a'), whole('/a%20'), whole('/a')]).toEqual([false, true, false, true])
  })
})

describe('a pattern is ordinary', () => {
  test('without anything special', () => {
    for (const pattern of ['', 'a', '*', 'a/*/b', 'workers/me', 'a.json', 'a/']) {
      expect(isOrdinary(pattern), pattern).toBe(true)
    }
  })

  test('unless it has a query, an escape, or a segment that is empty or begins with a dot', () => {
    for (const pattern of ['a?b', '?', 'a%20', 'a//b', '/a', '.a', './a', 'a/.b', '..', ...UNCLEAN]) {
      expect(isOrdinary(pattern), JSON.stringify(pattern)).toBe(false)
    }
  })
})
