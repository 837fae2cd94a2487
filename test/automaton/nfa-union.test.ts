/** Patterns of `wildcard: segment` adjacent, letter by letter, against each of them alone. */
import { expect, test } from 'vitest'
import { LETTER_OF, LETTERS, SPELLING } from '../../src/automaton/letters.ts'
import { accepts, buildNfa } from '../../src/automaton/nfa.ts'
import { NfaUnion } from '../../src/automaton/nfa-union.ts'
import { ASKS_FOR_SLASH, MATCHES } from '../../src/automaton/pattern-set.ts'
import { type Pattern, readPattern } from '../../src/pattern/pattern.ts'
import { RULES } from '../pattern/rules.ts'

const read = (pattern: string): Pattern => readPattern(pattern, { ...RULES, wildcard: 'segment' })

/** `a`, `b`, `/`, a space and a percent sign, as letters: the last two are spelled by three characters. */
const SOME = [0x61, 0x62, 0x2f, 0xe020, 0xe025].map((unit) => LETTER_OF.get(unit) as number)

function textsOf(length: number): readonly (readonly number[])[] {
  if (length === 0) return [[]]
  return [[], ...textsOf(length - 1).flatMap((text) => SOME.map((letter) => [...text, letter]))]
}

function after(union: NfaUnion, letters: readonly number[]): readonly number[] {
  return letters.reduce((states, letter) => union.move(states, letter), union.start)
}

const PATTERNS = ['a*', '/', 'a/**', '**/b', 'a/', '*/', 'a?b', '{a,b}/*', 'a%20*', '%2?']

test('accepts what one of the patterns accepts, and knows whether one asks for a slash', () => {
  const patterns = PATTERNS.map(read)
  const union = new NfaUnion(patterns)
  for (const letters of textsOf(4)) {
    const spelled = letters.flatMap((letter) => SPELLING[letter] as number[])
    const path = String.fromCharCode(...spelled)
    const matching = patterns.filter(({ meaning }) =>
      meaning.kind === 'expression' ? accepts(buildNfa(meaning.expression), path) : path === '',
    )
    const asks = matching.some(({ endsInSlash }) => endsInSlash)
    const expected = (matching.length > 0 ? MATCHES : 0) | (asks ? ASKS_FOR_SLASH : 0)
    expect([path, union.accepts(after(union, letters))]).toEqual([path, expected])
  }
})

test('begins in a state of each pattern, and keeps states sorted', () => {
  const [first, second] = ['ab', 'a*'].map(read) as [Pattern, Pattern]
  const alone = new NfaUnion([first])
  expect(alone.start).toEqual([0])
  const union = new NfaUnion([first, read('/'), second])
  expect(union.start).toHaveLength(3)
  expect(union.start[1]).toBe(
    Math.max(...alone.move(alone.move([0], SOME[0] as number), SOME[1] as number)) + 1,
  )
  const [a] = SOME as [number]
  for (const letters of textsOf(3)) {
    const states = after(union, letters)
    expect(states).toEqual([...states].sort((one, other) => one - other))
    expect(union.move([...states].reverse(), a)).toEqual(union.move(states, a))
  }
})

test('letters are told apart where an arc of a pattern does, also in the middle of an escape', () => {
  const union = new NfaUnion(['a*', '%2?'].map(read))
  const classOf = (unit: number): number => union.classes[LETTER_OF.get(unit) as number] as number
  expect(union.classes).toHaveLength(LETTERS.length)
  expect(classOf(0x62)).toBe(classOf(0x63))
  expect(classOf(0x61)).not.toBe(classOf(0x62))
  expect(classOf(0xe020)).not.toBe(classOf(0xe030))
  expect(classOf(0xe020)).not.toBe(classOf(0x62))
  for (const letters of textsOf(2)) {
    const states = after(union, letters)
    for (const letter of LETTERS.keys()) {
      const like = union.classes.indexOf(union.classes[letter] as number)
      expect(union.move(states, letter)).toEqual(union.move(states, like))
    }
  }
})

test('without patterns nothing is accepted', () => {
  const union = new NfaUnion([])
  expect(union.start).toEqual([])
  expect(union.accepts(union.start)).toBe(0)
  expect(new Set(union.classes).size).toBeLessThanOrEqual(2)
})
