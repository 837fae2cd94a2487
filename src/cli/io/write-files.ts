/** The ways in which commands write files. Throw {@link UsageError} with the name of the file. */
import { rename, rm, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { quote } from '../../diagnostic/words.ts'
import { sanitize } from '../../report/safe.ts'
import { UsageError } from '../exit-code.ts'
import type { ProcessIo } from './process-io.ts'
import { reasonOf } from './reason-of.ts'
import { draftOf } from './replace-file.ts'

export interface NewFile {
  /** Relative to the working folder, or absolute. */
  readonly name: string
  readonly text: string
}

export async function writeReport(name: string, text: string, cwd: string): Promise<void> {
  await named(name, writeFile(resolve(cwd, name), text))
}

/** A file for people to edit, which must not replace what they have edited already. */
export async function writeNewFile(name: string, text: string, force: boolean, io: ProcessIo): Promise<void> {
  const written = writeFile(resolve(io.cwd, name), text, { flag: force ? 'w' : 'wx' })
  await named(name, written, `${quote(name)} is there already; --force replaces it`)
  io.stderr.write(`note: wrote ${sanitize(quote(name))}\n`)
}

/** The first of the files is renamed into place last: without it nothing has changed. */
export async function writeAll(files: readonly NewFile[], cwd: string): Promise<void> {
  const planned = files.map(({ name, text }) => {
    const file = resolve(cwd, name)
    return { name, text, file, draft: draftOf(file) }
  })
  try {
    for (const { name, text, draft } of planned) await named(name, writeFile(draft, text, { flag: 'wx' }))
    for (const { name, file, draft } of planned.toReversed()) await named(name, rename(draft, file))
  } finally {
    for (const { draft } of planned) await rm(draft, { force: true })
  }
}

async function named(name: string, work: Promise<void>, exists?: string): Promise<void> {
  try {
    await work
  } catch (error) {
    if (exists !== undefined && (error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new UsageError(exists)
    throw new UsageError(`${quote(name)} cannot be written: ${reasonOf(error)}`)
  }
}
