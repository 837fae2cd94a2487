/**
 * YAML text to a {@link Document}: tokens by the `yaml` package, then our own tree in which every scalar is
 * the text that was typed (a fail-safe schema: nothing is a number, boolean or date).
 *
 * Two ways lead to the tree: straight from the tokens where a document is ordinary (plain-tree.ts), and
 * through the nodes of the package, which has every construct and error of YAML, for all others.
 */
import { applyEdits, beforeQuoting } from '../diagnostic/edits.ts'
import type { Finding, Report } from '../diagnostic/report.ts'
import type { Span } from '../source/span.ts'
import { compose, TooManyErrors } from './compose.ts'
import { type Limits } from '../language/limits.ts'
import { tooManyErrors } from './too-many-errors.ts'
import type { Document } from './node.ts'
import { type PlainTree, readPlainTree } from './plain-tree.ts'
import { readTree } from './read-tree.ts'
import { describeSyntaxErrors } from './syntax-error.ts'
import { checkTokens, readStream } from './tokens.ts'
import { trustedPlaces } from './trusted-places.ts'
import { quoteStars, reportStars } from './unquoted-star.ts'

export interface ParsedDocument {
  /** Null when there is no document, or none that could be read (reported). */
  readonly document: Document | null
  /** Whether what is at a place of the document can be taken for what was meant. */
  readonly trusted: (span: Span) => boolean
  /** Places of the document as places of the text that was given. */
  readonly toSource: (span: Span) => Span
}

const NOTHING: ParsedDocument = { document: null, trusted: () => false, toSource: (span) => span }
const UNREAD: PlainTree = { root: null }

/** Reads a source text. Spans of the nodes are turned into places of `text` by `toSource`. */
export function parseDocument(text: string, limits: Limits, report: Report): ParsedDocument {
  const edits = quoteStars(text)
  const toSource = beforeQuoting(edits)
  const reportRead: Report = (finding) => {
    report(moveFinding(finding, toSource))
  }
  const read = applyEdits(text, edits)
  const { root: plain, stream = readStream(read, limits, reportRead) } =
    edits.length === 0 ? readPlainTree(read, limits, report) : UNREAD
  if (plain !== null) return { document: { root: plain, text: read }, trusted: () => true, toSource }
  if (stream === null) return NOTHING
  const tokens = checkTokens(stream, limits, reportRead)
  if (tokens === null) return NOTHING
  reportStars(edits, tokens.quotedStars, tokens.aliases, toSource, report)
  const composed = composeUpTo(limits, stream, read, reportRead)
  if (composed === null) return NOTHING
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

/** Null when there are too many errors (reported). */
function composeUpTo(
  { errors }: Limits,
  stream: Parameters<typeof compose>[0],
  { length }: string,
  report: Report,
): ReturnType<typeof compose> | null {
  try {
    return compose(stream, length, errors)
  } catch (error) {
    if (!(error instanceof TooManyErrors)) throw error
    report({ code: 'limit-exceeded', span: { start: 0, end: 1 }, ...tooManyErrors(errors) })
    return null
  }
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
