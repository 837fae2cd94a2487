/**
 * One line of a log: a range of bytes that is valid until the next line is read. Only the fields that a
 * parser asks for become strings.
 */
import { Buffer } from 'node:buffer'
import { decodeBytes } from './decode.ts'

export class Line {
  start = 0
  /** After the last byte, without the line end. */
  end: number
  /** Whether more followed than was kept. */
  isCut = false
  #bytes: Buffer
  #view: DataView

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.end = bytes.length
  }

  /** What the line is a range of. */
  get bytes(): Buffer {
    return this.#bytes
  }

  set bytes(bytes: Buffer) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** The same bytes, for reading four at once. */
  get view(): DataView {
    return this.#view
  }

  /** The text of a range of `bytes`. */
  text(start: number, end: number): string {
    return decodeBytes(this.#bytes.toString('latin1', start, end))
  }

  /** The start of the line: at least `length` characters, where it has as many. */
  head(length: number): string {
    return this.text(this.start, Math.min(this.end, this.start + 4 * length))
  }

  toString(): string {
    return this.text(this.start, this.end)
  }
}
