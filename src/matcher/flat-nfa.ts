/** From automata to the arrays that {@link Tables} have of them, and back. */
import type { Nfa } from '../automaton/nfa.ts'
import type { FlatNfa } from './tables.ts'

/** One entry for each range of characters of each arc, in the order of the arcs. */
export function flatten(nfa: Nfa): FlatNfa {
  const arcs: number[] = [0]
  const first: number[] = []
  const last: number[] = []
  const to: number[] = []
  for (const state of nfa) {
    for (const arc of state.arcs) {
      for (let at = 0; at < arc.set.length; at += 2) {
        first.push(arc.set[at] ?? 0)
        last.push(arc.set[at + 1] ?? 0)
        to.push(arc.to)
      }
    }
    arcs.push(to.length)
  }
  return {
    accepting: Uint8Array.from(nfa, ({ accepting }) => (accepting ? 1 : 0)),
    arcs: Int32Array.from(arcs),
    first: Uint16Array.from(first),
    last: Uint16Array.from(last),
    to: Int32Array.from(to),
  }
}

/** One arc for each range. */
export function unflatten({ accepting, arcs, first, last, to }: FlatNfa): Nfa {
  return Array.from(accepting, (end, state) => ({
    accepting: end === 1,
    arcs: Array.from({ length: (arcs[state + 1] as number) - (arcs[state] as number) }, (_, index) => {
      const arc = (arcs[state] as number) + index
      return { set: [first[arc] as number, last[arc] as number], to: to[arc] as number }
    }),
  }))
}
