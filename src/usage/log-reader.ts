/** One log: bytes in, requests into a collector. */
import { quote } from '../diagnostic/words.ts'
import type { Fields, Parse } from './entry.ts'
import { detectFormat, FORMAT_NAMES, harEntries, parserFor } from './formats.ts'
import type { Line } from './line.ts'
import { LineReader } from './line-reader.ts'
import type { UsageCollector } from './usage.ts'

/** A HAR document is read in full. */
const MAX_HAR_LENGTH = 256 * 1024 * 1024

export interface LogOptions extends Fields {
  /** A name of {@link FORMAT_NAMES}, or a format with variables; default: by the first line. */
  readonly format?: string | undefined
}

export class LogReader {
  readonly #collector: UsageCollector
  readonly #options: LogOptions
  readonly #lines = new LineReader((line) => {
    this.#add(line)
  })
  #parse: Parse | undefined
  #har: string[] | undefined
  #harLength = 0

  /** Throws `TypeError` for a format that is unknown or has no request. */
  constructor(collector: UsageCollector, options: LogOptions) {
    this.#collector = collector
    this.#options = options
    const { format } = options
    if (format === 'har') this.#har = []
    else if (format !== undefined) this.#parse = parserOf(format, options)
  }

  /** Whether a line has begun that has not ended. */
  get isInLine(): boolean {
    return this.#lines.isInLine
  }

  /** Throws `TypeError` for a HAR document that is too large. */
  push(chunk: Uint8Array): void {
    this.#lines.push(chunk)
  }

  /** The last line need not have a line end. Throws `TypeError` for a HAR document that is none. */
  end(): void {
    this.#lines.end()
    if (this.#har === undefined) return
    const read = harEntries(this.#har.join('\n'), this.#options)
    if (read === undefined) throw new TypeError('not a HAR document')
    for (const entry of read.entries) this.#collector.add(entry, `${entry.method} ${entry.path}`)
    for (let at = 0; at < read.broken; at++) this.#collector.addUnparsed('an entry without method or URL')
  }

  /** What has begun of a line is not one. */
  drop(): void {
    this.#lines.drop()
  }

  /** What has begun of a line is all that will come of it. */
  endLine(): void {
    this.#lines.end()
  }

  #add(line: Line): void {
    if (this.#parse === undefined && this.#har === undefined) {
      const text = line.toString()
      if (text.trim() === '') return
      const format = detectFormat(text)
      if (format === 'har') this.#har = []
      else this.#parse = parserOf(format, this.#options)
    }
    if (this.#har !== undefined) {
      const text = line.toString()
      this.#har.push(text)
      this.#harLength += text.length + 1
      if (this.#harLength > MAX_HAR_LENGTH) throw new TypeError('too large for a HAR document')
      return
    }
    const entry = line.isCut ? undefined : this.#parse?.(line)
    if (entry === undefined) this.#collector.addUnparsed(line)
    else if (entry !== null) this.#collector.add(entry, line)
  }
}

function parserOf(format: string, fields: Fields): Parse {
  const isKnown = format.includes('$') || (FORMAT_NAMES as readonly string[]).includes(format)
  if (!isKnown) {
    throw new TypeError(
      `unknown log format ${quote(format)}; write ${FORMAT_NAMES.join(', ')}, or one with $variables`,
    )
  }
  const parse = parserFor(format, fields)
  if (parse === undefined) {
    throw new TypeError(
      `the log format ${quote(format)} has no $request, and no $request_method with $request_uri`,
    )
  }
  return parse
}
