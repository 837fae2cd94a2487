/**
 * A pattern that begins with `*` and is not quoted is an alias to YAML, and the rest of its line makes
 * no sense any more. Since that is the most likely slip in a scope document, it is understood: reported
 * once, with a fix, and the text is read on as if the pattern were quoted, so that all other problems
 * of the document are found, too.
 */
import type { Edit } from '../diagnostic/diagnostic.ts'
import type { Report } from '../diagnostic/report.ts'
import { quote } from '../diagnostic/words.ts'
import type { Span } from '../source/span.ts'
import type { AliasToken } from './tokens.ts'

/** Reports aliases without anchor; returns the edits that quote those that are meant as patterns. */
export function quoteStars(text: string, aliases: readonly AliasToken[], report: Report): readonly Edit[] {
  const edits: Edit[] = []
  for (const alias of aliases) {
    const before = edits.at(-1)
    if (alias.anchored || (before !== undefined && alias.offset < before.span.end)) continue
    const end = endOfPattern(text, alias)
    const pattern = text.slice(alias.offset, end)
    const span = { start: alias.offset, end }
    if (!alias.inList && /^\*[\w-]+$/.test(pattern)) {
      report({
        code: 'yaml-alias',
        span,
        message: `alias ${quote(pattern)} has no anchor ${quote(`&${pattern.slice(1)}`)} before it`,
        help: 'write the value out, or quote it when it is text that begins with `*`',
      })
      continue
    }
    const quoted = inQuotes(pattern)
    const edit = { span, text: quoted }
    report({
      code: 'unquoted-star',
      span,
      message: `${quote(pattern)} begins with a star and is not quoted, which makes it a YAML alias`,
      help: `write ${quoted}`,
      fix: { title: 'quote the pattern', edits: [edit] },
    })
    edits.push(edit)
  }
  return edits
}

export function applyEdits(text: string, edits: readonly Edit[]): string {
  let edited = ''
  let copied = 0
  for (const { span, text: inserted } of edits) {
    edited += text.slice(copied, span.start) + inserted
    copied = span.end
  }
  return edited + text.slice(copied)
}

/** The place in the original text of a place in the text with `edits` applied. */
export function beforeEdits(span: Span, edits: readonly Edit[]): Span {
  const back = (offset: number): number => {
    let shift = 0
    for (const { span: from, text } of edits) {
      const start = from.start + shift
      if (offset <= start) break
      const grown = text.length - (from.end - from.start)
      if (offset >= start + text.length) shift += grown
      // Inside the quotes: one character behind the opening quote, and never past the end.
      else return Math.min(from.start + (offset - start - 1), from.end)
    }
    return offset - shift
  }
  const start = back(span.start)
  return { start, end: Math.max(start, back(span.end)) }
}

/** Up to what ends a plain scalar: `: `, ` #`, the end of the line, in flow style also `,` `]` `}`. */
function endOfPattern(text: string, alias: AliasToken): number {
  let at = alias.offset + 1
  for (; at < text.length; at++) {
    const char = text[at] ?? ''
    const next = text[at + 1] ?? '\n'
    if (char === '\n' || char === '\r') break
    if (char === ':' && /[\s,[\]{}]/.test(next)) break
    if (char === '#' && /\s/.test(text[at - 1] ?? '')) break
    if (alias.inFlow && /[,[\]{}]/.test(char)) break
  }
  while (/[ \t]/.test(text[at - 1] ?? '')) at -= 1
  return at
}

function inQuotes(pattern: string): string {
  return /["\\]/.test(pattern) ? `'${pattern.replaceAll("'", "''")}'` : `"${pattern}"`
}
