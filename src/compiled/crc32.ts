/**
 * CRC-32 (ISO 3309, as in zip): finds every change of one character, and others but once in four billion.
 * Not SHA-256, which would look like a protection: whoever can change the data can change its checksum.
 */
const POLYNOMIAL = 0xedb88320

/** Eight hex digits over the UTF-8 bytes of a string. */
export function crc32(text: string): string {
  const table = Int32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte
    for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ ((rest & 1) * POLYNOMIAL)
    return rest
  })
  let sum = -1
  for (const byte of new TextEncoder().encode(text))
    sum = (sum >>> 8) ^ (table[(sum ^ byte) & 0xff] as number)
  return (~sum >>> 0).toString(16).padStart(8, '0')
}
