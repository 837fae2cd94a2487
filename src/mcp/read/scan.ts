/**
 * One pass over the text of a body before `JSON.parse` sees it, for what the parsed value no longer shows.
 *
 * `JSON.parse` already refuses whatever RFC 8259 has no place for, and does so at the speed of the engine, so
 * a parser written in JavaScript would be slower and one more reader to disagree. What it hides is repeated
 * keys, escapes in keys, and depth. This pass counts the colons outside of strings, which is the number of
 * members in the text; the parsed value has fewer keys exactly when one of its objects repeats a key.
 *
 * It steps over strings with `indexOf`, which compares many characters at once, and looks at each character
 * between them. Time is linear also for adversarial text; memory is constant.
 */

import { isLookalike } from './keys.ts'

export interface Scan {
  /** Members of all objects, repeated ones included. */
  readonly members: number
  /** A key that decides is written with escapes: not every reader decodes keys before it compares them. */
  readonly escapedKey: boolean
  /** There may be an escape of half a surrogate pair. */
  readonly surrogates: boolean
}

const QUOTE = 0x22
const COLON = 0x3a
const BACKSLASH = 0x5c
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/

/** The scan of a string, or why it ended early. Text that is not JSON gives any scan, and is refused after it. */
export function scan(text: string, maxDepth: number): Scan | 'too-deep' | 'invalid-json' {
  const { length } = text
  let members = 0
  let depth = 0
  let escapedKey = false
  // The position of the first backslash at or after the current string: searching each string for one would
  // read the rest of the text again and again.
  let backslash = positionOf('\\', text, 0)
  const hasEscapes = backslash < length
  for (let index = 0; index < length; index++) {
    switch (text.charCodeAt(index)) {
      case QUOTE: {
        const end = endOfString(text, index, backslash)
        if (end < 0) return 'invalid-json'
        if (backslash < end) {
          if (isKey(text, end) && decides(text.slice(index, end + 1))) escapedKey = true
          backslash = positionOf('\\', text, end)
        }
        index = end
        break
      }
      case COLON:
        members++
        break
      case OPEN_ARRAY:
      case OPEN_OBJECT:
        if (++depth > maxDepth) return 'too-deep'
        break
      case CLOSE_ARRAY:
      case CLOSE_OBJECT:
        depth--
    }
  }
  return { members, escapedKey, surrogates: hasEscapes && SURROGATE_ESCAPE.test(text) }
}

/** The closing quotation mark of the string that opens at `start`, or -1. */
function endOfString(text: string, start: number, backslash: number): number {
  let end = text.indexOf('"', start + 1)
  while (end > backslash && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end
}

/** An odd number of backslashes precedes. Each run of them is counted once, so the sum is linear. */
function isEscaped(text: string, index: number): boolean {
  let first = index
  while (text.charCodeAt(first - 1) === BACKSLASH) first--
  return (index - first) % 2 === 1
}

function isKey(text: string, end: number): boolean {
  let next = end + 1
  while (' \t\n\r'.includes(text[next] ?? '.')) next++
  return text.charCodeAt(next) === COLON
}

/** No serializer escapes the letters of these words, so that it does not matter in which object they are. */
function decides(quoted: string): boolean {
  try {
    return isLookalike(JSON.parse(quoted) as string)
  } catch {
    return false
  }
}

function positionOf(wanted: string, text: string, from: number): number {
  const found = text.indexOf(wanted, from)
  return found < 0 ? text.length : found
}
