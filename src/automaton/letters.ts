/**
 * The alphabet of request paths: what is in a canonical path, one letter for each character and one
 * for each kept escape (the byte `b` is U+E000 + b, as in `pattern/canonical.ts`).
 *
 * Letters are numbered from the one that reads best in an example to the one that reads worst: a search
 * that tries them in this order finds `a` before `%20`.
 */
import { ESCAPE_BASE, printCanonical } from '../pattern/canonical.ts'

const READABLE = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_.~/'
const NEVER = '%?#\\'

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

function escapes(bytes: readonly number[]): number[] {
  return bytes.map((byte) => ESCAPE_BASE + byte)
}

/** The code units of the letters, by their number. */
export const LETTERS: readonly number[] = [
  ...new Set([
    ...Array.from(READABLE, (char) => char.charCodeAt(0)),
    ...range(0x21, 0x7e).filter((unit) => !NEVER.includes(String.fromCharCode(unit))),
    // A space first, then é, then the rest.
    ...escapes([0x20, 0xc3, 0xa9, ...range(0x21, 0x7e), ...range(0x80, 0xff)]),
  ]),
]

/** The number of each letter by its code unit. */
export const LETTER_OF: ReadonlyMap<number, number> = new Map(
  LETTERS.map((unit, letter) => [unit, letter] as const),
)

export const SLASH_LETTER: number = LETTER_OF.get(0x2f) as number

/** How many characters a letter takes on the wire. */
export function lengthOf(letter: number): number {
  return (LETTERS[letter] ?? 0) >= ESCAPE_BASE ? 3 : 1
}

/** The text of a letter on the wire. */
export function textOf(letter: number): string {
  return printCanonical(String.fromCharCode(LETTERS[letter] ?? 0))
}

/** The characters that spell a letter in the text form, which `segment` patterns are compared with. */
export const SPELLING: readonly (readonly number[])[] = LETTERS.map((_, letter) =>
  Array.from(textOf(letter), (char) => char.charCodeAt(0)),
)
