/**
 * A file that may be replaced while it is used.
 *
 * It is polled instead of watched: that also finds a file that was renamed into place, a symbolic link that
 * was turned, and a network drive. Content counts when two looks in a row have found the same, at the start
 * as well: half a document can be a valid one that allows more (`- "*": [GET]` cut after the star).
 *
 * Cost: one `stat` for each poll; the content is read only when that has changed.
 */
import { readFile as readAnyFile, stat } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'

/** At the start, in seconds: between two looks, and the age that a file has to have. */
const BETWEEN_LOOKS = 0.1
const SETTLED_AGE = 1
/** A file that never comes to rest is taken after this time when two looks agree. */
const MAX_WAIT = 10

/** Reads a whole file, or rejects where it cannot or must not be read. */
type ReadFile = (path: string) => Promise<Uint8Array>

export interface WatchOptions {
  /** Seconds for which a file must not have changed to be read at the start. Default: 1. */
  readonly settledAge?: number | undefined
  /** Called for each look, so that a rule about files (`cli/io/files.ts`) holds at each. Default: reads any file. */
  readonly readFile?: ReadFile | undefined
}

export class WatchedFile {
  readonly path: string
  readonly #read: () => Promise<Buffer>
  #taken: Buffer
  #seen: Buffer | undefined
  #statKey = ''

  private constructor(path: string, read: () => Promise<Buffer>, content: Buffer, statKey: string) {
    this.path = path
    this.#read = read
    this.#taken = content
    this.#statKey = statKey
  }

  /**
   * Opens the file once it has settled: two equal looks, the second at a time when the file has not been
   * written to for `settledAge` seconds. Rejects when the file cannot be read.
   */
  static async open(
    path: string,
    { settledAge = SETTLED_AGE, readFile = readAnyFile }: WatchOptions = {},
  ): Promise<WatchedFile> {
    const read = async (): Promise<Buffer> => Buffer.from(await readFile(path))
    const begun = performance.now()
    let before: Buffer | undefined
    for (;;) {
      const key = await statKeyOf(path)
      const content = await read()
      const isOldEnough = settledAge === 0 || (await ageOf(path)) >= settledAge
      const hasWaited = performance.now() - begun > MAX_WAIT * 1000
      if (before?.equals(content) === true && (isOldEnough || hasWaited))
        return new WatchedFile(path, read, content, key)
      before = content
      await delay(settledAge === 0 ? 1 : BETWEEN_LOOKS * 1000)
    }
  }

  get content(): Buffer {
    return this.#taken
  }

  /** Whether there is new content, which is then `content`. Rejects when the file cannot be read. */
  async poll(): Promise<boolean> {
    const statKey = await statKeyOf(this.path)
    if (statKey === this.#statKey && this.#seen === undefined) return false
    const content = await this.#read()
    this.#statKey = statKey
    const settled = this.#seen?.equals(content) === true
    if (!settled) {
      this.#seen = content.equals(this.#taken) ? undefined : content
      return false
    }
    this.#seen = undefined
    this.#taken = content
    return true
  }
}

async function statKeyOf(path: string): Promise<string> {
  const { dev, ino, size, mtimeMs, ctimeMs } = await stat(path)
  return [dev, ino, size, mtimeMs, ctimeMs].join()
}

/** Seconds since the last change; of a file from the future, as old as need be. */
async function ageOf(path: string): Promise<number> {
  const { mtimeMs, ctimeMs } = await stat(path)
  const age = (Date.now() - Math.max(mtimeMs, ctimeMs)) / 1000
  return age < 0 ? Infinity : age
}
