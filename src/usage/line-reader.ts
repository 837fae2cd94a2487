/**
 * Bytes as lines, in constant memory: a line over the limit is cut and marked, never kept in full.
 *
 * A line ends at LF; a CR before it belongs to the end. Chunks become strings with one character for each
 * byte, which V8 does at the speed of memory, and lines are slices of them; only lines with bytes beyond
 * ASCII are decoded. Rejected: an iterator over lines, which costs more than reading them.
 */
import { Buffer, isAscii } from 'node:buffer'
import { decodeBytes } from './decode.ts'

/** In bytes: no server writes a request line that long. */
export const MAX_LINE_LENGTH = 1_048_576

/** `isCut`: more followed than was kept. */
export type OnLine = (text: string, isCut: boolean) => void

export class LineReader {
  readonly #onLine: OnLine
  #rest = ''
  #isCut = false
  #isAscii = true

  constructor(onLine: OnLine) {
    this.#onLine = onLine
  }

  /** Whether a line has begun that has not ended. */
  get isInLine(): boolean {
    return this.#rest !== ''
  }

  push(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    const text = bytes.toString('latin1')
    this.#isAscii = isAscii(bytes) && (this.#isAscii || this.#rest === '')
    let start = 0
    let end = text.indexOf('\n')
    if (end >= 0 && this.#rest !== '') {
      this.#keep(text.slice(0, end))
      this.end()
      start = end + 1
      end = text.indexOf('\n', start)
    }
    while (end >= 0) {
      this.#emit(text.slice(start, end))
      start = end + 1
      end = text.indexOf('\n', start)
    }
    if (start < text.length) this.#keep(text.slice(start))
  }

  /** The line that has begun, as it is. */
  end(): void {
    if (this.#rest === '') return
    const line = this.#rest
    this.#rest = ''
    this.#emit(line)
    this.#isCut = false
  }

  /** Forgets the line that has begun. */
  drop(): void {
    this.#rest = ''
    this.#isCut = false
  }

  #keep(part: string): void {
    const room = MAX_LINE_LENGTH - this.#rest.length
    if (part.length > room) this.#isCut = true
    this.#rest += part.length > room ? part.slice(0, Math.max(0, room)) : part
  }

  #emit(line: string): void {
    const isOver = line.length > MAX_LINE_LENGTH
    const kept = isOver ? line.slice(0, MAX_LINE_LENGTH) : line
    const isEnd = kept.charCodeAt(kept.length - 1) === 0x0d
    const bytes = isEnd ? kept.slice(0, -1) : kept
    this.#onLine(this.#isAscii ? bytes : decodeBytes(bytes), this.#isCut || isOver)
  }
}
