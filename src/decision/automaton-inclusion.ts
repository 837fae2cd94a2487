/** As `treeInclusion`, for `wildcard: segment`: patterns are compared as automata, one with one. */
import { isIncluded } from '../automaton/inclusion.ts'
import { sampleOf } from '../automaton/sample.ts'
import { unflatten } from '../matcher/flat-nfa.ts'
import { createAutomatonRunner } from '../matcher/run-automaton.ts'
import type { FlatNfa, Tables } from '../matcher/tables.ts'
import type { CountingAuthorizer, MayGoOn } from './authorize.ts'
import { type Contains, inclusion, remembered } from './narrowest.ts'
import { type ComparedTreeGrant, treeGrants } from './tree-inclusion.ts'

/** Of one comparison of two automata; beyond, the one counts as not covered by the other. */
const MAX_PAIR_STEPS = 100_000

/** See {@link inclusion}. */
export function automatonInclusion(
  tables: Tables,
  authorizer: Pick<CountingAuthorizer, 'allows' | 'effort'>,
): (mayGoOn: MayGoOn) => Contains {
  const { automata } = tables
  const { effort } = authorizer
  const grantsOf = treeGrants(tables)
  const run = createAutomatonRunner(automata, effort)
  const samples = new Map<number, string | null>()
  /** A path of the pattern, which most patterns that do not cover it do not match. */
  const withSample = (grant: ComparedTreeGrant): ComparedTreeGrant => {
    const { automaton, steps = 0 } = grant
    if (automaton < 0) return grant
    const flat = automata[automaton] as FlatNfa
    let text = samples.get(automaton)
    if (text === undefined) samples.set(automaton, (text = sampleOf(unflatten(flat))))
    return { ...grant, text, steps: steps + flat.to.length }
  }
  const known = new Map<number, number>()
  const always: MayGoOn = () => true
  const covers = (
    { automaton: big }: ComparedTreeGrant,
    { automaton: small, text }: ComparedTreeGrant,
  ): boolean => {
    if (big === small) return true
    // The root matches the empty path, and no other pattern does.
    if (big < 0 || small < 0) return false
    if (text !== null && !run(big, text, 0, text.length)) return false
    return remembered(known, big * automata.length + small, effort, always, () => {
      const [left, right] = [unflatten(automata[small] as FlatNfa), unflatten(automata[big] as FlatNfa)]
      return isIncluded(left, right, { steps: MAX_PAIR_STEPS }, effort) === true
    })
  }
  return inclusion(tables.scopes.length, (scope) => grantsOf(scope).map(withSample), authorizer, covers)
}
