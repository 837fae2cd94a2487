import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pack, unpack } from '../../src/compiled/pack.ts'
import { runs } from '../arbitrary/settings.ts'

const PRINTABLE = /^[ !#-[\]-~]*$/

const kinds = [
  ['Uint8Array', fc.uint8Array({ maxLength: 300 }), Uint8Array],
  ['Uint16Array', fc.uint16Array({ maxLength: 300 }), Uint16Array],
  ['Uint32Array', fc.uint32Array({ maxLength: 300 }), Uint32Array],
  ['Int32Array', fc.int32Array({ maxLength: 300 }), Int32Array],
] as const

describe('numbers packed and unpacked are the same numbers', () => {
  test.each(kinds)('%s', (_, numbers, Kind) => {
    fc.assert(
      fc.property(numbers, (list) => {
        const text = pack(list)
        expect(text).toMatch(PRINTABLE)
        expect(unpack<Uint8Array | Uint16Array | Uint32Array | Int32Array>(text, Kind)).toEqual(list)
      }),
      runs(300),
    )
  })

  test('every number of sixteen bits, and the ends of thirty-two', () => {
    const all = Uint16Array.from({ length: 0x10000 }, (_, number) => number)
    expect(unpack(pack(all), Uint16Array)).toEqual(all)
    const ends = Int32Array.of(-1, 0, 1, 0x7fffffff, -0x80000000, -2, 91 ** 3 - 1, 91 ** 3, 91 ** 3 - 2)
    expect(unpack(pack(ends), Int32Array)).toEqual(ends)
  })
})

test('characters of patterns stand for themselves, small numbers for capitals', () => {
  expect(pack(Uint16Array.from('\x04\0workers/me', (character) => character.charCodeAt(0)))).toBe(
    'EAworkers/me',
  )
  expect(pack(Int32Array.of(-1, 0, 1))).toBe('ABC')
})

test('text that was not packed gives some numbers, and packs to another text', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40, unit: 'binary' }), (text) => {
      for (const [, , Kind] of kinds) {
        const numbers = unpack<Uint8Array | Uint16Array | Uint32Array | Int32Array>(text, Kind)
        expect(numbers.length).toBeLessThanOrEqual(text.length)
        const again = pack(numbers)
        expect(unpack<Uint8Array | Uint16Array | Uint32Array | Int32Array>(again, Kind)).toEqual(numbers)
      }
    }),
    runs(100),
  )
})
