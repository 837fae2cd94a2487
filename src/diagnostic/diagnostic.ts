import type { Range, Span } from '../source/span.ts'
import type { DiagnosticCode } from '../language/codes.ts'

export type Severity = 'error' | 'warning' | 'info'

/** One edit of a source text: what is in `span` becomes `text`. */
export interface Edit {
  readonly span: Span
  readonly text: string
}

/** A repair, as edits that do not overlap. */
export interface Fix {
  readonly title: string
  readonly edits: readonly Edit[]
  /** It changes decisions of the policy; without it every decision stays as it is. */
  readonly unsafe?: true
}

/** A second place that belongs to a diagnostic, such as the earlier of two duplicates. */
export interface Related {
  readonly message: string
  readonly span: Span
  readonly range: Range
}

/**
 * One finding about a document. Findings are values; nothing is thrown for what a document says.
 *
 * `error` means that the document is refused, `warning` and `info` that it loads.
 * `message` is one line, starts in lower case, has no final period, and shows text of the document in
 * backticks with control characters made visible. `help` says what to write instead.
 * `span` are offsets in UTF-16 code units; `range` is the same place as lines and columns from 1.
 */
export interface Diagnostic<Code extends string = DiagnosticCode> {
  readonly code: Code
  readonly severity: Severity
  readonly message: string
  readonly help?: string
  readonly span: Span
  readonly range: Range
  readonly related?: readonly Related[]
  readonly fix?: Fix
}
