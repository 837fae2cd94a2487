/**
 * What a scope opens, computed from its grants and never from its label.
 *
 * `everything` is decided by the analysis: no request of that method is left out, also where several
 * patterns share the work. With `wildcard: segment` the whole is what `**` matches, which is all but the
 * root. Where the budget ends the wider answer is given, since a screen must not promise too little.
 *
 * Policies do not change, so an answer is kept as long as its policy.
 */
import { compareRequestSets } from '../../analysis/compare-request-sets.ts'
import { requestPath } from '../../analysis/glob.ts'
import { AnalyzedEndpoint, RequestSet } from '../../analysis/request-set.ts'
import { type RequestSets, requestSetsOf } from '../../analysis/request-sets.ts'
import { NAME_FIELDS, SCOPE_FIELDS } from '../../language/scope-fields.ts'
import { SearchBudget } from '../../automaton/search-budget.ts'
import type { Policy } from '../../decision/types.ts'
import { readPattern } from '../../pattern/pattern.ts'
import { ownMembers } from '../own.ts'
import type { PathRules } from '../../pattern/request-path.ts'
import type { InterpretedEndpoint } from '../../policy/policy-data.ts'
import { combinationsWith, openedBy, rowsOf } from './opened.ts'
import { kindOfGrant } from './grant-kind.ts'
import { type Kind, kindOf, KINDS } from './method-kinds.ts'
import type { Access, AccessEndpoint, Extent } from './types.ts'

/** For each scope; deterministic, but for machines on which so little takes seconds. */
const BUDGET = { states: 20_000, milliseconds: 2_000 }

const kept = new WeakMap<Policy, Map<string, Access>>()

/** `held` are all scopes that the client would have. */
export function accessOf(policy: Policy, scope: string, held: readonly string[] = [scope]): Access {
  const known = kept.get(policy) ?? new Map<string, Access>()
  kept.set(policy, known)
  const sets = requestSetsOf(policy)
  const together = combinationsWith(sets.data, scope, rowsOf(sets, held))
  const key = [scope, ...together].join('\n')
  const access = known.get(key) ?? compute(sets, [scope, ...together])
  if (known.size >= ACCESS_CACHE_SIZE) known.clear()
  known.set(key, access)
  return access
}

/** Which combinations are held depends on the request. */
const ACCESS_CACHE_SIZE = 1 << 14

function compute(sets: RequestSets, rows: readonly string[]): Access {
  const { set, names } = openedBy(sets, rows)
  const searchBudget = new SearchBudget(BUDGET)
  const extents: Record<Kind, Extent> = {
    reads: 'nothing',
    creates: 'nothing',
    changes: 'nothing',
    deletes: 'nothing',
  }
  for (const method of set.methods) {
    const kind = kindOf(method)
    if (extents[kind] === 'everything') continue
    extents[kind] = coversAll(set, method, searchBudget) ? 'everything' : 'some'
  }
  return Object.freeze(
    ownMembers<Access>({
      ...extents,
      everything: KINDS.every((kind) => extents[kind] === 'everything'),
      endpoints: endpointsOf(set),
      ...namesIn(names),
    }),
  )
}

function namesIn(names: readonly InterpretedEndpoint[]): Partial<Access> {
  const members = NAME_FIELDS.flatMap((field): [keyof Access, readonly string[]][] => {
    const mine = names.filter(({ endpoint, pattern }) => {
      return endpoint.methods.includes(SCOPE_FIELDS[field].method) && pattern.meaning.kind !== 'never'
    })
    const patterns = [...new Set(mine.map(({ endpoint }) => endpoint.pattern))]
    if (patterns.length === 0) return []
    const changing =
      field === 'tools' ? patterns.filter((tool) => kindOfGrant('tools/call', tool) !== 'reads') : []
    return [
      [field, Object.freeze(patterns)],
      ...(changing.length > 0
        ? [['toolsThatChange', Object.freeze(changing)] as [keyof Access, readonly string[]]]
        : []),
    ]
  })
  return Object.fromEntries(members)
}

/** Everything that a scope opens as endpoints, names with the method of their kind. */
export function grantsIn(access: Access): readonly AccessEndpoint[] {
  const names = NAME_FIELDS.flatMap((field) =>
    (access[field] ?? []).map((pattern) => ({ pattern, methods: [SCOPE_FIELDS[field].method] })),
  )
  return [...access.endpoints, ...names]
}

/** Patterns that no accepted path can match are left out: they open nothing. */
function endpointsOf({ items }: RequestSet): readonly AccessEndpoint[] {
  const methods = new Map<string, Set<string>>()
  for (const { endpoint } of items) {
    const known = methods.get(endpoint.pattern) ?? new Set()
    for (const method of endpoint.methods) known.add(method)
    methods.set(endpoint.pattern, known)
  }
  return Object.freeze(
    [...methods].map(([pattern, set]) => Object.freeze({ pattern, methods: Object.freeze([...set].sort()) })),
  )
}

/** Paths of which one is denied by nearly every scope that does not open everything. */
const PROBES = ['*', "*'/*'/*", '~.*']

function coversAll(set: RequestSet, method: string, searchBudget: SearchBudget): boolean {
  const { rules } = set
  if (!PROBES.every((probe) => set.allows(method, requestPath(probe, rules)))) return false
  const whole = new RequestSet([wholeApi(method, rules)], rules)
  const { onlyInA } = compareRequestSets(whole, set, ['onlyInA'], searchBudget)
  return onlyInA === null || 'undecided' in onlyInA
}

function wholeApi(method: string, rules: PathRules): AnalyzedEndpoint {
  const pattern = readPattern(rules.wildcard === 'any' ? '*' : '**', rules)
  return new AnalyzedEndpoint({ endpoint: { pattern: pattern.text, methods: [method] }, pattern }, rules)
}
