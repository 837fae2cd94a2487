/**
 * Lists of numbers as text, for tables in a module or in JSON.
 *
 * Most numbers of the tables are characters of patterns or small. A character is written as itself and a small
 * number for a capital letter, so `workers/me` can be read in the text; everything else is written with 91
 * digits, three after `}` or five after `{`. Only printable ASCII without quote and backslash, so no
 * runtime, transport or editor can read it differently, and neither `atob` nor `Buffer` is needed.
 *
 * At 2000 scopes with 25 endpoints each, `code` is 830 kB of text and 277 kB with gzip; as decimal numbers
 * it is 2,477 and 358, as base64 2,039 and 434, as a string with escapes 1,948 and 340, with its characters
 * raw 1,053 and 301 (but with control characters that make editors take the file for binary).
 */

/** Stand for 0, 1, 2 and so on: capitals and signs that patterns rarely have. */
const SMALL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ!#$&()+,'
const BASE = 91
const FIRST_DIGIT = 0x23
const BACKSLASH = 0x5c
const THREE = 0x7d
const FIVE = 0x7b

/** Typed arrays that can be packed. */
export type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array

/** Signed numbers are moved by one: -1 is frequent, and all others are shorter without a sign. */
function offsetOf(numbers: Numbers): 0 | 1 {
  return numbers instanceof Int32Array ? 1 : 0
}

export function pack(numbers: Numbers): string {
  const offset = offsetOf(numbers)
  let text = ''
  for (const number of numbers) {
    const value = (number + offset) >>> 0
    if (value < SMALL.length) text += SMALL.charAt(value)
    else if (standsForItself(value)) text += String.fromCharCode(value)
    else if (value < BASE ** 3) text += String.fromCharCode(THREE) + digits(value, 3)
    else text += String.fromCharCode(FIVE) + digits(value, 5)
  }
  return text
}

function standsForItself(value: number): boolean {
  if (value <= 0x20 || value >= 0x7f || value === 0x22 || value === BACKSLASH) return false
  return value !== THREE && value !== FIVE && !SMALL.includes(String.fromCharCode(value))
}

function digits(value: number, count: number): string {
  let text = ''
  for (let rest = value; text.length < count; rest = Math.floor(rest / BASE)) {
    const unit = FIRST_DIGIT + (rest % BASE)
    text = String.fromCharCode(unit < BACKSLASH ? unit : unit + 1) + text
  }
  return text
}

/** Reads a packed text into an array of a kind. */
export function unpack<T extends Numbers>(text: string, Kind: new (length: number) => T): T {
  const small = new Int8Array(128).fill(-1)
  for (let index = 0; index < SMALL.length; index++) small[SMALL.charCodeAt(index)] = index
  const values: number[] = []
  for (let at = 0; at < text.length;) {
    const unit = text.charCodeAt(at++)
    let count = unit === THREE ? 3 : unit === FIVE ? 5 : 0
    let value = 0
    if (count === 0) value = (small[unit] as number) < 0 ? unit : (small[unit] as number)
    while (count-- > 0) {
      const digit = text.charCodeAt(at++)
      value = value * BASE + digit - (digit > BACKSLASH ? FIRST_DIGIT + 1 : FIRST_DIGIT)
    }
    values.push(value)
  }
  const numbers = new Kind(values.length)
  const offset = offsetOf(numbers)
  for (const [index, value] of values.entries()) numbers[index] = value - offset
  return numbers
}
