/**
 * A log from a file or standard input, unpacked where it is gzip, into a reader. One buffer is used again
 * and again, so memory does not depend on the size of the log.
 */
import { readSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { quote } from '../../diagnostic/words.ts'
import type { LogReader } from '../../usage/log-reader.ts'
import { UsageError } from '../exit-code.ts'
import type { Io } from '../io/files.ts'
import { reasonOf } from '../io/reason-of.ts'
import { STDIN } from '../io/source.ts'

const BUFFER_SIZE = 1 << 16

/** `onRead` is called with the number of bytes that were taken from the file. */
export async function readLog(
  path: string,
  reader: LogReader,
  io: Io,
  onRead: (bytes: number) => void,
): Promise<void> {
  const name = path === STDIN ? '<stdin>' : io.files.nameOf(path)
  if (path !== STDIN) await io.files.permit(path)
  try {
    const chunks: AsyncIterable<Uint8Array> = path === STDIN ? io.stdin : chunksOf(resolve(io.cwd, path))
    await pushAll(chunks, reader, onRead)
    reader.end()
  } catch (error) {
    throw unreadable(name, error)
  }
}

/** A {@link UsageError} that names the log. */
export function unreadable(name: string, error: unknown): UsageError {
  if (error instanceof UsageError) return error
  if (error instanceof TypeError) return new UsageError(`${quote(name)}: ${error.message}`)
  const { code } = error as NodeJS.ErrnoException
  const isCutOff = code === 'Z_BUF_ERROR'
  const reason = isCutOff
    ? 'the gzip data is cut off'
    : code?.startsWith('Z_') === true
      ? 'the gzip data is damaged'
      : reasonOf(error)
  return new UsageError(`${quote(name)} cannot be read: ${reason}`)
}

async function pushAll(
  chunks: AsyncIterable<Uint8Array>,
  reader: LogReader,
  onRead: (bytes: number) => void,
): Promise<void> {
  const iterator = chunks[Symbol.asyncIterator]()
  const first = await iterator.next()
  if (first.done === true) return
  const rest = async function* (): AsyncGenerator<Uint8Array> {
    yield first.value
    onRead(first.value.length)
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
      yield next.value
      onRead(next.value.length)
    }
  }
  if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) {
    for await (const chunk of rest()) reader.push(chunk)
    return
  }
  // The stream keeps what it has not read yet, so each chunk is a copy.
  const packed = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of rest()) yield Uint8Array.from(chunk)
  }
  const unpacked = createGunzip({ chunkSize: BUFFER_SIZE })
  const source = Readable.from(packed())
  source.on('error', (error) => unpacked.destroy(error))
  for await (const chunk of source.pipe(unpacked)) reader.push(chunk as Uint8Array)
}

/** The chunks share one buffer: each is valid until the next is asked for. */
async function* chunksOf(file: string): AsyncGenerator<Uint8Array> {
  const handle = await open(file)
  try {
    const buffer = Buffer.allocUnsafeSlow(BUFFER_SIZE)
    const isFile = (await handle.stat()).isFile()
    for (;;) {
      const bytesRead = isFile ? readSync(handle.fd, buffer) : (await handle.read(buffer)).bytesRead
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}
