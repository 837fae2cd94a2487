/**
 * Automata as arrays, which is how policies keep and run them: a tenth of the memory that the states take as
 * objects. A policy of ten thousand patterns would hold a gigabyte of those while it is loaded.
 */
import type { Expression } from '../pattern/expression.ts'
import { buildNfa, MAX_ARCS, type Nfa } from './nfa.ts'

/** For state `s` the arcs `arcs[s]` to `arcs[s + 1]` of `first`, `last`, `to`. */
export interface FlatNfa {
  readonly accepting: Uint8Array
  readonly arcs: Int32Array
  readonly first: Uint16Array
  readonly last: Uint16Array
  readonly to: Int32Array
}

const known = new WeakMap<Expression, FlatNfa>()

/** The automaton of an expression, built once. Throws `TooComplex`. */
export function flatNfaOf(expression: Expression): FlatNfa {
  const before = known.get(expression) ?? flatten(buildNfa(expression, MAX_ARCS))
  known.set(expression, before)
  return before
}

/** One entry for each range of characters of each arc, in the order of the arcs. */
function flatten(nfa: Nfa): FlatNfa {
  let size = 0
  for (const { arcs } of nfa) for (const { set } of arcs) size += set.length >> 1
  // In one piece of memory: five would take three times as long to get.
  const buffer = new ArrayBuffer(4 * (nfa.length + 1) + 8 * size + nfa.length)
  const arcs = new Int32Array(buffer, 0, nfa.length + 1)
  const to = new Int32Array(buffer, arcs.byteLength, size)
  const first = new Uint16Array(buffer, arcs.byteLength + 4 * size, size)
  const last = new Uint16Array(buffer, arcs.byteLength + 6 * size, size)
  const accepting = new Uint8Array(buffer, arcs.byteLength + 8 * size, nfa.length)
  let arc = 0
  for (let id = 0; id < nfa.length; id++) {
    const state = nfa[id] as Nfa[number]
    accepting[id] = Number(state.accepting)
    for (const { set, to: target } of state.arcs) {
      for (let at = 0; at < set.length; at += 2, arc++) {
        first[arc] = set[at] as number
        last[arc] = set[at + 1] as number
        to[arc] = target
      }
    }
    arcs[id + 1] = arc
  }
  return { accepting, arcs, first, last, to }
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
