/**
 * The automata of request sets, in bounded memory.
 *
 * Comparing all pairs of scopes uses the same automata again and again, and each grows while it is walked. The
 * memory of their states is counted as they are created; past `MAX_CACHED_BYTES`, all automata are dropped.
 * A search that is using one keeps it to its end, so callers need not say when a question has ended.
 *
 * Dropping the least recently used ones would keep more of them at the price of a queue; building them again is
 * cheap.
 */
import type { RequestAutomaton, MemoryCount } from '../automaton/request-automaton.ts'

const MAX_CACHED_BYTES = 128 * 2 ** 20

export class AutomatonCache {
  #automata = new WeakMap<object, Map<string, RequestAutomaton>>()
  #count: MemoryCount = { bytes: 0 }

  /** The automaton of an owner by a key; `build` creates it with the counter of the cache. */
  get(owner: object, key: string, build: (count: MemoryCount) => RequestAutomaton): RequestAutomaton {
    if (this.#count.bytes > MAX_CACHED_BYTES) {
      this.#automata = new WeakMap()
      this.#count = { bytes: 0 }
    }
    const own = this.#automata.get(owner) ?? new Map<string, RequestAutomaton>()
    this.#automata.set(owner, own)
    const automaton = own.get(key) ?? build(this.#count)
    own.set(key, automaton)
    return automaton
  }
}
