/**
 * The walker on every short pattern and path, alone and in company, against the definition of `*`: whether
 * there is a match, and what the walker says of it.
 */
import { describe, expect, test } from 'vitest'
import { patternMatcher } from '../../src/matcher/pattern-matcher.ts'
import { createWalk, LITERAL, NONE } from '../../src/matcher/walk.ts'
import type { PathRules } from '../../src/pattern/request-path.ts'
import { readPattern } from '../../src/pattern/pattern.ts'
import { RULES } from '../pattern/rules.ts'
import { textsOver } from '../properties/small-world.ts'
import { globMatches } from '../reference/glob.ts'
import { tablesOf } from './tables-of.ts'

const PATTERNS = textsOver(['a', 'b', '*'], 4).filter((text) => text !== '')
const PATHS = textsOver(['a', 'b'], 5)

/** The places in the path at which the first star of a matching pattern may begin, or that it has none. */
function answers(patterns: readonly string[], path: string): Set<number> {
  const found = new Set<number>()
  for (const pattern of patterns) {
    if (!globMatches(Array.from(pattern), Array.from(path))) continue
    found.add(pattern.includes('*') ? pattern.indexOf('*') : LITERAL)
  }
  return found.size === 0 ? found.add(NONE) : found
}

/** Walks with something before and behind the path, which must not be looked at. */
function walked(patterns: readonly string[], options: Partial<PathRules> = {}): (path: string) => number {
  const tables = tablesOf({ s: patterns.map((pattern) => [`/${pattern}`, 'GET'] as const) }, options)
  const walk = createWalk(tables, options.caseSensitive ?? true)
  const root = tables.roots[0] ?? -1
  return (path) => {
    const found = walk(root, 0, path, 0, path.length)
    const inside = walk(root, 0, `ab${path}ba`, 2, 2 + path.length)
    expect(inside >= 0 ? inside - 2 : inside).toBe(found)
    return found
  }
}

describe('finds a match exactly where there is one, and says where its star begins', () => {
  test('one pattern', () => {
    for (const pattern of PATTERNS) {
      const walk = walked([pattern])
      for (const path of PATHS) expect(answers([pattern], path), `${pattern} ${path}`).toContain(walk(path))
    }
  })

  test('three patterns in one tree', () => {
    for (const [index, pattern] of PATTERNS.entries()) {
      const others = [
        PATTERNS[(index * 7 + 3) % PATTERNS.length],
        PATTERNS[(index * 13 + 50) % PATTERNS.length],
      ]
      const patterns = [pattern, ...others.map(String)]
      const walk = walked(patterns)
      for (const path of PATHS)
        expect(answers(patterns, path), `${patterns.join()} ${path}`).toContain(walk(path))
    }
  })

  test('whatever the case of letters, and of nothing else', () => {
    const patterns = ['A', 'ab*B', '*b*a', 'b*', 'z@Z*', '*[', '*{*a']
    for (const pattern of patterns) {
      const walk = walked([pattern], { caseSensitive: false })
      for (const path of [...PATHS, 'z@z', 'z@za', 'z`z', 'Z@Z', '[', '{', 'a{ba', 'a[ba', '@', '`', 'zz']) {
        const folded = answers([pattern.toLowerCase()], path.toLowerCase())
        expect(folded, `${pattern} ${path}`).toContain(walk(path))
        expect(folded, `${pattern} ${path}`).toContain(walk(path.toUpperCase()))
      }
    }
  })

  test('case is told apart where it counts', () => {
    const walk = walked(['aB*', '*Ab', 'b*A*b'])
    expect(['aBx', 'abx', 'xAb', 'xab', 'bAb', 'bab'].map((path) => walk(path) !== NONE)).toEqual([
      true,
      false,
      true,
      false,
      true,
      false,
    ])
  })
})

describe('a method is granted by its own patterns only', () => {
  const grants = [
    ['/a', 'GET'],
    ['/a', 'POST', 'PUT'],
    ['/ab*', 'POST'],
    ['/a*b', 'PUT'],
    ['/a*', 'DELETE'],
    ['/b*a*b', 'GET', 'PUT'],
    ['/b*b*b', 'POST'],
    ['/*a', 'PATCH'],
  ] as const
  const tables = tablesOf({ s: grants })
  const walk = createWalk(tables, true)
  test.each(['GET', 'POST', 'PUT', 'DELETE', 'PATCH'])('%s', (method) => {
    const own = grants
      .filter(([, ...methods]) => (methods as readonly string[]).includes(method))
      .map(([pattern]) => pattern.slice(1))
    const number = tables.methods.indexOf(method)
    for (const path of PATHS) {
      const found = walk(tables.roots[0] ?? -1, number, path, 0, path.length)
      expect(answers(own, path), path).toContain(found)
    }
  })
})

describe('with wildcard: segment', () => {
  const rules = { ...RULES, wildcard: 'segment' } as const
  const patterns = ['a', 'a/*', 'a/**', '*/b', 'a/?b', 'a/{b,bb}', 'a/[b]/*', 'ab/*|b', '**', 'a/b*']
  const paths = textsOver(['a', 'b', '/'], 5)

  test.each(patterns)('%s, alone and in company', (pattern) => {
    const other = patterns[(patterns.indexOf(pattern) + 3) % patterns.length] ?? ''
    for (const list of [[pattern], [pattern, other]]) {
      const tables = tablesOf({ s: list.map((one) => [`/${one}`, 'GET'] as const) }, rules)
      const walk = createWalk(tables, true)
      const matchers = list.map((one) => patternMatcher(readPattern(`/${one}`, rules).meaning))
      for (const path of paths) {
        const found = walk(tables.roots[0] ?? -1, 0, path, 0, path.length)
        expect(found !== NONE, path).toBe(matchers.some((matches) => matches(path)))
      }
    }
  })

  test('a literal beginning is folded with the rest', () => {
    const tables = tablesOf({ s: [['/Ab/*', 'GET']] }, { ...rules, caseSensitive: false })
    const walk = createWalk(tables, false)
    for (const path of ['ab/x', 'AB/x', 'Ab/X']) expect(walk(tables.roots[0] ?? -1, 0, path, 0, 4)).toBe(0)
    expect(walk(tables.roots[0] ?? -1, 0, 'a/bx', 0, 4)).toBe(NONE)
  })
})
