/** What is remembered by bytes is what is made of these bytes, whatever came before in the same slot. */
import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ByteCache } from '../../src/usage/byte-cache.ts'
import { Line } from '../../src/usage/line.ts'

test('a field is never taken for another one', () => {
  const field = fc.oneof(
    fc.string({ maxLength: 9 }),
    fc.string({ minLength: 126, maxLength: 130 }),
    fc.constantFrom('', 'a', '\0a', 'a\0', 'a\0\0\0', 'abcd', 'abcd\0', 'abcde', 'é', '\u00e9\u0301'),
  )
  fc.assert(
    fc.property(fc.array(field, { minLength: 1, maxLength: 30 }), (fields) => {
      const cache = new ByteCache((text) => `made of ${text}`)
      const line = new Line(Buffer.from(fields.join('')))
      for (let round = 0; round < 2; round++) {
        let at = 0
        for (const one of fields) {
          const end = at + Buffer.byteLength(one)
          expect(cache.get(line, at, end)).toBe(`made of ${line.text(at, end)}`)
          at = end
        }
      }
    }),
  )
})

test('fields beyond the number of slots are each what they are', () => {
  const cache = new ByteCache(Number)
  for (let round = 0; round < 2; round++) {
    for (let number = 0; number < 10_000; number++) {
      const line = new Line(Buffer.from(`x${number}y`))
      expect(cache.get(line, 1, line.end - 1)).toBe(number)
    }
  }
})
