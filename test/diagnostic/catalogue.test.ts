/**
 * The catalogue of codes, and how findings become diagnostics.
 */
import { describe, expect, test } from 'vitest'
import { CATALOGUE } from '../../src/language/codes.ts'
import { type Finding, toDiagnostics } from '../../src/diagnostic/report.ts'

describe('the catalogue', () => {
  test('has codes in kebab-case, each with a severity and a summary', () => {
    for (const [code, [severity, summary]] of Object.entries(CATALOGUE)) {
      expect(code).toMatch(/^[a-z]+(?:-[a-z0-9]+)*$/)
      expect(['error', 'warning', 'info']).toContain(severity)
      expect(summary).toMatch(/^\S.*[^.]$/)
    }
  })

  test('has those codes that the specification names', () => {
    expect(Object.keys(CATALOGUE)).toContain('unreachable-endpoint')
    expect(CATALOGUE['unreachable-endpoint'][0]).toBe('warning')
    expect(CATALOGUE['method-case'][0]).toBe('warning')
    expect(CATALOGUE['scope-without-endpoints'][0]).toBe('warning')
    expect(CATALOGUE['yaml-1-1-ambiguity'][0]).toBe('warning')
    expect(CATALOGUE['widened-by-comment'][0]).toBe('info')
    expect(CATALOGUE['duplicate-key'][0]).toBe('error')
    expect(CATALOGUE['unknown-method'][0]).toBe('error')
  })
})

describe('findings', () => {
  const text = 'ab\ncd\nef'
  const finding = (start: number, end: number, message = 'm'): Finding => ({
    code: 'unknown-field',
    span: { start, end },
    message,
  })

  test('become diagnostics in the order of the text, shorter ones first', () => {
    const spans = toDiagnostics([finding(4, 5), finding(0, 8), finding(0, 2), finding(3, 3)], text).map(
      ({ span }) => span,
    )
    expect(spans).toEqual([
      { start: 0, end: 2 },
      { start: 0, end: 8 },
      { start: 3, end: 4 },
      { start: 4, end: 5 },
    ])
  })

  test('of a place where nothing is written underline what follows, and at the end what stands before', () => {
    const span = (start: number): unknown => toDiagnostics([finding(start, start)], text)[0]?.span
    expect(span(3)).toEqual({ start: 3, end: 4 })
    expect(span(8)).toEqual({ start: 7, end: 8 })
    expect(toDiagnostics([finding(0, 0)], '')[0]?.span).toEqual({ start: 0, end: 0 })
  })

  test('of one place and message are one', () => {
    expect(toDiagnostics([finding(0, 1), finding(0, 1)], text)).toHaveLength(1)
    expect(toDiagnostics([finding(0, 1), finding(0, 1, 'other')], text)).toHaveLength(2)
    expect(toDiagnostics([finding(0, 1), finding(0, 2)], text)).toHaveLength(2)
  })

  test('get severity from the catalogue, and lines and columns from the text', () => {
    const [diagnostic] = toDiagnostics(
      [{ ...finding(3, 5), help: 'h', related: { message: 'r', span: { start: 7, end: 8 } } }],
      text,
    )
    expect(diagnostic).toEqual({
      code: 'unknown-field',
      severity: 'error',
      message: 'm',
      help: 'h',
      span: { start: 3, end: 5 },
      range: { start: { line: 2, column: 1 }, end: { line: 2, column: 3 } },
      related: [
        {
          message: 'r',
          span: { start: 7, end: 8 },
          range: { start: { line: 3, column: 2 }, end: { line: 3, column: 3 } },
        },
      ],
    })
  })

  test('have no fields that they were given without', () => {
    expect(Object.keys(toDiagnostics([finding(0, 1)], text)[0] ?? {}).sort()).toEqual([
      'code',
      'message',
      'range',
      'severity',
      'span',
    ])
  })
})
