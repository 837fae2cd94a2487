/**
 * A log that is being written: what is appended, through rotation by renaming (nginx, logrotate `create`)
 * and by truncation (`copytruncate`), until the process is asked to stop.
 *
 * The file is polled, which works on every file system. After a rename the old file is read until nothing
 * has been appended for {@link SETTLE_MILLISECONDS}: servers write to it until they open the new one. A line
 * that is written in part waits for its end. A file that is truncated and grows beyond its former size
 * between two polls cannot be distinguished from one that has grown.
 */
import { type FileHandle, open, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LogReader } from '../../usage/log-reader.ts'
import type { Io } from '../io/files.ts'
import { unreadable } from './read-log.ts'

const POLL_MILLISECONDS = 200
const SETTLE_MILLISECONDS = 1_000
const BUFFER_SIZE = 1 << 18

export interface FollowEvents {
  readonly onRead: (bytes: number) => void
  readonly onNote: (note: string) => void
}

export async function followLog(
  path: string,
  reader: LogReader,
  io: Io,
  { onRead, onNote }: FollowEvents,
): Promise<void> {
  await io.files.permit(path)
  const file = resolve(io.cwd, path)
  const name = io.files.nameOf(path)
  const { stopped } = io
  const buffer = Buffer.allocUnsafeSlow(BUFFER_SIZE)
  let handle: FileHandle | undefined
  let position = 0
  let grownAt = performance.now()
  const readAppended = async (from: FileHandle): Promise<void> => {
    for (;;) {
      const { bytesRead } = await from.read(buffer, 0, BUFFER_SIZE, position)
      if (bytesRead === 0) return
      position += bytesRead
      grownAt = performance.now()
      reader.push(buffer.subarray(0, bytesRead))
      onRead(bytesRead)
    }
  }
  try {
    // A log must be there at first; after a rotation it may be missing for a while.
    handle = await open(file)
    for (;;) {
      const isLast = stopped.aborted
      const { size } = await handle.stat()
      if (size < position) {
        onNote(`${name} was truncated and is read from its start`)
        reader.endLine()
        position = 0
      }
      await readAppended(handle)
      if (isLast) break
      if (await isReplaced(handle, file)) {
        if (performance.now() - grownAt >= SETTLE_MILLISECONDS) {
          onNote(`${name} was replaced; the new file is read`)
          reader.endLine()
          await handle.close()
          handle = undefined
          handle = await open(file)
          position = 0
          continue
        }
      }
      await sleep(POLL_MILLISECONDS, undefined, { signal: stopped }).catch(() => undefined)
    }
    if (reader.isInLine) {
      onNote(`the last line of ${name} has no end yet and is not counted`)
      reader.drop()
    }
  } catch (error) {
    throw unreadable(name, error)
  } finally {
    await handle?.close()
  }
}

/** Whether another file has the name now. */
async function isReplaced(handle: FileHandle, file: string): Promise<boolean> {
  const [was, is] = await Promise.all([
    handle.stat({ bigint: true }),
    stat(file, { bigint: true }).catch(() => undefined),
  ])
  return is !== undefined && (is.ino !== was.ino || is.dev !== was.dev)
}
