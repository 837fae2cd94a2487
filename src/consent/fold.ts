/**
 * Which scopes need no line of their own, because another requested one opens all that they do.
 *
 * Folding must not hide anything: scopes that the person may refuse are never folded, nor does anything
 * fold into them; a scope that opens nothing of the API (`openid`) means something that is not written
 * here; and what is riskier than the scope it would go into keeps its line.
 *
 * Inclusion is decided by the analysis. Before it is asked, a few requests that a scope allows are tried on
 * the others: whoever denies one of them does not contain it. The first is tried on halves of all scopes,
 * then on halves of those, so that hundreds of scopes cost a few looks each and not one for each pair.
 * What stays undecided is not folded.
 */
import { compareSides } from '../analysis/compare-sides.ts'
import { requestPath } from '../analysis/glob.ts'
import { searchOnly } from '../analysis/own-requests.ts'
import { type Item, Side } from '../analysis/side.ts'
import { type Sides, sidesOf } from '../analysis/sides.ts'
import type { Witness } from '../analysis/types.ts'
import { BudgetEnded, Clock } from '../automaton/clock.ts'
import type { Policy } from '../decision/types.ts'
import { isRiskier } from './risk.ts'
import type { ConsentItem } from './types.ts'

/** States are for one pair, the time is for all. */
const BUDGET = { states: 20_000, milliseconds: 200 }

/** By scope: the scope that it is folded into, which is not folded itself. */
export type Folding = ReadonlyMap<string, string>

type Candidate = Pick<ConsentItem, 'scope' | 'optional' | 'risk' | 'access' | 'new' | 'widened'>

/** `items` in the order of the document. Of scopes that open the same the first keeps its line. */
export function fold(policy: Policy, items: readonly Candidate[]): Folding {
  const candidates = items.filter(({ optional, access }) => !optional && access.endpoints.length > 0)
  const inclusion = new Inclusion(policy, candidates)
  const folded = new Map<string, string>()
  const rootOf = (scope: string): string => {
    let root = scope
    for (let next = folded.get(root); next !== undefined; next = folded.get(root)) root = next
    return root
  }
  for (const small of [...candidates].reverse()) {
    const big = inclusion
      .around(small)
      .find(
        (other) =>
          mayHold(other, small) && rootOf(other.scope) !== small.scope && inclusion.holds(other, small),
      )
    if (big !== undefined) folded.set(small.scope, rootOf(big.scope))
  }
  for (const scope of folded.keys()) folded.set(scope, rootOf(scope))
  return inclusion.losesNothing(folded) ? folded : new Map()
}

function mayHold(big: Candidate, small: Candidate): boolean {
  if (big.scope === small.scope || isRiskier(small.risk, big.risk)) return false
  return big.new === small.new && (big.widened === undefined) === (small.widened === undefined)
}

class Inclusion {
  readonly #sides: Sides
  readonly #clock = new Clock(BUDGET)
  readonly #deadline = performance.now() + BUDGET.milliseconds
  readonly #candidates: readonly Candidate[]
  readonly #halves: Half | undefined
  readonly #known: Map<string, boolean>

  constructor(policy: Policy, candidates: readonly Candidate[]) {
    this.#sides = sidesOf(policy)
    this.#candidates = candidates
    this.#halves = candidates.length < 2 ? undefined : new Half(policy, candidates)
    this.#known = kept.get(policy) ?? new Map<string, boolean>()
    kept.set(policy, this.#known)
  }

  /** Those that may contain it; in the order of the document. */
  around({ scope }: Candidate): readonly Candidate[] {
    const telling = tellingExample(this.#sides.of(scope))
    if (telling === undefined) return this.#candidates
    return this.#halves?.allowing(telling) ?? []
  }

  /** Whether it is proved that `big` allows all that `small` allows. */
  holds({ scope: big }: Candidate, { scope: small }: Candidate): boolean {
    const key = `${small} ${big}`
    const known = this.#known.get(key) ?? this.#decide(this.#sides.of(big), this.#sides.of(small))
    if (this.#known.size >= REMEMBERED) this.#known.clear()
    // What the budget left open may be asked again: the next time there may be more of it.
    if (known !== undefined) this.#known.set(key, known)
    return known === true
  }

  #decide(big: Side, small: Side): boolean | undefined {
    if (performance.now() > this.#deadline) return undefined
    if (!small.methods.every((method) => big.methods.includes(method))) return false
    for (const { method, path } of examples(small)) if (!big.allows(method, path)) return false
    return this.#proof(small, big)
  }

  #proof(small: Side, big: Side): boolean | undefined {
    const { onlyInA } = compareSides(small, big, ['onlyInA'], this.#clock)
    this.#sides.tidy(small, big)
    if (onlyInA === null) return true
    return 'undecided' in onlyInA ? undefined : false
  }

  /**
   * With `wildcard: segment` two scopes of a token can allow a path with a slash at its end that neither
   * allows alone. So there the lines that stay must also match all paths that all of them match; with
   * `any` that follows, since what matches a path with such a slash is a star at the end of a pattern.
   */
  losesNothing(folded: Folding): boolean {
    const { rules } = this.#sides.data
    if (folded.size === 0 || rules.wildcard === 'any' || rules.trailingSlash === 'ignore') return true
    const together = (some: readonly Candidate[]): Side =>
      new Side(
        some.flatMap(({ scope }) => this.#sides.of(scope).items),
        rules,
      )
    const all = together(this.#candidates)
    const shown = together(this.#candidates.filter(({ scope }) => !folded.has(scope)))
    try {
      return all.methods.every((method) => {
        const [more, less] = [all, shown].map((side) => side.automaton(method, 'match'))
        return more && less && searchOnly(more, less, rules.pathLength, this.#clock) === null
      })
    } catch (error) {
      if (error instanceof BudgetEnded) return false
      throw error
    }
  }
}

const REMEMBERED = 1 << 16

/** By policy: pairs of scopes, as far as they were asked for. Names have no space in them. */
const kept = new WeakMap<Policy, Map<string, boolean>>()

/** Requests that a side allows, lazily: for each endpoint and method one that few others match. */
function* examples(side: Side): Generator<Witness> {
  for (const item of side.items) {
    const path = examplePath(item, side)
    if (path === undefined) continue
    for (const method of item.methods) if (side.allows(method, path)) yield { method, path }
  }
}

/** Of the first few examples one that few other scopes allow: mostly not by GET, and a long one. */
function tellingExample(side: Side): Witness | undefined {
  let best: Witness | undefined
  let looks = 0
  for (const example of examples(side)) {
    if (best === undefined || weight(example) > weight(best)) best = example
    if (++looks === LOOKS) break
  }
  return best
}

const LOOKS = 16

function weight({ method, path }: Witness): number {
  return path.length + (method === 'GET' ? 0 : 1_000)
}

function examplePath({ glob, sample }: Item, { rules }: Side): string | undefined {
  return glob?.fresh ?? (sample === null ? undefined : requestPath(sample, rules))
}

/** Scopes in halves, to find those that allow a request without asking each. */
class Half {
  readonly #scopes: readonly Candidate[]
  readonly #allows: (method: string, path: string) => boolean
  #parts: readonly Half[] | undefined
  readonly #policy: Policy

  constructor(policy: Policy, scopes: readonly Candidate[]) {
    this.#policy = policy
    this.#scopes = scopes
    // A token with more scopes never allows less.
    this.#allows = policy.grant(scopes.map(({ scope }) => scope)).authorize
  }

  allowing(request: Witness): readonly Candidate[] {
    if (!this.#allows(request.method, request.path)) return []
    if (this.#scopes.length === 1) return this.#scopes
    const middle = this.#scopes.length >> 1
    this.#parts ??= [
      new Half(this.#policy, this.#scopes.slice(0, middle)),
      new Half(this.#policy, this.#scopes.slice(middle)),
    ]
    return this.#parts.flatMap((part) => part.allowing(request))
  }
}
