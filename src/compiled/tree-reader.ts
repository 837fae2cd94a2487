/**
 * Reads trees of compiled tables back into the patterns that they were made of.
 *
 * For data that nobody vouches for: a unit of the code is read once, so reading is linear and ends, and
 * nothing longer or more often than expected is put together. The layout is described at `Tables`.
 */
import { COUNT, MORE, REST, SET, type Tables, WIDE } from '../matcher/tables.ts'
import type { PathRules } from '../pattern/request-path.ts'
import { assert } from './error.ts'

/** A pattern of a tree; with `wildcard: segment` the number of its automaton, -1 for the root. */
export interface PatternGrant {
  readonly pattern: string
  readonly methods: readonly string[]
}

/** A node to read; an inner one has what stands before its star in `before`. */
interface Work {
  readonly node: number
  readonly before: string | undefined
  readonly text: string
}

export class TreeReader {
  readonly #tables: Tables
  /** With `wildcard: segment`; without any automaton the walker takes its trees for others all the same. */
  readonly #segment: boolean
  readonly #read: Uint8Array
  readonly #methods: readonly (readonly string[])[]
  #grants: PatternGrant[] = []
  #work: Work[] = []
  #most = 0
  #longest = 0

  constructor(tables: Tables, { wildcard }: Pick<PathRules, 'wildcard'>) {
    const { methods, sets, setCount, code } = tables
    this.#tables = tables
    this.#segment = wildcard === 'segment'
    this.#read = new Uint8Array(code.length)
    this.#methods = Array.from({ length: setCount }, (_, set) =>
      methods.filter((_, row) => sets[row * setCount + set] === 1),
    )
  }

  /** The grants of the tree at `root`, which are expected to be these. */
  read(root: number, expected: readonly PatternGrant[]): readonly PatternGrant[] {
    this.#grants = []
    this.#most = expected.length
    this.#longest = expected.reduce((longest, { pattern }) => Math.max(longest, pattern.length), 0)
    this.#work = root === -1 ? [] : [{ node: root, before: undefined, text: '' }]
    for (let work = this.#work.pop(); work !== undefined; work = this.#work.pop()) this.#node(work)
    return this.#grants
  }

  isComplete(): boolean {
    return this.#read.every((read) => read === 1)
  }

  #node({ node, before, text }: Work): void {
    let at = node
    const next = (): number => this.#unit(at++)
    const join = (whole: string, unit: number): string => {
      const character = String.fromCharCode(unit)
      return before === undefined ? whole + character : character + whole
    }
    let here = text
    for (let count = next(); count > 0; count--) here = join(here, next())
    // Deeper is longer: nothing below can be one of the expected patterns.
    assert(this.#segment || here.length <= this.#longest, 'a tree is too deep')
    const head = next()
    if ((head & SET) !== 0) this.#grant(next(), this.#pattern(before, here))
    if ((head & REST) !== 0) {
      assert(!this.#segment && before === undefined, 'a star where no star belongs')
      this.#grant(next(), `${here}*`)
    }
    const offset = (): number => ((head & WIDE) === 0 ? next() : next() * 0x10000 + next())
    if ((head & MORE) !== 0) this.#more(node + offset(), before, here)
    const characters = Array.from({ length: head >> COUNT }, next)
    for (const character of characters) {
      this.#work.push({ node: node + offset(), before, text: join(here, character) })
    }
  }

  #more(at: number, before: string | undefined, here: string): void {
    if (this.#tables.automata.length > 0) this.#automata(at)
    else if (before === undefined) this.#work.push({ node: at, before: here, text: '' })
    else this.#middles(at, before, here)
  }

  #automata(list: number): void {
    let at = list
    for (let count = this.#unit(at++); count > 0; count--) {
      const set = this.#unit(at++)
      const automaton = this.#unit(at++)
      assert(automaton < this.#tables.automata.length, 'the number of an automaton')
      this.#grant(set, `${automaton}`)
    }
  }

  #middles(list: number, before: string, after: string): void {
    let at = list
    for (let count = this.#unit(at++); count > 0; count--) {
      const set = this.#unit(at++)
      let pattern = before
      for (let runs = this.#unit(at++); runs > 0; runs--) {
        const run = this.#tables.runs[this.#unit(at++)]
        assert(run !== undefined, 'the number of a run')
        pattern += `*${run}`
      }
      this.#grant(set, `${pattern}*${after}`)
    }
  }

  #pattern(before: string | undefined, here: string): string {
    if (this.#segment) {
      assert(here === '' && before === undefined, 'text where an automaton belongs')
      return '-1'
    }
    return before === undefined ? here : `${before}*${here}`
  }

  #grant(set: number, pattern: string): void {
    const methods = this.#methods[set]
    assert(methods !== undefined, 'the number of a set of methods')
    this.#grants.push({ pattern, methods })
    assert(this.#grants.length <= this.#most, 'a tree has more patterns than endpoints')
  }

  #unit(at: number): number {
    assert(this.#read[at] === 0, 'a node overlaps another or the end')
    this.#read[at] = 1
    return this.#tables.code[at] as number
  }
}
