/** The filter that stored tables were made with, and copies of tables. */
import { expect, test } from 'vitest'
import { copyTables, ALL_BITS, filterBit } from '../../src/matcher/tables.ts'
import { tablesOf } from './tables-of.ts'

test('the bit of two characters is the one that compiled policies were stored with', () => {
  expect(filterBit(0, 0)).toBe(0)
  expect(filterBit(1, 0)).toBe(7)
  expect(filterBit(0, 1)).toBe(31)
  expect(filterBit(2, 3)).toBe((14 + 93) % 32)
})

test('the bit of two characters is one of 32, and the same in both cases', () => {
  for (const a of 'azAZ09/%'.split('')) {
    for (const b of 'azAZ09/%'.split('')) {
      const bit = (one: string, other: string): number => filterBit(one.charCodeAt(0), other.charCodeAt(0))
      expect(bit(a, b)).toBe(bit(a.toUpperCase(), b.toLowerCase()))
      expect([...Array(32).keys()]).toContain(bit(a, b))
    }
  }
})

test('everything is all bits of a filter', () => {
  for (let bit = 0; bit < 32; bit++) expect((ALL_BITS >>> bit) & 1).toBe(1)
})

test('a copy is equal, and changing it changes nothing else', () => {
  const tables = [
    tablesOf({ a: [['/a*b*c', 'GET']], b: [['/a/', 'PUT']] }),
    tablesOf({ a: [['/a/*', 'GET']], b: [['/a?', 'PUT']] }, { wildcard: 'segment' }),
  ]
  for (const original of tables) {
    const before = structuredClone(original)
    const copy = copyTables(original)
    expect(copy).toEqual(original)
    for (const [name, value] of Object.entries(copy)) {
      const part = original[name as keyof typeof original]
      if (typeof value === 'object') expect(value, name).not.toBe(part)
      if (ArrayBuffer.isView(value)) (value as Uint8Array).fill(9)
    }
    for (const [index, automaton] of copy.automata.entries()) {
      expect(automaton).not.toBe(original.automata[index])
      for (const part of Object.values(automaton) as Uint8Array[]) part.fill(9)
    }
    expect(original).toEqual(before)
  }
})
