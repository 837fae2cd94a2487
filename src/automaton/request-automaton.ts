/**
 * The requests that a set of patterns allows for one method, as a deterministic automaton over the letters
 * of canonical request paths (without the leading slash), made as it is walked: the subset construction on
 * the fly.
 *
 * It is the whole reading of a request path at once, so that what is compared is what `authorize` decides:
 *
 * - the path rules: {@link pathTable};
 * - the base path: so many of its letters have been read, or all, or the path is inside;
 * - the patterns: the subset of their states after the path inside the base path;
 * - extensions: for each beginning of one that the path may be in the middle of, the *ending* before it.
 *
 * An *ending* is what the decision depends on for a path that ends here, with its extensions stripped:
 * whether a pattern matches, whether one that asks for a slash does, whether it ends in a slash or in a dot
 * segment, and the same of the path without that slash (`trailingSlash: strict` reads it a second time).
 * It is a handful of bits, and the next ending follows from the last ones; nothing is ever read backwards.
 *
 * Exact for paths of any length. Cost: one move of the subset for each state and class of letters that a
 * walk meets; states are numbered, so a second walk costs a look-up for each letter. The number of subsets
 * can be exponential in the stars of the patterns: those who walk bring a budget.
 */
import type { Pattern } from '../pattern/pattern.ts'
import type { PathRules } from '../pattern/request-path.ts'
import { LETTER_OF, LETTERS, SLASH_LETTER } from './letters.ts'
import { type PathTable, pathTable } from './path-table.ts'
import { ASKS_FOR_SLASH, classesBy, MATCHES, type PatternSet } from './pattern-set.ts'
import { patternSet } from './read-patterns.ts'

/** The bits of an ending; the first two are those of the patterns. */
const SLASH = 4
const DOTS = 8
const SHORTER_MATCHES = 16
const SHORTER_SLASH = 32
const SHORTER_DOTS = 64
/** With any of these a longer path may still be allowed though no pattern goes on. */
const HOPEFUL: number = MATCHES | ASKS_FOR_SLASH | SHORTER_MATCHES

/** Nothing that begins so is allowed. */
export const DEAD = 0

/** Whether a path with a slash at its end is judged by both readings, or counts wherever a pattern matches. */
export type Judgement = 'decision' | 'match'

/** Counts the memory of several automata together. */
export interface MemoryCount {
  bytes: number
}

/** The beginning of an extension that the path ends in, and the ending before its dot. */
interface Begun {
  readonly text: string
  readonly before: number
}

interface State {
  /** State of the path rules. */
  readonly rules: number
  /** Letters of the base path read so far, or -1 inside of it. */
  readonly base: number
  readonly subset: readonly number[]
  readonly ending: number
  /** With `trailingSlash: ignore` and a slash at the end: the ending before it; else -1. */
  readonly dropped: number
  readonly begun: readonly Begun[]
}

/** What most states have: the path is inside the base path, and nothing that ends or began counts. */
const NOTHING = { base: -1, subset: [], ending: 0, dropped: -1, begun: [] } as const

/** A state without its subset and its row; and what a member of a subset takes, in the list and in its key. */
const STATE_BYTES = 400
const MEMBER_BYTES = 12

export class RequestAutomaton {
  readonly start: number
  /** Letters of one class are never distinguished. */
  readonly classes: readonly number[]
  readonly #states: (State | null)[] = [null]
  readonly #allows: boolean[] = [false]
  readonly #next: Int32Array[] = []
  readonly #numbers = new Map<string, number>()
  readonly #classCount: number
  readonly #rules: PathRules
  readonly #judgement: Judgement
  readonly #patterns: PatternSet
  readonly #paths: PathTable
  readonly #base: readonly number[]
  readonly #extensions: readonly string[]
  readonly #count: MemoryCount | undefined
  #bytes = 0

  /** `count` is raised by the memory of each state that is made. */
  constructor(
    patterns: readonly Pattern[],
    rules: PathRules,
    judgement: Judgement = 'decision',
    count?: MemoryCount,
  ) {
    this.#count = count
    this.#rules = rules
    this.#judgement = judgement
    this.#patterns = patternSet(patterns, rules)
    this.#paths = pathTable(rules)
    this.#base = Array.from(rules.basePath, unitLetter)
    this.#extensions = rules.extensions.map((extension) => `.${extension}`)
    this.classes = this.#classify()
    this.#classCount = Math.max(...this.classes) + 1
    this.#next.push(new Int32Array(this.#classCount))
    this.start = this.#number(this.#base.length > 0 ? this.#outside(0, 0) : this.#inside(0))
  }

  /** How much memory its states take so far, roughly: subsets can have thousands of members. */
  get bytes(): number {
    return this.#bytes
  }

  allows(state: number): boolean {
    return this.#allows[state] === true
  }

  /** Whether it allows a path that is given by its letters; false for a letter that is none. */
  accepts(path: readonly number[]): boolean {
    let state = this.start
    for (const letter of path) state = letter < 0 ? DEAD : this.next(state, letter)
    return this.allows(state)
  }

  /** The state after one more letter. */
  next(state: number, letter: number): number {
    const row = this.#next[state] as Int32Array
    const column = this.classes[letter] as number
    const known = row[column] as number
    if (known >= 0) return known
    return (row[column] = this.#number(this.#step(this.#states[state] as State, letter)))
  }

  /** From the dead state no step is taken: its row is full. */
  #step(state: State, letter: number): State | null {
    const rules = this.#paths.next[state.rules * LETTERS.length + letter] as number
    if (rules < 0) return null
    if (state.base >= 0) {
      if (state.base < this.#base.length) {
        return this.#base[state.base] === letter ? this.#outside(rules, state.base + 1) : null
      }
      return letter === SLASH_LETTER ? this.#inside(rules) : null
    }
    const subset = this.#patterns.move(state.subset, letter)
    const text = `${state.begun[0]?.text ?? ''}${String.fromCharCode(LETTERS[letter] as number)}`
    const ending = this.#ending(state, rules, subset, letter, text)
    const begun = this.#begun(state, text)
    const dropped = letter === SLASH_LETTER && this.#rules.trailingSlash === 'ignore' ? state.ending : -1
    const hopeful =
      subset.length > 0 ||
      (ending & HOPEFUL) !== 0 ||
      (dropped >= 0 && (dropped & HOPEFUL) !== 0) ||
      begun.some(({ before }) => (before & HOPEFUL) !== 0)
    return hopeful ? { rules, base: -1, subset, ending, dropped, begun } : null
  }

  /** Before the path is inside the base path; the base path alone is the empty path. */
  #outside(rules: number, base: number): State {
    return { ...NOTHING, rules, base }
  }

  #inside(rules: number): State {
    const subset = this.#patterns.start
    return { ...NOTHING, rules, subset, ending: this.#patterns.accepts(subset) }
  }

  #ending(before: State, rules: number, subset: readonly number[], letter: number, text: string): number {
    for (const extension of this.#extensions) {
      if (!text.endsWith(extension)) continue
      // Its last letter is this one, so what was begun is all of it but that.
      const begun = before.begun.find((one) => one.text.length === extension.length - 1) as Begun
      return begun.before
    }
    const accepts = this.#patterns.accepts(subset)
    const strict = this.#rules.trailingSlash === 'strict'
    const dots = this.#paths.accepting[rules] === 0 ? DOTS : 0
    if (!strict) return (accepts & MATCHES) | dots
    if (letter !== SLASH_LETTER) return (accepts & MATCHES) | dots
    const { ending } = before
    return (
      accepts |
      SLASH |
      dots |
      ((ending & MATCHES) !== 0 ? SHORTER_MATCHES : 0) |
      ((ending & SLASH) !== 0 ? SHORTER_SLASH : 0) |
      ((ending & DOTS) !== 0 ? SHORTER_DOTS : 0)
    )
  }

  /** The beginnings of extensions at the end of `text`, longest first. */
  #begun(before: State, text: string): readonly Begun[] {
    const begun: Begun[] = []
    for (let at = 0; at < text.length; at++) {
      const rest = text.slice(at)
      if (!this.#extensions.some((extension) => extension.startsWith(rest))) continue
      const known = before.begun.find((one) => one.text.length === rest.length - 1)
      begun.push({ text: rest, before: known?.before ?? before.ending })
    }
    return begun
  }

  #number(state: State | null): number {
    if (state === null) return DEAD
    const { rules, base, subset, ending, dropped, begun } = state
    const tail = begun.map((one) => `${one.text}:${one.before}`).join()
    const key = `${rules} ${base} ${ending} ${dropped} ${tail} ${subset.join()}`
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const number = this.#states.push(state) - 1
    this.#numbers.set(key, number)
    this.#allows.push(this.#decide(state))
    this.#next.push(new Int32Array(this.#classCount).fill(-1))
    const bytes = STATE_BYTES + MEMBER_BYTES * subset.length + 4 * this.#classCount
    this.#bytes += bytes
    if (this.#count !== undefined) this.#count.bytes += bytes
    return number
  }

  #decide({ base, ending, dropped }: State): boolean {
    if (base >= 0) {
      return base === this.#base.length && (this.#patterns.accepts(this.#patterns.start) & MATCHES) !== 0
    }
    const judged = dropped >= 0 ? dropped : ending
    // A dot segment at the end, perhaps left behind by extensions.
    if ((judged & DOTS) !== 0) return false
    const matches = (judged & MATCHES) !== 0
    if ((judged & SLASH) === 0) return matches
    if ((judged & SHORTER_DOTS) !== 0) return false
    if (this.#judgement === 'match') return matches
    if ((judged & ASKS_FOR_SLASH) !== 0) return true
    return (judged & SHORTER_SLASH) === 0 && matches && (judged & SHORTER_MATCHES) !== 0
  }

  /** Letters that neither the path rules nor base path, extensions or patterns distinguish. */
  #classify(): readonly number[] {
    // A slash ends the base path and may be dropped; `%2F` follows the same path rules and is neither.
    const spelled = new Set([
      SLASH_LETTER,
      ...this.#base,
      ...this.#extensions.flatMap((extension) => Array.from(extension, unitLetter)),
    ])
    return classesBy((letter) => {
      const own = spelled.has(letter) ? letter : ''
      return `${this.#paths.classes[letter] as number} ${own} ${this.#patterns.classes[letter] as number}`
    })
  }
}

function unitLetter(char: string): number {
  return LETTER_OF.get(char.charCodeAt(0)) as number
}
