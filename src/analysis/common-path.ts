/**
 * A shortest string that two patterns of `wildcard: any` have in common: breadth first through the pairs of
 * places in the one and the other.
 *
 * Of the path rules it applies only one: no segment is empty. So the string may not be an accepted path, which
 * the caller checks; but no accepted path that both match, and that does not end in a slash, is shorter.
 *
 * Cost: the product of the lengths of the patterns, a few operations each.
 */
import { ESCAPE_BASE } from '../pattern/canonical.ts'

const STAR = -1
const SLASH = 0x2f
const FILL = 0x61

/** The units of a pattern with {@link STAR} for stars. */
export type Places = Int32Array

export function placesOf(runs: readonly string[]): Places {
  const units: number[] = []
  for (const [index, run] of runs.entries()) {
    if (index > 0) units.push(STAR)
    for (let at = 0; at < run.length; at++) units.push(run.charCodeAt(at))
  }
  return Int32Array.from(units)
}

/** One search at a time: memory is kept from one to the next. */
let stamps: Int32Array = new Int32Array(0)
let parents: Int32Array = new Int32Array(0)
let letters: Uint16Array = new Uint16Array(0)
let stamp = 0

/** The string in canonical form; null when there is none up to `longest` characters on the wire. */
export function commonPath(a: Places, b: Places, longest: number): string | null {
  const width = b.length + 1
  const size = (a.length + 1) * width * 2
  if (stamps.length < size) {
    stamps = new Int32Array(size)
    parents = new Int32Array(size)
    letters = new Uint16Array(size)
    stamp = 0
  }
  stamp += 1
  const levels: number[][] = []
  // Twice the pair of places, plus one where a slash would make an empty segment.
  const reach = (state: number, length: number, parent: number, letter: number): void => {
    if (stamps[state] === stamp || length > longest) return
    stamps[state] = stamp
    parents[state] = parent
    letters[state] = letter
    while (levels.length <= length) levels.push([])
    levels[length]?.push(state)
  }
  reach(1, 0, -1, 0)
  const end = 2 * (a.length * width + b.length)
  for (let length = 0; length < levels.length; length++) {
    const level = levels[length] ?? []
    // Skipping a star makes the level grow while it is walked.
    for (const state of level) {
      if (state === end || (state === end + 1 && length === 0)) return spelled(state)
      const pair = state >> 1
      const left = Math.floor(pair / width)
      const right = pair % width
      const slash = state & 1
      const one = a[left]
      const other = b[right]
      if (one === STAR) reach(state + 2 * width, length, state, 0)
      if (other === STAR) reach(state + 2, length, state, 0)
      if (one === STAR && other === STAR) {
        if (slash === 1) reach(state - 1, length + 1, state, FILL)
        continue
      }
      const letter = one === STAR ? other : one
      if (letter === undefined || (other !== STAR && other !== letter)) continue
      if (letter === SLASH && slash === 1) continue
      const next = pair + (one === STAR ? 0 : width) + (other === STAR ? 0 : 1)
      const cost = letter >= ESCAPE_BASE ? 3 : 1
      reach(2 * next + (letter === SLASH ? 1 : 0), length + cost, state, letter)
    }
  }
  return null
}

function spelled(end: number): string {
  const text: string[] = []
  for (let state = end; state >= 0; state = parents[state] ?? -1) {
    const letter = letters[state] ?? 0
    if (letter !== 0) text.push(String.fromCharCode(letter))
  }
  return text.reverse().join('')
}
