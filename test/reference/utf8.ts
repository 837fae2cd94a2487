/**
 * For testing only. Table 3-7 of the Unicode Standard ("Well-Formed UTF-8 Byte Sequences"), row by row:
 * shortest form only, no surrogates, nothing above U+10FFFF.
 */

type ByteRange = readonly [low: number, high: number]

const TAIL: ByteRange = [0x80, 0xbf]

const ROWS: readonly (readonly ByteRange[])[] = [
  [[0x00, 0x7f]],
  [[0xc2, 0xdf], TAIL],
  [[0xe0, 0xe0], [0xa0, 0xbf], TAIL],
  [[0xe1, 0xec], TAIL, TAIL],
  [[0xed, 0xed], [0x80, 0x9f], TAIL],
  [[0xee, 0xef], TAIL, TAIL],
  [[0xf0, 0xf0], [0x90, 0xbf], TAIL, TAIL],
  [[0xf1, 0xf3], TAIL, TAIL, TAIL],
  [[0xf4, 0xf4], [0x80, 0x8f], TAIL, TAIL],
]

/** Whether the bytes are rows of the table, one after the other. */
export function isWellFormedUtf8(bytes: readonly number[]): boolean {
  let at = 0
  while (at < bytes.length) {
    const row = ROWS.find((ranges) =>
      ranges.every(([low, high], index) => {
        const byte = bytes[at + index]
        return byte !== undefined && byte >= low && byte <= high
      }),
    )
    if (row === undefined) return false
    at += row.length
  }
  return true
}
