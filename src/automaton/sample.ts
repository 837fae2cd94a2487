/**
 * A short string that an automaton accepts, with characters that few patterns spell where there is a choice.
 * An automaton that does not accept it does not include the other, and that shows without a search.
 */
import { type CharSet, has } from '../pattern/charset.ts'
import type { Nfa } from './nfa.ts'

const SLASH = 0x2f
/** Characters of paths, from the one that patterns spell least. */
const PREFERRED = "*'!~$=,@xX0-_.:%/"
const CHOICES = Array.from(PREFERRED, (char) => char.charCodeAt(0))

/**
 * Null when none without an empty segment is found. Breadth first: a state counts twice, after a slash and
 * after anything else.
 */
export function sampleOf(nfa: Nfa): string | null {
  const parents = new Map<number, readonly [place: number, unit: number]>()
  const reached = [1]
  for (const place of reached) {
    const state = nfa[place >> 1]
    const afterSlash = (place & 1) === 1
    if (state?.accepting === true && !afterSlash) return spelled(place, parents)
    for (const { set, to } of state?.arcs ?? []) {
      const unit = chosen(set)
      if (unit === undefined || (unit === SLASH && afterSlash)) continue
      const next = 2 * to + (unit === SLASH ? 1 : 0)
      if (next === 1 || parents.has(next)) continue
      parents.set(next, [place, unit])
      reached.push(next)
    }
  }
  return null
}

function spelled(end: number, parents: ReadonlyMap<number, readonly [place: number, unit: number]>): string {
  const units: number[] = []
  for (let step = parents.get(end); step !== undefined; step = parents.get(step[0])) units.push(step[1])
  return units
    .reverse()
    .map((unit) => String.fromCharCode(unit))
    .join('')
}

function chosen(set: CharSet): number | undefined {
  const [first = 0, last = 0] = set
  return first === last && set.length === 2 ? first : (CHOICES.find((unit) => has(set, unit)) ?? set[0])
}
