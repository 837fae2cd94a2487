/** What to delete of the text so that a suppression, or one of its names, is gone and nothing else is. */
import type { Span } from '../../source/span.ts'
import type { NamedSpan } from './read-suppressions.ts'

/** A comment on its own line goes with its line, any other with the spaces before it. */
export function deleteComment({ start, end }: Span, text: string): Span {
  let from = start
  while (/[ \t]/.test(text[from - 1] ?? '')) from -= 1
  const alone = from === 0 || /[\r\n\ufeff]/.test(text[from - 1] ?? '')
  if (!alone) return { start: from, end }
  const lineEnd = text.startsWith('\r\n', end) ? 2 : /[\r\n]/.test(text[end] ?? '') ? 1 : 0
  return { start: from, end: end + lineEnd }
}

/** A name with the comma that joins it to its neighbour. */
export function deleteName(name: NamedSpan, names: readonly NamedSpan[]): Span {
  const at = names.indexOf(name)
  const [previous, next] = [names[at - 1], names[at + 1]]
  if (previous !== undefined) return { start: previous.span.end, end: name.span.end }
  return { start: name.span.start, end: next?.span.start ?? name.span.end }
}
