/**
 * Bytes as source: strict UTF-8, the same policy as the text, and the place where they stop being text.
 */
import { describe, expect, test } from 'vitest'
import { loadPolicy, parsePolicy } from '../../src/index.ts'
import { codes, parse, scope } from './findings.ts'

const TEXT = scope('label: caf\u00e9 \u20ac \u{1f600}', 'endpoints: [a]')
const BYTES = new TextEncoder().encode(TEXT)

describe('bytes', () => {
  test('are the policy that their text is', () => {
    const fingerprint = loadPolicy(TEXT).fingerprint
    expect(loadPolicy(BYTES).fingerprint).toBe(fingerprint)
    expect(loadPolicy(Buffer.from(TEXT)).fingerprint).toBe(fingerprint)
    expect(loadPolicy(Buffer.from(`xx${TEXT}yy`).subarray(2, 2 + BYTES.length)).fingerprint).toBe(fingerprint)
    expect(loadPolicy(new Uint8Array(BYTES)).fingerprint).toBe(fingerprint)
  })

  test('have places in UTF-16 units of their text', () => {
    const text = scope('label: "\u{1f600}"', 'endpoints: [b c]')
    const [found] = parse(new TextEncoder().encode(text)).diagnostics
    expect(text.slice(found?.span.start, found?.span.end)).toBe(' ')
  })

  test('without any are an empty document', () => {
    expect(codes(new Uint8Array(0))).toEqual(['empty-document'])
  })

  test('of a class of its own are bytes', () => {
    class Chunk extends Uint8Array {
      override subarray(): never {
        throw new Error('boom')
      }
    }
    expect(() => parsePolicy(Chunk.from([0xff]))).not.toThrow()
    expect(loadPolicy(Chunk.from(BYTES)).scopes.has('s')).toBe(true)
  })

  test('that were handed over to somebody else are none', () => {
    const bytes = Uint8Array.from(BYTES)
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] })
    expect(() => parsePolicy(bytes)).not.toThrow()
    expect(parsePolicy(bytes).policy).toBeNull()
  })
})

describe('bytes that are not UTF-8', () => {
  const prefix = new TextEncoder().encode('# \u00e9\u20ac\u{1f600}x')

  test('are refused at every position, and underlined there', () => {
    for (let at = 0; at <= BYTES.length; at++) {
      const broken = Uint8Array.from([...BYTES.subarray(0, at), 0xff, ...BYTES.subarray(at)])
      const { policy, diagnostics } = parse(broken)
      expect(policy).toBeNull()
      expect(diagnostics.map(({ code }) => code)).toEqual(['invalid-utf8'])
      // Where a character is cut, its first byte is already the mistake.
      const valid = new TextDecoder().decode(BYTES.subarray(0, at)).replace(/\ufffd+$/, '')
      expect(diagnostics[0]?.span.start, `byte ${at}`).toBe(valid.length)
      expect(diagnostics[0]?.span.end).toBeGreaterThan(valid.length)
    }
  })

  test('are refused whatever is wrong with them', () => {
    const wrong: Readonly<Record<string, readonly number[]>> = {
      'a lone continuation': [0x80],
      'a truncated pair': [0xc3],
      'a truncated pair before text': [0xc3, 0x61],
      'a truncated quadruple': [0xf0, 0x9f, 0x98],
      'an overlong slash': [0xc0, 0xaf],
      'an overlong NUL': [0xe0, 0x80, 0x80],
      'a surrogate': [0xed, 0xa0, 0x80],
      'beyond Unicode': [0xf4, 0x90, 0x80, 0x80],
      'five bytes': [0xf8, 0x88, 0x80, 0x80, 0x80],
      'Latin-1': [0x63, 0x61, 0x66, 0xe9],
    }
    for (const [what, bytes] of Object.entries(wrong)) {
      for (const rest of [[], [0x0a, 0x61]]) {
        const { diagnostics } = parse(Uint8Array.from([...prefix, ...bytes, ...rest]))
        expect(
          diagnostics.map(({ code }) => code),
          what,
        ).toEqual(['invalid-utf8'])
      }
    }
  })

  test('such as UTF-16 with a mark are no document', () => {
    const utf16 = Buffer.from(`\ufeff${TEXT}`, 'utf16le')
    expect(parse(utf16).policy).toBeNull()
    expect(parse(utf16.swap16()).policy).toBeNull()
  })

  test('of many megabytes are refused', () => {
    const large = new Uint8Array(12 * 1024 * 1024).fill(0x20)
    large[large.length - 1] = 0xff
    expect(codes(large)).toEqual(['invalid-utf8'])
  })
})
