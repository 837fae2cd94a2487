/**
 * Runs the automata of `segment` patterns on paths, without allocating: sets of states are lists in two
 * arrays that are made for the largest automaton so far, and a state is in the next set when it is marked with the
 * place in the path.
 */
import { createEffort, type Effort } from '../automaton/effort.ts'
import type { FlatNfa } from '../automaton/flat-nfa.ts'
import { itemsOf, type List } from './tables.ts'

/** What a state that a character is looked at in costs beside its arcs, see {@link Effort}. */
const STATE_STEPS = 3

/** Whether an automaton, by its number, accepts the whole of `path[start, end)`. */
export type AutomatonRunner = (automaton: number, path: string, start: number, end: number) => boolean

/** `effort` counts the arcs looked at, and ends a run where its limit is. */
export function createAutomatonRunner(
  automata: List<FlatNfa>,
  effort: Effort = createEffort(),
): AutomatonRunner {
  const automatonAt = itemsOf(automata)
  let current = new Int32Array()
  let following = new Int32Array()
  let mark = new Int32Array()
  return (automaton, path, start, end) => {
    const nfa = automatonAt(automaton)
    if (nfa === undefined) return false
    const { accepting, arcs, first, last, to } = nfa
    if (accepting.length > mark.length) {
      // Twice as many, so that it happens a few times at most.
      const size = accepting.length * 2
      current = new Int32Array(size)
      following = new Int32Array(size)
      mark = new Int32Array(size)
    }
    let count = 1
    let steps = accepting.length
    const left = effort.limit - effort.steps
    current[0] = 0
    mark.fill(-1, 0, accepting.length)
    for (let at = start; at < end; at++) {
      const unit = path.charCodeAt(at)
      let found = 0
      for (let index = 0; index < count; index++) {
        const state = current[index] as number
        const begin = arcs[state] as number
        const stop = arcs[state + 1] as number
        steps += STATE_STEPS + stop - begin
        for (let arc = begin; arc < stop; arc++) {
          const target = to[arc] as number
          if (unit < (first[arc] as number) || unit > (last[arc] as number) || mark[target] === at) continue
          mark[target] = at
          following[found++] = target
        }
      }
      if (found === 0 || steps > left) {
        effort.steps += steps
        return false
      }
      count = found
      const swapped = current
      current = following
      following = swapped
    }
    effort.steps += steps
    for (let index = 0; index < count; index++) if (accepting[current[index] as number] === 1) return true
    return false
  }
}
