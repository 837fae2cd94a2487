/** Sentences in the width of a terminal, broken between words. */
import { toCells } from './cells.ts'

/**
 * Words in lines of at most `width` columns; a longer word has a line of its own. `first` is the room in the first
 * line, after what precedes the text; where no word fits there, that line is empty.
 */
export function wrap(text: string, width: number, first: number = width): string[] {
  const [word = '', ...words] = text.trim().split(/\s*\n\s*| /)
  // Spaces within a line are kept: a quoted pattern may have several.
  const needed = widthOf(word) + (first === width ? 0 : 1)
  const lines = needed <= first || first === width ? [word] : ['', word]
  let room = lines.length === 1 ? first - needed : width - widthOf(word)
  for (const next of words) {
    const more = widthOf(next) + 1
    if (more <= room) lines.push(`${lines.pop() ?? ''} ${next}`)
    else lines.push(next)
    room = more <= room ? room - more : width - more + 1
  }
  return lines
}

/** The width for sentences: what the terminal has, but no wider than is good to read. */
export function readable(columns = 100): number {
  return Math.max(40, Math.min(columns, 100))
}

function widthOf(text: string): number {
  return toCells(text).columns.at(-1) ?? 0
}
