/** Something to read: a file, standard input, or a file in a revision of git. */
import { DEFAULT_LIMITS } from '../../language/limits.ts'
import { UsageError } from '../exit-code.ts'

export interface Source {
  /** The name to show. */
  readonly path: string
  /** Absolute; absent where it is not a file of the file system. */
  readonly file?: string
  /** Whether it was found below a folder or by a glob, rather than named itself. */
  readonly found?: true
  /** Throws {@link UsageError} when it cannot or must not be read, {@link TooLargeError} when it is too large. */
  readonly read: () => Promise<Uint8Array>
}

/** A source that has been read, and its bytes. */
export interface ReadSource {
  readonly source: Source
  readonly bytes: Uint8Array
}

/** The source that is returned gives the same bytes again: standard input can be read once. */
export async function readOnce(source: Source): Promise<ReadSource> {
  const bytes = await source.read()
  return { source: { ...source, read: () => Promise.resolve(bytes) }, bytes }
}

/** How standard input is named on the command line. */
export const STDIN = '-'

/** What is read of one source, unless a command says otherwise: what the loader accepts. */
export const MAX_BYTES: number = DEFAULT_LIMITS.bytes

/** A source of which no part is used, because it has more bytes than are read. */
export class TooLargeError extends UsageError {
  readonly code = 'limit-exceeded'
}
