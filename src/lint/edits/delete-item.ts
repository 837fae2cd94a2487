/**
 * Edits that take items out of a list of YAML, so that all that is left stays byte for byte: comments,
 * quotes, order, line ends.
 *
 * In a block list an item goes with its lines, in a flow list with one comma. Where more than that would
 * go, or something that others need, there is no edit: a comment, an anchor, an item that shares its line
 * with something else, the last item that is left.
 */
import type { Edit, Fix } from '../../diagnostic/diagnostic.ts'
import type { ListNode } from '../../yaml/node.ts'
import type { Span } from '../../source/span.ts'
import type { LintName } from '../subject.ts'

/** A fix that deletes a name from its list; undefined where it cannot be done without loss. */
export function deleteName(source: string, { list, index, shared }: LintName): Fix | undefined {
  const edits = shared ? undefined : deleteItems(source, list, new Set([index]))
  return edits && { title: 'delete the name', edits }
}

/** Undefined where it cannot be done without loss. `indexes` are places in `list.items`. */
export function deleteItems(
  source: string,
  list: ListNode,
  indexes: ReadonlySet<number>,
): readonly Edit[] | undefined {
  if (indexes.size === 0 || indexes.size >= list.items.length) return undefined
  const isFlow = source[list.span.start] === '['
  const spans = isFlow ? flowSpans(source, list, indexes) : blockSpans(source, list, indexes)
  return spans?.map((span) => ({ span, text: '' }))
}

function blockSpans(
  source: string,
  { items }: ListNode,
  indexes: ReadonlySet<number>,
): readonly Span[] | undefined {
  const spans: Span[] = []
  for (const index of indexes) {
    const item = items[index]
    if (item === undefined) return undefined
    const start = lineStart(source, item.span.start)
    const lineEnd = /\r\n|\n|\r|$/g
    lineEnd.lastIndex = item.span.end
    const found = lineEnd.exec(source)
    const rest = source.slice(item.span.end, found?.index)
    if (!/^[ \t]*-[ \t]+$/.test(source.slice(start, item.span.start)) || !/^[ \t]*$/.test(rest))
      return undefined
    if (holdsMore(source.slice(item.span.start, item.span.end))) return undefined
    spans.push({ start, end: (found?.index ?? source.length) + (found?.[0].length ?? 0) })
  }
  return spans.sort((a, b) => a.start - b.start)
}

/** Each item with the comma before it; the first ones with the comma after them. */
function flowSpans(
  source: string,
  { items, span }: ListNode,
  indexes: ReadonlySet<number>,
): readonly Span[] | undefined {
  const spans: Span[] = []
  const firstKept = items.findIndex((_, index) => !indexes.has(index))
  for (const index of [...indexes].sort((a, b) => a - b)) {
    const item = items[index]
    const neighbour = items[index < firstKept ? index + 1 : index - 1]
    if (item === undefined || neighbour === undefined) return undefined
    const [left, right] = index < firstKept ? [item, neighbour] : [neighbour, item]
    if (!/^\s*,\s*$/.test(source.slice(left.span.end, right.span.start))) return undefined
    if (index === 0 && !/^\[\s*$/.test(source.slice(span.start, item.span.start))) return undefined
    if (holdsMore(source.slice(item.span.start, item.span.end))) return undefined
    const gone =
      index < firstKept
        ? { start: item.span.start, end: right.span.start }
        : { start: left.span.end, end: item.span.end }
    const last = spans.at(-1)
    if (last?.end === gone.start) spans[spans.length - 1] = { start: last.start, end: gone.end }
    else spans.push(gone)
  }
  return spans
}

function lineStart(source: string, at: number): number {
  let start = at
  while (start > 0 && !/[\r\n]/.test(source[start - 1] ?? '')) start -= 1
  return start
}

/** Something that looks like an anchor or a comment; inside of quotes it need not be one. */
function holdsMore(text: string): boolean {
  return /(?:^|[\s,[{:?-])&|(?:^|\s)#/.test(text)
}

/** Whether an anchor is right before a place, so that what is there may be meant elsewhere too. */
export function isAnchored(source: string, at: number): boolean {
  return /&[^\s,[\]{}]+\s+$/.test(source.slice(Math.max(0, at - 256), at))
}
