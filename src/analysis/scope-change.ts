/**
 * What one request set allows and another does not, endpoint by endpoint.
 *
 * An endpoint is listed by what it allows on its own. With `trailingSlash: strict` two endpoints can also
 * allow something together, a path with a slash by the one and the path without it by the other; where
 * nothing else is new, the endpoints that match such a path are listed.
 */
import { BudgetExceededError, type SearchBudget } from '../automaton/search-budget.ts'
import { searchOnly, shortestOwn } from './own-requests.ts'
import {
  isShort,
  type AnalyzedEndpoint,
  lettersOf,
  onlyWidens,
  sameRules,
  type RequestSet,
} from './request-set.ts'
import { inUsualOrder } from '../language/methods.ts'
import { RequestAutomaton } from '../automaton/request-automaton.ts'
import type { ChangedEndpoint, Witness } from './types.ts'

export interface Gains {
  readonly endpoints: readonly ChangedEndpoint[]
  /**
   * Whether, on top, endpoints may match a path with a slash at its end that the other set does not match;
   * alone that decides nothing.
   */
  readonly matchesMore: boolean
  readonly undecided?: string
}

const NOTHING: Gains = { endpoints: [], matchesMore: false }

/** What `set` allows and `other` does not. */
export function gains(set: RequestSet, other: RequestSet, searchBudget: SearchBudget): Gains {
  const alike = sameRules(set.rules, other.rules)
  const granted = methodsByPattern(other)
  const grantedBefore = ({ pattern }: AnalyzedEndpoint, method: string): boolean =>
    granted.get(pattern.text)?.has(method) === true && onlyWidens(set.rules, other.rules, pattern)
  const changed = set.items.filter((item) => !item.methods.every((method) => grantedBefore(item, method)))
  if (changed.length === 0) return NOTHING
  const found = new Map<string, { methods: Set<string>; witness: Witness }>()
  try {
    for (const item of changed) {
      const methods = item.methods.filter((method) => !grantedBefore(item, method))
      collect(item, methods, (method) => shortestOwn(item, set, other, method, searchBudget), found)
    }
    if (found.size > 0) return { endpoints: listed(found), matchesMore: true }
    // Where the fresh request of an endpoint is granted, so is all that the endpoint takes part in.
    const longest = Math.min(set.rules.pathLength, other.rules.pathLength)
    return alike && changed.every((item) => isShort(item) && item.glob.fresh.length <= longest)
      ? NOTHING
      : together(changed, set, other, alike, searchBudget)
  } catch (error) {
    if (!(error instanceof BudgetExceededError)) throw error
    return { endpoints: listed(found), matchesMore: true, undecided: error.reason }
  }
}

/** What endpoints of a set allow only together. */
function together(
  changed: readonly AnalyzedEndpoint[],
  set: RequestSet,
  other: RequestSet,
  alike: boolean,
  searchBudget: SearchBudget,
): Gains {
  if (set.rules.trailingSlash === 'ignore') return NOTHING
  const longest = Math.min(set.rules.pathLength, other.rules.pathLength)
  const found = new Map<string, { methods: Set<string>; witness: Witness }>()
  let matchesMore = false
  for (const method of set.methods) {
    const mine = changed.filter(({ methods }) => methods.includes(method))
    if (mine.length === 0) continue
    const more = mine.some(
      (item) =>
        searchOnly(matching(item, set), other.automaton(method, 'match'), longest, searchBudget) !== null,
    )
    if (!more && alike) continue
    matchesMore ||= more
    const path = searchOnly(set.automaton(method), other.automaton(method), longest, searchBudget)
    if (path === null) continue
    const letters = lettersOf(path)
    const taking = mine.filter((item) => matching(item, set).accepts(letters))
    // Whatever the reason, what is new is not passed over.
    for (const item of taking.length > 0 ? taking : mine) collect(item, [method], () => path, found)
  }
  return { endpoints: listed(found), matchesMore }
}

function matching(item: AnalyzedEndpoint, { rules }: RequestSet): RequestAutomaton {
  return new RequestAutomaton([item.pattern], rules, 'match')
}

function collect(
  { endpoint }: AnalyzedEndpoint,
  methods: readonly string[],
  shortest: (method: string) => string | null,
  found: Map<string, { methods: Set<string>; witness: Witness }>,
): void {
  for (const method of methods) {
    const path = shortest(method)
    if (path === null) continue
    const entry = found.get(endpoint.pattern)
    if (entry === undefined) {
      found.set(endpoint.pattern, { methods: new Set([method]), witness: { method, path } })
      continue
    }
    entry.methods.add(method)
    if (path.length < entry.witness.path.length) entry.witness = { method, path }
  }
}

function listed(found: ReadonlyMap<string, { methods: Set<string>; witness: Witness }>): ChangedEndpoint[] {
  return [...found].map(([endpoint, { methods, witness }]) => ({
    endpoint,
    methods: inUsualOrder(methods),
    witness,
  }))
}

function methodsByPattern({ items }: RequestSet): ReadonlyMap<string, ReadonlySet<string>> {
  const methods = new Map<string, Set<string>>()
  for (const { pattern, methods: granted } of items) {
    const known = methods.get(pattern.text) ?? new Set()
    for (const method of granted) known.add(method)
    methods.set(pattern.text, known)
  }
  return methods
}
