/**
 * Replaces a file by its fixed text, or leaves it exactly as it was.
 *
 * The text goes into a draft in the same folder, which is then renamed: readers find the old file or the
 * new one, never a half. Owner and mode stay; other names of the same file (hard links) keep the old text.
 * Where that is not possible (a file of somebody else that one may write to, a folder that is closed, a file
 * that is mounted by itself) the text is written into the file itself, and the old one back if that fails.
 * Refused: a symbolic link, which could lead out of the repository (name the file itself); a file that its
 * owner has made read-only; one that has changed since it was read. Between the last look and the renaming
 * another program could still write, and no file system offers to exclude that.
 */
import { randomBytes } from 'node:crypto'
import type { Stats } from 'node:fs'
import { access, constants, lstat, open, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { UsageError } from '../exit-code.ts'
import { reasonOf } from './reason-of.ts'

/** Throws {@link UsageError} when it cannot be replaced; the message is a clause that follows the name. */
export async function replaceFile(file: string, before: Uint8Array, after: Uint8Array): Promise<void> {
  try {
    await replace(file, before, after)
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(reasonOf(error))
  }
}

async function replace(file: string, before: Uint8Array, after: Uint8Array): Promise<void> {
  const old = await lstat(file)
  if (old.isSymbolicLink()) throw new UsageError('it is a symbolic link')
  if (!old.isFile()) throw new UsageError('it is not a file')
  await access(file, constants.W_OK)
  try {
    await renameDraft(file, before, after, old)
  } catch (error) {
    if (!NEEDS_WRITING_IN_PLACE.has((error as NodeJS.ErrnoException).code)) throw error
    await writeInPlace(file, before, after)
  }
}

/** Owner or group cannot be given, the folder is closed or sticky, the file is a mount point. */
const NEEDS_WRITING_IN_PLACE: ReadonlySet<string | undefined> = new Set([
  'EPERM',
  'EACCES',
  'EROFS',
  'EBUSY',
  'EXDEV',
])

/** A new name in the folder of a file, to be renamed to it. */
export function draftOf(file: string): string {
  return join(dirname(file), `.${basename(file).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`)
}

async function renameDraft(
  file: string,
  before: Uint8Array,
  after: Uint8Array,
  { mode, uid, gid }: Stats,
): Promise<void> {
  const draft = draftOf(file)
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
    if ((await lstat(file)).isSymbolicLink() || !(await readFile(file)).equals(before)) throw changed()
    await rename(draft, file)
  } finally {
    await rm(draft, { force: true })
  }
}

async function writeInPlace(file: string, before: Uint8Array, after: Uint8Array): Promise<void> {
  // Of the file that was looked at, also when another one is put in its place meanwhile.
  const handle = await open(file, constants.O_RDWR | constants.O_NOFOLLOW)
  const put = async (bytes: Uint8Array): Promise<void> => {
    for (let at = 0; at < bytes.length;) {
      at += (await handle.write(bytes, at, bytes.length - at, at)).bytesWritten
    }
    await handle.truncate(bytes.length)
    await handle.sync()
  }
  try {
    if (!(await handle.readFile()).equals(before)) throw changed()
    try {
      await put(after)
    } catch (error) {
      await put(before)
      throw error
    }
  } finally {
    await handle.close()
  }
}

function changed(): UsageError {
  return new UsageError('it has changed since it was read')
}
