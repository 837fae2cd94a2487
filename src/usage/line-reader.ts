/**
 * Bytes as lines, in constant memory: a line over the limit is cut and marked, never kept in full.
 *
 * A line ends at LF; a CR before it belongs to the end. Lines are ranges of the chunks; only what is cut by
 * the end of a chunk is copied. Rejected: strings for lines, which cost more than what is read from them,
 * and an iterator over lines, which costs more than reading them.
 */
import { Buffer } from 'node:buffer'
import { Line } from './line.ts'

/** In bytes: no server writes a request line that long. */
export const MAX_LINE_LENGTH = 1_048_576
const LF = 0x0a
const CR = 0x0d
const INITIAL_SIZE = 4_096

/** The line is valid until the call returns. */
export type OnLine = (line: Line) => void

export class LineReader {
  readonly #onLine: OnLine
  /** Of a chunk. */
  readonly #line = new Line(Buffer.alloc(0))
  /** What has begun in chunks before. */
  readonly #rest = new Line(Buffer.allocUnsafeSlow(INITIAL_SIZE))

  constructor(onLine: OnLine) {
    this.#onLine = onLine
    this.drop()
  }

  /** Whether a line has begun that has not ended. */
  get isInLine(): boolean {
    return this.#rest.end > 0
  }

  push(chunk: Uint8Array): void {
    const line = this.#line
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    line.bytes = bytes
    let start = 0
    let end = bytes.indexOf(LF)
    if (end >= 0 && this.isInLine) {
      this.#keep(bytes, 0, end)
      this.end()
      start = end + 1
      end = bytes.indexOf(LF, start)
    }
    while (end >= 0) {
      line.start = start
      line.end = end
      line.isCut = false
      this.#emit(line)
      start = end + 1
      end = bytes.indexOf(LF, start)
    }
    if (start < bytes.length) this.#keep(bytes, start, bytes.length)
  }

  /** The line that has begun, as it is. */
  end(): void {
    if (!this.isInLine) return
    this.#emit(this.#rest)
    this.drop()
  }

  /** Forgets the line that has begun. */
  drop(): void {
    this.#rest.end = 0
    this.#rest.isCut = false
  }

  #keep(bytes: Buffer, start: number, end: number): void {
    const rest = this.#rest
    const length = Math.min(end - start, MAX_LINE_LENGTH - rest.end)
    if (length < end - start) rest.isCut = true
    if (rest.end + length > rest.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(
        Math.min(MAX_LINE_LENGTH, Math.max(2 * rest.bytes.length, rest.end + length)),
      )
      rest.bytes.copy(larger, 0, 0, rest.end)
      rest.bytes = larger
    }
    bytes.copy(rest.bytes, rest.end, start, start + length)
    rest.end += length
  }

  #emit(line: Line): void {
    const { bytes, start } = line
    if (line.end - start > MAX_LINE_LENGTH) {
      line.end = start + MAX_LINE_LENGTH
      line.isCut = true
    }
    if (line.end > start && bytes[line.end - 1] === CR) line.end -= 1
    this.#onLine(line)
  }
}
