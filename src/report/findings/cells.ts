/**
 * A line of source text as a terminal shows it, with the column of each UTF-16 unit.
 *
 * Offsets count UTF-16 units, but a terminal gives two columns to `書`, none to a combining accent and several
 * to a tab; an underline is drawn in columns. Widths are those of string-width (UAX #11), asked for one
 * character with its marks at a time: terminals disagree about longer clusters such as families of emoji.
 */
import stringWidth from 'string-width'
import { maskControls } from '../safe.ts'

const TAB_WIDTH = 4
/** More marks on one character than any language needs only serve to deface neighboring lines. */
const MAX_MARKS = 3

const MARK = /^\p{M}$/u
const PRINTABLE_ASCII = /^[ -~]*$/

export interface CellLine {
  /** Tabs as spaces; what a terminal would obey or hide replaced. */
  readonly shown: string
  /** For each unit of the line, and for its end, the column (from 0) where it is shown. */
  readonly columns: readonly number[]
}

export function toCells(line: string): CellLine {
  // Most lines need no table of widths.
  if (PRINTABLE_ASCII.test(line))
    return { shown: line, columns: Array.from({ length: line.length + 1 }, (_, at) => at) }
  const columns: number[] = []
  let shown = ''
  let column = 0
  let start = 0
  let marks = MAX_MARKS
  for (const original of line) {
    const isPlain = original >= ' ' && original <= '~' && original.length === 1
    const char = isPlain ? original : maskControls(original)
    const isMark = !isPlain && MARK.test(char)
    if (isMark && marks < MAX_MARKS) {
      marks += 1
      shown += char
    } else {
      // A mark that has no character before it, or is one too many, is shown as a character.
      const text = char === '\t' ? ' '.repeat(TAB_WIDTH - (column % TAB_WIDTH)) : isMark ? '\ufffd' : char
      marks = isMark || char === '\t' ? MAX_MARKS : 0
      start = column
      column += isPlain ? 1 : widthOf(text)
      shown += text
    }
    columns.push(...Array.from({ length: original.length }, () => start))
  }
  columns.push(column)
  return { shown, columns }
}

/** string-width takes some 10 µs for a character; documents have few different ones. */
const WIDTHS = new Map<string, number>()
const MAX_WIDTHS = 4096

function widthOf(text: string): number {
  const known = WIDTHS.get(text)
  if (known !== undefined) return known
  const width = stringWidth(text)
  if (WIDTHS.size >= MAX_WIDTHS) WIDTHS.clear()
  WIDTHS.set(text, width)
  return width
}
