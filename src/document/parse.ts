/**
 * YAML text to a {@link Document}: tokens and nodes by the `yaml` package, then our own tree in which
 * every scalar is the text that was typed (a fail-safe schema: nothing is a number, boolean or date).
 */
import { Composer, type Document as YamlDocument } from 'yaml'
import { applyEdits, beforeQuoting } from '../diagnostic/edits.ts'
import type { Finding, Report } from '../diagnostic/report.ts'
import type { Span } from '../source/span.ts'
import type { Limits } from './limits.ts'
import type { Document } from './node.ts'
import { readTree } from './read-tree.ts'
import { describeSyntaxErrors } from './syntax-error.ts'
import { readTokens, type Tokens } from './tokens.ts'
import { trustedPlaces } from './trusted-places.ts'
import { quoteStars, reportStars } from './unquoted-star.ts'

export interface ParsedDocument {
  /** Null when there is no document, or none that could be read (reported). */
  readonly document: Document | null
  /** Whether what stands at a place of the document can be taken for what was meant. */
  readonly trusted: (span: Span) => boolean
  /** Places of the document as places of the text that was given. */
  readonly toSource: (span: Span) => Span
}

const NOTHING: ParsedDocument = { document: null, trusted: () => false, toSource: (span) => span }

/** Reads a source text. Spans of the nodes are turned into places of `text` by `toSource`. */
export function parseDocument(text: string, limits: Limits, report: Report): ParsedDocument {
  const edits = quoteStars(text)
  const toSource = beforeQuoting(edits)
  const reportRead: Report = (finding) => {
    report(moveFinding(finding, toSource))
  }
  const read = applyEdits(text, edits)
  const tokens = readTokens(read, limits, reportRead)
  if (tokens === null) return NOTHING
  reportStars(edits, tokens.quotedStars, tokens.aliases, toSource, report)
  const composed = compose(tokens, read.length)
  const { findings, reaches } = describeSyntaxErrors(composed?.errors ?? [], read, tokens.unclosed)
  for (const finding of findings) reportRead(finding)
  if (composed === undefined || composed.contents === null) {
    if (reaches.length === 0) {
      report({
        code: 'empty-document',
        span: { start: 0, end: Math.min(1, text.length) },
        message: 'there is no document here',
        help: 'write at least one scope',
      })
    }
    return NOTHING
  }
  const brokenAt = new Set(reaches.map(({ start }) => start))
  const root = readTree(composed.contents, read, brokenAt, reportRead)
  return { document: { root, text: read }, trusted: trustedPlaces(root, reaches, read), toSource }
}

export function moveFinding<Code extends string>(
  finding: Finding<Code>,
  move: (span: Span) => Span,
): Finding<Code> {
  return {
    ...finding,
    span: move(finding.span),
    ...(finding.related && { related: { ...finding.related, span: move(finding.related.span) } }),
    ...(finding.fix && {
      fix: {
        ...finding.fix,
        edits: finding.fix.edits.map((edit) => ({ ...edit, span: move(edit.span) })),
      },
    }),
  }
}

function compose(tokens: Tokens, length: number): YamlDocument.Parsed | undefined {
  const composer = new Composer({
    schema: 'failsafe',
    version: '1.2',
    strict: true,
    uniqueKeys: false,
    merge: false,
    prettyErrors: false,
    logLevel: 'error',
  })
  // The first document only; a second one has been reported.
  for (const document of composer.compose(tokens.stream, false, length)) return document
  return undefined
}
