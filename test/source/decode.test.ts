/**
 * Bytes to text, strictly, and the length of a string in bytes.
 */
import { describe, expect, test } from 'vitest'
import { decodeUtf8, utf8Length } from '../../src/source/decode.ts'

const TEXTS = [
  '',
  'a',
  '\u007f\u0080',
  '\u07ff\u0800',
  '\ud7ff\ue000\uffff',
  '\u{10000}\u{10ffff}',
  '\ufeffa\ufeff',
  'caf\u00e9 \u20ac \u{1f600}',
  '\u0000',
]

describe('decodeUtf8', () => {
  test('is the inverse of encoding, byte order marks included', () => {
    for (const text of TEXTS) expect(decodeUtf8(new TextEncoder().encode(text))).toEqual({ text })
  })

  test('finds the first byte that is none, in front of which everything is text', () => {
    for (const text of TEXTS) {
      for (const wrong of [
        [0xff],
        [0x80],
        [0xc3],
        [0xc0, 0x80],
        [0xed, 0xa0, 0x80],
        [0xf4, 0x90, 0x80, 0x80],
        [0xf0, 0x9f, 0x98],
      ]) {
        const bytes = Uint8Array.from([...new TextEncoder().encode(text), ...wrong, 0x61, 0x62])
        expect(decodeUtf8(bytes), `${JSON.stringify(text)} ${wrong.join(' ')}`).toEqual({
          invalidAt: text.length,
          before: text,
        })
      }
    }
  })

  test('finds it at the very end, where a character is cut off', () => {
    const euro = new TextEncoder().encode('a\u20ac')
    expect(decodeUtf8(euro.subarray(0, 2))).toEqual({ invalidAt: 1, before: 'a' })
    expect(decodeUtf8(euro.subarray(0, 3))).toEqual({ invalidAt: 1, before: 'a' })
  })
})

describe('utf8Length', () => {
  test('is the number of bytes that encoding gives, also of what is not well-formed', () => {
    for (const text of [...TEXTS, 'x'.repeat(1000), '\u{1f600}'.repeat(100)]) {
      expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length)
    }
  })

  test('is never less than the bytes of a string with surrogates alone, which are replaced', () => {
    for (const text of ['\ud800', 'a\udfffb', '\udc00\ud800']) {
      expect(utf8Length(text)).toBeGreaterThanOrEqual(text.length)
      expect(utf8Length(text)).toBeLessThanOrEqual(new TextEncoder().encode(text).length)
    }
  })
})
