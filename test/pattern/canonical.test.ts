/**
 * The canonical form: one spelling for what RFC 3986 §6.2.2 calls equal, and nothing else made equal.
 */
import { describe, expect, test } from 'vitest'
import { canonicalise, foldCase, printCanonical } from '../../src/pattern/canonical.ts'

const STRICT = { encodedSlash: 'refuse', delimiters: 'refuse' } as const
const DATA = { encodedSlash: 'data', delimiters: 'data' } as const

function print(raw: string): string {
  const { text, refusal } = canonicalise(raw, DATA)
  return refusal === undefined ? printCanonical(text) : `<${refusal.rule}>`
}

describe('the canonical form', () => {
  test('is the text itself where nothing is escaped', () => {
    expect(canonicalise('a/b-c_d~e.f', STRICT)).toEqual({ text: 'a/b-c_d~e.f' })
    expect(canonicalise('', STRICT)).toEqual({ text: '' })
  })

  test('decodes unreserved characters and nothing else', () => {
    expect(print('%61%2E%7e%2d%5F%39')).toBe('a.~-_9')
    expect(print('%2a%40%3a%26%25')).toBe('%2A%40%3A%26%25')
  })

  test('keeps an escape as one character', () => {
    expect(canonicalise('a%20b', STRICT).text).toHaveLength(3)
    expect(canonicalise('%e2%82%ac', STRICT).text).toHaveLength(3)
  })

  test('tells an escape from the character it stands for', () => {
    expect(canonicalise('%2A', STRICT).text).not.toBe(canonicalise('*', STRICT).text)
    expect(canonicalise('%2F', DATA).text).not.toBe(canonicalise('/', DATA).text)
  })

  test('of its own print is the same again', () => {
    for (const raw of [
      'm%65',
      'caf%c3%a9',
      '%25',
      '100%25/x',
      '%2f%3b',
      'a*b',
      '%F0%9F%98%80',
      '%7E%7e',
      '%25z',
    ]) {
      expect(print(print(raw)), raw).toBe(print(raw))
    }
  })

  test('loses no character before, between and behind escapes', () => {
    expect(print('ab%20cd%20ef')).toBe('ab%20cd%20ef')
    expect(print('%20')).toBe('%20')
    expect(print('%20%20')).toBe('%20%20')
    expect(print('%c3%a9%c3%a9x')).toBe('%C3%A9%C3%A9x')
  })

  test('prints every byte as two digits in upper case', () => {
    expect(printCanonical('\ue00a/\ue0ff')).toBe('%0A/%FF')
  })

  test('folds ASCII letters only, and no kept escape', () => {
    const { text } = canonicalise('AbC%C3%89%E2%84%AA', STRICT)
    expect(printCanonical(foldCase(text))).toBe('abc%C3%89%E2%84%AA')
  })

  test('folds no byte of any escape into another', () => {
    const escapes = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(0xe000 + byte)).join('')
    expect(foldCase(escapes)).toBe(escapes)
  })
})

describe('a refusal', () => {
  test('says where the first rule is broken', () => {
    const at = (raw: string): unknown => canonicalise(raw, STRICT).refusal
    expect(at('ab c')).toEqual({ rule: 'space', start: 2, end: 3 })
    expect(at('a%20%0Ab')).toEqual({ rule: 'encoded-control', start: 4, end: 7 })
    expect(at('a%')).toEqual({ rule: 'malformed-escape', start: 1, end: 2 })
    expect(at('a%4')).toEqual({ rule: 'malformed-escape', start: 1, end: 3 })
    expect(at('%C3%A9%C3')).toEqual({ rule: 'invalid-utf8', start: 6, end: 9 })
    expect(at('x%2541')).toMatchObject({ rule: 'double-encoding' })
  })

  test('for double encoding needs two hex digits behind the percent sign', () => {
    const rule = (raw: string): unknown => canonicalise(raw, STRICT).refusal?.rule
    for (const raw of ['%2500', '%250a', '%25a0', '%25Ff', '%2525%30%30', 'x/%25%39%39'])
      expect(rule(raw), raw).toBe('double-encoding')
    for (const raw of ['%25', '%250', '%25a', '%250z', '%25z0', '%25/00', '%25%2500', '%25g0', '%250/'])
      expect(rule(raw), raw).toBe(raw === '%25%2500' ? 'double-encoding' : undefined)
  })

  test('lies inside the text', () => {
    for (const raw of ['%', 'a%', '%4', '%C3', '%c3%', ' ', '%2541', '\u{1f600}']) {
      const refusal = canonicalise(raw, STRICT).refusal
      expect(refusal?.start).toBeGreaterThanOrEqual(0)
      expect(refusal?.end).toBeLessThanOrEqual(raw.length)
      expect(refusal?.end).toBeGreaterThan(refusal?.start ?? 0)
    }
  })
})
