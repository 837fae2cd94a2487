/**
 * For testing only. Text of a path or pattern cut into characters, where a percent-escape is one
 * character: `a%20b` is `a`, `%20`, `b`. A `%` that begins no escape stands for itself.
 */

/** What one escape stands for, or undefined when the character is not an escape. */
export function byteOf(character: string): number | undefined {
  return character.length === 3 ? Number.parseInt(character.slice(1), 16) : undefined
}

export function characters(text: string): string[] {
  const list: string[] = []
  let at = 0
  while (at < text.length) {
    const escape = text[at] === '%' && /^%[0-9A-Fa-f]{2}$/.test(text.slice(at, at + 3))
    const length = escape ? 3 : 1
    list.push(text.slice(at, at + length))
    at += length
  }
  return list
}

const UNRESERVED = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~'

/** RFC 3986 §6.2.2: escapes of unreserved characters decoded, other escapes in upper case. */
export function canonical(text: string): string {
  return characters(text)
    .map((character) => {
      const byte = byteOf(character)
      if (byte === undefined) return character
      const decoded = String.fromCharCode(byte)
      return UNRESERVED.includes(decoded) ? decoded : character.toUpperCase()
    })
    .join('')
}

/** The bytes a server sees after decoding once; code units above 0x7F are not bytes and become `?`. */
export function bytesOf(text: string): number[] {
  return characters(text).map((character) => {
    const unit = byteOf(character) ?? character.charCodeAt(0)
    return byteOf(character) === undefined && unit > 0x7f ? 0x3f : unit
  })
}

/** ASCII letters only; escapes keep their upper-case digits either way. */
export function foldAscii(character: string): string {
  return /^[A-Z]$/.test(character) ? character.toLowerCase() : character
}
