/** Reads to the end, or refuses: half a document can be a valid one that says something else. */
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { formatNumber, quote } from '../../diagnostic/words.ts'
import { UsageError } from '../exit-code.ts'
import { reasonOf } from './reason-of.ts'
import { TooLargeError } from './source.ts'

/** At most `maxBytes` of a file. What has no size, such as a pipe or a device, is read until it has too many. */
export async function readFileBytes(file: string, name: string, maxBytes: number): Promise<Uint8Array> {
  const handle = await open(file).catch((error: unknown) => {
    throw unreadable(name, error)
  })
  try {
    const { size } = await handle.stat()
    if (size > maxBytes) throw tooLarge(name, formatNumber(size), maxBytes)
    return await readStream(handle.createReadStream({ autoClose: false }), name, maxBytes)
  } finally {
    await handle.close()
  }
}

export async function readStream(stream: Readable, name: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      chunks.push(chunk)
      size += chunk.length
      if (size > maxBytes) break
    }
  } catch (error) {
    throw unreadable(name, error)
  }
  if (size > maxBytes) throw tooLarge(name, `more than ${formatNumber(maxBytes)}`, maxBytes)
  return Buffer.concat(chunks)
}

function unreadable(name: string, error: unknown): UsageError {
  return new UsageError(`${quote(name)} cannot be read: ${reasonOf(error)}`)
}

export function tooLarge(name: string, size: string, maxBytes: number): TooLargeError {
  return new TooLargeError(
    `${quote(name)} is too large: it has ${size} bytes, and the limit is ${formatNumber(maxBytes)} (${maxBytes / 2 ** 20} MiB)`,
  )
}
