/**
 * Operations and plain patterns compared without automata, where that is exact.
 *
 * **Something in common.** Breadth first through the pairs of places in template and pattern, as in
 * `analysis/common-path.ts`. What is found is read by the path rules before it counts; where they refuse it
 * (a shortest path may be a dot segment) the automata are asked.
 *
 * **Everything.** Put one *fresh* letter, which no pattern spells, for each parameter: a pattern matches that
 * path only if its stars take those letters, and then they take any other value as well. So some patterns
 * allow all of a template, together, if and only if one of them matches its path of fresh letters; and if
 * none does, that path is a shortest one they do not allow.
 *
 * Not where extensions are stripped: then one path has several readings. A path that ends in a slash has two, with
 * and without it, and the caller asks about each (`plain-operation.ts`).
 */
import { PARAMETER } from '../../automaton/template-automaton.ts'
import { ESCAPE_BASE } from '../../pattern/canonical.ts'
import { ONE, STAR } from './plain-pattern.ts'

/** Code units of canonical text, or {@link PARAMETER} and {@link STAR_UNIT}. */
export type Units = readonly number[]

const STAR_UNIT = -2
const ONE_UNIT = -3
const SLASH = 0x2f
/** What a parameter is that a star takes. */
const ANYTHING = 0x61

/** No character at all. */
const FRESH = 0xffff

/** Of a pattern that ends in stars after a slash: the pattern up to that slash, which it matches without them. */
export function upToSlash(pattern: Units): Units | null {
  const end = pattern.findLastIndex((unit) => unit !== STAR_UNIT)
  return end < pattern.length - 1 && pattern[end] === SLASH ? pattern.slice(0, end + 1) : null
}

export function unitsOf(plain: string): Units {
  return Array.from(plain, (char) => {
    return char === STAR ? STAR_UNIT : char === ONE ? ONE_UNIT : char.charCodeAt(0)
  })
}

/** One search at a time: memory is kept from one to the next. */
let seen: Int32Array = new Int32Array(0)
let parents: Int32Array = new Int32Array(0)
let units: Int32Array = new Int32Array(0)
let stamp = 0

/**
 * A shortest text that both have, in canonical form; null when there is none. With `crossing` a star takes
 * slashes. `written` is the template in its own letter case where `template` is folded.
 */
export function commonText(
  template: Units,
  pattern: Units,
  crossing: boolean,
  written: Units = template,
): string | null {
  const width = pattern.length + 1
  // Twice the place in the template, plus one inside of a parameter, times the places in the pattern.
  const size = (2 * template.length + 1) * width
  if (seen.length < size) {
    seen = new Int32Array(size)
    parents = new Int32Array(size)
    units = new Int32Array(size)
    stamp = 0
  }
  stamp += 1
  const levels: number[][] = [[0, -1, -1]]
  const reach = (state: number, length: number, parent: number, unit: number): void => {
    if (seen[state] === stamp) return
    // Of two ways of different length the shorter is settled first.
    ;(levels[length] ??= []).push(state, parent, unit)
  }
  const end = size - 1
  for (let length = 0; length < levels.length; length++) {
    const level = levels[length] ?? []
    for (let at = 0; at < level.length; at += 3) {
      const state = level[at] ?? 0
      if (seen[state] === stamp) continue
      seen[state] = stamp
      parents[state] = level[at + 1] ?? -1
      units[state] = level[at + 2] ?? -1
      if (state === end) return spelled(end)
      const place = Math.floor(state / width)
      const step = state % width
      const part = template[place >> 1]
      const letter = written[place >> 1] ?? -1
      const other = pattern[step]
      const inside = (place & 1) === 1
      if (inside) reach(state + width, length, state, -1)
      if (other === STAR_UNIT) reach(state + 1, length, state, -1)
      if (part === undefined || other === undefined) continue
      if (part === PARAMETER) {
        // One letter is enough where both take anything.
        if (other === SLASH || (other === STAR_UNIT && inside)) continue
        const next = inside ? state : state + width
        if (other === STAR_UNIT) reach(next, length + 1, state, ANYTHING)
        else if (other === ONE_UNIT) reach(next + 1, length + 1, state, ANYTHING)
        else reach(next + 1, length + lengthOf(other), state, other)
      } else if (other === STAR_UNIT) {
        if (crossing || part !== SLASH) reach(state + 2 * width, length + lengthOf(part), state, letter)
      } else if (other === part || (other === ONE_UNIT && part !== SLASH))
        reach(state + 2 * width + 1, length + lengthOf(part), state, letter)
    }
  }
  return null
}

function lengthOf(unit: number): number {
  return unit >= ESCAPE_BASE ? 3 : 1
}

function spelled(end: number): string {
  const text: string[] = []
  for (let state = end; state >= 0; state = parents[state] ?? -1) {
    const unit = units[state] ?? -1
    if (unit >= 0) text.push(String.fromCharCode(unit))
  }
  return text.reverse().join('')
}

/** Whether the pattern matches all paths of the template. */
export function coversAll(template: Units, pattern: Units, crossing: boolean): boolean {
  return commonText(withFresh(template), pattern, crossing) !== null
}

export function withFresh(template: Units, fresh: number = FRESH): Units {
  return template.map((unit) => (unit === PARAMETER ? fresh : unit))
}
