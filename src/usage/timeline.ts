/**
 * How often what was requested, over time, in bounded memory: buckets of equal length, which are merged when
 * there are too many.
 */

/** Lengths of buckets in seconds: a minute to four weeks, each a multiple of the one before. */
const STEPS = [60, 600, 3600, 21_600, 86_400, 604_800, 2_419_200, 24_192_000] as const
const MAX_BUCKETS = 240
const MAX_COUNTS = 100_000

export interface Bucket<Key> {
  /** Seconds since the epoch. */
  readonly start: number
  readonly counts: ReadonlyMap<Key, Count>
}

/** In an object, so that counting is one look-up. */
interface Count {
  value: number
}

export class Timeline<Key> {
  #step = 0
  #buckets = new Map<number, Map<Key, Count>>()
  #counts = 0
  #first = Infinity
  #last = -Infinity
  #at = NaN
  #current = new Map<Key, Count>()

  /** Length of a bucket in seconds. */
  get seconds(): number {
    return STEPS[this.#step] ?? 0
  }

  get period(): { readonly from: number; readonly to: number } | undefined {
    return this.#first > this.#last ? undefined : { from: this.#first, to: this.#last }
  }

  /** In order of time; buckets in which nothing was requested are left out. */
  get buckets(): readonly Bucket<Key>[] {
    return [...this.#buckets]
      .map(([at, counts]) => ({ start: at * this.seconds, counts }))
      .sort((a, b) => a.start - b.start)
  }

  add(time: number, key: Key): void {
    if (time < this.#first) this.#first = time
    if (time > this.#last) this.#last = time
    const at = Math.floor(time / this.seconds)
    if (at !== this.#at) this.#open(at)
    const count = this.#current.get(key)
    if (count !== undefined) {
      count.value += 1
      return
    }
    this.#counts += 1
    this.#current.set(key, { value: 1 })
  }

  #open(at: number): void {
    this.#at = at
    const known = this.#buckets.get(at)
    this.#current = known ?? new Map<Key, Count>()
    if (known !== undefined) return
    this.#buckets.set(at, this.#current)
    while (this.#isFull() && this.#step < STEPS.length - 1) this.#merge()
  }

  #isFull(): boolean {
    const span = Math.floor(this.#last / this.seconds) - Math.floor(this.#first / this.seconds)
    return span >= MAX_BUCKETS || this.#counts > MAX_COUNTS
  }

  #merge(): void {
    const before = this.seconds
    this.#step += 1
    const factor = this.seconds / before
    const merged = new Map<number, Map<Key, Count>>()
    this.#counts = 0
    for (const [at, counts] of this.#buckets) {
      const into = merged.get(Math.floor(at / factor)) ?? new Map<Key, Count>()
      merged.set(Math.floor(at / factor), into)
      for (const [key, count] of counts) {
        const known = into.get(key)
        if (known !== undefined) known.value += count.value
        else {
          this.#counts += 1
          into.set(key, count)
        }
      }
    }
    this.#buckets = merged
    this.#at = Math.floor(this.#at / factor)
    this.#current = merged.get(this.#at) ?? new Map<Key, Count>()
  }
}
