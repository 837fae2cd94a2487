/**
 * Edits applied to a string, and the way back from places of the edited text. Edits are in the order of the
 * text and do not overlap.
 */
import { lastUpTo } from '../source/last-up-to.ts'
import type { Span } from '../source/span.ts'
import type { Edit } from './diagnostic.ts'

export function applyEdits(text: string, edits: readonly Edit[]): string {
  let edited = ''
  let copied = 0
  for (const { span, text: inserted } of edits) {
    edited += text.slice(copied, span.start) + inserted
    copied = span.end
  }
  return edited + text.slice(copied)
}

/**
 * From places of the text with `edits` applied to those of the original text. Each edit puts quotes around
 * a string, so that places inside agree but for the opening quote. Cost: a look-up is a binary search.
 */
export function beforeQuoting(edits: readonly Edit[]): (span: Span) => Span {
  if (edits.length === 0) return (span) => span
  // Where each edit begins in the edited text.
  const starts: number[] = []
  let grown = 0
  for (const { span, text } of edits) {
    starts.push(span.start + grown)
    grown += text.length - (span.end - span.start)
  }
  const back = (offset: number): number => {
    const at = lastUpTo(starts, offset - 1)
    const edit = edits[at]
    if (edit === undefined) return offset
    const inside = offset - (starts[at] ?? 0)
    if (inside >= edit.text.length) return edit.span.end + inside - edit.text.length
    return Math.min(edit.span.start + inside - 1, edit.span.end)
  }
  return ofSpans(back)
}

/** From a move of places to one of spans, which never end before they start. */
export function ofSpans(move: (place: number) => number): (span: Span) => Span {
  return ({ start, end }) => {
    const first = move(start)
    return { start: first, end: Math.max(first, move(end)) }
  }
}
