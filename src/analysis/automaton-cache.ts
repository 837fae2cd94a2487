/**
 * The automata of request sets, in bounded memory.
 *
 * Comparing all pairs of scopes uses the same automata again and again, and each grows while it is walked. Their
 * states are counted as they are created; once there are more than `MAX_CACHED_STATES`, all automata are dropped.
 * A search that is using one keeps it to its end, so callers need not say when a question has ended.
 *
 * Dropping the least recently used ones would keep more of them at the price of a queue; building them again is
 * cheap.
 */
import type { RequestAutomaton, StateCount } from '../automaton/request-automaton.ts'

const MAX_CACHED_STATES = 400_000

export class AutomatonCache {
  #automata = new WeakMap<object, Map<string, RequestAutomaton>>()
  #count: StateCount = { states: 0 }

  /** The automaton of an owner by a key; `build` creates it with the counter of the cache. */
  get(owner: object, key: string, build: (count: StateCount) => RequestAutomaton): RequestAutomaton {
    if (this.#count.states > MAX_CACHED_STATES) {
      this.#automata = new WeakMap()
      this.#count = { states: 0 }
    }
    const own = this.#automata.get(owner) ?? new Map<string, RequestAutomaton>()
    this.#automata.set(owner, own)
    const automaton = own.get(key) ?? build(this.#count)
    own.set(key, automaton)
    return automaton
  }
}
