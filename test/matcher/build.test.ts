/** What is in the tables beside the trees, by its description in `src/matcher/tables.ts`. */
import { describe, expect, test } from 'vitest'
import { ALL_BITS, filterBit, FILTER_WORDS, MORE, REST, SET, type Tables } from '../../src/matcher/tables.ts'
import { type NfaState, nfaOf } from '../../src/automaton/nfa.ts'
import { readPattern } from '../../src/pattern/pattern.ts'
import type { PathRules } from '../../src/pattern/request-path.ts'
import { RULES } from '../pattern/rules.ts'
import { type Grants, tablesOf } from './tables-of.ts'

/** The words of a scope and a method: beginnings, endings, and endings of what has no beginning. */
function wordsOf({ hot, methods }: Tables, scope: number, method: string): readonly number[] {
  const row = (scope * methods.length + methods.indexOf(method)) * FILTER_WORDS
  return [...hot.slice(row, row + FILTER_WORDS)]
}

function bits(...pairs: readonly string[]): number {
  return pairs.reduce(
    (word, [a = '', b = '']) => word | (1 << filterBit(a.charCodeAt(0), b.charCodeAt(0) || 0)),
    0,
  )
}

/** Bits of the endings of texts: the last character first. */
function endings(...texts: readonly string[]): number {
  return bits(...texts.map((text) => Array.from(text).reverse().slice(0, 2).join('')))
}

const NINE: Grants = Object.fromEntries(
  Array.from({ length: 9 }, (_, index) => [`s${index}`, [[`/${index}x`, 'GET']]]),
)

describe('methods', () => {
  test('the usual ones first, then the others in order, each once', () => {
    const { methods } = tablesOf({
      a: [['/a', 'PUT', 'ACL', 'GET']],
      b: [
        ['/b', 'SEARCH', 'GET', 'OPTIONS', 'DELETE'],
        ['/c', 'BIND', 'HEAD', 'PATCH', 'POST'],
      ],
    })
    expect(methods).toEqual([
      'GET',
      'POST',
      'PUT',
      'PATCH',
      'DELETE',
      'HEAD',
      'OPTIONS',
      'ACL',
      'BIND',
      'SEARCH',
    ])
  })

  test('none where nothing is granted', () => {
    expect(tablesOf({ a: [] })).toMatchObject({ methods: [], scopes: ['a'], setCount: 0 })
  })
})

describe('roots', () => {
  test('none for a scope that grants nothing that can be requested', () => {
    const { roots, slashRoots } = tablesOf({
      empty: [],
      dead: [['/a//b', 'GET']],
      plain: [['/a', 'GET']],
      slash: [
        ['/a/', 'GET'],
        ['/b', 'GET'],
        ['/c//', 'GET'],
      ],
    })
    expect([...roots].map((root) => root >= 0)).toEqual([false, false, true, true])
    expect([...slashRoots].map((root) => root >= 0)).toEqual([false, false, false, true])
  })
})

describe('escapes', () => {
  test('whether a pattern keeps one', () => {
    expect(tablesOf({ a: [['/a b', 'GET']], b: [['/c', 'GET']] }).escapes).toBe(false)
    expect(
      tablesOf({
        a: [['/c', 'GET']],
        b: [
          ['/d', 'GET'],
          ['/a%20b', 'GET'],
        ],
      }).escapes,
    ).toBe(true)
  })
})

describe('code', () => {
  test('takes 16 bits as long as everything fits', () => {
    expect(tablesOf({ a: [['/a*b*c', 'GET']] }).code).toBeInstanceOf(Uint16Array)
  })

  test('takes 32 where something does not fit', () => {
    const runs = Array.from({ length: 65_536 }, (_, index) => [`*${index}*`, 'GET'] as const)
    expect(tablesOf({ a: runs.slice(1) }).code).toBeInstanceOf(Uint16Array)
    expect(tablesOf({ a: runs }).code).toBeInstanceOf(Uint32Array)
  })

  test('is laid out as described, from the first unit on', () => {
    const code = (pattern: string): unknown => {
      const { code, roots } = tablesOf({ a: [[pattern, 'GET']] })
      return [roots[0], ...code]
    }
    const [a, b] = ['a', 'b'].map((text) => text.charCodeAt(0))
    const child = 16
    expect(code('a')).toEqual([0, 0, child, a, 4, 0, SET, 0])
    expect(code('a*')).toEqual([0, 0, child, a, 4, 0, REST, 0])
    // The outer tree of `a`, then the inner tree: empty, and for what ends in `b`.
    expect(code('a*b')).toEqual([0, 0, child, a, 4, 0, MORE, 3, 0, child, b, 4, 0, SET, 0])
    expect(code('**a**')).toEqual([0, 0, MORE, 3, 0, MORE, 3, 1, 0, 1, 0])
  })

  test('patterns of `segment` stand behind what all their matches begin with', () => {
    const labelOf = (pattern: string, options: Partial<PathRules> = {}): string => {
      const code = [...tablesOf({ a: [[pattern, 'GET']] }, { wildcard: 'segment', ...options }).code]
      // The root has one child, or the automaton is at the root.
      if (code[1] === MORE) return ''
      const [, , first = 0, child = 0] = code
      const [length = 0, ...rest] = code.slice(child)
      return String.fromCharCode(first, ...rest.slice(0, length))
    }
    expect(labelOf('ab/cd/e*')).toBe('ab/cd')
    expect(labelOf('/ab/**')).toBe('ab')
    expect(labelOf('ab*')).toBe('')
    expect(labelOf('ab/cd')).toBe('ab')
    expect(labelOf('ab/')).toBe('ab')
    expect(labelOf('~a-b_%20/{c,d}/e')).toBe('~a-b_%20')
    expect(labelOf('ab/c|d')).toBe('')
    expect(labelOf('ab.c/d*')).toBe('')
    expect(labelOf('AB/*')).toBe('AB')
    expect(labelOf('AB/*', { caseSensitive: false })).toBe('ab')
  })

  test('automata are arrays of arcs, one for each range', () => {
    const { automata } = tablesOf({ a: [['a?c', 'GET']] }, { wildcard: 'segment', caseSensitive: false })
    const { meaning } = readPattern('a?c', { ...RULES, wildcard: 'segment', caseSensitive: false })
    const nfa = meaning.kind === 'expression' ? nfaOf(meaning.expression) : []
    const rangesOf = ({ arcs }: NfaState): number[][] =>
      arcs.flatMap(({ set, to }) =>
        set.length === 2
          ? [[...set, to]]
          : [
              [...set.slice(0, 2), to],
              [...set.slice(2), to],
            ],
      )
    const ranges = nfa.flatMap(rangesOf)
    expect(ranges.length).toBeGreaterThan(6)
    let end = 0
    expect(automata).toEqual([
      {
        accepting: Uint8Array.from(nfa, ({ accepting }) => (accepting ? 1 : 0)),
        arcs: Int32Array.of(0, ...nfa.map((state) => (end += rangesOf(state).length))),
        first: Uint16Array.from(ranges, ([first = 0]) => first),
        last: Uint16Array.from(ranges, ([, last = 0]) => last),
        to: Int32Array.from(ranges, ([, , to = 0]) => to),
      },
    ])
  })

  test('equal runs between stars are one, and so are equal automata', () => {
    expect(
      tablesOf({
        a: [
          ['/*b*', 'GET'],
          ['/c*b*d*', 'PUT'],
        ],
      }).runs,
    ).toEqual(['b', 'd'])
    const segment = tablesOf(
      {
        a: [
          ['/a/*', 'GET'],
          ['/b/*', 'GET'],
        ],
        b: [['/a/*', 'GET']],
      },
      { wildcard: 'segment' },
    )
    expect(segment.automata).toHaveLength(2)
  })
})

describe('filters', () => {
  test('let everything pass where there are few scopes', () => {
    const eight = Object.fromEntries(Object.entries(NINE).slice(1))
    expect(wordsOf(tablesOf(eight), 2, 'GET')).toEqual([0, 0, ALL_BITS])
    expect(wordsOf(tablesOf(NINE), 3, 'GET')[2]).toBe(0)
  })

  test('beginning and ending of what has text there, at the place that tells most scopes apart', () => {
    const tables = tablesOf({
      ...NINE,
      more: [
        ['/3x', 'GET'],
        ['/abc*xyz', 'GET', 'PUT'],
      ],
    })
    expect(tables.window).toBe(0)
    expect(wordsOf(tables, 3, 'GET')).toEqual([bits('3x'), endings('3x'), 0])
    expect(wordsOf(tables, 9, 'GET')).toEqual([bits('3x', 'ab'), endings('3x', 'xyz'), 0])
    expect(wordsOf(tables, 9, 'PUT')).toEqual([bits('ab'), endings('xyz'), 0])
  })

  test('look further in where all begin alike, and behind the end there is nothing', () => {
    const alike = Array.from({ length: 9 }, (_, index) => [`s${index}`, [[`/same/${index}`, 'GET']]])
    const tables = tablesOf(Object.fromEntries(alike) as Grants)
    expect([4, 5]).toContain(tables.window)
    const expected = tables.window === 5 ? bits('3') : bits('/3')
    expect(wordsOf(tables, 3, 'GET')).toEqual([expected, endings('/3'), 0])
  })

  test('only the ending of what has a star too early for the place, everything where it has neither', () => {
    const tables = tablesOf({
      ...NINE,
      early: [['/a*xyz', 'GET']],
      late: [['/ab*', 'GET']],
      short: [['/ab*z', 'GET']],
      enough: [['/ab*yz', 'GET']],
      both: [
        ['/*', 'GET'],
        ['/7x', 'GET'],
      ],
    })
    expect(wordsOf(tables, 9, 'GET')).toEqual([0, 0, endings('xyz')])
    expect(wordsOf(tables, 10, 'GET')).toEqual([bits('ab'), ALL_BITS, 0])
    expect(wordsOf(tables, 11, 'GET')).toEqual([bits('ab'), ALL_BITS, 0])
    expect(wordsOf(tables, 12, 'GET')).toEqual([bits('ab'), endings('yz'), 0])
    expect(wordsOf(tables, 13, 'GET')).toEqual([bits('7x'), endings('7x'), ALL_BITS])
  })

  test('look at the first place of several that are as good, and no further than twelve characters in', () => {
    const alike = (length: number): Tables =>
      tablesOf(
        Object.fromEntries(
          Array.from({ length: 9 }, (_, index) => [`s${index}`, [[`${'a'.repeat(length)}${index}`, 'GET']]]),
        ),
      )
    expect([1, 13, 14, 20].map((length) => alike(length).window)).toEqual([0, 12, 0, 0])
  })

  test('not where a star comes too early for many', () => {
    const grants = Array.from('0123456789', (digit, index) => [
      `s${digit}`,
      [[`${index < 5 ? 'p' : 'q'}s/same/${digit}`, 'GET']],
    ])
    const without = Object.fromEntries(grants) as Grants
    expect(tablesOf(without).window).toBe(7)
    expect(tablesOf({ ...without, early: [['ps*', 'GET']] }).window).toBe(0)
  })

  test('at the place that suits a sample, where there are very many scopes', () => {
    const grants = Array.from({ length: 512 }, (_, index): [string, Grants[string]] => [
      `s${index}`,
      index % 2 === 0
        ? [[`${String.fromCharCode(0x41 + (index % 26))}same`, 'GET']]
        : Array.from({ length: 4 }, (_, more) => [`other/${(index * 4 + more) % 29}`, 'GET']),
    ])
    const odd = grants.filter((_, index) => index % 2 === 1)
    expect(tablesOf(Object.fromEntries(odd)).window).toBeGreaterThan(4)
    expect(tablesOf(Object.fromEntries(grants)).window).toBe(0)
    expect(tablesOf(Object.fromEntries(grants.reverse())).window).toBeGreaterThan(4)
  })

  test('the empty path and paths of one character have bits of their own', () => {
    const tables = tablesOf({ ...NINE, root: [['/', 'GET']], one: [['/q', 'GET']] })
    expect(wordsOf(tables, 9, 'GET')).toEqual([1 << filterBit(0, 0), 1 << filterBit(0, 0), 0])
    expect(wordsOf(tables, 10, 'GET')).toEqual([bits('q'), bits('q'), 0])
  })

  test('let automata and dead patterns do as they must', () => {
    const tables = tablesOf({ ...NINE, a: [['/a/*', 'PUT']], dead: [['/a//b', 'GET']] })
    expect(wordsOf(tables, 10, 'GET')).toEqual([0, 0, 0])
    const segment = tablesOf({ ...NINE, a: [['/a/*', 'GET']] }, { wildcard: 'segment' })
    expect(wordsOf(segment, 9, 'GET')).toEqual([0, 0, ALL_BITS])
  })
})
