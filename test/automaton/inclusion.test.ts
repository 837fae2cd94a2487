/**
 * Inclusion of languages against enumeration: over two letters every text up to a length that is longer
 * than what the small expressions can tell apart.
 */
import { describe, expect, test } from 'vitest'
import { isIncluded } from '../../src/automaton/inclusion.ts'
import { accepts, type Arc, buildNfa, type Nfa, type NfaState } from '../../src/automaton/nfa.ts'
import { type Expression, NEVER } from '../../src/pattern/expression.ts'
import { readSegmentPattern } from '../../src/pattern/segment-pattern.ts'
import { ANY, everyText, guard, NO_SLASH, NOTHING, or, plus, seq, star, text } from './expressions.ts'

const LETTERS = ['a', '/', '.', 'x']
const TEXTS = everyText(LETTERS, 6)

const EXPRESSIONS: Readonly<Record<string, Expression>> = {
  never: NEVER,
  nothing: NOTHING,
  a: text('a'),
  aa: text('aa'),
  'a or aa': or(text('a'), text('aa')),
  'many a': star(text('a')),
  'some a': plus(text('a')),
  'pairs of a': star(text('aa')),
  everything: star(ANY),
  'one segment': star(NO_SLASH),
  'a non-empty segment': plus(NO_SLASH),
  'ends in a': seq(star(ANY), text('a')),
  'begins with a': seq(text('a'), star(ANY)),
  'more, then anything': seq(guard('more'), star(ANY)),
  'a segment without dots': seq(guard('not-dots'), star(NO_SLASH)),
  'segments without dots': seq(
    guard('not-dots'),
    plus(NO_SLASH),
    star(seq(text('/'), guard('not-dots'), plus(NO_SLASH))),
  ),
  'pattern *': readSegmentPattern('*', true),
  'pattern **': readSegmentPattern('**', true),
  'pattern a/*': readSegmentPattern('a/*', true),
  'pattern a/**': readSegmentPattern('a/**', true),
  'pattern **/a': readSegmentPattern('**/a', true),
  'pattern */a': readSegmentPattern('*/a', true),
  'pattern {a,x}/*': readSegmentPattern('{a,x}/*', true),
  'pattern ?': readSegmentPattern('?', true),
  'pattern a': readSegmentPattern('a', true),
  'pattern .*': readSegmentPattern('.*', true),
}

const AUTOMATA = Object.entries(EXPRESSIONS).map(([name, expression]) => {
  const nfa = buildNfa(expression)
  return { name, nfa, accepted: new Set(TEXTS.filter((candidate) => accepts(nfa, candidate))) }
})

describe('isIncluded', () => {
  for (const small of AUTOMATA) {
    test(`of ${small.name} in each of the others is what enumeration says`, () => {
      for (const big of AUTOMATA) {
        const missing = [...small.accepted].find((candidate) => !big.accepted.has(candidate))
        expect(isIncluded(small.nfa, big.nfa), `in ${big.name}`).toBe(missing === undefined)
      }
    })
  }

  test('of every language in itself holds', () => {
    for (const { nfa } of AUTOMATA) expect(isIncluded(nfa, nfa)).toBe(true)
  })

  test('says nothing when its budget is used up, rather than guessing', () => {
    const big = buildNfa(seq(star(ANY), text('a'), ...Array.from({ length: 12 }, () => ANY)))
    const small = buildNfa(seq(star(ANY), text('a'), star(ANY)))
    const included = buildNfa(seq(star(ANY), text('a'), ...Array.from({ length: 12 }, () => ANY)))
    expect(isIncluded(included, big, { pairs: 50 })).toBeUndefined()
    expect(isIncluded(small, big, { pairs: 1 })).not.toBe(true)
  })

  test('looks at both sides of every bound of a range', () => {
    const letters = (...set: readonly number[]): Nfa => [
      { arcs: [{ set, to: 1 }], accepting: false },
      { arcs: [], accepting: true },
    ]
    const [a, c, e, g] = ['a', 'c', 'e', 'g'].map((char) => char.charCodeAt(0)) as [
      number,
      number,
      number,
      number,
    ]
    expect(isIncluded(letters(a, c), letters(a, c - 1))).toBe(false)
    expect(isIncluded(letters(a, c), letters(a + 1, c))).toBe(false)
    expect(isIncluded(letters(a, c, e, g), letters(a, c, e, g - 1))).toBe(false)
    expect(isIncluded(letters(a, g), letters(a, c, e, g))).toBe(false)
    expect(isIncluded(letters(a, c), letters(a, c))).toBe(true)
    expect(isIncluded(letters(0, 0xffff), letters(0, 0xfffe))).toBe(false)
    expect(isIncluded(letters(0, 0xffff), letters(1, 0xffff))).toBe(false)
    expect(isIncluded(letters(0, 0xffff), letters(0, 0xffff))).toBe(true)
  })

  test('looks at a set of states once, in whatever order it was found', () => {
    const [a, b] = [
      [0x61, 0x61],
      [0x62, 0x62],
    ] as const
    const end: NfaState = { arcs: [], accepting: false }
    const small: Nfa = [
      {
        arcs: [
          { set: a, to: 1 },
          { set: b, to: 1 },
        ],
        accepting: false,
      },
      end,
    ]
    const big: Nfa = [
      {
        arcs: [
          { set: a, to: 1 },
          { set: b, to: 2 },
          { set: a, to: 2 },
          { set: b, to: 1 },
        ],
        accepting: false,
      },
      end,
      end,
    ]
    expect(isIncluded(small, big, { pairs: 2 })).toBe(true)
    expect(isIncluded(small, big, { pairs: 1 })).toBeUndefined()
  })

  test('holds against the union of what a language is made of', () => {
    const whole = buildNfa(or(text('a/x'), text('a/a'), text('x')))
    const parts = buildNfa(or(seq(text('a/'), or(text('x'), text('a'))), text('x')))
    expect(isIncluded(whole, parts)).toBe(true)
    expect(isIncluded(parts, whole)).toBe(true)
  })

  test('tells characters apart that only a boundary of a range tells apart', () => {
    const set = (first: number, last: number): Expression => ({ kind: 'set', set: [first, last] })
    expect(isIncluded(buildNfa(set(0x61, 0x63)), buildNfa(set(0x61, 0x64)))).toBe(true)
    expect(isIncluded(buildNfa(set(0x61, 0x64)), buildNfa(set(0x61, 0x63)))).toBe(false)
    expect(isIncluded(buildNfa(set(0, 0xffff)), buildNfa(set(0, 0xfffe)))).toBe(false)
    expect(isIncluded(buildNfa(set(0, 0xffff)), buildNfa(or(set(0, 0x7f), set(0x80, 0xffff))))).toBe(true)
  })
})

test('a budget is the number of pairs, neither more nor less', () => {
  const word = buildNfa(text('abcd'))
  const least = Array.from({ length: 20 }, (_, budget) => isIncluded(word, word, { pairs: budget })).indexOf(
    true,
  )
  // A pair for each place in the word, and one for each that no longer matches.
  expect(least).toBe(word.length)
  expect(isIncluded(word, word, { pairs: least - 1 })).toBeUndefined()
})

test('sets of states are told apart, however their numbers are spelled', () => {
  // After `a` the bigger can be in 1 and 112, after `b` in 11 and 12: the same digits, another answer for `x`.
  const on = (unit: number, to: number): Arc => ({ set: [unit, unit], to })
  const big = Array.from({ length: 114 }, (_, id): NfaState => {
    if (id === 0) return { accepting: false, arcs: [on(0x61, 1), on(0x61, 112), on(0x62, 11), on(0x62, 12)] }
    return { accepting: id === 113, arcs: id === 112 ? [on(0x78, 113)] : [] }
  })
  const small = (...first: readonly Arc[]): Nfa => [
    { accepting: false, arcs: first },
    { accepting: false, arcs: [on(0x78, 2)] },
    { accepting: true, arcs: [] },
  ]
  expect(isIncluded(small(on(0x61, 1)), big)).toBe(true)
  expect(isIncluded(small(on(0x62, 1)), big)).toBe(false)
  expect(isIncluded(small(on(0x61, 1), on(0x62, 1)), big)).toBe(false)
  expect(isIncluded(small(on(0x62, 1), on(0x61, 1)), big)).toBe(false)
})
