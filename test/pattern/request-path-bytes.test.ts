/**
 * Every byte, raw and as an escape in both spellings, against a table written down here from the
 * specifications (RFC 3986 §2.3 and §3.3, RFC 3629 §4), not taken from the code.
 */
import { describe, expect, test } from 'vitest'
import { read } from './rules.ts'

const UNRESERVED = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~'
/** Everything else that is accepted as it is: not all of it legal in a URI, none of it structure. */
const ACCEPTED_RAW = `${UNRESERVED}!"$&'()*+,:<=>@[]^\`{|}`

function rawAnswer(byte: number): string {
  const character = String.fromCharCode(byte)
  if (byte <= 0x1f || byte === 0x7f) return '<control-character>'
  if (byte >= 0x80) return '<non-ascii>'
  if (character === ' ') return '<space>'
  if (character === '#') return '<fragment>'
  if (character === ';') return '<semicolon>'
  if (character === '\\') return '<backslash>'
  if (character === '%') return '<malformed-escape>'
  if (character === '?') return 'x'
  if (character === '/') return 'x/y'
  return ACCEPTED_RAW.includes(character) ? `x${character}y` : 'unlisted'
}

function escapedAnswer(byte: number): string {
  const character = String.fromCharCode(byte)
  if (byte <= 0x1f || byte === 0x7f) return '<encoded-control>'
  if (byte >= 0x80) return '<invalid-utf8>'
  if (character === '/') return '<encoded-slash>'
  if (character === '\\') return '<encoded-backslash>'
  if (';?#'.includes(character)) return '<encoded-delimiter>'
  if (UNRESERVED.includes(character)) return `x${character}y`
  return `x%${byte.toString(16).toUpperCase().padStart(2, '0')}y`
}

const BYTES = Array.from({ length: 256 }, (_, byte) => byte)

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}

describe('every byte', () => {
  test('raw in the middle of a segment', () => {
    const answers = BYTES.map((byte) => read(`/x${String.fromCharCode(byte)}y`))
    expect(answers).toEqual(BYTES.map(rawAnswer))
  })

  test('as an escape in lower-case hex digits', () => {
    expect(BYTES.map((byte) => read(`/x%${hex(byte)}y`))).toEqual(BYTES.map(escapedAnswer))
  })

  test('as an escape in upper-case hex digits', () => {
    expect(BYTES.map((byte) => read(`/x%${hex(byte).toUpperCase()}y`))).toEqual(BYTES.map(escapedAnswer))
  })

  test('as an escape in mixed hex digits', () => {
    const mixed = (byte: number): string => (hex(byte)[0] ?? '') + (hex(byte)[1] ?? '').toUpperCase()
    expect(BYTES.map((byte) => read(`/x%${mixed(byte)}y`))).toEqual(BYTES.map(escapedAnswer))
  })

  test('with slashes and delimiters as data only those answers change', () => {
    const data = { encodedSlash: 'data', delimiters: 'data' } as const
    const changed: Record<string, string> = {}
    for (const byte of BYTES) {
      const raw = read(`/x${String.fromCharCode(byte)}y`, data)
      const escaped = read(`/x%${hex(byte)}y`, data)
      if (raw !== rawAnswer(byte)) changed[String.fromCharCode(byte)] = raw
      if (escaped !== escapedAnswer(byte)) changed[`%${hex(byte)}`] = escaped
    }
    expect(changed).toEqual({
      ';': 'x;y',
      '%23': 'x%23y',
      '%2f': 'x%2Fy',
      '%3b': 'x%3By',
      '%3f': 'x%3Fy',
    })
  })
})

describe('every two escapes in a row that begin a character', () => {
  test('are accepted exactly when they are one character of UTF-8 or two of ASCII', () => {
    const strict = new TextDecoder('utf-8', { fatal: true })
    const wrong: string[] = []
    for (let first = 0x80; first <= 0xff; first++) {
      for (let second = 0x80; second <= 0xff; second++) {
        let valid = true
        try {
          strict.decode(Uint8Array.of(first, second))
        } catch {
          valid = false
        }
        const escapes = `%${hex(first)}%${hex(second)}`.toUpperCase()
        const expected = valid ? `x${escapes}y` : '<invalid-utf8>'
        if (read(`/x${escapes}y`) !== expected) wrong.push(escapes)
      }
    }
    expect(wrong).toEqual([])
  })
})

describe('UTF-8 boundaries', () => {
  const cases: readonly (readonly [escapes: string, accepted: boolean, what: string])[] = [
    ['%C2%80', true, 'U+0080, the first of two bytes'],
    ['%DF%BF', true, 'U+07FF, the last of two bytes'],
    ['%C1%BF', false, 'U+007F in two bytes'],
    ['%C0%80', false, 'NUL in two bytes'],
    ['%C0%AE%C0%AE', false, 'dots in two bytes'],
    ['%E0%A0%80', true, 'U+0800, the first of three bytes'],
    ['%E0%9F%BF', false, 'U+07FF in three bytes'],
    ['%E0%80%AF', false, 'a slash in three bytes'],
    ['%ED%9F%BF', true, 'U+D7FF'],
    ['%ED%A0%80', false, 'U+D800, a surrogate'],
    ['%ED%BF%BF', false, 'U+DFFF, a surrogate'],
    ['%ED%A0%BD%ED%B8%80', false, 'a pair of surrogates (CESU-8)'],
    ['%EE%80%80', true, 'U+E000'],
    ['%EF%BF%BF', true, 'U+FFFF'],
    ['%F0%90%80%80', true, 'U+10000, the first of four bytes'],
    ['%F0%8F%BF%BF', false, 'U+FFFF in four bytes'],
    ['%F0%80%80%AF', false, 'a slash in four bytes'],
    ['%F4%8F%BF%BF', true, 'U+10FFFF, the last of all'],
    ['%F4%90%80%80', false, 'U+110000'],
    ['%F5%80%80%80', false, 'a first byte that does not exist'],
    ['%F8%88%80%80%80', false, 'five bytes'],
    ['%FE%FF', false, 'a byte order mark of UTF-16'],
    ['%80', false, 'a lone continuation'],
    ['%C3', false, 'a truncated pair'],
    ['%E2%82', false, 'a truncated triple'],
    ['%F0%9F%98', false, 'a truncated quadruple'],
    ['%C3%C3%A9', false, 'a first byte in the place of a second'],
    ['%C3%A9%A9', false, 'one continuation too many'],
    ['%E2a%82%AC', false, 'a letter between the bytes'],
    ['%C3xA9', false, 'two digits in the place of a continuation'],
    ['%E2%82xAC', false, 'two digits in the place of a last continuation'],
    ['%C3\u00a9', false, 'a raw continuation'],
  ]
  for (const [escapes, accepted, what] of cases) {
    test(`${what} is ${accepted ? 'kept' : 'refused'}`, () => {
      for (const spelled of [escapes, escapes.toLowerCase()]) {
        expect(read(`/a/${spelled}`)).toBe(accepted ? `a/${escapes}` : '<invalid-utf8>')
        expect(read(`/${spelled}/b`)).toBe(accepted ? `${escapes}/b` : '<invalid-utf8>')
      }
    })
  }
})

test('the first rule that a path breaks, read from the left, is the one it is refused by', () => {
  expect(read('/a b;c')).toBe('<space>')
  expect(read('/a;b c')).toBe('<semicolon>')
  expect(read('/../a b')).toBe('<space>')
})
