/**
 * How often what was requested, over time, in bounded memory: buckets of equal length, which are merged when
 * there are too many. What is counted has small numbers, so that counting is one access to an array.
 */

/** Lengths of buckets in seconds: a minute to four weeks, each a multiple of the one before. */
const STEPS = [60, 600, 3600, 21_600, 86_400, 604_800, 2_419_200, 24_192_000] as const
const MAX_BUCKETS = 240
const MAX_COUNTS = 100_000

export interface Bucket {
  /** Seconds since the epoch. */
  readonly start: number
  /** By number; sparse. */
  readonly counts: readonly (number | undefined)[]
}

export class Timeline {
  #step = 0
  #buckets = new Map<number, (number | undefined)[]>()
  #counts = 0
  #first = Infinity
  #last = -Infinity
  /** The bucket of the last request: seconds from its start to its end. */
  #start = NaN
  #end = NaN
  #current: (number | undefined)[] = []

  /** Length of a bucket in seconds. */
  get seconds(): number {
    return STEPS[this.#step] ?? 0
  }

  get period(): { readonly from: number; readonly to: number } | undefined {
    return this.#first > this.#last ? undefined : { from: this.#first, to: this.#last }
  }

  /** In order of time; buckets in which nothing was requested are left out. */
  get buckets(): readonly Bucket[] {
    return [...this.#buckets]
      .map(([at, counts]) => ({ start: at * this.seconds, counts }))
      .sort((a, b) => a.start - b.start)
  }

  /** `number` says what was requested. */
  add(time: number, number: number): void {
    if (time < this.#first) this.#first = time
    if (time > this.#last) this.#last = time
    if (!(time >= this.#start && time < this.#end)) this.#open(time)
    const count = this.#current[number]
    if (count === undefined) this.#counts += 1
    this.#current[number] = (count ?? 0) + 1
  }

  #open(time: number): void {
    const at = Math.floor(time / this.seconds)
    if (!this.#buckets.has(at)) {
      this.#buckets.set(at, [])
      while (this.#isFull() && this.#step < STEPS.length - 1) this.#merge()
    }
    const found = Math.floor(time / this.seconds)
    this.#start = found * this.seconds
    this.#end = this.#start + this.seconds
    this.#current = this.#buckets.get(found) ?? []
  }

  #isFull(): boolean {
    const span = Math.floor(this.#last / this.seconds) - Math.floor(this.#first / this.seconds)
    return span >= MAX_BUCKETS || this.#counts > MAX_COUNTS
  }

  #merge(): void {
    const before = this.seconds
    this.#step += 1
    const factor = this.seconds / before
    const merged = new Map<number, (number | undefined)[]>()
    this.#counts = 0
    for (const [at, counts] of this.#buckets) {
      const into = merged.get(Math.floor(at / factor)) ?? []
      merged.set(Math.floor(at / factor), into)
      counts.forEach((count = 0, number) => {
        if (into[number] === undefined) this.#counts += 1
        into[number] = (into[number] ?? 0) + count
      })
    }
    this.#buckets = merged
  }
}
