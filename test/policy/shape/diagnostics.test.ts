/**
 * What holds for every diagnostic, over a corpus of broken documents: its form, its places, its order, and
 * its repair.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { CATALOGUE } from '../../../src/language/codes.ts'
import { parsePolicy } from '../../../src/index.ts'
import type { Diagnostic, DiagnosticCode, ParseOptions, Position } from '../../../src/index.ts'
import { endpoint, repaired, scope } from '../../yaml/findings.ts'

const FIELDS = '{label: x, endpoints: [a]}'

/** One document for each code at least; the texts have wide characters and all ways of ending a line. */
const DOCUMENTS: readonly (readonly [text: string, options?: ParseOptions])[] = [
  [''],
  ['# nothing\r\n'],
  ['- a\n'],
  ['{}'],
  [`\ufeff"\u{1f600} x": ${FIELDS}\n`],
  [`$x: 1\ns: ${FIELDS}`],
  [`s: ${FIELDS}\ns: ${FIELDS}\n`],
  [`on: ${FIELDS}\r\nyes: ${FIELDS}\r\n`],
  ['s: text\n'],
  ['s: {}\n'],
  [
    scope(
      'label: ""',
      'endpoints: [a]',
      'deny: [b]',
      'risk: huge',
      'optional: maybe',
      'group: {e: x}',
      'description: ~',
    ),
  ],
  [scope('label: x', 'endpoints: []')],
  [scope('label: x', 'endpoints: "*"', 'includes: [t, s]')],
  ['s: {label: x, includes: [s]}\nt: {label: x, includes: [u]}\n'],
  [endpoint('{a: GET, b: PUT}')],
  [endpoint('{}')],
  [endpoint('""')],
  [endpoint('"a\\nb"')],
  [endpoint('a: ')],
  [endpoint('a: []')],
  [endpoint('a: FETCH')],
  [endpoint('a: "GET, POST"')],
  [endpoint('a: "*"')],
  [endpoint('a: get')],
  [endpoint('"\u{1f600} x": [get, put]')],
  [endpoint('"a b"')],
  [endpoint('"*" #[GET]')],
  [endpoint('*/a: GET')],
  [endpoint('~')],
  [endpoint('[a]: GET')],
  [endpoint('"(?=a)"'), { wildcard: 'segment' }],
  [`$options: {basePath: "//", foo: 1, head: x}\ns: ${FIELDS}\n`],
  [`$options: x\ns: ${FIELDS}\n`],
  [`s: ${FIELDS}\n---\nt: ${FIELDS}\n`],
  [`%YAML 1.1\n---\ns: ${FIELDS}\n`],
  [`s: !!map ${FIELDS}\n`],
  ['s: {<<: {label: x}, endpoints: [a]}\n'],
  ['s: *nowhere\n'],
  ['s: &s {label: x, endpoints: *s}\n'],
  [scope('label: a\u0007b', 'endpoints: [a]')],
  [scope('label: a\u202eb', 'endpoints: [a]')],
  [scope('label: a\ud800b', 'endpoints: [a]')],
  [scope('label: x', 'endpoints: [a, b]'), { limits: { endpoints: 1 } }],
  [scope('label: x', 'endpoints: [a, b]'), { limits: { bytes: 5 } }],
  [scope('label: x', 'endpoints: [a, b]'), { limits: { depth: 2 } }],
  [scope('label: x', 'endpoints: [a, b]'), { limits: { tokens: 5 } }],
  [endpoint('abc'), { limits: { patternLength: 1 } }],
  ['s: {label: "x, endpoints: [a]}\r\n'],
  ['s: {label: x, endpoints: [a]\n'],
  ['s:\n\tlabel: x\n'],
  ['s: a: b\n'],
  ['s: [a}\r'],
  ['s: @x\n'],
  ['"a\\q": x\n'],
  ['s\nt: x\n'],
  ['s: &a &b x\n'],
  ['s: "a" b\n'],
  ['s: |x\n  a\n'],
  ['s: {a: [\n- b]}\n'],
  ['- a\ns: b\n'],
  ['s: !\n  - a\n b\n'],
  ['&a *b : c\n'],
  [': :\n'],
  ['s:\n  label: x\n endpoints: [a]\n'],
  [`s: {label: x, endpoints: [a]}\n%FOO\n`],
  [`${'k'.repeat(1100)}: ${FIELDS}\n`],
  ["s: 'a\n\n"],
  ['s: [a,,b]\n'],
  ['s: {a b c\n'],
  ['a: |\n x\n y: z\n  q\n'],
  ['s: #comment\n  label:\n   x\n  : y\n'],
]

function results(): readonly (readonly [string, Diagnostic, (typeof DOCUMENTS)[number][1]])[] {
  return DOCUMENTS.flatMap(([text, options]) =>
    parsePolicy(text, options).diagnostics.map((diagnostic) => [text, diagnostic, options] as const),
  )
}

/** Line and column by walking the text, as YAML 1.2 §5.4 ends lines; a byte order mark is not a column. */
function positionOf(text: string, offset: number): Position {
  let line = 1
  let column = 1
  for (let at = 0; at < offset; at++) {
    const unit = text[at]
    if (at === 0 && unit === '\ufeff') continue
    if (unit === '\n' || (unit === '\r' && text[at + 1] !== '\n')) {
      line += 1
      column = 1
    } else column += 1
  }
  return { line, column }
}

describe('every diagnostic', () => {
  test('has a code of the catalogue and its severity', () => {
    for (const [, { code, severity }] of results()) expect(severity).toBe(CATALOGUE[code][0])
  })

  test('has a message of one line that starts in lower case and has no final period', () => {
    for (const [text, { message }] of results()) {
      expect(message, text).toMatch(/^[^A-Z\s]/)
      expect(message, text).not.toMatch(/[.!:,;]$|\s$/)
      expect(message, text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/)
      expect(message.length, text).toBeLessThan(400)
    }
  })

  test('that is an error says what to write instead', () => {
    const without = results().filter(([, { severity, help }]) => severity === 'error' && (help ?? '') === '')
    expect(without.map(([text, { code, message }]) => [text, code, message])).toEqual([])
  })

  test('has help of one line without a final period', () => {
    for (const [text, { help }] of results()) {
      if (help === undefined) continue
      expect(help, text).toMatch(/^[^A-Z\s]/)
      expect(help, text).not.toMatch(/[.,;]$|\s$|[\n\r]/)
    }
  })

  test('underlines a part of the text', () => {
    for (const [text, { span, related, fix }] of results()) {
      const spans = [
        span,
        ...(related ?? []).map((place) => place.span),
        ...(fix?.edits ?? []).map((edit) => edit.span),
      ]
      for (const { start, end } of spans) {
        expect(start, text).toBeGreaterThanOrEqual(0)
        expect(end, text).toBeGreaterThanOrEqual(start)
        expect(end, text).toBeLessThanOrEqual(text.length)
        expect(Number.isInteger(start) && Number.isInteger(end)).toBe(true)
      }
    }
  })

  test('underlines something, where there is anything', () => {
    const empty = results().filter(([text, { span }]) => text.trim() !== '' && span.end === span.start)
    expect(empty.map(([text, { code, span }]) => [text, code, span])).toEqual([])
  })

  test('has the lines and columns of its places', () => {
    for (const [text, { span, range, related }] of results()) {
      for (const place of [{ span, range }, ...(related ?? [])]) {
        expect(place.range.start, text).toEqual(positionOf(text, place.span.start))
        expect(place.range.end, text).toEqual(positionOf(text, place.span.end))
      }
    }
  })

  test('stands in the order of the text, and there once', () => {
    for (const [text, options] of DOCUMENTS) {
      const { diagnostics } = parsePolicy(text, options)
      const keys = diagnostics.map(
        ({ code, span, message }) => `${code} ${span.start} ${span.end} ${message}`,
      )
      expect(new Set(keys).size, text).toBe(keys.length)
      for (const [index, { span }] of diagnostics.entries()) {
        const before = diagnostics[index - 1]?.span
        expect(before === undefined || before.start <= span.start, text).toBe(true)
      }
    }
  })

  test('has a fix, if any, whose edits do not overlap and take the finding away', () => {
    let fixes = 0
    for (const [text, diagnostic, options] of results()) {
      if (diagnostic.fix === undefined) continue
      fixes += 1
      const sorted = [...diagnostic.fix.edits].sort((a, b) => a.span.start - b.span.start)
      for (const [index, { span }] of sorted.entries()) {
        expect(span.start).toBeGreaterThanOrEqual(sorted[index - 1]?.span.end ?? 0)
      }
      const fixed = repaired(text, diagnostic)
      expect(fixed).not.toBe(text)
      const count = (source: string): number =>
        parsePolicy(source, options).diagnostics.filter(({ code }) => code === diagnostic.code).length
      expect(count(fixed), text).toBe(count(text) - 1)
    }
    expect(fixes).toBeGreaterThan(4)
  })

  test('is plain data', () => {
    for (const [, diagnostic] of results()) expect(JSON.parse(JSON.stringify(diagnostic))).toEqual(diagnostic)
  })
})

test('every code is reported by some document, or by a source that is no text', () => {
  const elsewhere: readonly DiagnosticCode[] = ['not-a-document']
  const reported = new Set<DiagnosticCode>([...results().map(([, { code }]) => code), ...elsewhere])
  expect(Object.keys(CATALOGUE).filter((code) => !reported.has(code as DiagnosticCode))).toEqual([])
})

test('the order of findings, ranges and positions hold for every golden document as well', () => {
  const folder = new URL('../../golden/', import.meta.url)
  for (const name of readdirSync(folder).filter((file) => /\.(?:yaml|json)$/.test(file))) {
    const text = readFileSync(new URL(name, folder), 'utf8')
    for (const { message, span, range } of parsePolicy(text).diagnostics) {
      expect(message, name).not.toMatch(/^[A-Z]|[.\n]$/)
      expect(range, name).toEqual({ start: positionOf(text, span.start), end: positionOf(text, span.end) })
    }
  }
})
