/**
 * The canonical form of a path or pattern (RFC 3986 §6.2.2), and the characters that neither may have.
 *
 * Idea: one reader for both sides, so that a pattern and a path that mean the same are the same string.
 * Escapes of unreserved characters are decoded; every other escape is kept, as ONE character: the byte
 * `b` becomes the private-use character U+E000 + b. A wildcard can then never stop in the middle of an
 * escape (`*0` does not match `a%20`), lower-casing with `toLowerCase` touches ASCII letters only, and
 * matching stays a comparison of characters. Raw non-ASCII is refused, so nothing else can be in that
 * range. {@link printCanonical} turns the form back into percent-encoded text.
 *
 * Cost: one pass, no allocation when nothing is escaped.
 *
 * Rejected: keeping `%XX` as three characters (a literal `0` would match half of `%20`, and the path
 * decoded by the next server would not be the path that was granted); decoding everything (then `%2F`
 * and `/`, or `%25` and `%`, could not be distinguished).
 */

import type { CharacterRules } from '../language/options.ts'
import type { CharacterRefusal } from '../language/refusals.ts'

export interface CanonicalText {
  /** The canonical form; meaningful only without `refusal`. */
  readonly text: string
  /** The first rule broken, with the offsets in the raw text; an own member, also where it is undefined. */
  readonly refusal:
    { readonly rule: CharacterRefusal; readonly start: number; readonly end: number } | undefined
}

/** U+E000: the kept escape of byte `b` is the character `ESCAPE_BASE + b`. */
export const ESCAPE_BASE = 0xe000
export const ENCODED_SLASH: string = String.fromCharCode(ESCAPE_BASE + 0x2f)
/** Raw `;` and the kept escapes of `;`, `?` and `#`. */
export const DELIMITERS: RegExp = /[;\ue03b\ue03f\ue023]/

/** ALPHA / DIGIT / "-" / "." / "_" / "~" (RFC 3986 §2.3). */
const UNRESERVED = /[\w.~-]/

const PERCENT = 0x25
const SMALL_U = 0x75
const ENCODED_PERCENT = ESCAPE_BASE + PERCENT

/** Reads `raw` into canonical form. `?` is left to the caller: it ends a path and is dead in a pattern. */
export function canonicalise(raw: string, rules: CharacterRules): CanonicalText {
  let text = ''
  let copied = 0
  let at = 0
  const refuse = (rule: CharacterRefusal, start: number, end: number): CanonicalText => ({
    text: raw,
    refusal: { rule, start, end: Math.min(end, raw.length) },
  })
  while (at < raw.length) {
    const unit = raw.charCodeAt(at)
    if (unit !== PERCENT) {
      const rule = refusedCharacter(unit, rules)
      if (rule !== undefined) return refuse(rule, at, at + 1)
      at += 1
      continue
    }
    const byte = escapedByte(raw, at)
    if (byte < 0) return refuse('malformed-escape', at, at + 3)
    const rule = refusedEscape(byte, rules)
    if (rule !== undefined) return refuse(rule, at, at + 3)
    const length = byte < 0x80 ? 1 : utf8Length(raw, at, byte)
    if (length === 0) return refuse('invalid-utf8', at, at + 3)
    text += raw.slice(copied, at)
    const character = String.fromCharCode(byte)
    if (UNRESERVED.test(character)) text += character
    else {
      for (let index = 0; index < length; index++) {
        text += String.fromCharCode(ESCAPE_BASE + escapedByte(raw, at + 3 * index))
      }
    }
    at += 3 * length
    copied = at
  }
  if (copied === 0) return { text: raw, refusal: undefined }
  text += raw.slice(copied)
  // Judged on the result, since `%25%34%31` reads as `%2541`, too.
  const doubled = doubleEncoding(text)
  return doubled ? refuse('double-encoding', 0, raw.length) : { text, refusal: undefined }
}

/** The canonical form as percent-encoded text. */
export function printCanonical(text: string): string {
  return text.replace(/[\ue000-\ue0ff]/g, (unit) => {
    const byte = unit.charCodeAt(0) - ESCAPE_BASE
    return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  })
}

/** Lower case for ASCII letters only: nothing else in a canonical text has another case. */
export function foldCase(canonical: string): string {
  return canonical.toLowerCase()
}

function refusedCharacter(unit: number, rules: CharacterRules): CharacterRefusal | undefined {
  if (unit < 0x20 || unit === 0x7f) return 'control-character'
  if (unit === 0x20) return 'space'
  if (unit >= 0x80) return 'non-ascii'
  if (unit === 0x5c) return 'backslash'
  if (unit === 0x23) return 'fragment'
  if (unit === 0x3b && rules.delimiters === 'refuse') return 'semicolon'
  return undefined
}

function refusedEscape(byte: number, rules: CharacterRules): CharacterRefusal | undefined {
  if (byte < 0x20 || byte === 0x7f) return 'encoded-control'
  if (byte === 0x5c) return 'encoded-backslash'
  if (byte === 0x2f && rules.encodedSlash === 'refuse') return 'encoded-slash'
  if ((byte === 0x3b || byte === 0x3f || byte === 0x23) && rules.delimiters === 'refuse') {
    return 'encoded-delimiter'
  }
  return undefined
}

function hexValue(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30
  const letter = unit | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

/** The byte of the escape at `at`, or -1 when there is none; after the end nothing is a digit. */
function escapedByte(raw: string, at: number): number {
  if (raw.charCodeAt(at) !== PERCENT) return -1
  const high = hexValue(raw.charCodeAt(at + 1))
  const low = hexValue(raw.charCodeAt(at + 2))
  return high < 0 || low < 0 ? -1 : high * 16 + low
}

/** How many escapes from `at` on make up one character of valid, shortest-form UTF-8; 0 when none do. */
function utf8Length(raw: string, at: number, first: number): number {
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
  if (first < 0xc2 || first > 0xf4) return 0
  for (let index = 1; index < length; index++) {
    const byte = escapedByte(raw, at + 3 * index)
    // RFC 3629 §4: the second byte is narrower after E0, ED (surrogates), F0 and F4.
    let least = 0x80
    let most = 0xbf
    if (index === 1) {
      if (first === 0xe0) least = 0xa0
      else if (first === 0xed) most = 0x9f
      else if (first === 0xf0) least = 0x90
      else if (first === 0xf4) most = 0x8f
    }
    if (byte < least || byte > most) return 0
  }
  return length
}

/** `%25` before two hex digits, or before the `u` of `%u002E`, which some servers decode as well. */
function doubleEncoding(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) !== ENCODED_PERCENT) continue
    const next = text.charCodeAt(at + 1)
    if ((next | 0x20) === SMALL_U) return true
    if (hexValue(next) >= 0 && hexValue(text.charCodeAt(at + 2)) >= 0) return true
  }
  return false
}
