/**
 * One request path that a pattern matches, with characters that few patterns spell where it leaves a
 * choice. A pattern that does not match it does not cover this one, which needs no search.
 */
import type { Pattern } from '../pattern/pattern.ts'
import { type PathRules, readPath } from '../pattern/request-path.ts'
import { accepts, nfaOf } from '../automaton/nfa.ts'
import { sampleOf } from '../automaton/sample.ts'
import { requestPath } from './glob.ts'

/** For a pattern of `wildcard: segment`: the path as a string, without its slash; null when none is found at once. */
export function sampleText({ meaning }: Pattern, rules: PathRules): string | null {
  if (meaning.kind !== 'expression') return null
  const text = sampleOf(nfaOf(meaning.expression))
  if (text === null) return null
  const reading = readPath(requestPath(text, rules), rules)
  return reading.refusal === undefined && reading.path === text ? text : null
}

/** Whether a pattern matches such a string. */
export function matchesText({ meaning }: Pattern, text: string): boolean {
  return meaning.kind === 'expression' && accepts(nfaOf(meaning.expression), text)
}
