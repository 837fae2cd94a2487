/**
 * Sets of characters against the obvious reading, a list of all members, over a small range.
 */
import { describe, expect, test } from 'vitest'
import {
  ANY,
  type CharSet,
  closeUnderCase,
  complement,
  has,
  NO_SLASH,
  single,
  union,
} from '../../src/pattern/charset.ts'

const LAST = 0xffff
const SAMPLES: readonly CharSet[] = [
  [],
  ANY,
  NO_SLASH,
  single(0),
  single(LAST),
  [0x41, 0x5a],
  [0x5a, 0x61],
  [0x30, 0x39, 0x61, 0x66],
  [0, 0x40, 0x5b, LAST],
  [0x60, 0x7b],
]
const UNITS = [...Array.from({ length: 256 }, (_, unit) => unit), 0xd7ff, 0xe02f, 0xfffe, LAST]

function isTidy(set: CharSet): boolean {
  return (
    set.length % 2 === 0 &&
    set.every(
      (unit, at) => at === 0 || (at % 2 === 1 ? unit >= (set[at - 1] ?? 0) : unit > (set[at - 1] ?? 0) + 1),
    )
  )
}

describe('sets of characters', () => {
  test('are pairs of the first and the last character', () => {
    expect(ANY).toEqual([0, LAST])
    expect(NO_SLASH).toEqual([0, 0x2e, 0x30, LAST])
    expect(single(0x41)).toEqual([0x41, 0x41])
  })

  test('that touch are joined, those with a gap are not', () => {
    expect(union([0x30, 0x39], [0x3a, 0x40])).toEqual([0x30, 0x40])
    expect(union([0x3b, 0x40], [0x30, 0x39])).toEqual([0x30, 0x39, 0x3b, 0x40])
    expect(union([0, 5], [1, 2])).toEqual([0, 5])
    expect(union()).toEqual([])
  })

  test('a union has what one of them has', () => {
    for (const a of SAMPLES) {
      for (const b of SAMPLES) {
        const both = union(a, b)
        expect(isTidy(both)).toBe(true)
        for (const unit of UNITS) expect(has(both, unit)).toBe(has(a, unit) || has(b, unit))
      }
    }
  })

  test('a complement has what the set has not, and twice is once', () => {
    for (const set of SAMPLES) {
      const rest = complement(set)
      expect(isTidy(rest)).toBe(true)
      for (const unit of UNITS) expect(has(rest, unit)).toBe(!has(set, unit))
      expect(complement(rest)).toEqual(set)
    }
  })

  test('closed under case it has both cases of every ASCII letter it had, and nothing else new', () => {
    for (const set of SAMPLES) {
      const closed = closeUnderCase(set)
      expect(isTidy(closed)).toBe(true)
      for (const unit of UNITS) {
        const letter = unit < 0x80 ? String.fromCharCode(unit) : ''
        const others = [letter.toLowerCase(), letter.toUpperCase()].filter((other) => other !== '')
        const expected = has(set, unit) || others.some((other) => has(set, other.charCodeAt(0)))
        expect(has(closed, unit), `${unit}`).toBe(expected)
      }
    }
  })
})
