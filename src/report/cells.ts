/**
 * A line of source text as terminal cells: one UTF-16 unit for each column that a terminal shows.
 *
 * Offsets count UTF-16 units, but a terminal gives two columns to `書`, none to a combining accent and
 * several to a tab. An underline is drawn by counting units, so each line is first rewritten to have
 * exactly one unit per column: fillers after wide characters, one stand-in for a cluster with more units
 * than columns. `restore` turns the stand-ins back once the underline is drawn. Both kinds of stand-in are
 * characters that `placeholders` has removed from the text before, so they cannot be mistaken.
 */
import { commandless, placeholders } from './safe.ts'

const TAB_WIDTH = 4
/** More marks on one character than any language needs only serve to deface neighbouring lines. */
const MOST_MARKS = 3

const FILLER = '\uffff'
const FIRST_STAND_IN = 0xe000
const LAST_STAND_IN = 0xf8ff

const MARK = /^\p{M}$/u
/** East Asian Wide and Fullwidth (UAX #11) by block, and emoji that are shown as pictures. */
const WIDE =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})$/u

export interface CellLine {
  /** One unit per column. */
  readonly cells: string
  /** For each unit of the line, and for its end, the column (from 0) where it is shown. */
  readonly columns: readonly number[]
}

export class CellTable {
  readonly #clusters: string[] = []

  line(text: string): CellLine {
    const columns: number[] = []
    let cells = ''
    let cluster = ''
    let marks = 0
    const close = (): void => {
      cells += this.#cell(cluster)
      cluster = ''
      marks = 0
    }
    for (const original of text) {
      const char = placeholders(original)
      const joins = MARK.test(char) && cluster !== ''
      if (joins && marks < MOST_MARKS) {
        cluster += char
        marks += 1
        pushTimes(columns, cells.length, original.length)
        continue
      }
      if (cluster !== '') close()
      if (char === '\t') {
        pushTimes(columns, cells.length, 1)
        cells += ' '.repeat(TAB_WIDTH - (cells.length % TAB_WIDTH))
        continue
      }
      // A mark that stands alone or is one too many is shown as a character of its own.
      cluster = MARK.test(char) ? '\ufffd' : char
      marks = joins ? MOST_MARKS : 0
      pushTimes(columns, cells.length, original.length)
    }
    if (cluster !== '') close()
    columns.push(cells.length)
    return { cells, columns }
  }

  /** The text of the cells again, wherever it stands now. */
  restore(text: string): string {
    const restored = text
      .replaceAll(FILLER, '')
      .replace(/[\ue000-\uf8ff]/g, (unit) => this.#clusters[unit.charCodeAt(0) - FIRST_STAND_IN] ?? '\ufffd')
    // Last, because a stand-in can hide the bracket of a command.
    return commandless(restored)
  }

  /** A base character and its marks in as many units as it has columns. */
  #cell(cluster: string): string {
    const width = WIDE.test(String.fromCodePoint(cluster.codePointAt(0) ?? 0)) ? 2 : 1
    if (cluster.length === width) return cluster
    if (cluster.length < width) return cluster + FILLER
    const standIn = FIRST_STAND_IN + this.#clusters.length
    if (standIn > LAST_STAND_IN) return '\ufffd'.repeat(width)
    this.#clusters.push(cluster)
    return String.fromCharCode(standIn) + FILLER.repeat(width - 1)
  }
}

function pushTimes(list: number[], value: number, times: number): void {
  for (let i = 0; i < times; i++) list.push(value)
}
