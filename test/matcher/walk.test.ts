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

/** Walks with something before and after the path, which must not be looked at. */
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

  test('runs between stars, in their order', () => {
    for (const pattern of [
      '*a*b*',
      '*b*a*b',
      'a*b*a*b',
      '*ab*ba*',
      '*a*b*a*',
      '*aa*aa*',
      '*b*b*b*b*',
      'a*a*a*a',
    ]) {
      const walk = walked([pattern])
      for (const path of textsOver(['a', 'b'], 7)) {
        expect(answers([pattern], path), `${pattern} ${path}`).toContain(walk(path))
      }
    }
  })

  test.each([
    [
      ['a', 'Z', '*'],
      ['a', 'A', 'z', 'Z'],
    ],
    // What is beside the letters is 32 away from something, too.
    [
      ['{', 'a', '*'],
      ['[', '{', 'A', 'a'],
    ],
    [
      ['`', '@', '*'],
      ['@', '`', '\u0020'],
    ],
  ])('whatever the case of letters, and of nothing else: %j', (inPatterns, inPaths) => {
    const paths = textsOver(inPaths, 4)
    for (const pattern of textsOver(inPatterns, 4).slice(1)) {
      const walk = walked([pattern], { caseSensitive: false })
      for (const path of paths) {
        const expected = answers([pattern.toLowerCase()], path.toLowerCase())
        if (!expected.has(walk(path))) expect([pattern, path, walk(path)]).toEqual(expected)
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

describe('reads what is code as code, and no more of it', () => {
  // The nearest misses there are: what a path would have to spell if a list or a node were read too far.
  test.each([
    [['a']],
    [['ab', 'ac']],
    [['ac*', 'ad*']],
    [['b*c', 'b*d', 'b*dc']],
    [['*a*c', '*b*dc', '*b']],
    [['a*', 'b/', 'cd*e*f', 'c']],
  ])('a path that spells units of the code of %j matches nothing by them', (patterns) => {
    const { code } = tablesOf({ s: patterns.map((pattern) => [`/${pattern}`, 'GET'] as const) })
    const walk = walked(patterns)
    const beginnings = ['', 'a', 'ab', 'b', 'bx', 'c', 'cd', 'x', 'xa', 'xb']
    const ends = ['', 'a', 'b', 'c', 'dc']
    for (let from = 0; from < code.length; from++) {
      for (let to = from; to <= Math.min(code.length, from + 8); to++) {
        const units = String.fromCharCode(...code.slice(from, to))
        for (const beginning of beginnings) {
          for (const end of ends) {
            for (const path of [
              beginning + units + end,
              beginning + Array.from(units).reverse().join('') + end,
            ]) {
              if (!answers(patterns, path).has(walk(path))) expect(JSON.stringify(path)).toBe(walk(path))
            }
          }
        }
      }
    }
  })

  test('a list of automata ends where it says', () => {
    // Behind the list of `a/x*` stands a node that reads as "everything, by the automaton with number 4".
    const tables = tablesOf(
      {
        s: [
          ['a/x*', 'GET'],
          ['b/*', 'GET'],
          ['c/*', 'GET'],
          ['d/*', 'GET'],
        ],
        other: [['*/z', 'GET']],
      },
      { wildcard: 'segment' },
    )
    const walk = createWalk(tables, true)
    const asked = (path: string): number => walk(tables.roots[0] as number, 0, path, 0, path.length)
    expect(['a/x', 'b/z', 'd/y'].map(asked)).toEqual([0, 0, 0])
    expect(['a/z', 'a/y', 'e/z'].map(asked)).toEqual([NONE, NONE, NONE])
  })

  test('a node with more behind it than fits into 16 bits has a middle and children', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => `*${index}z`)
    const walk = walked([...many, '*mm*z'])
    const asked = ['q7z', 'q19999z', 'mmz', 'ammbz', 'a12z']
    expect(asked.map(walk)).toEqual([0, 0, 0, 0, 0])
    expect(['qz', 'mz', 'q7', 'mmq', 'z'].map(walk)).toEqual([NONE, NONE, NONE, NONE, NONE])
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
    ['/*ba', 'GET'],
    ['/*bb', 'PUT'],
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

test('more than 16 bits apart', () => {
  const long = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', (first) => `${first}${'x'.repeat(2000)}`)
  const patterns = [
    ...long,
    ...long.map((text) => `-*${text}-`),
    ...long.map((text) => `=${text}`),
    '-*',
    '=*=',
  ]
  const tables = tablesOf({
    s: patterns.map((pattern, index) => [`/${pattern}`, index % 2 === 0 ? 'GET' : 'POST'] as const),
  })
  const walk = createWalk(tables, true)
  for (const [index, pattern] of patterns.entries()) {
    const path = pattern.replaceAll('*', 'star')
    for (const [number, method] of tables.methods.entries()) {
      const granted = patterns.some(
        (one, other) =>
          (other % 2 === 0 ? 'GET' : 'POST') === method &&
          (one === pattern ||
            (one === '-*' && path.startsWith('-')) ||
            (one === '=*=' && /^=.*=$/.test(path))),
      )
      const found = walk(tables.roots[0] ?? -1, number, path, 0, path.length)
      expect(found !== NONE, `${index} ${method}`).toBe(granted)
      expect(walk(tables.roots[0] ?? -1, number, `${path}!`, 0, path.length + 1) !== NONE).toBe(
        method === 'GET' && path.startsWith('-'),
      )
    }
  }
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

  test('a method is granted by its own patterns only', () => {
    const tables = tablesOf(
      {
        s: [
          ['/a/*', 'GET'],
          ['/a/?b', 'POST'],
          ['/*/b', 'PUT', 'GET'],
          ['/a/b*', 'PUT'],
        ],
      },
      rules,
    )
    const walk = createWalk(tables, true)
    const methods = (path: string): readonly string[] =>
      tables.methods.filter((_, number) => walk(tables.roots[0] ?? -1, number, path, 0, path.length) !== NONE)
    expect(methods('a/a')).toEqual(['GET'])
    expect(methods('a/ab')).toEqual(['GET', 'POST'])
    expect(methods('b/b')).toEqual(['GET', 'PUT'])
    expect(methods('a/bb')).toEqual(['GET', 'POST', 'PUT'])
    expect(methods('b/a')).toEqual([])
  })

  test('a literal beginning is folded with the rest', () => {
    const tables = tablesOf({ s: [['/Ab/*', 'GET']] }, { ...rules, caseSensitive: false })
    const walk = createWalk(tables, false)
    for (const path of ['ab/x', 'AB/x', 'Ab/X']) expect(walk(tables.roots[0] ?? -1, 0, path, 0, 4)).toBe(0)
    expect(walk(tables.roots[0] ?? -1, 0, 'a/bx', 0, 4)).toBe(NONE)
  })
})
