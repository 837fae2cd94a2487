/**
 * The automaton of requests allows exactly what `authorize` does: every short path over the characters that
 * matter, for patterns and options that meet in every way.
 */
import { describe, expect, test } from 'vitest'
import { LETTER_OF, LETTERS, textOf } from '../../src/automaton/letters.ts'
import { DEAD, RequestAutomaton } from '../../src/automaton/request-automaton.ts'
import { createAuthorizer } from '../../src/decision/authorize.ts'
import { buildTables } from '../../src/matcher/build.ts'
import { ESCAPE_BASE } from '../../src/pattern/canonical.ts'
import type { PathRules } from '../../src/pattern/request-path.ts'
import { dataOf } from '../matcher/tables-of.ts'
import { textsOver } from '../properties/small-world.ts'

/** Characters as letters of paths; `\ue02f` is `%2F`. */
function lettersOf(path: string): readonly number[] {
  return Array.from(path, (char) => LETTER_OF.get(char.charCodeAt(0)) ?? -1)
}

function onTheWire(path: string): string {
  return `/${Array.from(path, (char) => textOf(LETTER_OF.get(char.charCodeAt(0)) ?? -1)).join('')}`
}

/** Paths on which automaton and authorizer differ. */
function differences(
  patterns: readonly string[],
  options: Partial<PathRules>,
  paths: readonly string[],
): unknown[] {
  const data = dataOf({ s: patterns.map((pattern) => [`/${pattern}`, 'GET'] as const) }, options)
  const { authorizeIds } = createAuthorizer(buildTables(data), data.rules)
  const automaton = new RequestAutomaton(
    (data.grants.get('s') ?? []).map(({ pattern }) => pattern),
    data.rules,
  )
  return paths
    .map((path) => [
      onTheWire(path),
      automaton.accepts(lettersOf(path)),
      authorizeIds([0], 'GET', onTheWire(path)),
    ])
    .filter(([, accepted, allowed]) => accepted !== allowed)
}

const SLASHES = [
  'a',
  'a/',
  'a/*',
  '*/',
  '*',
  'a*',
  '*a',
  'a/b',
  '*/a/',
  '*a*',
  'a*b*',
  '**',
  '*b/a',
  '',
  '*a/',
]
const paths = textsOver(['a', 'b', '/', '.'], 5)

describe('accepts what is allowed', () => {
  const OPTIONS: readonly (readonly [string, Partial<PathRules>])[] = [
    ['as it is', {}],
    ['trailingSlash: ignore', { trailingSlash: 'ignore' }],
    ['extensions', { extensions: ['ab', 'b'] }],
    ['extensions of one letter', { extensions: ['a'] }],
    ['an extension that begins another', { extensions: ['aba', 'a'] }],
    ['an extension that ends another', { extensions: ['a.b', 'b'] }],
    ['an extension that ends what begins another', { extensions: ['a.a', 'b'] }],
    ['extensions, trailingSlash: ignore', { extensions: ['b', 'a'], trailingSlash: 'ignore' }],
    ['basePath', { basePath: 'a' }],
    ['a base path of two segments', { basePath: 'a/b' }],
    [
      'everything at once',
      { basePath: 'a', extensions: ['b'], trailingSlash: 'ignore', caseSensitive: false },
    ],
  ]
  for (const [what, options] of OPTIONS) {
    test(`one pattern, ${what}`, () => {
      for (const pattern of SLASHES)
        expect([pattern, differences([pattern], options, paths)]).toEqual([pattern, []])
    })

    test(`three patterns, ${what}`, () => {
      for (const [index, pattern] of SLASHES.entries()) {
        const others = [SLASHES[(index + 4) % SLASHES.length], SLASHES[(index * 2 + 7) % SLASHES.length]]
        const patterns = [pattern, ...others.map(String)]
        expect([patterns, differences(patterns, options, paths)]).toEqual([patterns, []])
      }
    })
  }

  test('letter case', () => {
    const mixed = textsOver(['a', 'A', 'b', '\ue0c3', '/'], 4)
    for (const caseSensitive of [true, false]) {
      for (const pattern of ['A', 'a*B', '*Ab', 'aA/*']) {
        expect([pattern, differences([pattern], { caseSensitive }, mixed)]).toEqual([pattern, []])
      }
    }
  })

  test('slashes and delimiters as data', () => {
    const data = textsOver(['a', '.', '/', '\ue02f', ';', '\ue03b'], 4)
    for (const options of [
      { encodedSlash: 'data' },
      { delimiters: 'data' },
      { encodedSlash: 'data', delimiters: 'data' },
      {},
    ] as const) {
      for (const pattern of ['*', 'a*', '*a', 'a%2Fa', '*;*', 'a/*', '.*', '*/']) {
        expect([pattern, differences([pattern], options, data)]).toEqual([pattern, []])
      }
    }
  })

  test('escapes, of characters of several bytes and before hex digits', () => {
    const bytes = textsOver(['a', '2', '\ue025', '\ue0c3', '\ue0a9', '\ue020'], 4)
    for (const pattern of ['*', 'a*', '*%C3%A9', '*%20*', '%25*', '*2', '*%A9']) {
      expect([pattern, differences([pattern], {}, bytes)]).toEqual([pattern, []])
    }
  })

  test('wildcard: segment', () => {
    const segments = textsOver(['a', 'b', '/', '.', '\ue020'], 4)
    for (const patterns of [
      ['a/*'],
      ['**'],
      ['*', 'a/**/'],
      ['?', '{a,b}/[ab]'],
      ['', 'a/'],
      ['**/a', '*%20*'],
      ['a??'],
    ]) {
      for (const options of [{}, { extensions: ['b'] }, { trailingSlash: 'ignore' }] as const) {
        const rules = { ...options, wildcard: 'segment' } as const
        expect([patterns, differences(patterns, rules, segments)]).toEqual([patterns, []])
      }
    }
  })
})

describe('the automaton', () => {
  const { grants, rules } = dataOf({
    s: [
      ['/a', 'GET'],
      ['/b/', 'GET'],
      ['/c*', 'GET'],
    ],
  })
  const patterns = (grants.get('s') ?? []).map(({ pattern }) => pattern)
  const automaton = new RequestAutomaton(patterns, rules)

  test('numbers letters by what tells them apart', () => {
    const classOf = (char: string): number | undefined =>
      automaton.classes[LETTER_OF.get(char.charCodeAt(0)) ?? -1]
    expect(classOf('x')).toBe(classOf('y'))
    // An escape is data like a letter, unless what follows it may be a part of it.
    expect(classOf('x')).toBe(classOf('\ue020'))
    expect(new Set(['a', 'b', 'c', 'x', '/', '.', '\ue020', '\ue0c3', '\ue025', '1'].map(classOf)).size).toBe(
      9,
    )
    expect(automaton.classes).toHaveLength(LETTERS.length)
  })

  test('dies where nothing that begins so is allowed, and makes each state once', () => {
    const walk = (path: string): number =>
      lettersOf(path).reduce((state, letter) => automaton.next(state, letter), automaton.start)
    expect(walk('x')).toBe(DEAD)
    expect(walk('ab')).toBe(DEAD)
    expect(walk('a//')).toBe(DEAD)
    for (const letter of LETTERS.keys()) expect(automaton.next(DEAD, letter)).toBe(DEAD)
    expect(automaton.allows(DEAD)).toBe(false)
    expect(walk('cx')).toBe(walk('cyz'))
    expect(walk('cx')).not.toBe(walk('a'))
    const bytes = automaton.bytes
    walk('cqq')
    walk('a')
    expect(automaton.bytes).toBe(bytes)
    expect(automaton.accepts([-1])).toBe(false)
  })

  test('dies also where only what is taken off could be hoped for', () => {
    const after = (options: Partial<PathRules>, path: string): number => {
      const data = dataOf({ s: [['/ab', 'GET']] }, options)
      const one = new RequestAutomaton(
        [...(data.grants.get('s') ?? [])].map(({ pattern }) => pattern),
        data.rules,
      )
      return lettersOf(path).reduce((state, letter) => one.next(state, letter), one.start)
    }
    expect(after({ trailingSlash: 'ignore' }, 'a/')).toBe(DEAD)
    expect(after({ trailingSlash: 'ignore' }, 'ab/')).not.toBe(DEAD)
    expect(after({ extensions: ['x'] }, 'a.')).toBe(DEAD)
    expect(after({ extensions: ['x'] }, 'ab.')).not.toBe(DEAD)
    expect(after({ extensions: ['x'] }, 'ab.y')).toBe(DEAD)
  })

  test('with extensions, a star that goes on for ever is in few states', () => {
    const data = dataOf({ s: [['/*', 'GET']] }, { extensions: ['xyz'] })
    const one = new RequestAutomaton(
      [...(data.grants.get('s') ?? [])].map(({ pattern }) => pattern),
      data.rules,
    )
    const after = (path: string): number =>
      lettersOf(path).reduce((state, letter) => one.next(state, letter), one.start)
    expect(after('qqqqq')).toBe(after('qq'))
    expect(after('q.xq.xq')).toBe(after('qq'))
    expect(after('q.x')).not.toBe(after('qq'))
  })

  test('counts the memory of each state once, when it is first met, by the size of its subset', () => {
    const one = new RequestAutomaton(patterns, rules)
    const start = one.bytes
    const row = 4 * (Math.max(...one.classes) + 1)
    expect((start - 400 - row) % 12).toBe(0)
    expect(start).toBeGreaterThan(400 + row)
    one.accepts(lettersOf('cc'))
    const met = one.bytes - start - 400 - row
    expect(met).toBeGreaterThanOrEqual(0)
    expect(met % 12).toBe(0)
    one.accepts(lettersOf('cc'))
    expect(one.bytes).toBe(start + 400 + row + met)
  })

  test('judged by a match alone it asks for no second reading of a slash', () => {
    const matching = new RequestAutomaton(patterns, rules, 'match')
    const judged = (path: string): readonly boolean[] =>
      [automaton, matching].map((one) => one.accepts(lettersOf(path)))
    const { grants: starred } = dataOf({ s: [['/public/*', 'GET']] })
    const star = (starred.get('s') ?? []).map(({ pattern }) => pattern)
    const path = lettersOf('public/')
    expect(new RequestAutomaton(star, rules).accepts(path)).toBe(false)
    expect(new RequestAutomaton(star, rules, 'match').accepts(path)).toBe(true)
    expect(judged('b/')).toEqual([true, true])
    expect(judged('a/')).toEqual([false, false])
  })
})

test('letters are those of paths, the readable ones first', () => {
  expect(LETTERS.slice(0, 3).map((unit) => String.fromCharCode(unit))).toEqual(['a', 'b', 'c'])
  expect(new Set(LETTERS).size).toBe(LETTERS.length)
  for (const never of '%?#\\ ') expect(LETTER_OF.has(never.charCodeAt(0))).toBe(false)
  expect(LETTERS.filter((unit) => unit < ESCAPE_BASE)).toHaveLength(0x7e - 0x21 + 1 - 4)
  expect(LETTERS.filter((unit) => unit >= ESCAPE_BASE).map((unit) => unit - ESCAPE_BASE)).toEqual([
    0x20,
    0xc3,
    0xa9,
    ...Array.from({ length: 0x7e - 0x21 + 1 }, (_, index) => 0x21 + index),
    ...Array.from({ length: 0x80 }, (_, index) => 0x80 + index).filter(
      (byte) => byte !== 0xc3 && byte !== 0xa9,
    ),
  ])
})
