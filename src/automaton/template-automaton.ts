/**
 * The request paths of one path template, as a deterministic automaton over the letters of canonical paths.
 *
 * A template is literal text and parameters. A parameter matches one or more letters of one segment: never
 * for a slash, never for nothing (OpenAPI 3.1 §4.8.2: no `/`, `?` or `#` unescaped). Of these paths only
 * those count that the path rules accept, since no policy grants any other, and not those that the caller
 * excludes: a server that has both `users/me` and `users/{id}` takes `users/me` for the first.
 *
 * States are made as they are reached: a state of {@link pathTable}, the positions in the template, and the
 * node of the tree of excluded paths. Two adjacent parameters are the only way to have more positions
 * than two.
 */
import type { PathRules } from '../pattern/request-path.ts'
import { LETTERS, SLASH_LETTER } from './letters.ts'
import { type PathTable, pathTable } from './path-table.ts'
import { classesBy } from './pattern-set.ts'
import type { PathAutomaton } from './product-search.ts'
import { DEAD } from './request-automaton.ts'

/** A letter, {@link PARAMETER} or {@link SPANNING_PARAMETER}. */
export type TemplateItem = number
export const PARAMETER = -1
/** One or more letters, slashes too. */
export const SPANNING_PARAMETER = -2

interface State {
  readonly rules: number
  /** Twice the place in the template, plus one inside of a parameter; sorted. */
  readonly places: readonly number[]
  /** Node of the tree of excluded paths, or -1. */
  readonly excluded: number
}

interface Node {
  readonly next: Map<number, number>
  ends: boolean
}

export class TemplateAutomaton implements PathAutomaton {
  readonly start: number
  readonly classes: readonly number[]
  readonly #items: readonly TemplateItem[]
  readonly #paths: PathTable
  readonly #tree: readonly Node[]
  readonly #states: (State | null)[] = [null]
  readonly #allows: boolean[] = [false]
  readonly #rows: Int32Array[] = []
  readonly #numbers = new Map<string, number>()
  readonly #classCount: number

  /** Template and excluded paths are without their leading slash, base path included. */
  constructor(
    items: readonly TemplateItem[],
    excluded: readonly (readonly TemplateItem[])[],
    rules: PathRules,
  ) {
    this.#items = items
    this.#paths = pathTable(rules)
    this.#tree = treeOf(excluded)
    const spelled = new Set([SLASH_LETTER, ...items, ...excluded.flat()])
    this.classes = classesBy((letter) => {
      return `${this.#paths.classes[letter] as number} ${spelled.has(letter) ? letter : ''}`
    })
    this.#classCount = Math.max(...this.classes) + 1
    this.#rows.push(new Int32Array(this.#classCount))
    this.start = this.#number({ rules: 0, places: [0], excluded: 0 })
  }

  next(state: number, letter: number): number {
    const row = this.#rows[state] as Int32Array
    const column = this.classes[letter] as number
    const known = row[column] as number
    if (known >= 0) return known
    return (row[column] = this.#number(this.#step(this.#states[state] as State, letter)))
  }

  allows(state: number): boolean {
    return this.#allows[state] === true
  }

  only(state: number): number | undefined {
    // Of several places the first is inside of a parameter.
    const [place] = (this.#states[state] as State).places as [number]
    const item = this.#items[place >> 1]
    return item === undefined || item < 0 ? undefined : item
  }

  /** Whether it has a path that is given by its letters. */
  accepts(path: readonly number[]): boolean {
    let state = this.start
    for (const letter of path) state = letter < 0 ? DEAD : this.next(state, letter)
    return this.allows(state)
  }

  /** From the dead state no step is taken: its row is full. */
  #step(state: State, letter: number): State | null {
    const rules = this.#paths.next[state.rules * LETTERS.length + letter] as number
    if (rules < 0) return null
    // In order, since those of a place come before those of the next.
    const places = new Set<number>()
    for (const place of state.places) {
      const at = place >> 1
      const item = this.#items[at]
      if (item === PARAMETER || item === SPANNING_PARAMETER) {
        if (item === PARAMETER && letter === SLASH_LETTER) continue
        places.add(2 * at + 1).add(2 * at + 2)
      } else if (item === letter) places.add(2 * at + 2)
    }
    if (places.size === 0) return null
    const excluded = this.#tree[state.excluded]?.next.get(letter) ?? -1
    return { rules, places: [...places], excluded }
  }

  #number(state: State | null): number {
    if (state === null) return DEAD
    const key = `${state.rules} ${state.excluded} ${state.places.join()}`
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const number = this.#states.push(state) - 1
    this.#numbers.set(key, number)
    this.#rows.push(new Int32Array(this.#classCount).fill(-1))
    const ends = state.places.includes(2 * this.#items.length)
    const accepted = this.#paths.accepting[state.rules] === 1
    this.#allows.push(ends && accepted && this.#tree[state.excluded]?.ends !== true)
    return number
  }
}

function treeOf(paths: readonly (readonly number[])[]): readonly Node[] {
  const nodes: Node[] = [{ next: new Map(), ends: false }]
  for (const path of paths) {
    let node = nodes[0] as Node
    for (const letter of path) {
      const known = node.next.get(letter) ?? nodes.push({ next: new Map(), ends: false }) - 1
      node.next.set(letter, known)
      node = nodes[known] as Node
    }
    node.ends = true
  }
  return nodes
}
