/**
 * The automaton accepts exactly what the expression means, guards included: against the definition, over
 * every short text.
 */
import { describe, expect, test } from 'vitest'
import { accepts, buildNfa, intersect, nfaOf, TooComplex } from '../../src/automaton/nfa.ts'
import { has } from '../../src/pattern/charset.ts'
import { type Expression, NEVER } from '../../src/pattern/expression.ts'
import {
  ANY,
  everyText,
  guard,
  matchesByDefinition,
  NO_SLASH,
  NOTHING,
  or,
  plus,
  seq,
  star,
  text,
} from './expressions.ts'

const TEXTS = everyText(['a', 'b', '.', '/'], 4)

const PARTS: Readonly<Record<string, Expression>> = {
  nothing: NOTHING,
  never: NEVER,
  a: text('a'),
  ab: text('ab'),
  any: ANY,
  'no slash': NO_SLASH,
  'a or b': or(text('a'), text('b')),
  'a or nothing': or(text('a'), NOTHING),
  'many a': star(text('a')),
  'some ab': plus(text('ab')),
  'many any': star(ANY),
  'many of nothing': star(NOTHING),
  'many of perhaps a': star(or(NOTHING, text('a'))),
  'many of many a': star(star(text('a'))),
  'slash and more': seq(text('/'), plus(NO_SLASH)),
  start: guard('start'),
  end: guard('end'),
  more: guard('more'),
  'no dots': guard('not-dots'),
  'start or slash': or(guard('start'), text('/')),
  'slash or end': or(text('/'), guard('end')),
  'no dots, then a segment': seq(guard('not-dots'), star(NO_SLASH)),
  'no dots twice': seq(guard('not-dots'), guard('not-dots'), plus(NO_SLASH)),
}

function wrong(expression: Expression): readonly string[] {
  const nfa = buildNfa(expression)
  return TEXTS.filter((candidate) => accepts(nfa, candidate) !== matchesByDefinition(expression, candidate))
}

describe('accepts exactly what the expression means', () => {
  for (const [name, part] of Object.entries(PARTS)) {
    test(name, () => {
      expect(wrong(part)).toEqual([])
    })
  }

  test('every two parts in a row', () => {
    for (const [first, a] of Object.entries(PARTS)) {
      for (const [second, b] of Object.entries(PARTS))
        expect(wrong(seq(a, b)), `${first}, ${second}`).toEqual([])
    }
  })

  test('every part between two characters, repeated', () => {
    for (const [name, part] of Object.entries(PARTS)) {
      expect(wrong(seq(text('a'), star(part), text('b'))), name).toEqual([])
      expect(wrong(plus(seq(part, text('a')))), name).toEqual([])
      expect(wrong(seq(star(ANY), part, star(ANY))), name).toEqual([])
    }
  })
})

describe('a guard', () => {
  test('start holds before the first character only', () => {
    expect(wrong(star(seq(guard('start'), text('a'))))).toEqual([])
    expect(accepts(buildNfa(seq(text('a'), guard('start'), text('b'))), 'ab')).toBe(false)
  })

  test('end holds behind the last character only', () => {
    expect(accepts(buildNfa(seq(text('a'), guard('end'), text('b'))), 'ab')).toBe(false)
    expect(accepts(buildNfa(seq(text('a'), guard('end'))), 'a')).toBe(true)
  })

  test('more and end exclude each other', () => {
    expect(
      TEXTS.some((candidate) => accepts(buildNfa(seq(star(ANY), guard('more'), guard('end'))), candidate)),
    ).toBe(false)
  })

  test('not-dots looks at the rest of the segment, not of the path', () => {
    const segment = seq(text('a/'), guard('not-dots'), star(ANY))
    const answers = ['a/', 'a/.', 'a/./b', 'a//b', 'a/b', 'a/.b', 'a/..', 'a/b/', 'a/../b']
    expect(answers.filter((candidate) => accepts(buildNfa(segment), candidate))).toEqual([
      'a/b',
      'a/.b',
      'a/..',
      'a/b/',
      'a/../b',
    ])
  })

  test('not-dots in the middle of a segment looks at what is left of it', () => {
    const middle = seq(text('a'), guard('not-dots'), star(NO_SLASH))
    expect(
      ['a', 'a.', 'a..', 'ab', 'a.b'].filter((candidate) => accepts(buildNfa(middle), candidate)),
    ).toEqual(['a..', 'ab', 'a.b'])
  })
})

test('an intersection of sets is sorted ranges that do not overlap', () => {
  expect(intersect([0, 5, 9, 9], [10, 20])).toEqual([])
  expect(intersect([0, 5, 9, 12], [3, 10])).toEqual([3, 5, 9, 10])
  expect(intersect([1, 4, 6, 7], [2, 4, 7, 9])).toEqual([2, 4, 7, 7])
})

test('an intersection of sets has what both have', () => {
  const sets = [
    [],
    [0, 0xffff],
    [0x61, 0x7a],
    [0x2f, 0x2f],
    [0, 0x2e, 0x30, 0xffff],
    [0x60, 0x61, 0x63, 0x70],
  ]
  for (const a of sets) {
    for (const b of sets) {
      const both = intersect(a, b)
      for (let unit = 0; unit < 256; unit++) expect(has(both, unit)).toBe(has(a, unit) && has(b, unit))
    }
  }
})

test('no arc is without characters', () => {
  // A dot, where another rule wants anything but dots.
  const nfa = buildNfa(seq(guard('not-dots'), text('/.a')))
  expect(nfa.flatMap(({ arcs }) => arcs).filter(({ set }) => set.length === 0)).toEqual([])
  expect(nfa).toHaveLength(1)
})

test('the automaton of an expression is built once', () => {
  const expression = seq(text('a'), star(ANY))
  expect(nfaOf(expression)).toBe(nfaOf(expression))
  expect(nfaOf(seq(text('a'), star(ANY)))).not.toBe(nfaOf(expression))
  expect(nfaOf(expression)).toEqual(buildNfa(expression))
})

describe('size', () => {
  test('is bounded by the number of arcs', () => {
    const expression = seq(text('ab'), NO_SLASH)
    expect(buildNfa(expression).flatMap(({ arcs }) => arcs)).toHaveLength(3)
    expect(buildNfa(expression, 3)).toEqual(buildNfa(expression))
    expect(() => buildNfa(expression, 2)).toThrow(TooComplex)
    expect(() => nfaOf(seq(...Array.from({ length: 200 }, () => or(text('a'), NOTHING))))).toThrow(TooComplex)
  })

  const perhaps = (count: number): Expression =>
    seq(...Array.from({ length: count }, () => or(text('a'), NOTHING)))

  test('states grow linearly with the expression', () => {
    expect(buildNfa(perhaps(400)).length).toBeLessThan(4 * buildNfa(perhaps(200)).length)
  })

  test('a string of ten thousand characters is read without recursion', () => {
    const nfa = buildNfa(star(or(text('a'), text('aa'))))
    expect(accepts(nfa, 'a'.repeat(10_000))).toBe(true)
    expect(accepts(nfa, `${'a'.repeat(10_000)}b`)).toBe(false)
  })
})
