/** Bounds of a search, so that what could take for ever ends with "undecided" instead. */
import { processorTime } from './processor-time.ts'

export interface Budget {
  /** States that one search may look at. Default: 200,000. */
  readonly states?: number
  /** Processor time for one question, the clock where the runtime does not report it. Default: 10,000. */
  readonly milliseconds?: number
}

/** Why a question stayed open, as one clause. */
export type Undecided = string

/** Thrown inside of the analysis only, where a budget ends. */
export class BudgetExceededError extends Error {
  readonly reason: Undecided
  constructor(reason: Undecided) {
    super(reason)
    this.reason = reason
  }
}

const STATES = 200_000
const MILLISECONDS = 10_000
/** Memory of one search with the states that it adds to its automata, as they count it. */
const BYTES = 128 * 2 ** 20
/** The time is asked for once in so many steps. */
const STRIDE = 64

/** Counts what a search does; throws {@link BudgetExceededError}. */
export class SearchBudget {
  readonly #states: number
  readonly #milliseconds: number
  readonly #deadline: number
  readonly #bytes: number
  #ticks = 0

  constructor({ states = STATES, milliseconds = MILLISECONDS }: Budget = {}, bytes: number = BYTES) {
    if (!(states >= 0) || !(milliseconds >= 0)) throw new TypeError('a budget is a number from 0 on')
    this.#states = states
    this.#milliseconds = milliseconds
    this.#bytes = bytes
    this.#deadline = processorTime() + milliseconds
  }

  /** One more state. */
  tick(): void {
    this.#ticks += 1
    if (this.#ticks > this.#states) {
      throw new BudgetExceededError(`the budget of ${this.#states} states is used up`)
    }
    if (this.#ticks % STRIDE === 0) this.check()
  }

  /** What a search holds now. States of some automata are thousands of times larger than those of others. */
  hold(bytes: number): void {
    if (bytes > this.#bytes) {
      throw new BudgetExceededError(`the budget of ${Math.ceil(this.#bytes / 2 ** 20)} MiB is used up`)
    }
  }

  /** Only the time. */
  check(): void {
    if (processorTime() >= this.#deadline) {
      throw new BudgetExceededError(`the budget of ${this.#milliseconds} ms is used up`)
    }
  }

  /** The states are counted anew, the time goes on. */
  restart(): void {
    this.check()
    this.#ticks = 0
  }

  /** The same time and memory, with at most so many states for each search. */
  within(states: number): SearchBudget {
    const left = Math.max(0, this.#deadline - processorTime())
    return new SearchBudget({ states: Math.min(states, this.#states), milliseconds: left }, this.#bytes)
  }
}
