/** Which fixes can be applied together, and where things are afterwards. */
import type { Edit, Fix } from '../../diagnostic/diagnostic.ts'
import type { Span } from '../../source/span.ts'

/** A finding with its fix. */
export interface Fixable {
  readonly code: string
  readonly start: number
  readonly fix: Fix
}

/** The edits of all, in the order of the text. */
export function editsOf(fixes: readonly Fixable[]): readonly Edit[] {
  return fixes.flatMap(({ fix }) => fix.edits).sort(byPlace)
}

/**
 * In the order of the text as many as lie apart, each from its first edit to its last. What is left out is
 * found again once the others are applied, if there is still anything to fix.
 */
export function disjoint(fixes: readonly Fixable[]): readonly Fixable[] {
  let last: Span | undefined
  return fixes
    .flatMap((fixable) => {
      const edits = [...fixable.fix.edits].sort(byPlace)
      const [start, end] = [edits[0]?.span.start, edits.at(-1)?.span.end]
      const areSeparate = edits.every(({ span }, at) => !touches(edits[at - 1]?.span, span))
      return start === undefined || end === undefined || !areSeparate
        ? []
        : [{ fixable, span: { start, end } }]
    })
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
    .flatMap(({ fixable, span }) => {
      if (touches(last, span)) return []
      last = span
      return [fixable]
    })
}

/** Line ends that a fix adds are written as the text writes its first. */
export function withLineEnds(edits: readonly Edit[], text: string): readonly Edit[] {
  const crlf = /\r?\n/.exec(text)?.[0] === '\r\n'
  return crlf ? edits.map((edit) => ({ ...edit, text: edit.text.replace(/\r?\n/g, '\r\n') })) : edits
}

/** Where a place outside of the edits is after them. */
export function shift(offset: number, edits: readonly Edit[]): number {
  return edits.reduce((at, { span, text }) => {
    return span.end <= offset ? at + text.length - (span.end - span.start) : at
  }, offset)
}

function byPlace(a: Edit, b: Edit): number {
  return a.span.start - b.span.start || a.span.end - b.span.end
}

/** Whether two spans, the first not after the second, share a character, or a place where both insert. */
function touches(before: Span | undefined, after: Span): boolean {
  if (before === undefined) return false
  if (before.end > after.start) return true
  const empty = before.start === before.end || after.start === after.end
  return empty && before.end === after.start
}
