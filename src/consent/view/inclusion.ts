/**
 * Whether all that a scope opens is open without it: what one scope allows, in what others do.
 *
 * Inclusion is decided by the analysis. Before it is asked, a few requests that a scope allows are tried on
 * the others: whoever denies one of them does not contain it. The first is tried on halves of all scopes,
 * then on halves of those, so that hundreds of scopes cost a few looks each and not one for each pair.
 * What stays undecided is not included.
 */
import { processorTime } from '../../automaton/processor-time.ts'
import { compareRequestSets } from '../../analysis/compare-request-sets.ts'
import { requestPath } from '../../analysis/glob.ts'
import { searchOnly } from '../../analysis/own-requests.ts'
import { type AnalyzedEndpoint, RequestSet } from '../../analysis/request-set.ts'
import { type RequestSets, requestSetsOf } from '../../analysis/request-sets.ts'
import type { Witness } from '../../analysis/types.ts'
import { BudgetExceededError, SearchBudget } from '../../automaton/search-budget.ts'
import type { Policy } from '../../decision/types.ts'
import { coversNames, rowsOf } from './opened.ts'

/** States are for one question, the time is for all. */
const BUDGET = { states: 20_000, milliseconds: 200 }

type Decides = (method: string, path: string) => boolean

export class Inclusion {
  readonly #policy: Policy
  readonly #sets: RequestSets
  readonly #searchBudget = new SearchBudget(BUDGET)
  readonly #deadline = processorTime() + BUDGET.milliseconds
  readonly #known: Map<string, boolean>

  constructor(policy: Policy) {
    this.#policy = policy
    this.#sets = requestSetsOf(policy)
    this.#known = answersByPolicy.get(policy) ?? new Map<string, boolean>()
    answersByPolicy.set(policy, this.#known)
  }

  /** Of the first few examples one that few other scopes allow: mostly not by GET, and a long one. */
  discriminatingWitness(scope: string, deniedBy: Decides = () => false): Witness | undefined {
    let best: Witness | undefined
    let looks = 0
    for (const example of examples(this.#sets.of(scope))) {
      if (deniedBy(example.method, example.path)) continue
      if (best === undefined || weight(example) > weight(best)) best = example
      if (++looks === MAX_EXAMPLES) break
    }
    return best ?? this.#exampleName(scope, deniedBy)
  }

  #exampleName(scope: string, deniedBy: Decides): Witness | undefined {
    const { allows } = this.#sets.of(scope)
    return this.#sets
      .namesOf(rowsOf(this.#sets, [scope]))
      .flatMap(({ endpoint: { pattern, methods } }) =>
        methods.map((method) => ({ method, path: pattern.replaceAll('*', 'zq') })),
      )
      .find(({ method, path }) => allows(method, path) && !deniedBy(method, path))
  }

  /** Whether no combination with this scope begins to be held when it joins the others. */
  completesNothing(scope: string, others: readonly string[]): boolean {
    const { data } = this.#sets
    if (data.combinations.size === 0) return true
    const rest = others.filter((other) => other !== scope)
    const before = new Set(rowsOf(this.#sets, rest))
    return rowsOf(this.#sets, [...rest, scope]).every((row) => !data.combinations.has(row) || before.has(row))
  }

  #hasNames(big: readonly string[], small: string): boolean {
    const names = this.#sets.namesOf(rowsOf(this.#sets, [small]))
    return names.length === 0 || coversNames(this.#sets.namesOf(rowsOf(this.#sets, big)), names)
  }

  /** Whether it is proved that `big` allows all that `small` allows. */
  holds(big: string, small: string): boolean {
    if (!this.#hasNames([big], small)) return false
    if (this.#hasEndpoints([big], small)) return true
    return this.#ask(`${small} ${big}`, () => {
      const [wide, narrow] = [this.#sets.of(big), this.#sets.of(small)]
      if (!narrow.methods.every((method) => wide.methods.includes(method))) return false
      if (!allowsExamples(wide.allows, narrow)) return false
      return this.#allowedBy(wide, narrow)
    })
  }

  /** Whether it is proved that a token with the scopes `big` allows nothing more with `small` as well. */
  addsNothing(small: string, big: readonly string[]): boolean {
    if (big.length === 0) return false
    if (!this.#hasNames(big, small) || !this.completesNothing(small, big)) return false
    if (this.#hasEndpoints(big, small)) return true
    const key = big.length > MAX_CACHED_SCOPES ? null : `${small}  ${[...big].sort().join(' ')}`
    return this.#ask(key, () => {
      const narrow = this.#sets.of(small)
      if (!allowsExamples(this.#policy.grant(big).authorize, narrow)) return false
      const answer = this.#allowedBy(this.#together(big), narrow)
      // A search that ended early may go on the next time.
      return answer === true ? this.matchesNothingMore([small], big) || undefined : answer
    })
  }

  /**
   * With `wildcard: segment` two scopes of a token can allow a path with a slash at its end that neither
   * allows alone. So there the `rest` must also match all paths that `all` match; with `any` that follows
   * from what they allow, since what matches a path with such a slash is a star at the end of a pattern.
   */
  matchesNothingMore(all: readonly string[], rest: readonly string[]): boolean {
    const { rules } = this.#sets.data
    if (rules.wildcard === 'any' || rules.trailingSlash === 'ignore') return true
    const [more, less] = [this.#together(all), this.#together(rest)]
    try {
      return more.methods.every(
        (method) =>
          searchOnly(
            more.automaton(method, 'match'),
            less.automaton(method, 'match'),
            rules.pathLength,
            this.#searchBudget,
          ) === null,
      )
    } catch (error) {
      if (error instanceof BudgetExceededError) return false
      throw error
    }
  }

  /** Whether the very endpoints of `small` are among those of `big`, as where it is included: no proof is needed. */
  #hasEndpoints(big: readonly string[], small: string): boolean {
    const methods = new Map<string, Set<string>>()
    for (const name of big) {
      for (const { pattern, methods: granted } of this.#sets.of(name).items) {
        const known = methods.get(pattern.text) ?? new Set()
        for (const method of granted) known.add(method)
        methods.set(pattern.text, known)
      }
    }
    return this.#sets
      .of(small)
      .items.every(({ pattern, methods: granted }) =>
        granted.every((method) => methods.get(pattern.text)?.has(method)),
      )
  }

  #together(names: readonly string[]): RequestSet {
    const [first, second] = names
    if (first !== undefined && second === undefined) return this.#sets.of(first)
    return new RequestSet(
      names.flatMap((name) => this.#sets.of(name).items),
      this.#sets.data.rules,
      (method, path) => this.#policy.authorize(names, method, path),
    )
  }

  #allowedBy(wide: RequestSet, narrow: RequestSet): boolean | undefined {
    const { onlyInA } = compareRequestSets(narrow, wide, ['onlyInA'], this.#searchBudget)
    if (onlyInA === null) return true
    return 'undecided' in onlyInA ? undefined : false
  }

  #ask(key: string | null, decide: () => boolean | undefined): boolean {
    let answer = key === null ? undefined : this.#known.get(key)
    if (answer === undefined && processorTime() <= this.#deadline) answer = decide()
    if (this.#known.size >= ANSWER_CACHE_SIZE) this.#known.clear()
    // What the budget left open may be asked again: the next time there may be more of it.
    if (answer !== undefined && key !== null) this.#known.set(key, answer)
    return answer === true
  }
}

const ANSWER_CACHE_SIZE = 1 << 16
/** Of more scopes together nothing is remembered. */
const MAX_CACHED_SCOPES = 8

/** By policy: what was asked for. Names have no space in them. */
const answersByPolicy = new WeakMap<Policy, Map<string, boolean>>()

function allowsExamples(decides: Decides, set: RequestSet): boolean {
  for (const { method, path } of examples(set)) if (!decides(method, path)) return false
  return true
}

/** Requests that a side allows, lazily: for each endpoint and method one that few others match. */
function* examples(set: RequestSet): Generator<Witness> {
  for (const item of set.items) {
    const path = examplePath(item, set)
    if (path === undefined) continue
    for (const method of item.methods) if (set.allows(method, path)) yield { method, path }
  }
}

const MAX_EXAMPLES = 16

function weight({ method, path }: Witness): number {
  return path.length + (method === 'GET' ? 0 : 1_000)
}

function examplePath({ glob, sample }: AnalyzedEndpoint, { rules }: RequestSet): string | undefined {
  return glob?.fresh ?? (sample === null ? undefined : requestPath(sample, rules))
}

/** Scopes in halves, to find those that allow a request without asking each. */
export class GrantingScopes {
  readonly #scopes: readonly string[]
  readonly #allows: Decides
  #parts: readonly GrantingScopes[] | undefined
  readonly #policy: Policy

  constructor(policy: Policy, scopes: readonly string[]) {
    this.#policy = policy
    this.#scopes = scopes
    // A token with more scopes never allows less.
    this.#allows = policy.grant(scopes).authorize
  }

  /** In the order in which they were given; all where there is nothing to ask for. */
  allowing(request: Witness | undefined): readonly string[] {
    if (request === undefined) return this.#scopes
    if (!this.#allows(request.method, request.path)) return []
    if (this.#scopes.length < 2) return this.#scopes
    const middle = this.#scopes.length >> 1
    this.#parts ??= [
      new GrantingScopes(this.#policy, this.#scopes.slice(0, middle)),
      new GrantingScopes(this.#policy, this.#scopes.slice(middle)),
    ]
    return this.#parts.flatMap((part) => part.allowing(request))
  }
}
