/**
 * Language inclusion of two automata, by the subset construction on the fly: pairs of one state of the
 * smaller and the set of states the bigger can be in, until a pair accepts on the left only.
 *
 * Exact. The number of sets can be exponential in the bigger automaton; a budget bounds the search.
 */
import { has } from '../pattern/charset.ts'
import { createEffort, type Effort } from './effort.ts'
import type { Nfa, NfaState } from './nfa.ts'

export interface InclusionBudget {
  /** Pairs that are looked at. Default: 10,000. */
  readonly pairs?: number
  /** Arcs that are looked at. Default: no limit. */
  readonly steps?: number
}

/** Whether every path of `small` is one of `big`; undefined when the budget is used up. */
export function isIncluded(
  small: Nfa,
  big: Nfa,
  { pairs = 10_000, steps = Infinity }: InclusionBudget = {},
  effort: Effort = createEffort(),
): boolean | undefined {
  const end = effort.steps + steps
  const letters = alphabet(small, big)
  effort.steps += small.length + big.length + letters.length
  const seen = new Set<string>()
  const pending: [number, readonly number[]][] = [[0, [0]]]
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [left, right] = pair
    const key = `${left}:${right.join(',')}`
    if (seen.has(key)) continue
    seen.add(key)
    if (seen.size > pairs || effort.steps > end) return undefined
    const state = small[left] as NfaState
    if (state.accepting && !right.some((id) => (big[id] as NfaState).accepting)) return false
    const arcs = right.reduce((sum, id) => sum + (big[id] as NfaState).arcs.length, 0)
    effort.steps += right.length + letters.length * (1 + state.arcs.length)
    for (const unit of letters) {
      const reached = state.arcs.filter(({ set }) => has(set, unit))
      if (reached.length === 0) continue
      if (effort.steps > end) return undefined
      const next = step(big, right, unit)
      effort.steps += LETTER_STEPS + arcs * ARC_STEPS + next.length * MEMBER_STEPS
      for (const { to } of reached) pending.push([to, next])
    }
  }
  return true
}

/** What a letter that the smaller one takes costs, each arc of the bigger one, and each state of the set it leads to. */
const LETTER_STEPS = 60
const ARC_STEPS = 4
const MEMBER_STEPS = 40

/** One letter for each class of characters that no arc distinguishes. */
function alphabet(...automata: readonly Nfa[]): readonly number[] {
  const starts = new Set<number>()
  for (const nfa of automata) {
    for (const { arcs } of nfa) {
      for (const { set } of arcs) {
        for (let at = 0; at < set.length; at += 2) {
          starts.add(set[at] as number).add((set[at + 1] as number) + 1)
        }
      }
    }
  }
  return [...starts]
}

function step(nfa: Nfa, states: readonly number[], unit: number): readonly number[] {
  const next = new Set<number>()
  for (const id of states) {
    for (const { set, to } of (nfa[id] as NfaState).arcs) if (has(set, unit)) next.add(to)
  }
  return [...next].sort((a, b) => a - b)
}
