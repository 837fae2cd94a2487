/**
 * Whether two automata accept a path in common: the product construction on the fly, depth first, so that
 * a common path is found about as soon as it is spelled out.
 *
 * Exact within `budget`, the number of pairs of states looked at; undefined when it is used up.
 */
import type { CharSet } from '../pattern/charset.ts'
import type { Nfa, NfaState } from './nfa.ts'

export function intersects(a: Nfa, b: Nfa, budget = 10_000): boolean | undefined {
  const seen = new Set([0])
  const pending = [0]
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const left = a[Math.floor(pair / b.length)] as NfaState
    const right = b[pair % b.length] as NfaState
    if (left.accepting && right.accepting) return true
    for (const { set, to } of left.arcs) {
      for (const other of right.arcs) {
        const next = to * b.length + other.to
        if (seen.has(next) || !overlap(set, other.set)) continue
        if (seen.size >= budget) return undefined
        seen.add(next)
        pending.push(next)
      }
    }
  }
  return false
}

function overlap(a: CharSet, b: CharSet): boolean {
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    if ((a[i + 1] as number) < (b[j] as number)) i += 2
    else if ((b[j + 1] as number) < (a[i] as number)) j += 2
    else return true
  }
  return false
}
