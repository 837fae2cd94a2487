/**
 * From bytes to text without loss: UTF-8, and for each byte that is not of it the surrogate U+DC80 to
 * U+DCFF that represents it (Python's `surrogateescape`, PEP 383), so that two names that differ in such
 * bytes stay two names. No policy grants a path with one.
 */
import { Buffer, isUtf8 } from 'node:buffer'

const BEYOND_ASCII = /[^\u0000-\u007f]/

/** `bytes` has one character for each byte. */
export function decodeBytes(bytes: string): string {
  if (!BEYOND_ASCII.test(bytes)) return bytes
  const buffer = Buffer.from(bytes, 'latin1')
  return isUtf8(buffer) ? buffer.toString('utf8') : decodeBroken(buffer)
}

function decodeBroken(buffer: Buffer): string {
  let text = ''
  let at = 0
  while (at < buffer.length) {
    const lead = buffer[at] ?? 0
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
    const sequence = buffer.subarray(at, at + length)
    if (sequence.length === length && isUtf8(sequence)) {
      text += sequence.toString('utf8')
      at += length
    } else {
      text += String.fromCharCode(0xdc00 + lead)
      at += 1
    }
  }
  return text
}

/**
 * A copy that shares no memory with the chunk of the log that `text` was cut from: V8 keeps a slice as a
 * reference to the string it is from, and joins what is concatenated into its own string.
 */
export function detached(text: string): string {
  return ` ${text}`.slice(1)
}
