/** A line on a terminal that states how far a long read is; nothing where standard error is not a terminal. */
import { formatNumber } from '../../diagnostic/words.ts'
import { sanitize } from '../../report/safe.ts'
import type { Sink } from '../io/process-io.ts'

const INTERVAL = 200

export class Progress {
  readonly #stderr: Sink
  readonly #total: number | undefined
  readonly #begun = performance.now()
  #shown = -Infinity
  #isShown = false
  #bytes = 0

  /** `total`: bytes to read, where that is known. */
  constructor(stderr: Sink, total: number | undefined) {
    this.#stderr = stderr
    this.#total = total
  }

  /** `name` is what is read; `lines` have been read in total. */
  add(bytes: number, name: string, lines: number): void {
    this.#bytes += bytes
    const now = performance.now()
    if (!this.#stderr.isTTY || now - this.#shown < INTERVAL) return
    this.#shown = now
    const part =
      this.#total === undefined || this.#total === 0
        ? ''
        : ` ${Math.min(100, Math.floor((100 * this.#bytes) / this.#total))} %,`
    const seconds = (now - this.#begun) / 1000
    const speed =
      seconds < 1 || this.#total === undefined
        ? ''
        : `, ${formatNumber(Math.round(this.#bytes / 1e6 / seconds))} MB/s`
    const text = `${sanitize(name)}:${part} ${formatNumber(lines)} lines${speed}`
    this.#stderr.write(`\r\u001b[K${text.slice(0, (this.#stderr.columns ?? 80) - 1)}`)
    this.#isShown = true
  }

  clear(): void {
    if (this.#isShown) this.#stderr.write('\r\u001b[K')
    this.#isShown = false
  }
}
