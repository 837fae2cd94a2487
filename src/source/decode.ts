/**
 * Bytes to text, strictly: UTF-8 or nothing. One byte order mark at the start is stripped by the reader
 * of the text, not here, so that offsets into the text stay offsets into the file.
 */

export type DecodedText =
  | { readonly text: string }
  /** The first byte that is not UTF-8, as an offset into `before`, the valid text in front of it. */
  | { readonly invalidAt: number; readonly before: string }

export function decodeUtf8(bytes: Uint8Array): DecodedText {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch {
    const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, validPrefix(bytes)))
    return { invalidAt: before.length, before }
  }
}

/** Length of UTF-8 in bytes without encoding, for limits. */
export function utf8Length(text: string): number {
  let length = text.length
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit >= 0x800) length += unit >= 0xd800 && unit <= 0xdfff ? 1 : 2
    else if (unit >= 0x80) length += 1
  }
  return length
}

/** The longest prefix that is valid, by bisection: decoding is native, walking bytes here is not. */
function validPrefix(bytes: Uint8Array): number {
  let valid = 0
  let invalid = bytes.length
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >>> 1
    if (isPrefix(bytes.subarray(0, middle))) valid = middle
    else invalid = middle
  }
  // The cut may lie inside a character; step back to where decoding is whole.
  while (valid > 0 && !isWhole(bytes.subarray(0, valid))) valid -= 1
  return valid
}

function isPrefix(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

function isWhole(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
