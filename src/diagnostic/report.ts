import { LineIndex } from '../source/line-index.ts'
import type { Span } from '../source/span.ts'
import { CATALOGUE, type DiagnosticCode } from '../language/codes.ts'
import type { Diagnostic, Fix, Severity } from './diagnostic.ts'

/** What a stage says of a place; severity comes from the catalogue, lines and columns from the text. */
export interface Finding<Code extends string = DiagnosticCode> {
  readonly code: Code
  readonly span: Span
  readonly message: string
  readonly help?: string | undefined
  readonly related?: { readonly message: string; readonly span: Span } | undefined
  readonly fix?: Fix | undefined
}

/** How a stage reports; collecting and ordering are not its business. */
export type Report = (finding: Finding) => void

/** Findings as diagnostics, in the order of the text; of the same finding in the same place, one. */
export function toDiagnostics(findings: readonly Finding[], text: string): Diagnostic[] {
  return withSeverity(findings, text, (code) => CATALOGUE[code][0])
}

/** The same for other codes than the loader's, each with the severity that `severityOf` gives. */
export function withSeverity<Code extends string>(
  findings: readonly Finding<Code>[],
  text: string,
  severityOf: (code: Code) => Severity,
): Diagnostic<Code>[] {
  if (findings.length === 0) return []
  const lines = new LineIndex(text)
  const seen = new Set<string>()
  const diagnostics: Diagnostic<Code>[] = []
  for (const { code, span: written, message, help, related, fix } of findings) {
    const span = visibleSpan(written, text)
    const key = `${code} ${span.start} ${span.end} ${message}`
    if (seen.has(key)) continue
    seen.add(key)
    diagnostics.push({
      code,
      severity: severityOf(code),
      message,
      ...(help !== undefined && { help }),
      span,
      range: lines.range(span),
      ...(related !== undefined && { related: [{ ...related, range: lines.range(related.span) }] }),
      ...(fix !== undefined && { fix }),
    })
  }
  return diagnostics.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
}

/** Where nothing is written, what follows is underlined; at the end of the text, what is before. */
function visibleSpan({ start, end }: Span, text: string): Span {
  if (start < end) return { start, end }
  return start < text.length
    ? { start, end: start + 1 }
    : { start: Math.max(0, text.length - 1), end: text.length }
}
