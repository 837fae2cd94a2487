/** A file for people to edit, which must not replace what they have edited already. */
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { quote } from '../diagnostic/words.ts'
import { harmless } from '../report/safe.ts'
import { UsageError } from './exit-code.ts'
import type { Io } from './io.ts'
import { reasonOf } from './reason-of.ts'

/** Throws {@link UsageError} when the file is there already, unless `force` replaces it. */
export async function writeNewFile(name: string, text: string, force: boolean, io: Io): Promise<void> {
  try {
    await writeFile(resolve(io.cwd, name), text, { flag: force ? 'w' : 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      throw new UsageError(`${quote(name)} is there already; --force replaces it`)
    }
    throw new UsageError(`${quote(name)} cannot be written: ${reasonOf(error)}`)
  }
  io.stderr.write(`note: wrote ${harmless(quote(name))}\n`)
}
