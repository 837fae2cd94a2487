/**
 * Shortest requests that distinguish two sets of requests, or that they share: the product construction on
 * the fly, walked from the start by Dijkstra's algorithm (an escape is three characters long, every other
 * letter one).
 *
 * A search that ends without a request, and within its budget, is a proof that there is none.
 *
 * Cost: a pair of states for each that is met, times the classes of letters; 36 bytes for each pair. Pairs that cannot lead to what
 * is looked for are not followed: for a difference those in which the first side has died, for a common
 * request those in which either has.
 */
import type { SearchBudget } from './search-budget.ts'
import { lengthOf, LETTERS, textOf } from './letters.ts'
import { DEAD } from './request-automaton.ts'

/** A deterministic automaton of request paths over the letters, without their leading slash. */
export interface PathAutomaton {
  readonly start: number
  /** Letters of one class are never distinguished. */
  readonly classes: readonly number[]
  readonly next: (state: number, letter: number) => number
  readonly allows: (state: number) => boolean
  /** The letter without which it dies in this state, if there is just one; never asked of {@link DEAD}. */
  readonly only?: (state: number) => number | undefined
  /** How much memory its states take so far, where that may be much. */
  readonly bytes?: number
}

/** What to look for: a request that only the first, only the second, or both allow. */
export interface Wanted {
  readonly onlyInA?: boolean
  readonly onlyInB?: boolean
  readonly inBoth?: boolean
  /** Longest path, without its leading slash. */
  readonly longest: number
  /** The letters to try, where the caller knows that no others are needed; all by default. */
  readonly letters?: ReadonlySet<number>
}

/** Paths with a leading slash. */
export interface Found {
  onlyInA?: string
  onlyInB?: string
  inBoth?: string
}

type Goal = keyof Found

/** Fills `found`, which keeps what there is when the budget ends. */
export function searchProduct(
  a: PathAutomaton,
  b: PathAutomaton,
  wanted: Wanted,
  searchBudget: SearchBudget,
  found: Found = {},
): Found {
  const open = new Set<Goal>(
    (['onlyInA', 'onlyInB', 'inBoth'] as const).filter((goal) => wanted[goal] === true),
  )
  const letters = jointLetters(a, b, wanted.letters)
  const walk = new Walk()
  const held = (): number => (a.bytes ?? 0) + (b.bytes ?? 0) + walk.bytes
  const before = held()
  walk.reach(a.start, b.start, 0, 0, -1)
  for (let length = 0; length < walk.levels.length && length <= wanted.longest; length++) {
    for (const way of walk.settle(length)) {
      const left = walk.left(way)
      const right = walk.right(way)
      const goal = goalOf(a.allows(left), b.allows(right))
      if (goal !== undefined && open.delete(goal)) found[goal] = walk.pathTo(way)
      if (open.size === 0) return found
      if (!isUseful(left, right, open)) continue
      searchBudget.tick()
      searchBudget.hold(held() - before)
      const one = open.has('onlyInB') ? undefined : a.only?.(left)
      for (const { letter, cost } of one === undefined ? letters : [{ letter: one, cost: lengthOf(one) }]) {
        const nextLeft = a.next(left, letter)
        const nextRight = b.next(right, letter)
        if (isUseful(nextLeft, nextRight, open)) walk.reach(nextLeft, nextRight, length + cost, letter, way)
      }
    }
  }
  return found
}

function goalOf(left: boolean, right: boolean): Goal | undefined {
  if (left) return right ? 'inBoth' : 'onlyInA'
  return right ? 'onlyInB' : undefined
}

function isUseful(left: number, right: number, open: ReadonlySet<Goal>): boolean {
  if (left === DEAD) return right !== DEAD && open.has('onlyInB')
  if (right === DEAD) return open.has('onlyInA')
  return true
}

/** One letter for each class that either automaton distinguishes from the others, the readable ones first. */
function jointLetters(
  a: PathAutomaton,
  b: PathAutomaton,
  only: ReadonlySet<number> | undefined,
): readonly { readonly letter: number; readonly cost: number }[] {
  const seen = new Set<number>()
  const letters: { letter: number; cost: number }[] = []
  for (const letter of LETTERS.keys()) {
    if (only !== undefined && !only.has(letter)) continue
    // Classes are numbered from 0 and there are fewer of them than letters.
    const key = (a.classes[letter] as number) * LETTERS.length + (b.classes[letter] as number)
    // An escape is never in one class with a character: no state takes both alike but one that takes neither.
    if (seen.has(key)) continue
    seen.add(key)
    letters.push({ letter, cost: lengthOf(letter) })
  }
  return letters
}

/** Members of a way, in this order. */
const LEFT = 0
const RIGHT = 1
const LENGTH = 2
const LETTER = 3
const BEFORE = 4
const WAY_SIZE = 5

/**
 * The shortest way known to each pair of states that was reached, by its last letter and the way before it, and all
 * ways in levels by their length. Ways are numbers in one array, found by a hash table: as objects in a map they
 * take ten times the memory.
 */
class Walk {
  #ways = new Int32Array(1024 * WAY_SIZE)
  #count = 0
  /** Ways plus one, by the hash of their pair; at most half full. */
  #table = new Int32Array(2048)
  /** By their length; none where no way is as long. */
  readonly levels: (number[] | undefined)[] = []

  /** Levels have each way about once. */
  get bytes(): number {
    return this.#ways.byteLength + this.#table.byteLength + 8 * this.#count
  }

  reach(left: number, right: number, length: number, letter: number, before: number): void {
    let slot = this.#slot(left, right)
    let way = (this.#table[slot] as number) - 1
    if (way >= 0 && this.#get(way, LENGTH) <= length) return
    if (way < 0) {
      way = this.#count++
      if (2 * this.#count > this.#table.length) {
        this.#grow()
        slot = this.#slot(left, right)
      }
      this.#table[slot] = way + 1
    }
    const at = way * WAY_SIZE
    this.#ways[at + LEFT] = left
    this.#ways[at + RIGHT] = right
    this.#ways[at + LENGTH] = length
    this.#ways[at + LETTER] = letter
    this.#ways[at + BEFORE] = before
    const level = (this.levels[length] ??= [])
    level.push(way)
  }

  /** The ways of a length that none shorter leads to; they are asked for once. None of this length is added meanwhile. */
  settle(length: number): readonly number[] {
    const level = this.levels[length] ?? []
    this.levels[length] = undefined
    return level.filter((way) => this.#get(way, LENGTH) === length)
  }

  left(way: number): number {
    return this.#get(way, LEFT)
  }

  right(way: number): number {
    return this.#get(way, RIGHT)
  }

  pathTo(way: number): string {
    const letters: string[] = []
    for (let at = way; this.#get(at, BEFORE) >= 0; at = this.#get(at, BEFORE)) {
      letters.push(textOf(this.#get(at, LETTER)))
    }
    return `/${letters.reverse().join('')}`
  }

  #get(way: number, member: number): number {
    return this.#ways[way * WAY_SIZE + member] as number
  }

  /** Where the pair is, or would be. */
  #slot(left: number, right: number): number {
    const mask = this.#table.length - 1
    let slot = Math.imul(left, 0x9e3779b1) + Math.imul(right, 0x85ebca6b)
    slot = Math.imul(slot ^ (slot >>> 15), 0x2c1b3c6d) >>> 8
    for (;;) {
      slot &= mask
      const way = (this.#table[slot] as number) - 1
      if (way < 0 || (this.#get(way, LEFT) === left && this.#get(way, RIGHT) === right)) return slot
      slot += 1
    }
  }

  #grow(): void {
    const ways = new Int32Array(2 * this.#ways.length)
    ways.set(this.#ways)
    this.#ways = ways
    this.#table = new Int32Array(2 * this.#table.length)
    for (let way = 0; way < this.#count - 1; way++) {
      this.#table[this.#slot(this.#get(way, LEFT), this.#get(way, RIGHT))] = way + 1
    }
  }
}
