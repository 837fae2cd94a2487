/**
 * One side of a comparison: some endpoints, the rules by which paths are read, and what they decide.
 *
 * A side is a scope, or a few endpoints of one. What is costly about it (automata, short cuts) is made
 * when it is first needed and kept for the next comparison.
 */
import { ESCAPE_BASE } from '../pattern/canonical.ts'
import { LETTER_OF } from '../automaton/letters.ts'
import { type Judgement, RequestAutomaton } from '../automaton/request-automaton.ts'
import type { Pattern } from '../pattern/pattern.ts'
import type { PathRules } from '../pattern/request-path.ts'
import type { Endpoint } from '../policy/model.ts'
import type { InterpretedEndpoint } from '../policy/policy-data.ts'
import { type Places, placesOf } from './common-path.ts'
import { type Glob, toGlob } from './glob.ts'
import { CHARACTER_OPTIONS, type CharacterRules, OPTIONS, READING_OPTIONS } from '../language/options.ts'
import { sampleText } from './sample.ts'

/** What most people ask first comes first where several methods would do for an example. */
const USUAL = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

export function inUsualOrder(methods: Iterable<string>): readonly string[] {
  const sorted = [...new Set(methods)].sort()
  return [
    ...USUAL.filter((method) => sorted.includes(method)),
    ...sorted.filter((method) => !USUAL.includes(method)),
  ]
}

/** An endpoint with what the comparisons know about its pattern. */
export class AnalyzedEndpoint {
  readonly endpoint: Endpoint
  readonly pattern: Pattern
  readonly methods: readonly string[]
  readonly #rules: PathRules
  #glob: Glob | null | undefined
  #places: Places | undefined
  #sample: string | null | undefined
  #automaton: RequestAutomaton | undefined

  constructor({ endpoint, pattern }: InterpretedEndpoint, rules: PathRules) {
    this.endpoint = endpoint
    this.pattern = pattern
    this.methods = inUsualOrder(endpoint.methods)
    this.#rules = rules
  }

  get glob(): Glob | null {
    return (this.#glob ??= toGlob(this.pattern, this.#rules))
  }

  get places(): Places {
    return (this.#places ??= placesOf(this.glob?.runs ?? []))
  }

  /** See `sample.ts`. */
  get sample(): string | null {
    if (this.#sample === undefined) this.#sample = sampleText(this.pattern, this.#rules)
    return this.#sample
  }

  /** What it allows on its own, whatever the method. */
  get automaton(): RequestAutomaton {
    return (this.#automaton ??= new RequestAutomaton([this.pattern], this.#rules))
  }

  forget(): void {
    this.#automaton = undefined
  }
}

export class RequestSet {
  readonly rules: PathRules
  readonly items: readonly AnalyzedEndpoint[]
  /** In the usual order. */
  readonly methods: readonly string[]
  readonly allows: (method: string, path: string) => boolean
  readonly #automata = new Map<string, RequestAutomaton>()
  readonly #keys = new Map<string, string>()
  #short: readonly AnalyzedEndpoint[] | null | undefined

  /** Without `allows` the side decides by its own automaton. */
  constructor(
    items: readonly AnalyzedEndpoint[],
    rules: PathRules,
    allows?: (method: string, path: string) => boolean,
  ) {
    this.rules = rules
    this.items = items.filter(({ pattern }) => pattern.meaning.kind !== 'never')
    this.methods = inUsualOrder(this.items.flatMap(({ methods }) => methods))
    this.allows = allows ?? ((method, path) => this.automaton(method).accepts(lettersOf(path)))
  }

  /** Items with short cuts, the shortest requests first; null when some item has none. */
  get short(): readonly AnalyzedEndpoint[] | null {
    if (this.#short === undefined) {
      const usable = this.items.every(({ glob }) => glob !== null && glob.fresh !== null)
      this.#short = usable
        ? [...this.items].sort((a, b) => (a.glob?.least ?? 0) - (b.glob?.least ?? 0))
        : null
    }
    return this.#short
  }

  /** Methods with the same key are granted by the same endpoints. */
  key(method: string): string {
    const known =
      this.#keys.get(method) ??
      this.items.flatMap(({ methods }, index) => (methods.includes(method) ? [index] : [])).join()
    this.#keys.set(method, known)
    return known
  }

  automaton(method: string, judgement: Judgement = 'decision'): RequestAutomaton {
    const key = `${judgement} ${this.key(method)}`
    const known =
      this.#automata.get(key) ?? new RequestAutomaton(this.#patterns(method), this.rules, judgement)
    this.#automata.set(key, known)
    return known
  }

  /** How many states all automata have. */
  get size(): number {
    return [...this.#automata.values()].reduce((sum, { size }) => sum + size, 0)
  }

  forget(): void {
    this.#automata.clear()
  }

  #patterns(method: string): readonly Pattern[] {
    return this.items.filter(({ methods }) => methods.includes(method)).map(({ pattern }) => pattern)
  }
}

/** The letters of a canonical path behind its leading slash; -1 for what is no letter. */
export function lettersOf(path: string): readonly number[] {
  const letters: number[] = []
  for (let at = 1; at < path.length; at++) {
    const isEscape = path.charCodeAt(at) === 0x25
    const unit = isEscape
      ? ESCAPE_BASE + Number.parseInt(path.slice(at + 1, at + 3), 16)
      : path.charCodeAt(at)
    letters.push(LETTER_OF.get(unit) ?? -1)
    if (isEscape) at += 2
  }
  return letters
}

/** Whether the two read request paths alike. */
export function sameRules(a: PathRules, b: PathRules): boolean {
  if (a === b) return true
  const key = (rules: PathRules): string => JSON.stringify(READING_OPTIONS.map((name) => rules[name]))
  return key(a) === key(b)
}

/**
 * Whether a pattern that is in both, read by both alike, allows at least as much under `wide` as under
 * `narrow`, because options only let more paths in.
 */
export function onlyWidens(narrow: PathRules, wide: PathRules, pattern: Pattern): boolean {
  if (sameRules(narrow, wide)) return true
  // Without case a negated class of a `segment` pattern has fewer letters.
  const foldedMore = wide.caseSensitive || wide.wildcard === 'segment'
  if (narrow.caseSensitive !== wide.caseSensitive && foldedMore) return false
  if (narrow.trailingSlash === 'strict' && wide.trailingSlash === 'ignore' && pattern.endsInSlash)
    return false
  if (narrow.trailingSlash === 'ignore' && wide.trailingSlash === 'strict') {
    // A star at the end takes the slash as well, and matches without it.
    const { meaning } = pattern
    const endsInStar = meaning.kind === 'runs' && meaning.runs.length > 1 && meaning.runs.at(-1) === ''
    if (!endsInStar || wide.extensions.length > 0) return false
  }
  // Their choices are listed from the one that accepts least to the one that accepts most.
  const accepts = (rules: PathRules, name: keyof CharacterRules): number =>
    (OPTIONS[name].choices as readonly string[]).indexOf(rules[name])
  if (CHARACTER_OPTIONS.some((name) => accepts(narrow, name) > accepts(wide, name))) return false
  const { caseSensitive, trailingSlash } = wide
  const characters = Object.fromEntries(CHARACTER_OPTIONS.map((name) => [name, wide[name]]))
  return sameRules({ ...narrow, caseSensitive, trailingSlash, ...characters }, wide)
}
