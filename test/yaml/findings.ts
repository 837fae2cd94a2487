/**
 * What the loader says of a source, in a form that reads well in an expectation: code and underlined text,
 * in the order of the text.
 */
import { expect } from 'vitest'
import { parsePolicy } from '../../src/index.ts'
import type { Diagnostic, DiagnosticCode, ParseOptions, ParseResult, PolicySource } from '../../src/index.ts'

export type Finding = readonly [code: DiagnosticCode, underlined: string]

/** Parses and checks what holds for every result: no policy exactly when there is an error. */
export function parse(source: PolicySource, options: ParseOptions = {}): ParseResult {
  const result = parsePolicy(source, options)
  const broken = result.diagnostics.some(({ severity }) => severity === 'error')
  expect(result.policy === null).toBe(broken)
  return result
}

export function findings(text: string, options: ParseOptions = {}): readonly Finding[] {
  return parse(text, options).diagnostics.map(({ code, span }) => [code, text.slice(span.start, span.end)])
}

export function codes(source: PolicySource, options: ParseOptions = {}): readonly DiagnosticCode[] {
  return parse(source, options).diagnostics.map(({ code }) => code)
}

/** A document with one scope of these lines, given without their indentation. */
export function scope(...fields: readonly string[]): string {
  return `s:\n${fields.map((line) => `  ${line}\n`).join('')}`
}

/** A document with one scope of one endpoint. */
export function endpoint(item: string): string {
  return scope('label: x', 'endpoints:', `  - ${item}`)
}

/** The text with the edits of a diagnostic's fix. */
export function repaired(text: string, { fix }: Diagnostic): string {
  const edits = [...(fix?.edits ?? [])].sort((a, b) => b.span.start - a.span.start)
  return edits.reduce(
    (left, edit) => left.slice(0, edit.span.start) + edit.text + left.slice(edit.span.end),
    text,
  )
}
