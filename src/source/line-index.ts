import type { Position, Range, Span } from './span.ts'

/**
 * Turns offsets into lines and columns. A line ends at LF, CR LF or a lone CR, as in YAML 1.2 §5.4.
 *
 * Building reads the text once; a look-up is a binary search.
 */
export class LineIndex {
  readonly #starts: number[] = [0]
  readonly #length: number

  constructor(text: string) {
    this.#length = text.length
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      if (unit === 0x0a || (unit === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) this.#starts.push(at + 1)
    }
  }

  get lineCount(): number {
    return this.#starts.length
  }

  /** The place of an offset; offsets outside the text are moved to its nearest end. */
  position(offset: number): Position {
    const wanted = Math.min(Math.max(offset, 0), this.#length)
    let low = 0
    let high = this.#starts.length
    while (high - low > 1) {
      const middle = (low + high) >>> 1
      if ((this.#starts[middle] ?? 0) <= wanted) low = middle
      else high = middle
    }
    return { line: low + 1, column: wanted - (this.#starts[low] ?? 0) + 1 }
  }

  range(span: Span): Range {
    return { start: this.position(span.start), end: this.position(span.end) }
  }
}
