import { lastUpTo } from './last-up-to.ts'
import type { Position, Range, Span } from './span.ts'

const BYTE_ORDER_MARK = 0xfeff

/**
 * Turns offsets into lines and columns. A line ends at LF, CR LF or a lone CR, as in YAML 1.2 §5.4. A
 * byte order mark belongs to no line, so that columns are those of editors.
 *
 * Building reads the text once; a look-up is a binary search.
 */
export class LineIndex {
  readonly #starts: number[]
  readonly #length: number

  constructor(text: string) {
    this.#starts = [text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0]
    this.#length = text.length
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      if (unit === 0x0a || (unit === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) this.#starts.push(at + 1)
    }
  }

  get lineCount(): number {
    return this.#starts.length
  }

  /** The place of an offset; offsets outside the lines are moved to their nearest end. */
  position(offset: number): Position {
    const first = this.#starts[0] ?? 0
    const wanted = Math.min(Math.max(offset, first), Math.max(this.#length, first))
    const line = lastUpTo(this.#starts, wanted)
    return { line: line + 1, column: wanted - (this.#starts[line] ?? 0) + 1 }
  }

  range(span: Span): Range {
    return { start: this.position(span.start), end: this.position(span.end) }
  }
}
