/**
 * Patterns of `wildcard: segment`, adjacent in one automaton. They are compared with the text form of
 * a path, so a letter that is an escape takes them three steps.
 */
import { type CharSet, has } from '../pattern/charset.ts'
import type { Pattern } from '../pattern/pattern.ts'
import { SPELLING } from './letters.ts'
import { type Arc, buildNfa, type Nfa } from './nfa.ts'
import { ASKS_FOR_SLASH, classesBy, MATCHES, type PatternSet } from './pattern-set.ts'

export class NfaUnion implements PatternSet {
  readonly start: readonly number[]
  readonly classes: readonly number[]
  readonly #arcs: (readonly Arc[])[] = []
  readonly #accepts: number[] = []

  constructor(patterns: readonly Pattern[]) {
    const start: number[] = []
    for (const pattern of patterns) {
      const first = this.#arcs.length
      const nfa = nfaOf(pattern)
      start.push(first)
      const bits = pattern.endsInSlash ? MATCHES | ASKS_FOR_SLASH : MATCHES
      for (const { arcs, accepting } of nfa) {
        this.#arcs.push(arcs.map(({ set, to }) => ({ set, to: to + first })))
        this.#accepts.push(accepting ? bits : 0)
      }
    }
    this.start = start
    this.classes = this.#classes()
  }

  move(states: readonly number[], letter: number): readonly number[] {
    let current = states
    for (const unit of SPELLING[letter] as readonly number[]) {
      const next = new Set<number>()
      for (const state of current) {
        for (const { set, to } of this.#arcs[state] as readonly Arc[]) if (has(set, unit)) next.add(to)
      }
      current = [...next]
    }
    return [...current].sort((a, b) => a - b)
  }

  accepts(states: readonly number[]): number {
    let bits = 0
    for (const state of states) bits |= this.#accepts[state] as number
    return bits
  }

  #classes(): readonly number[] {
    const sets = new Map<string, CharSet>()
    for (const arcs of this.#arcs) for (const { set } of arcs) sets.set(set.join(), set)
    const distinct = [...sets.values()]
    const signatures = new Map<number, string>()
    const signature = (unit: number): string => {
      const known = signatures.get(unit) ?? distinct.map((set) => Number(has(set, unit))).join('')
      signatures.set(unit, known)
      return known
    }
    return classesBy((letter) => (SPELLING[letter] as readonly number[]).map(signature).join())
  }
}

const nfas = new WeakMap<Pattern, Nfa>()

function nfaOf(pattern: Pattern): Nfa {
  const known = nfas.get(pattern) ?? build(pattern)
  nfas.set(pattern, known)
  return known
}

function build({ meaning }: Pattern): Nfa {
  // All other patterns of this mode are the root, the empty path.
  return meaning.kind === 'expression' ? buildNfa(meaning.expression) : [{ arcs: [], accepting: true }]
}
