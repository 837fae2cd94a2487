/** From interpreted patterns to the automaton that fits how they are written. */
import { foldCase } from '../pattern/canonical.ts'
import type { Pattern } from '../pattern/pattern.ts'
import type { PathRules } from '../pattern/request-path.ts'
import { GlobTrie } from './glob-trie.ts'
import { LETTERS } from './letters.ts'
import { NfaUnion } from './nfa-union.ts'
import type { PatternSet } from './pattern-set.ts'

export function patternSet(patterns: readonly Pattern[], rules: PathRules): PatternSet {
  if (rules.wildcard === 'segment') return new NfaUnion(patterns)
  return new GlobTrie(patterns, foldedUnits(rules.caseSensitive))
}

/** The letters as patterns of `wildcard: any` are compared with them. */
function foldedUnits(caseSensitive: boolean): readonly number[] {
  return caseSensitive ? LETTERS : LETTERS.map((unit) => foldCase(String.fromCharCode(unit)).charCodeAt(0))
}
