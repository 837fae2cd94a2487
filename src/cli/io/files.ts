/**
 * The gate for files: everything that a command reads or writes goes through here, so that the same bounds
 * hold for all of them. What is read has a limit of bytes and is never cut; no symbolic link leads out of
 * the working folder in either direction, unless `--follow-links` says so (`links.ts`); what cannot be read
 * or written is a {@link UsageError} that names the file.
 */
import { resolve } from 'node:path'
import { findSources, displayName, type FindOptions } from './find-sources.ts'
import { gitSource, isGitSource } from './git-source.ts'
import { refuseLinkedOutput, refuseLinks } from './links.ts'
import type { ProcessIo } from './process-io.ts'
import { readFileBytes, readStream } from './read-bytes.ts'
import { replaceFile } from './replace-file.ts'
import { MAX_BYTES, type Source, STDIN } from './source.ts'
import { type NewFile, writeAll, writeNewFile, writeReport } from './write-files.ts'

export interface ReadOptions {
  /** Default: what the loader of policies accepts, 16 MiB. */
  readonly maxBytes?: number
  /** What to do instead of naming a link that leads out. */
  readonly instead?: string
  /** Whether `git:REV:PATH` is a file in a revision. */
  readonly revisions?: boolean
  /** The name to show for standard input. */
  readonly stdinName?: string
}

export class Files {
  readonly #io: ProcessIo
  readonly #followLinks: () => boolean

  /** `followLinks` is asked when a file is used, since flags are read after this is made. */
  constructor(io: ProcessIo, followLinks: () => boolean) {
    this.#io = io
    this.#followLinks = followLinks
  }

  /** A file to read, standard input for `-`. Nothing is touched before it is read. */
  source(path: string, options: ReadOptions = {}): Source {
    const { maxBytes = MAX_BYTES, instead, revisions = false, stdinName = '<stdin>' } = options
    if (path === STDIN) {
      return { path: stdinName, read: () => readStream(this.#io.stdin, stdinName, maxBytes) }
    }
    if (revisions && isGitSource(path)) return gitSource(this.#io, path)
    const name = displayName(this.#io.cwd, path)
    const file = resolve(this.#io.cwd, path)
    const read = async (): Promise<Uint8Array> => {
      await this.permit(path, instead)
      return readFileBytes(file, name, maxBytes)
    }
    return { path: name, file, read }
  }

  /** Every file that the paths name, folders and globs included, each once, sorted by name. */
  find(paths: readonly string[], options?: FindOptions): Promise<Source[]> {
    const source = (path: string): Source => this.source(path)
    return findSources(paths, this.#io.cwd, source, (path) => this.permit(path), options)
  }

  /** Refuses early what reading would refuse: a link that leads out of the working folder. */
  async permit(path: string, instead?: string): Promise<void> {
    if (!this.#followLinks()) await refuseLinks(displayName(this.#io.cwd, path), this.#io.cwd, instead)
  }

  /** Refuses early what writing would refuse. */
  async permitOutput(path: string): Promise<void> {
    if (!this.#followLinks()) await refuseLinkedOutput(path, this.#io.cwd)
  }

  /** A report, over whatever is there; devices and pipes too. */
  async writeReport(path: string, text: string): Promise<void> {
    await this.permitOutput(path)
    await writeReport(path, text, this.#io.cwd)
  }

  /** A file for people to edit, which replaces none that is there unless `force` is set. */
  async writeNew(path: string, text: string, force: boolean): Promise<void> {
    await this.permitOutput(path)
    await writeNewFile(path, text, force, this.#io)
  }

  /** All of these files or none, as far as a file system can: a reader never finds half of one. */
  async writeAll(files: readonly NewFile[]): Promise<void> {
    for (const { name } of files) await this.permitOutput(name)
    await writeAll(files, this.#io.cwd)
  }

  /** Replaces what was read from a source, if it is still there; see `replace-file.ts`. */
  async replace(file: string, before: Uint8Array, after: Uint8Array): Promise<void> {
    await this.permitOutput(file)
    await replaceFile(file, before, after)
  }

  /** Relative to the working folder, with `/` on every system. */
  nameOf(path: string): string {
    return displayName(this.#io.cwd, path)
  }
}

/** What commands work with: the process, and the gate for files. */
export interface Io extends ProcessIo {
  readonly files: Files
}
