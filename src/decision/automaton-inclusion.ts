/** As `treeInclusion`, for `wildcard: segment`: patterns are compared as automata, one with one. */
import { isIncluded } from '../automaton/inclusion.ts'
import { sampleOf } from '../automaton/sample.ts'
import { type FlatNfa, unflatten } from '../automaton/flat-nfa.ts'
import { createAutomatonRunner } from '../matcher/run-automaton.ts'
import { itemsOf, type OpenTables } from '../matcher/tables.ts'
import type { CountingAuthorizer, MayGoOn } from './authorize.ts'
import { type Contains, inclusion, remembered } from './narrowest.ts'
import { type ComparedTreeGrant, treeGrants } from './tree-inclusion.ts'

/** Of one comparison of two automata; beyond, the one counts as not covered by the other. */
const MAX_PAIR_STEPS = 200_000
/** What it costs to unpack an arc, and to look for a sample with it. */
const STATE_STEPS = 50

/** See {@link inclusion}. */
export function automatonInclusion(
  tables: OpenTables,
  authorizer: Pick<CountingAuthorizer, 'allows' | 'effort'>,
): (mayGoOn: MayGoOn) => Contains {
  const { automata } = tables
  const automatonAt = itemsOf(automata)
  const { effort } = authorizer
  const grantsOf = treeGrants(
    tables,
    effort,
    ({ automaton }) => STATE_STEPS * (automatonAt(automaton)?.to.length ?? 0),
  )
  const run = createAutomatonRunner(automata, effort)
  const samples = new Map<number, string | null>()
  /** A path of the pattern, which most patterns that do not cover it do not match. */
  const withSample = (grant: ComparedTreeGrant): ComparedTreeGrant => {
    const { automaton } = grant
    if (automaton < 0) return grant
    let text = samples.get(automaton)
    if (text === undefined)
      samples.set(automaton, (text = sampleOf(unflatten(automatonAt(automaton) as FlatNfa))))
    return { ...grant, text }
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
      const pair = [automatonAt(small), automatonAt(big)] as [FlatNfa, FlatNfa]
      effort.steps += STATE_STEPS * pair.reduce((sum, { to }) => sum + to.length, 0)
      const [left, right] = [unflatten(pair[0]), unflatten(pair[1])]
      return isIncluded(left, right, { steps: MAX_PAIR_STEPS }, effort) === true
    })
  }
  return inclusion(
    tables.scopes.length,
    (scope, mayGoOn) => grantsOf(scope, mayGoOn).map(withSample),
    authorizer,
    covers,
  )
}
