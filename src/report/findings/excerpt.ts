/**
 * The lines around a span with the span underlined.
 *
 * The underline is drawn in terminal columns, so that it is exact for tabs, wide characters and combining
 * marks as well. Long lines are cut to a window around the span, and spans of many lines to their
 * beginning and end, so that the excerpt of any document is small.
 */
import type { Range } from '../../source/span.ts'
import { toCells } from './cells.ts'
import { neutralizeCiCommands } from '../safe.ts'

const WINDOW = 160
/** In a narrower terminal less is shown, so that lines do not wrap, but never too little to read. */
const NARROWEST_WINDOW = 40
/** Columns beside the line number: `> `, ` | `. */
const GUTTER = 5
const LINES_ABOVE = 1
const LINES_BELOW = 1
/** Of a longer span, this many lines are shown before the gap; the last line follows it. */
const FIRST_LINES = 4

/** Lines end as `LineIndex` says: at LF, CR LF or a lone CR. */
export function splitLines(text: string): string[] {
  // The byte order mark has no column.
  return text.replace(/^\ufeff/, '').split(/\r\n|[\n\r]/)
}

/** The excerpt as lines: `> 12 | text`, below it `     |   ^^^`, other lines without the arrow. */
export function excerpt(lines: readonly string[], range: Range, terminal?: number): string[] {
  const { first, last, from, to } = extent(lines, range)
  const top = Math.max(first - LINES_ABOVE, 0)
  // What follows the last line end is a line to point at, but none to show for context.
  const ends = lines.at(-1) === '' ? lines.length - 2 : lines.length - 1
  const bottom = Math.max(last, Math.min(last + LINES_BELOW, ends))
  const width = String(bottom + 1).length
  const room = Math.min(WINDOW, Math.max((terminal ?? Infinity) - width - GUTTER, NARROWEST_WINDOW))
  const offset = windowStart(
    lines[first] ?? '',
    from,
    first === last ? to : (lines[first] ?? '').length,
    room,
  )
  const shown: string[] = []
  for (let at = top; at <= bottom; at++) {
    if (last - first > FIRST_LINES + 1 && at === first + FIRST_LINES) {
      shown.push(`${' '.repeat(width + 2)} ...`)
      at = last
    }
    const line = lines[at] ?? ''
    const { shown: cells, columns } = toCells(cut(line, offset, room))
    const column = (unit: number): number =>
      columns[Math.min(Math.max(unit - offset, 0), columns.length - 1)] ?? 0
    // Only what is shown is trimmed: the line may be all of the source, and in every finding.
    const part = line.slice(offset, offset + room)
    const start = at === first ? from : offset + part.length - part.trimStart().length
    const end = at === last ? to : offset + part.trimEnd().length
    const isInside = at >= first && at <= last
    shown.push(
      `${isInside ? '>' : ' '} ${String(at + 1).padStart(width)} |${cells === '' ? '' : ` ${cells}`}`,
    )
    // An empty line of several is only pointed at.
    if (!isInside || start > end || (start === end && first !== last)) continue
    const [left, right] = [column(start), column(end)]
    shown.push(`${' '.repeat(width + 3)}| ${' '.repeat(left)}${'^'.repeat(Math.max(right - left, 1))}`)
  }
  return shown.map(neutralizeCiCommands)
}

interface Extent {
  readonly first: number
  readonly last: number
  readonly from: number
  readonly to: number
}

/** The span in lines and units from 0; a span that ends right after a line end ends before it instead. */
function extent(lines: readonly string[], { start, end }: Range): Extent {
  const first = Math.min(start.line, lines.length) - 1
  const last = Math.min(end.line, lines.length) - 1
  if (last > first && end.column === 1) {
    return { first, last: last - 1, from: start.column - 1, to: (lines[last - 1] ?? '').length }
  }
  return { first, last, from: start.column - 1, to: end.column - 1 }
}

/** The unit at which the shown part of the lines begins. */
function windowStart(line: string, from: number, to: number, room: number): number {
  if (line.length <= room || Math.min(to, line.length) < room) return 0
  const spanned = Math.min(to - from, (room * 3) / 4)
  return Math.max(0, from - Math.floor((room - spanned) / 2))
}

/** The part of a line inside the window; an ellipsis takes the place of one unit at each cut. */
function cut(line: string, offset: number, room: number): string {
  let part = line.slice(offset, offset + room)
  if (offset > 0 && line !== '') part = `…${part.slice(1)}`
  if (line.length > offset + room) part = `${part.slice(0, -1)}…`
  return part
}
