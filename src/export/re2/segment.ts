/**
 * Patterns of `wildcard: segment` as RE2 syntax: the automaton of the pattern over letters, made deterministic, and
 * read back as an expression by eliminating its states one by one (Kleene's theorem).
 *
 * Patterns of this mode are compared with the text of a path, so a star may end inside of an escape. Over letters it
 * cannot, which is why the pattern's own syntax is not translated.
 *
 * Cost: an expression may be much longer than its pattern; beyond {@link MAX_LENGTH} it is not written.
 */
import { LETTERS, SLASH_LETTER } from '../../automaton/letters.ts'
import { MATCHES } from '../../automaton/pattern-set.ts'
import { patternSet } from '../../automaton/read-patterns.ts'
import type { Pattern } from '../../pattern/pattern.ts'
import type { PathRules } from '../../pattern/request-path.ts'
import { choice } from './glob.ts'
import { letterOf } from './letters.ts'

const MAX_STATES = 300
/** Longer expressions are not for people, and cost engines more than they should. */
const MAX_LENGTH = 20_000

/** The expression would be too long. */
export class TooComplexForRe2 extends Error {}

interface State {
  readonly accepts: boolean
  /** Whether the path may end here: it ends in none of the extensions. */
  readonly isBare: boolean
  /** For each class of letters the next state; -1 where nothing goes on. */
  readonly next: readonly number[]
}

export interface SegmentParts {
  /** Paths of the pattern that do not end in a slash or an extension; undefined where there are none. */
  readonly bare: string | undefined
  /** Those of them to which a slash may be added, without it. */
  readonly slashable: string | undefined
  /** Paths of the pattern that end in a slash, without it, though the pattern does not match them without. */
  readonly onlyWithSlash: string | undefined
  /** Paths of the pattern that end in a slash, without it. */
  readonly afterAll: string | undefined
  /** All paths of the pattern. */
  readonly all: string | undefined
}

/** Throws {@link TooComplexForRe2}. */
export function segmentParts(pattern: Pattern, rules: PathRules): SegmentParts {
  const { states, letters } = automatonOf(pattern, rules)
  const slash = letters.findIndex((list) => list.includes(SLASH_LETTER))
  const afterSlash = ({ next }: State): boolean => states[next[slash] ?? -1]?.accepts === true
  const read = (accepts: (state: State) => boolean): string | undefined =>
    expressionOf(states, letters, accepts)
  return {
    bare: read((state) => state.accepts && state.isBare),
    slashable: read((state) => state.accepts && state.isBare && afterSlash(state)),
    onlyWithSlash: read((state) => !state.accepts && afterSlash(state)),
    afterAll: read(afterSlash),
    all: read((state) => state.accepts),
  }
}

function automatonOf(
  pattern: Pattern,
  rules: PathRules,
): { readonly states: readonly State[]; readonly letters: readonly (readonly number[])[] } {
  const set = patternSet([pattern], rules)
  const ends = ['/', ...rules.extensions.map((extension) => `.${extension}`)]
  const spelled = new Set(ends.join(''))
  const classOf = new Map<string, number>()
  const letters: number[][] = []
  for (const letter of LETTERS.keys()) {
    const char = String.fromCharCode(LETTERS[letter] as number)
    const key = `${set.classes[letter] as number} ${spelled.has(char) ? char : ''}`
    const known = classOf.get(key) ?? letters.push([]) - 1
    classOf.set(key, known)
    letters[known]?.push(letter)
  }
  const longest = Math.max(...ends.map((end) => end.length))
  const numbers = new Map<string, number>()
  const pending: { subset: readonly number[]; tail: string }[] = []
  const numberOf = (subset: readonly number[], tail: string): number => {
    const key = `${subset.join()} ${tail}`
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, pending.length)
    if (pending.push({ subset, tail }) > MAX_STATES) throw new TooComplexForRe2()
    return pending.length - 1
  }
  numberOf(set.start, '')
  const states: State[] = []
  // What is found on the way is visited as well.
  for (const { subset, tail } of pending) {
    const next = letters.map(([letter = 0]) => {
      const moved = set.move(subset, letter)
      if (moved.length === 0) return -1
      const char = String.fromCharCode(LETTERS[letter] as number)
      return numberOf(moved, endBegun(`${tail}${spelled.has(char) ? char : '\u0000'}`.slice(-longest), ends))
    })
    states.push({
      accepts: (set.accepts(subset) & MATCHES) !== 0,
      isBare: !ends.includes(tail),
      next,
    })
  }
  return minimized(states, letters)
}

/** The longest end of the text that some forbidden end begins with. */
function endBegun(text: string, ends: readonly string[]): string {
  for (let at = 0; at < text.length; at++) {
    const rest = text.slice(at)
    if (ends.some((end) => end.startsWith(rest))) return rest
  }
  return ''
}

/** Moore's algorithm; states from which nothing is accepted are left out. */
function minimized(
  states: readonly State[],
  letters: readonly (readonly number[])[],
): { readonly states: readonly State[]; readonly letters: readonly (readonly number[])[] } {
  const live = states.map(({ accepts }) => accepts)
  for (let changed = true; changed;) {
    changed = false
    for (const [index, { next }] of states.entries()) {
      if (live[index] === true || !next.some((to) => live[to] === true)) continue
      live[index] = true
      changed = true
    }
  }
  let groups = states.map(({ accepts, isBare }, index) =>
    live[index] === true ? `${String(accepts)} ${String(isBare)}` : '',
  )
  for (let count = -1; count !== new Set(groups).size;) {
    count = new Set(groups).size
    const ids = new Map([...new Set(groups)].map((key, id) => [key, id]))
    const before = groups
    groups = states.map(({ next }, index) =>
      before[index] === ''
        ? ''
        : `${ids.get(before[index] ?? '') ?? 0}:${next.map((to) => (to < 0 || before[to] === '' ? '' : (ids.get(before[to] ?? '') ?? 0))).join()}`,
    )
  }
  const order = [...new Set(groups)].filter((key) => key !== '')
  const first = groups[0] ?? ''
  if (first === '') return { states: [], letters }
  const sorted = [first, ...order.filter((key) => key !== first)]
  const idOf = new Map(sorted.map((key, id) => [key, id]))
  return {
    letters,
    states: sorted.map((key) => {
      const state = states[groups.indexOf(key)] as State
      return { ...state, next: state.next.map((to) => idOf.get(groups[to] ?? '') ?? -1) }
    }),
  }
}

/** Undefined where nothing is accepted. */
function expressionOf(
  states: readonly State[],
  letters: readonly (readonly number[])[],
  accepts: (state: State) => boolean,
): string | undefined {
  // The start and the end are separate states; null is not an arc, '' is an empty one.
  const start = states.length
  const end = start + 1
  const arcs = Array.from({ length: end + 1 }, () => new Map<number, string>())
  const add = (from: number, to: number, text: string): void => {
    if (text.length > MAX_LENGTH) throw new TooComplexForRe2()
    const known = arcs[from]?.get(to)
    arcs[from]?.set(to, known === undefined || known === text ? text : choice([known, text]))
  }
  for (const [from, state] of states.entries()) {
    const byTarget = new Map<number, number[]>()
    for (const [index, to] of state.next.entries()) {
      if (to >= 0) byTarget.set(to, [...(byTarget.get(to) ?? []), ...(letters[index] ?? [])])
    }
    for (const [to, list] of byTarget) {
      add(from, to, letterOf(new Set(list.map((letter) => LETTERS[letter] as number))))
    }
    if (accepts(state)) add(from, end, '')
  }
  if (states.length > 0) add(start, 0, '')
  const left = new Set(states.keys())
  const into = (state: number): readonly number[] =>
    [...left, start].filter((from) => from !== state && arcs[from]?.has(state) === true)
  while (left.size > 0) {
    const cost = (state: number): number => into(state).length * (arcs[state]?.size ?? 0)
    const [first] = [...left].sort((a, b) => cost(a) - cost(b))
    const state = first as number
    const loop = arcs[state]?.get(state)
    const repeated = loop === undefined || loop === '' ? '' : `${grouped(loop)}*`
    for (const from of into(state)) {
      const before = arcs[from]?.get(state) ?? ''
      for (const [to, after] of arcs[state] ?? []) {
        if (to !== state) add(from, to, `${before}${repeated}${after}`)
      }
      arcs[from]?.delete(state)
    }
    left.delete(state)
    arcs[state]?.clear()
  }
  return arcs[start]?.get(end)
}

/** What a star may follow. */
function grouped(text: string): string {
  return /^(?:\\?.|\[(?:[^\]\\]|\\.)*\])$/.test(text) || isGroup(text) ? text : `(?:${text})`
}

function isGroup(text: string): boolean {
  if (!text.startsWith('(?:') || !text.endsWith(')')) return false
  let depth = 0
  let inClass = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === '\\') at += 1
    else if (inClass) inClass = char !== ']'
    else if (char === '[') inClass = true
    else if (char === '(') depth += 1
    else if (char === ')') {
      depth -= 1
      if (depth === 0 && at < text.length - 1) return false
    }
  }
  return true
}
