/**
 * Characters that no document may have, wherever they stand: every one of them, raw and through escapes.
 */
import { describe, expect, test } from 'vitest'
import { codes, findings, parse, scope } from './findings.ts'

/** Cc of Unicode without tab, LF and CR. */
const CONTROLS = [
  ...Array.from({ length: 0x20 }, (_, unit) => unit),
  0x7f,
  ...Array.from({ length: 0x20 }, (_, unit) => 0x80 + unit),
].filter((unit) => unit !== 0x09 && unit !== 0x0a && unit !== 0x0d)
/** The property Bidi_Control of Unicode. */
const BIDI = [0x061c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069]

const PLACES: readonly ((character: string) => string)[] = [
  (character) => scope(`label: a${character}b`, 'endpoints: [a]'),
  (character) => scope(`label: "a${character}b"`, 'endpoints: [a]'),
  (character) => scope('label: x', `endpoints: [a] # note ${character}`),
  (character) => `# ${character}\n${scope('label: x', 'endpoints: [a]')}`,
  (character) => `${scope('label: x', 'endpoints: [a]')}# ${character}`,
  (character) => scope('label: x', `x-note: ${character}`, 'endpoints: [a]'),
  (character) => scope('label: |', `  a${character}b`, 'endpoints: [a]'),
]

describe('a control character', () => {
  test('is an error wherever it stands, comments included', () => {
    for (const unit of CONTROLS) {
      const character = String.fromCharCode(unit)
      for (const place of PLACES) {
        expect(findings(place(character)), `U+${unit.toString(16)}`).toContainEqual([
          'control-character',
          character,
        ])
      }
    }
  })

  test('is no error when it is a tab between words, or an end of line', () => {
    expect(codes(scope('label: a\tb', 'endpoints:\t[a] #\tnote'))).toEqual([])
  })

  test('is masked, so that the rest of the document is read all the same', () => {
    const text = scope('label: x\u0007', 'endpoints:', '  - a: FETCH')
    expect(codes(text)).toEqual(['control-character', 'unknown-method'])
  })

  test('inside a name says nothing more of the name', () => {
    expect(codes('a\u0007b: {label: x, endpoints: [a]}\n')).toEqual(['control-character'])
  })
})

describe('a bidirectional control', () => {
  test('is an error wherever it stands, comments included', () => {
    for (const unit of BIDI) {
      const character = String.fromCharCode(unit)
      for (const place of PLACES) {
        expect(findings(place(character)), `U+${unit.toString(16)}`).toContainEqual([
          'bidi-control',
          character,
        ])
      }
    }
  })

  test('is not what a right-to-left letter is', () => {
    expect(
      codes(scope('label: \u0639\u0631\u0628\u064a \u05e2\u05d1\u05e8\u05d9\u05ea', 'endpoints: [a]')),
    ).toEqual([])
  })
})

describe('a surrogate without its partner', () => {
  test('is an error, and a pair is none', () => {
    for (const broken of ['\ud800', '\udfff', '\udc00\ud800', 'a\ud83d b']) {
      for (const place of PLACES) expect(codes(place(broken))).toContain('invalid-utf8')
    }
    for (const place of PLACES) expect(codes(place('\u{1f600}\u{10ffff}'))).toEqual([])
  })
})

test('every other character of the first plane is none of these', () => {
  const forbidden = new Set([...CONTROLS, ...BIDI, 0x0a, 0x0d])
  for (let first = 0; first < 0xd800; first += 0x400) {
    const units = Array.from({ length: 0x400 }, (_, index) => first + index).filter(
      (unit) => !forbidden.has(unit),
    )
    const { diagnostics } = parse(`# ${String.fromCharCode(...units)}\ns: {label: x, endpoints: [a]}\n`)
    expect(diagnostics, `from U+${first.toString(16)}`).toEqual([])
  }
})

test('of a string full of them so many are reported that one sees it, and no more', () => {
  const { policy, diagnostics } = parse(`# ${'\u0007'.repeat(50_000)}\ns: {label: x, endpoints: [a]}\n`)
  expect(policy).toBeNull()
  expect(diagnostics.length).toBeGreaterThan(0)
  expect(diagnostics.length).toBeLessThanOrEqual(1000)
})
