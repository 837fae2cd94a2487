/**
 * A file that may be replaced while it is used.
 *
 * It is looked at again and again instead of watched: that also finds a file that was renamed into place, a
 * symbolic link that was turned, and a network drive. New content counts when two looks in a row have found
 * the same: half a document can be a valid one that allows more (`- "*": [GET]` cut behind the star).
 *
 * Cost: one `stat` a look; the content is read only when that has changed.
 */
import { readFile, stat } from 'node:fs/promises'

export class WatchedFile {
  readonly path: string
  #taken: Buffer
  #seen: Buffer | undefined
  #mark = ''

  private constructor(path: string, content: Buffer, mark: string) {
    this.path = path
    this.#taken = content
    this.#mark = mark
  }

  /** Rejects when the file cannot be read. */
  static async open(path: string): Promise<WatchedFile> {
    const mark = await markOf(path)
    return new WatchedFile(path, await readFile(path), mark)
  }

  get content(): Buffer {
    return this.#taken
  }

  /** Whether there is new content, which is then `content`. Rejects when the file cannot be read. */
  async look(): Promise<boolean> {
    const mark = await markOf(this.path)
    if (mark === this.#mark && this.#seen === undefined) return false
    const content = await readFile(this.path)
    this.#mark = mark
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

async function markOf(path: string): Promise<string> {
  const { dev, ino, size, mtimeMs, ctimeMs } = await stat(path)
  return [dev, ino, size, mtimeMs, ctimeMs].join()
}
