/** The runner that allocates nothing against the plain one, automata of several sizes in turns. */
import { expect, test } from 'vitest'
import { accepts, type Nfa, nfaOf } from '../../src/automaton/nfa.ts'
import { createAutomatonRunner } from '../../src/matcher/run-automaton.ts'
import { readSegmentPattern } from '../../src/pattern/segment-pattern.ts'
import { textsOver } from '../properties/small-world.ts'
import { tablesOf } from './tables-of.ts'

const PATTERNS = ['*a*b', 'a', '**/a', 'a?', '{a,b}*/**', '[ab]', '[!a]b', 'a/(a|ab)(b|)', '*a*a*a*']
/** With long ones, on which a state that is listed twice would be listed a million times. */
const PATHS = [...textsOver(['a', 'b', '/'], 5), 'a'.repeat(60), `${'ab'.repeat(30)}/${'a'.repeat(60)}b`]

test('accepts what the automaton accepts, between two offsets', () => {
  const { automata } = tablesOf(
    { s: PATTERNS.map((pattern) => [`/${pattern}`, 'GET'] as const) },
    { wildcard: 'segment' },
  )
  expect(automata).toHaveLength(PATTERNS.length)
  const run = createAutomatonRunner(automata)
  const plain = PATTERNS.map((pattern): Nfa => nfaOf(readSegmentPattern(pattern, true)))
  const wrong: unknown[] = []
  for (const path of PATHS) {
    for (const [index, nfa] of plain.entries()) {
      const expected = accepts(nfa, path)
      if (run(index, path, 0, path.length) !== expected) wrong.push([PATTERNS[index], path])
      if (run(index, `b${path}a`, 1, 1 + path.length) !== expected)
        wrong.push([PATTERNS[index], path, 'inside'])
    }
  }
  expect(wrong).toEqual([])
})

test('a state that is found by two arcs is listed once, and leaves room for the others', () => {
  const run = createAutomatonRunner([
    {
      accepting: Uint8Array.of(0, 1),
      arcs: Int32Array.of(0, 3, 3),
      first: Uint16Array.of(0x61, 0x60, 0x61),
      last: Uint16Array.of(0x61, 0x62, 0x61),
      to: Int32Array.of(0, 0, 1),
    },
  ])
  expect(run(0, 'a', 0, 1)).toBe(true)
  expect(run(0, 'ba', 0, 2)).toBe(true)
  expect(run(0, 'ab', 0, 2)).toBe(false)
})

test('an automaton that is not there accepts nothing', () => {
  expect(createAutomatonRunner([])(0, 'a', 0, 1)).toBe(false)
})
