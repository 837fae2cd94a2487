/**
 * Sets of methods as numbers: a policy has few distinct ones, so an endpoint stores an id of 16 bits.
 *
 * Whether a set has a method is one byte of a table that the walker reads: a row per method, a column per set.
 */
export class MethodSets {
  readonly #methods: readonly string[]
  readonly #ids = new Map<string, number>()
  readonly #sets: (readonly string[])[] = []

  constructor(methods: readonly string[]) {
    this.#methods = methods
  }

  id(methods: Iterable<string>): number {
    const sorted = [...new Set(methods)].sort()
    const key = sorted.join(' ')
    let id = this.#ids.get(key)
    if (id === undefined) {
      id = this.#sets.push(sorted) - 1
      this.#ids.set(key, id)
    }
    return id
  }

  /** The set of the methods of both; -1 is the empty set. */
  union(a: number, b: number): number {
    if (a < 0 || a === b) return b
    return this.id([...(this.#sets[a] as readonly string[]), ...(this.#sets[b] as readonly string[])])
  }

  /** For each method a row with a byte for each set. */
  table(): Uint8Array {
    const table = new Uint8Array(this.#methods.length * this.#sets.length)
    for (const [row, method] of this.#methods.entries()) {
      for (const [column, set] of this.#sets.entries()) {
        if (set.includes(method)) table[row * this.#sets.length + column] = 1
      }
    }
    return table
  }

  get size(): number {
    return this.#sets.length
  }
}
