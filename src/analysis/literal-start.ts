/**
 * The letters with which every match of a pattern begins, and an index by them: patterns of which neither
 * start begins with the other have no match in common, so most pairs of a large scope need no test.
 */
import { foldCase } from '../pattern/canonical.ts'
import type { Expression } from '../pattern/expression.ts'
import type { Pattern } from '../pattern/pattern.ts'

/** Folded, so that it also serves where case makes no difference. */
export function literalStart({ meaning }: Pattern): string {
  if (meaning.kind === 'runs') return foldCase(meaning.runs[0] ?? '')
  return meaning.kind === 'never' ? '' : startOf(meaning.expression).text
}

interface Start {
  readonly text: string
  /** Whether the pattern has no other letters. */
  readonly whole: boolean
}

function startOf(expression: Expression): Start {
  switch (expression.kind) {
    case 'guard':
      return { text: '', whole: true }
    case 'set': {
      const units = new Set<string>()
      for (let at = 0; at < expression.set.length; at += 2) {
        const [first = 0, last = 0] = expression.set.slice(at, at + 2)
        if (first !== last) return { text: '', whole: false }
        units.add(foldCase(String.fromCharCode(first)))
      }
      const [unit] = units
      return unit !== undefined && units.size === 1 ? { text: unit, whole: true } : { text: '', whole: false }
    }
    case 'sequence': {
      let text = ''
      for (const item of expression.items) {
        const start = startOf(item)
        text += start.text
        if (!start.whole) return { text, whole: false }
      }
      return { text, whole: true }
    }
    case 'choice': {
      const [first, ...others] = expression.items.map(startOf)
      return others.reduce(common, first ?? { text: '', whole: false })
    }
    case 'repeat':
      return { text: '', whole: false }
  }
}

function common(a: Start, b: Start): Start {
  if (a.whole && b.whole && a.text === b.text) return a
  let length = 0
  while (length < a.text.length && a.text[length] === b.text[length]) length += 1
  return { text: a.text.slice(0, length), whole: false }
}

export class StartIndex<T> {
  readonly #byStart = new Map<string, T[]>()
  readonly #sorted: readonly string[]
  readonly #places: ReadonlyMap<T, number>

  constructor(items: readonly T[], startOf: (item: T) => string) {
    for (const item of items) {
      const start = startOf(item)
      const known = this.#byStart.get(start)
      if (known === undefined) this.#byStart.set(start, [item])
      else known.push(item)
    }
    this.#sorted = [...this.#byStart.keys()].sort()
    this.#places = new Map(items.map((item, place) => [item, place]))
  }

  /** Items that may have a match in common with one that starts so, in the order of the list. */
  near(start: string): readonly T[] {
    const found: T[] = []
    for (let length = 0; length < start.length; length++) {
      found.push(...(this.#byStart.get(start.slice(0, length)) ?? []))
    }
    for (let at = this.#firstFrom(start); at < this.#sorted.length; at++) {
      const other = this.#sorted[at] ?? ''
      if (!other.startsWith(start)) break
      found.push(...(this.#byStart.get(other) ?? []))
    }
    return found.sort((a, b) => (this.#places.get(a) ?? 0) - (this.#places.get(b) ?? 0))
  }

  #firstFrom(start: string): number {
    let [low, high] = [0, this.#sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#sorted[middle] ?? '') < start) low = middle + 1
      else high = middle
    }
    return low
  }
}
