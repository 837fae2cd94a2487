/**
 * Letters of canonical paths as RE2 syntax for how they may be written in a request: `a` also as `%61`, an escape in
 * either case of its digits. RE2 is what OPA, CEL and Envoy run: no look-around, no back references.
 *
 * All of it is for paths that {@link acceptedPath} lets pass, so an escape is a per cent sign and two characters, and
 * nothing else has to be excluded again.
 */
import { LETTERS } from '../../automaton/letters.ts'
import { ESCAPE_BASE } from '../../pattern/canonical.ts'

/** Code units of canonical letters, see `automaton/letters.ts`. */
export type LetterSet = ReadonlySet<number>

/** Any one letter, as written. */
export const ANY_LETTER = '(?:[^%]|%..)'

const UNRESERVED = /[A-Za-z0-9\-._~]/
const HEX = '0123456789ABCDEF'
const RAW: readonly number[] = LETTERS.filter((unit) => unit < 0x80)
/** With fewer characters left out than that, a class says what it leaves out. */
const MAX_LISTED_LETTERS = 12

/** One letter of the set, as written. */
export function letterOf(set: LetterSet): string {
  const raw = RAW.filter((unit) => set.has(unit))
  const allowed = new Set<number>()
  const forbidden = new Set<number>()
  for (const unit of LETTERS) {
    const byte = byteOf(unit)
    if (byte !== undefined) (set.has(unit) ? allowed : forbidden).add(byte)
  }
  const parts: string[] = []
  if (raw.length > 0) parts.push(rawClass(raw))
  if (allowed.size > 0) parts.push(escapeOf(allowed, forbidden))
  return parts.length === 1 ? (parts[0] as string) : `(?:${parts.join('|')})`
}

/** The byte of the escape by which a letter may be written. In canonical paths no unreserved character is an escape. */
function byteOf(unit: number): number | undefined {
  const byte = unit >= ESCAPE_BASE ? unit - ESCAPE_BASE : unit
  return unit >= ESCAPE_BASE !== UNRESERVED.test(String.fromCharCode(byte)) ? byte : undefined
}

/** The letters of a string, one after the other. */
export function textOf(canonical: string): string {
  return Array.from(canonical, (char) => letterOf(new Set([char.charCodeAt(0)]))).join('')
}

function rawClass(raw: readonly number[]): string {
  if (raw.length === 1) return escaped(raw[0] as number)
  const others = RAW.filter((unit) => !raw.includes(unit))
  if (others.length < MAX_LISTED_LETTERS) return `[^%${others.map(inClass).join('')}]`
  return `[${raw.map(inClass).join('')}]`
}

/** An escape of one of the allowed bytes. Bytes that are neither allowed nor forbidden do not occur. */
function escapeOf(allowed: LetterSet, forbidden: LetterSet): string {
  const full: string[] = []
  const partly: string[] = []
  for (const [high, digit] of Array.from(HEX).entries()) {
    const lows = Array.from(HEX).filter((_, low) => allowed.has(high * 16 + low))
    if (lows.length === 0) continue
    const isFull = Array.from(HEX).every((_, low) => !forbidden.has(high * 16 + low))
    if (isFull && lows.length > 1) full.push(digit)
    else partly.push(`${hexClass([digit])}${hexClass(lows)}`)
  }
  const isEverything = partly.length === 0 && forbidden.size === 0
  if (isEverything && full.length > 1) return '%..'
  const choices = [...(full.length > 0 ? [`${hexClass(full)}.`] : []), ...partly]
  return choices.length === 1 ? `%${choices[0] as string}` : `%(?:${choices.join('|')})`
}

function hexClass(digits: readonly string[]): string {
  const numbers = digits.filter((digit) => digit < 'A')
  const letters = digits.filter((digit) => digit >= 'A')
  const lower = letters.map((digit) => digit.toLowerCase())
  const text = [numbers, letters, lower].map(ranges).join('')
  return text.length === 1 ? text : `[${text}]`
}

/** Sorted characters, with `a-d` for neighbors. */
function ranges(chars: readonly string[]): string {
  let text = ''
  for (let at = 0; at < chars.length;) {
    const start = chars[at] as string
    let length = 1
    while (chars[at + length]?.charCodeAt(0) === start.charCodeAt(0) + length) length += 1
    text +=
      length > 2 ? `${start}-${chars[at + length - 1] as string}` : chars.slice(at, at + length).join('')
    at += length
  }
  return text
}

function escaped(unit: number): string {
  return String.fromCharCode(unit).replace(/[\\^$.*+?()[\]{}|]/, '\\$&')
}

function inClass(unit: number): string {
  return String.fromCharCode(unit).replace(/[\\\]^[-]/, '\\$&')
}
