/**
 * What scopes grant more than once, found once for the rules that speak about it.
 *
 * Endpoints of a scope with the same pattern are taken together first: the later ones repeat the first.
 * Then what the other patterns, and the scopes it includes, grant as well is found by the analysis. All
 * that is found can go together, or any part of it, but for the last item of a list.
 */
import { SearchBudget } from '../../automaton/search-budget.ts'
import { superfluous } from '../../analysis/coverage.ts'
import { matches } from '../../analysis/glob.ts'
import { AnalyzedEndpoint, RequestSet } from '../../analysis/request-set.ts'
import { requestSetsOf } from '../../analysis/request-sets.ts'
import type { Endpoint } from '../../policy/model.ts'
import type { Span } from '../../source/span.ts'
import type { LintEndpoint, LintScope, Subject } from '../subject.ts'

/** Time for all scopes together, and states of one search. */
const BUDGET = { milliseconds: 1_500, states: 20_000 }

export interface RepeatedGrants {
  readonly scopes: readonly ScopeRepetitions[]
  /** Endpoints of which the bound left open whether others cover them. */
  readonly open: readonly { readonly scope: string; readonly endpoints: number }[]
}

interface ScopeRepetitions {
  readonly scope: LintScope
  readonly duplicates: readonly Duplicate[]
  readonly covered: readonly Covered[]
}

/** An endpoint with the pattern of an earlier one. */
interface Duplicate {
  readonly index: number
  readonly first: number
}

export interface Covered {
  readonly index: number
  /** What others grant as well, of the methods of all endpoints with this pattern. */
  readonly methods: ReadonlySet<string>
  readonly covers: readonly Cover[]
  /** Whether others grant all that this endpoint grants. */
  readonly whole: boolean
  /** Whether it is so only because a star takes slashes: segment by segment the other pattern is another. */
  readonly byStar: boolean
  /** Whether the item can be deleted together with all others. */
  readonly removable: boolean
}

export interface Cover {
  readonly pattern: string
  readonly span?: Span | undefined
  /** Where it is, when that is another scope. */
  readonly scope?: string | undefined
}

const known = new WeakMap<Subject, RepeatedGrants>()

export function repeatedGrants(subject: Subject): RepeatedGrants {
  const before = known.get(subject) ?? findAll(subject)
  known.set(subject, before)
  return before
}

function findAll(subject: Subject): RepeatedGrants {
  const searchBudget = new SearchBudget(BUDGET)
  const owners = new Map<Endpoint, string>()
  for (const { name, scope } of subject.scopes) for (const one of scope.endpoints) owners.set(one, name)
  const open: { scope: string; endpoints: number }[] = []
  const scopes = subject.scopes.flatMap((scope): ScopeRepetitions[] => {
    const duplicates = duplicatesIn(scope)
    const { covered, undecided } = coveredIn(scope, duplicates, subject, owners, searchBudget)
    if (undecided > 0) open.push({ scope: scope.name, endpoints: undecided })
    return duplicates.length + covered.length === 0 ? [] : [{ scope, duplicates, covered }]
  })
  return { scopes, open }
}

function duplicatesIn({ endpoints }: LintScope): readonly Duplicate[] {
  const firsts = new Map<string, number>()
  return endpoints.flatMap(({ pattern }, index) => {
    // A pattern that nothing can match has been reported as such.
    if (pattern.meaning.kind === 'never') return []
    const first = firsts.get(pattern.text)
    if (first !== undefined) return [{ index, first }]
    firsts.set(pattern.text, index)
    return []
  })
}

function coveredIn(
  scope: LintScope,
  duplicates: readonly Duplicate[],
  subject: Subject,
  owners: ReadonlyMap<Endpoint, string>,
  searchBudget: SearchBudget,
): { readonly covered: readonly Covered[]; readonly undecided: number } {
  const { endpoints } = scope
  const sets = requestSetsOf(subject.policy)
  const included = (subject.data.grants.get(scope.name) ?? []).slice(scope.scope.endpoints.length)
  if (endpoints.length + included.length < 2) return { covered: [], undecided: 0 }
  /** The methods of all endpoints with one pattern, at the first of them. */
  const united = new Map<number, Set<string>>()
  for (const { index, first } of duplicates) {
    const methods = united.get(first) ?? new Set(endpoints[first]?.methods)
    for (const method of endpoints[index]?.methods ?? []) methods.add(method)
    united.set(first, methods)
  }
  const repeated = new Set(duplicates.map(({ index }) => index))
  const indexes = new Map<AnalyzedEndpoint, number>()
  for (const [index, { pattern }] of endpoints.entries()) {
    const endpoint = scope.scope.endpoints[index]
    if (repeated.has(index) || endpoint === undefined) continue
    const methods = [...(united.get(index) ?? endpoint.methods)].sort()
    indexes.set(new AnalyzedEndpoint({ endpoint: { ...endpoint, methods }, pattern }, subject.rules), index)
  }
  const items = [...indexes.keys(), ...included.map((grant) => sets.item(grant))]
  const set = new RequestSet(items, subject.rules)
  let undecided = 0
  const found = superfluous(set, new Set(indexes.keys()), searchBudget, () => {
    undecided += 1
  })
  const covered = found.flatMap(({ item, methods, covers }) => {
    const index = indexes.get(item)
    const endpoint = index === undefined ? undefined : endpoints[index]
    if (index === undefined || endpoint === undefined) return []
    const granted = new Set(methods)
    return [
      {
        index,
        methods: granted,
        whole: endpoint.methods.every((method) => granted.has(method)),
        byStar:
          subject.rules.wildcard === 'any' &&
          !covers.every(({ pattern }) => fits(pattern.text, item.pattern.text)),
        covers: covers.map((cover) =>
          coverOf(cover, indexes, scope, included.length > 0 ? owners : undefined),
        ),
      },
    ]
  })
  const deleted = covered.filter(({ whole }) => whole).length + duplicates.length
  // Of a list of which everything is granted elsewhere the first item stays: an empty list says something else.
  const kept = deleted < endpoints.length ? undefined : covered.find(({ whole }) => whole)
  return { covered: covered.map((one) => ({ ...one, removable: one !== kept })), undecided }
}

/**
 * Whether each segment of the one pattern is matched by the segment of the other in its place. A star alone
 * means everything to everybody.
 */
function fits(wide: string, narrow: string): boolean {
  if (/^\*+$/.test(wide)) return true
  const [ones, others] = [wide, narrow].map((text) => text.replace(/^\//, '').split('/'))
  if (ones?.length !== others?.length) return false
  return (ones ?? []).every((one, at) => {
    const runs = one.split('*')
    const inner = runs.filter((run, place) => run !== '' || place === 0 || place === runs.length - 1)
    return matches({ runs: inner }, others?.[at] ?? '')
  })
}

function coverOf(
  item: AnalyzedEndpoint,
  indexes: ReadonlyMap<AnalyzedEndpoint, number>,
  scope: LintScope,
  owners: ReadonlyMap<Endpoint, string> | undefined,
): Cover {
  const index = indexes.get(item)
  const own: LintEndpoint | undefined = index === undefined ? undefined : scope.endpoints[index]
  if (own !== undefined) return { pattern: own.node.text, span: own.node.span }
  const { endpoint } = item
  return { pattern: endpoint.pattern, span: endpoint.span, scope: owners?.get(endpoint) }
}
