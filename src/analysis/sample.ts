/**
 * One request path that a pattern matches, with characters that few patterns spell where it leaves a
 * choice. What such a path is not matched by does not cover the pattern, and that shows without a search.
 */
import { type CharSet, has } from '../pattern/charset.ts'
import type { Pattern } from '../pattern/pattern.ts'
import { type PathRules, readPath } from '../pattern/request-path.ts'
import { accepts, type Nfa, nfaOf } from '../automaton/nfa.ts'
import { requestPath } from './glob.ts'

const SLASH = 0x2f
/** Characters of paths, from the one that patterns spell least. */
const PREFERRED = "*'!~$=,@xX0-_.:%/"
const CHOICES = Array.from(PREFERRED, (char) => char.charCodeAt(0))

/** For a pattern of `wildcard: segment`: the path as text, without its slash; null when none is found at once. */
export function sampleText({ meaning }: Pattern, rules: PathRules): string | null {
  if (meaning.kind !== 'expression') return null
  const text = shortestText(nfaOf(meaning.expression))
  if (text === null) return null
  const reading = readPath(requestPath(text, rules), rules)
  return reading.refusal === undefined && reading.path === text ? text : null
}

/** Whether a pattern matches such a text. */
export function matchesText({ meaning }: Pattern, text: string): boolean {
  return meaning.kind === 'expression' && accepts(nfaOf(meaning.expression), text)
}

/** Breadth first, without an empty segment: a state counts twice, behind a slash and behind anything else. */
function shortestText(nfa: Nfa): string | null {
  const parents = new Map<number, readonly [place: number, unit: number]>()
  const reached = [1]
  for (const place of reached) {
    const state = nfa[place >> 1]
    const behindSlash = (place & 1) === 1
    if (state?.accepting === true && !behindSlash) return spelled(place, parents)
    for (const { set, to } of state?.arcs ?? []) {
      const unit = chosen(set)
      if (unit === undefined || (unit === SLASH && behindSlash)) continue
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
