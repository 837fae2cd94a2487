/**
 * Language inclusion of two automata, by the subset construction on the fly: pairs of one state of the
 * smaller and the set of states the bigger can be in, until a pair accepts on the left only.
 *
 * Exact. The number of sets can be exponential in the bigger automaton; `budget` bounds the pairs.
 */
import { has } from '../pattern/charset.ts'
import type { Nfa, NfaState } from './nfa.ts'

/** Whether every path of `small` is one of `big`; undefined when the budget of pairs is used up. */
export function isIncluded(small: Nfa, big: Nfa, budget = 10_000): boolean | undefined {
  const letters = alphabet(small, big)
  const seen = new Set<string>()
  const pending: [number, readonly number[]][] = [[0, [0]]]
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [left, right] = pair
    const key = `${left}:${right.join(',')}`
    if (seen.has(key)) continue
    seen.add(key)
    if (seen.size > budget) return undefined
    const state = small[left] as NfaState
    if (state.accepting && !right.some((id) => (big[id] as NfaState).accepting)) return false
    for (const unit of letters) {
      const next = step(big, right, unit)
      for (const { set, to } of state.arcs) if (has(set, unit)) pending.push([to, next])
    }
  }
  return true
}

/** One letter for each class of characters that no arc tells apart. */
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
