/** Whether two automata have a path in common, against all short paths. */
import { expect, test } from 'vitest'
import { intersects } from '../../src/automaton/intersection.ts'
import { accepts, buildNfa, type Nfa } from '../../src/automaton/nfa.ts'
import { readSegmentPattern } from '../../src/pattern/segment-pattern.ts'
import { textsOver } from '../properties/small-world.ts'

const PATTERNS = [
  'a',
  '*',
  '*a',
  'a*b',
  '**',
  'a/*',
  '*/b',
  '[a-b]',
  '[!a]',
  '?b',
  '{a,b}/a',
  'ab*',
  'c',
  '**/c',
  'b?a',
]
const NFAS = PATTERNS.map((pattern): Nfa => buildNfa(readSegmentPattern(pattern, true)))
const PATHS = textsOver(['a', 'b', 'c', '/'], 4)

test('of every two patterns', () => {
  const found = NFAS.map((a) => NFAS.map((b) => intersects(a, b)))
  const common = NFAS.map((a) => NFAS.map((b) => PATHS.some((path) => accepts(a, path) && accepts(b, path))))
  expect(found).toEqual(common)
})

test('is open when the budget of pairs is used up, and only then', () => {
  const [long, other] = [
    buildNfa(readSegmentPattern('abcdefgh', true)),
    buildNfa(readSegmentPattern('abcdefgh*', true)),
  ]
  const least = Array.from({ length: 40 }, (_, budget) => intersects(long, other, budget)).indexOf(true)
  expect(least).toBeGreaterThan(8)
  expect(least).toBeLessThan(40)
  for (let budget = 1; budget < least; budget++) expect(intersects(long, other, budget)).toBeUndefined()
  expect(intersects(long, other, least)).toBe(true)
})

test('the budget is the number of pairs, the start one of them', () => {
  const chain: Nfa = [
    { arcs: [{ set: [0x61, 0x61], to: 1 }], accepting: false },
    { arcs: [{ set: [0x61, 0x61], to: 2 }], accepting: false },
    { arcs: [], accepting: true },
  ]
  expect(intersects(chain, chain, 3)).toBe(true)
  expect(intersects(chain, chain, 2)).toBeUndefined()
})

test('where ranges only touch there is nothing in common', () => {
  const nfa = (set: readonly number[]): Nfa => [
    { arcs: [{ set, to: 1 }], accepting: false },
    { arcs: [], accepting: true },
  ]
  expect(intersects(nfa([0x61, 0x62]), nfa([0x63, 0x64]))).toBe(false)
  expect(intersects(nfa([0x63, 0x64]), nfa([0x61, 0x62]))).toBe(false)
  expect(intersects(nfa([0x61, 0x63]), nfa([0x63, 0x64]))).toBe(true)
  expect(intersects(nfa([0x30, 0x30, 0x61, 0x61]), nfa([0x31, 0x31, 0x61, 0x61]))).toBe(true)
  expect(intersects(nfa([0x30, 0x30, 0x61, 0x61]), nfa([0x31, 0x31, 0x60, 0x60]))).toBe(false)
})
