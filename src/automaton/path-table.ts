/**
 * The automaton of accepted paths ({@link acceptedPaths}) over {@link LETTERS}: a table with a row for each
 * state and a column for each letter, in which an escape is one step instead of three.
 */
import { CHARACTER_OPTIONS } from '../language/options.ts'
import type { PathRules } from '../pattern/request-path.ts'
import { has } from '../pattern/charset.ts'
import { acceptedPaths } from './accepted-paths.ts'
import { LETTERS, SPELLING } from './letters.ts'
import type { Nfa } from './nfa.ts'
import { classesBy } from './pattern-set.ts'

export interface PathTable {
  /** `next[state * LETTERS.length + letter]`; -1 when no accepted path goes on so. State 0 is the start. */
  readonly next: Int16Array
  /** Whether the path may end here. Between letters only a path that ends in a dot segment may not. */
  readonly accepting: Uint8Array
  /** For each letter a number; letters of one number are never distinguished. */
  readonly classes: readonly number[]
}

const tables = new Map<string, PathTable>()

/** The table of the rules for characters and segments; base path, slash at the end and extensions are not in it. */
export function pathTable(rules: PathRules): PathTable {
  const key = CHARACTER_OPTIONS.map((name) => rules[name]).join(' ')
  const known = tables.get(key)
  if (known !== undefined) return known
  // `strict` keeps the paths that end in a slash.
  const nfa = acceptedPaths({ ...rules, trailingSlash: 'strict' })
  const next = new Int16Array(nfa.length * LETTERS.length)
  for (const state of nfa.keys()) {
    for (const [letter, spelling] of SPELLING.entries()) {
      let at = state
      for (const unit of spelling) at = step(nfa, at, unit)
      next[state * LETTERS.length + letter] = at
    }
  }
  const accepting = Uint8Array.from(nfa, (state) => Number(state.accepting))
  const classes = classesBy((letter) =>
    Array.from(nfa.keys(), (state) => next[state * LETTERS.length + letter]).join(),
  )
  const table = { next, accepting, classes }
  tables.set(key, table)
  return table
}

/** The automaton is deterministic: at most one arc takes a character. */
function step(nfa: Nfa, state: number, unit: number): number {
  return nfa[state]?.arcs.find(({ set }) => has(set, unit))?.to ?? -1
}
