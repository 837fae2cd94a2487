/** Whether unpacked tables have the sizes that they claim, and automata states that exist. */
import { type FlatNfa, HOT, type Tables } from '../matcher/tables.ts'
import { type CompiledData, inOrder } from './data.ts'
import { assert } from './error.ts'
import { packTables } from './tables.ts'

export function verifyTables(tables: Tables, { tables: packed }: CompiledData): void {
  // Every number has one spelling, so what does not pack to the same text was no packed text.
  assert(JSON.stringify(inOrder(packTables(tables))) === JSON.stringify(inOrder(packed)), 'packed numbers')
  const { scopes, methods, sets, setCount, hot, roots, slashRoots, automata } = tables
  assert(setCount <= sets.length, 'setCount')
  assert(sets.length === methods.length * setCount && sets.every((bit) => bit <= 1), 'sets')
  assert(hot.length === scopes.length * methods.length * HOT, 'hot')
  assert(roots.length === scopes.length, 'roots')
  assert(slashRoots.length === scopes.length, 'slashRoots')
  for (const automaton of automata) verifyAutomaton(automaton)
}

/** Ranges of all arcs of one automaton: what one character of a path may cost. */
const MOST_RANGES = 65_536

function verifyAutomaton({ accepting, arcs, first, last, to }: FlatNfa): void {
  const states = accepting.length
  assert(states > 0 && accepting.every((bit) => bit <= 1), 'states of an automaton')
  assert(arcs.length === states + 1 && arcs[0] === 0 && arcs[states] === to.length, 'arcs of an automaton')
  assert(
    arcs.every((arc, state) => state === 0 || arc >= (arcs[state - 1] as number)),
    'arcs of an automaton',
  )
  assert(to.length <= MOST_RANGES, 'an automaton is too large')
  assert(first.length === to.length && last.length === to.length, 'arcs of an automaton')
  assert(
    to.every((state) => state >= 0 && state < states),
    'targets of an automaton',
  )
}
