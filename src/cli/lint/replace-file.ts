/**
 * Replaces a file by its fixed text, or leaves it exactly as it was.
 *
 * The text goes into a new file in the same folder, which is then renamed: readers find the old file or the
 * new one, never a half. Owner and mode stay; other names of the same file (hard links) keep the old text.
 * Refused: a symbolic link, which could lead out of the repository (name the file itself); a file that its
 * owner has made read-only; one that has changed since it was read. Between the last look and the renaming
 * another program could still write, and no file system offers to exclude that.
 */
import { randomBytes } from 'node:crypto'
import { access, constants, lstat, open, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { UsageError } from '../exit-code.ts'
import { reasonOf } from '../reason-of.ts'

/** Throws {@link UsageError} when it cannot be replaced; the message is a clause that follows the name. */
export async function replaceFile(file: string, before: Uint8Array, after: Uint8Array): Promise<void> {
  try {
    await replace(file, before, after)
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(reasonOf(error))
  }
}

async function replace(file: string, before: Uint8Array, after: Uint8Array): Promise<void> {
  const { mode, uid, gid, ...old } = await identity(file)
  if (old.isLink) throw new UsageError('it is a symbolic link')
  if (!old.isFile) throw new UsageError('it is not a file')
  await access(file, constants.W_OK)
  const draft = join(dirname(file), `.${basename(file).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    const handle = await open(draft, 'wx', 0o600)
    try {
      await handle.writeFile(after)
      const made = await handle.stat()
      if (made.uid !== uid || made.gid !== gid) await handle.chown(uid, gid)
      await handle.chmod(mode & 0o7777)
      await handle.sync()
    } finally {
      await handle.close()
    }
    if ((await identity(file)).isLink || !(await readFile(file)).equals(before)) {
      throw new UsageError('it has changed since it was read')
    }
    await rename(draft, file)
  } finally {
    await rm(draft, { force: true })
  }
}

interface Identity {
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly isLink: boolean
  readonly isFile: boolean
}

async function identity(file: string): Promise<Identity> {
  const stats = await lstat(file)
  const { mode, uid, gid } = stats
  return { mode, uid, gid, isLink: stats.isSymbolicLink(), isFile: stats.isFile() }
}
