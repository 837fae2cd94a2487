/**
 * Whether one interpreted pattern matches one path: the plain form of the rule, used where speed does
 * not matter (explanations, comparisons) and as the meaning that faster matchers must keep.
 */
import { accepts, buildNfa, type Nfa } from '../automaton/nfa.ts'
import type { Meaning } from '../pattern/pattern.ts'

/** A function from a path (as `readPath` gives it) to whether the pattern matches the whole of it. */
export function patternMatcher(meaning: Meaning): (path: string) => boolean {
  if (meaning.kind === 'never') return () => false
  if (meaning.kind === 'runs') return (path) => matchesRuns(meaning.runs, path)
  let nfa: Nfa | undefined
  return (path) => accepts((nfa ??= buildNfa(meaning.expression)), path)
}

/**
 * Literal runs with a star between each two. Taking the first place where each run fits is enough:
 * a later place leaves less for the rest. So no star is ever tried twice.
 */
export function matchesRuns(runs: readonly string[], path: string): boolean {
  const first = runs[0] as string
  if (runs.length === 1) return path === first
  const last = runs.at(-1) as string
  const end = path.length - last.length
  if (end < first.length || !path.startsWith(first) || !path.endsWith(last)) return false
  let at = first.length
  for (let index = 1; index < runs.length - 1; index++) {
    const run = runs[index] as string
    const found = path.indexOf(run, at)
    if (found < 0 || found + run.length > end) return false
    at = found + run.length
  }
  return true
}
