/** Diagnostics made by hand, so that the reports are tested without the loader. */
import type { Diagnostic, Severity, Span } from '../../src/index.ts'
import { LineIndex } from '../../src/source/line-index.ts'

/** The span of the first occurrence of `part`. */
export function spanOf(text: string, part: string): Span {
  const start = text.indexOf(part)
  if (start === -1) throw new Error(`no ${part} in the sample`)
  return { start, end: start + part.length }
}

export function finding(
  text: string,
  span: Span,
  members: Partial<Diagnostic<string>> = {},
  severity: Severity = 'error',
): Diagnostic<string> {
  return {
    code: 'unknown-method',
    severity,
    message: 'something about the source',
    span,
    range: new LineIndex(text).range(span),
    ...members,
  }
}
