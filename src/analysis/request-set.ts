/**
 * The requests that some endpoints allow: the endpoints, the rules by which paths are read, and the decision.
 *
 * A request set is what a comparison compares: a scope, a token, or a few endpoints of a scope. What is costly about
 * it (automata, short cuts) is created on first use and kept for the next comparison.
 */
import { ESCAPE_BASE } from '../pattern/canonical.ts'
import { LETTER_OF } from '../automaton/letters.ts'
import { type Judgement, RequestAutomaton, type MemoryCount } from '../automaton/request-automaton.ts'
import { AutomatonCache } from './automaton-cache.ts'
import type { Pattern } from '../pattern/pattern.ts'
import type { PathRules } from '../pattern/request-path.ts'
import type { Endpoint } from '../policy/model.ts'
import type { InterpretedEndpoint } from '../policy/policy-data.ts'
import { type Places, placesOf } from './common-path.ts'
import { type Glob, toGlob } from './glob.ts'
import { inUsualOrder } from '../language/methods.ts'
import { CHARACTER_OPTIONS, type CharacterRules, OPTIONS, READING_OPTIONS } from '../language/options.ts'
import { sampleText } from './sample.ts'

/** An endpoint with what the comparisons know about its pattern. */
export class AnalyzedEndpoint {
  readonly endpoint: Endpoint
  readonly pattern: Pattern
  readonly methods: readonly string[]
  readonly #rules: PathRules
  readonly #cache: AutomatonCache
  #glob: Glob | null | undefined
  #places: Places | undefined
  #sample: string | null | undefined

  /** `cache` bounds the automata of a policy's endpoints and scopes together. */
  constructor(
    { endpoint, pattern }: InterpretedEndpoint,
    rules: PathRules,
    cache: AutomatonCache = new AutomatonCache(),
  ) {
    this.endpoint = endpoint
    this.pattern = pattern
    this.methods = inUsualOrder(endpoint.methods)
    this.#rules = rules
    this.#cache = cache
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
    const build = (count: MemoryCount): RequestAutomaton =>
      new RequestAutomaton([this.pattern], this.#rules, 'decision', count)
    return this.#cache.get(this, '', build)
  }
}

/** An endpoint to which the short cuts of `glob.ts` apply. */
export type ShortEndpoint = AnalyzedEndpoint & { readonly glob: Glob & { readonly fresh: string } }

export function isShort(item: AnalyzedEndpoint): item is ShortEndpoint {
  return item.glob !== null && item.glob.fresh !== null
}

export class RequestSet {
  readonly rules: PathRules
  readonly items: readonly AnalyzedEndpoint[]
  /** In the usual order. */
  readonly methods: readonly string[]
  readonly allows: (method: string, path: string) => boolean
  readonly #cache: AutomatonCache
  readonly #keys = new Map<string, string>()
  #short: readonly ShortEndpoint[] | null | undefined

  /** Without `allows` the set decides by its own automaton. */
  constructor(
    items: readonly AnalyzedEndpoint[],
    rules: PathRules,
    allows?: (method: string, path: string) => boolean,
    cache: AutomatonCache = new AutomatonCache(),
  ) {
    this.#cache = cache
    this.rules = rules
    this.items = items.filter(({ pattern }) => pattern.meaning.kind !== 'never')
    this.methods = inUsualOrder(this.items.flatMap(({ methods }) => methods))
    this.allows = allows ?? ((method, path) => this.automaton(method).accepts(lettersOf(path)))
  }

  /** Items with short cuts, the shortest requests first; null when some item has none. */
  get short(): readonly ShortEndpoint[] | null {
    if (this.#short === undefined) {
      const usable = this.items.filter(isShort)
      this.#short =
        usable.length === this.items.length ? usable.sort((a, b) => a.glob.least - b.glob.least) : null
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
    const build = (count: MemoryCount): RequestAutomaton =>
      new RequestAutomaton(this.#patterns(method), this.rules, judgement, count)
    return this.#cache.get(this, `${judgement} ${this.key(method)}`, build)
  }

  #patterns(method: string): readonly Pattern[] {
    return this.items.filter(({ methods }) => methods.includes(method)).map(({ pattern }) => pattern)
  }
}

/** The letters of a canonical path after its leading slash; -1 for a character that is not a letter. */
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
    // A star at the end matches the slash as well, and the path without it.
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
