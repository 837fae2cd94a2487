/**
 * Patterns of `wildcard: any` as a tree of their letters and stars: patterns that begin alike share states.
 *
 * A star is its own state with a loop, entered without a letter. Where a pattern ends in a star that
 * the path has reached, everything that follows is accepted, so all other states can be forgotten but
 * those that still decide about a slash at the end. That keeps the subsets of real policies small.
 */
import type { Pattern } from '../pattern/pattern.ts'
import { ASKS_FOR_SLASH, classesBy, MATCHES, type PatternSet } from './pattern-set.ts'

interface Node {
  readonly next: Map<number, number>
  star?: number
  readonly loops: boolean
  accepts: number
  /** Whether a pattern that ends in a slash goes through here. */
  asks: boolean
}

export class GlobTrie implements PatternSet {
  readonly start: readonly number[]
  readonly classes: readonly number[]
  readonly #nodes: Node[] = [newNode(false)]
  readonly #units: readonly number[]

  /** `units` says for each letter as which code unit it is compared. */
  constructor(patterns: readonly Pattern[], units: readonly number[]) {
    this.#units = units
    const spelled = new Set<number>()
    for (const { meaning, endsInSlash } of patterns) {
      if (meaning.kind === 'runs') this.#insert(meaning.runs, endsInSlash, spelled)
    }
    this.classes = classesBy((letter) => {
      const unit = units[letter] as number
      return spelled.has(unit) ? String(unit) : ''
    })
    this.start = this.#closed([0])
  }

  move(states: readonly number[], letter: number): readonly number[] {
    const unit = this.#units[letter] as number
    const found: number[] = []
    for (const state of states) {
      const node = this.#node(state)
      if (node.loops) found.push(state)
      const next = node.next.get(unit)
      if (next !== undefined) found.push(next)
    }
    return this.#closed(found)
  }

  accepts(states: readonly number[]): number {
    let bits = 0
    for (const state of states) bits |= this.#node(state).accepts
    return bits
  }

  #insert(runs: readonly string[], endsInSlash: boolean, spelled: Set<number>): void {
    let at = 0
    for (const [index, run] of runs.entries()) {
      if (index > 0) at = this.#star(at)
      for (let place = 0; place < run.length; place++) {
        const unit = run.charCodeAt(place)
        spelled.add(unit)
        this.#mark(at, endsInSlash)
        at = this.#child(at, unit)
      }
    }
    this.#mark(at, endsInSlash)
    this.#node(at).accepts |= endsInSlash ? MATCHES | ASKS_FOR_SLASH : MATCHES
  }

  /** States are numbers of nodes that there are. */
  #node(state: number): Node {
    return this.#nodes[state] as Node
  }

  #mark(state: number, endsInSlash: boolean): void {
    if (endsInSlash) this.#node(state).asks = true
  }

  #child(state: number, unit: number): number {
    const { next } = this.#node(state)
    const known = next.get(unit)
    if (known !== undefined) return known
    const added = this.#nodes.push(newNode(false)) - 1
    next.set(unit, added)
    return added
  }

  /** The state of a star after `state`; two adjacent stars are one. */
  #star(state: number): number {
    const node = this.#node(state)
    if (node.loops) return state
    return (node.star ??= this.#nodes.push(newNode(true)) - 1)
  }

  /** With the stars that begin at these states, sorted, and without what no longer matters. */
  #closed(states: readonly number[]): readonly number[] {
    const found = new Set(states)
    for (const state of found) {
      const { star } = this.#node(state)
      if (star !== undefined) found.add(star)
    }
    const all = [...found].sort((a, b) => a - b)
    const everything = all.find((state) => this.#node(state).loops && this.#node(state).accepts !== 0)
    if (everything === undefined) return all
    return all.filter((state) => state === everything || this.#node(state).asks)
  }
}

function newNode(loops: boolean): Node {
  return { next: new Map(), loops, accepts: 0, asks: false }
}
