/**
 * Patterns of `wildcard: any` as RE2 syntax, and the part of them that does not end in a forbidden way.
 *
 * RE2 cannot intersect. What is needed of it, "matches the pattern, and does not end in `.json` or `/`", is written
 * by reading the pattern backwards along the tree of the forbidden ends: as soon as a letter leaves the tree, the
 * rest of the pattern is free. The answer is a union of "the pattern up to here, then this".
 */
import { LETTERS as LETTER_UNITS } from '../../automaton/letters.ts'
import { ANY_LETTER, letterOf, type LetterSet } from './letters.ts'

/** A star, or one letter of a set. */
type Item = '*' | LetterSet

export type Glob = readonly Item[]

/** Literals with a star between each two, to items. Stars next to each other are one. */
export function globOf(runs: readonly string[], caseSensitive: boolean): Glob {
  return runs
    .filter((run, index) => run !== '' || index === 0 || index === runs.length - 1)
    .flatMap((run, index) => [
      ...(index > 0 ? (['*'] as const) : []),
      ...Array.from(run, (char) => letters(char, caseSensitive)),
    ])
}

function letters(char: string, caseSensitive: boolean): LetterSet {
  const isLetter = !caseSensitive && /^[A-Za-z]$/.test(char)
  const chars = isLetter ? [char.toLowerCase(), char.toUpperCase()] : [char]
  return new Set(chars.map((one) => one.charCodeAt(0)))
}

export function matchesEmpty(glob: Glob): boolean {
  return glob.every((item) => item === '*')
}

/** The expression of items, without anchors. */
export function expressionOf(glob: Glob): string {
  return glob.map((item) => (item === '*' ? `${ANY_LETTER}*` : letterOf(item))).join('')
}

/** A tree of forbidden ends, from the last letter to the first. */
interface Ends {
  readonly children: Map<number, Ends>
  isEnd: boolean
}

/** Alternatives: the first so many items, then an expression. */
type Alternative = readonly [items: number, rest: string]

/** The paths of a pattern that end in none of these strings; undefined where there are none. */
export function notEnding(glob: Glob, ends: readonly string[]): string | undefined {
  const root: Ends = { children: new Map(), isEnd: false }
  for (const end of ends) {
    let node = root
    for (const char of Array.from(end).reverse()) {
      const unit = char.charCodeAt(0)
      const next = node.children.get(unit) ?? { children: new Map(), isEnd: false }
      node.children.set(unit, next)
      node = next
    }
    node.isEnd = true
  }
  const byItems = new Map<number, string[]>()
  for (const [items, rest] of alternatives(glob, glob.length, root)) {
    const known = byItems.get(items)
    if (known === undefined) byItems.set(items, [rest])
    else if (!known.includes(rest)) known.push(rest)
  }
  const texts = [...byItems].map(([items, rests]) => `${expressionOf(glob.slice(0, items))}${choice(rests)}`)
  return texts.length === 0 ? undefined : choice(texts)
}

function alternatives(glob: Glob, length: number, node: Ends): readonly Alternative[] {
  const item = glob[length - 1]
  if (item === undefined) return [[0, '']]
  const left = [...node.children.keys()]
  if (item !== '*') {
    const inside = left.filter((unit) => item.has(unit))
    if (inside.length === 0) return [[length, '']]
    const free = [...item].filter((unit) => !inside.includes(unit))
    return [
      ...(free.length > 0 ? [[length - 1, letterOf(new Set(free))] as const] : []),
      ...below(glob, length - 1, node, inside),
    ]
  }
  return [
    [length - 1, `${ANY_LETTER}*${letterOf(allBut(left))}`],
    ...alternatives(glob, length - 1, node),
    ...below(glob, length, node, left),
  ]
}

/** A letter of the tree was read: the rest before it must not complete an end. */
function below(glob: Glob, length: number, node: Ends, units: readonly number[]): readonly Alternative[] {
  return units.flatMap((unit) => {
    const next = node.children.get(unit) as Ends
    if (next.isEnd) return []
    const text = letterOf(new Set([unit]))
    return alternatives(glob, length, next).map(([items, rest]) => [items, `${rest}${text}`] as const)
  })
}

function allBut(units: readonly number[]): LetterSet {
  return new Set(LETTER_UNITS.filter((unit) => !units.includes(unit)))
}

export function choice(texts: readonly string[]): string {
  if (texts.length === 1) return texts[0] as string
  const isOptional = texts.includes('')
  const others = texts.filter((text) => text !== '')
  const [only] = others
  return `(?:${others.length === 1 ? (only as string) : others.join('|')})${isOptional ? '?' : ''}`
}
