/**
 * Which scopes allow exactly the same requests, without comparing all pairs.
 *
 * Where the short cuts of `glob.ts` hold and no pattern asks for a slash at its end, a scope has a normal
 * form: its patterns, method by method, without those that another one covers. A pattern is covered by a
 * union only where it is covered by one of them, and two patterns that cover each other are the same text;
 * so scopes allow the same if and only if their normal forms are the same, and grouping by them is linear.
 *
 * Other scopes are compared with each earlier one, first by one request of each, which mostly distinguishes
 * them. The number of such tries is bounded, and so are searches.
 */
import { BudgetExceededError, type SearchBudget } from '../automaton/search-budget.ts'
import { RequestAutomaton } from '../automaton/request-automaton.ts'
import { compareRequestSets } from './compare-request-sets.ts'
import { Coverage } from './coverage.ts'
import { requestPath } from './glob.ts'
import { searchOnly } from './own-requests.ts'
import type { AnalyzedEndpoint, RequestSet, ShortEndpoint } from './request-set.ts'
import type { RequestSets } from './request-sets.ts'
import type { Witness } from './types.ts'

/** Limits: pairs tried by one request, and pairs that are then compared. */
const MAX_TRIES = 2_000_000
const MAX_COMPARISONS = 2_000

interface Candidate {
  readonly name: string
  readonly set: RequestSet
  readonly example: Witness
  /** Null where there is none. */
  readonly form: string | null
}

/**
 * Groups of two or more scopes that allow the same requests, at least one; in document order. `open` is
 * called with each scope that may belong to a group of which a bound kept it out.
 */
export function equalScopes(
  sets: RequestSets,
  searchBudget: SearchBudget,
  open: (scope: string) => void,
): readonly (readonly string[])[] {
  const groups: { readonly first: Candidate; readonly names: string[] }[] = []
  const byForm = new Map<string | null, (typeof groups)[number]>()
  const others: typeof groups = []
  let looks = 0
  let comparisons = 0
  const isEqual = (a: Candidate, b: Candidate): boolean => {
    if (++looks > MAX_TRIES) throw new BudgetExceededError('')
    if (!a.set.allows(b.example.method, b.example.path)) return false
    if (!b.set.allows(a.example.method, a.example.path)) return false
    if (++comparisons > MAX_COMPARISONS) throw new BudgetExceededError('')
    const { onlyInA, onlyInB } = compareRequestSets(a.set, b.set, ['onlyInA', 'onlyInB'], searchBudget)
    for (const answer of [onlyInA, onlyInB]) {
      if (answer !== null && 'undecided' in answer) throw new BudgetExceededError(answer.undecided)
    }
    return onlyInA === null && onlyInB === null
  }
  if (sets.names.length < 2) return []
  for (const name of sets.names) {
    try {
      const candidate = candidateOf(name, sets, searchBudget)
      if (candidate === null) continue
      const { form } = candidate
      const group =
        byForm.get(form) ?? (form === null ? groups : others).find(({ first }) => isEqual(first, candidate))
      if (group !== undefined) {
        group.names.push(name)
        continue
      }
      const added = { first: candidate, names: [name] }
      groups.push(added)
      if (form === null) others.push(added)
      else byForm.set(form, added)
    } catch (error) {
      if (!(error instanceof BudgetExceededError)) throw error
      open(name)
    }
  }
  return groups.map(({ names }) => names).filter(({ length }) => length > 1)
}

/** Null for a scope that allows nothing. */
function candidateOf(name: string, sets: RequestSets, searchBudget: SearchBudget): Candidate | null {
  searchBudget.check()
  const set = sets.of(name)
  const example = exampleOf(set, searchBudget)
  return example === null ? null : { name, set, example, form: normalForm(set, searchBudget) }
}

function exampleOf(set: RequestSet, searchBudget: SearchBudget): Witness | null {
  const longest = set.rules.pathLength
  for (const { glob, sample, methods } of set.items) {
    const path = glob?.fresh ?? (sample === null ? null : requestPath(sample, set.rules))
    if (path === null) continue
    for (const method of methods) if (set.allows(method, path)) return { method, path }
  }
  const nothing = new RequestAutomaton([], set.rules)
  for (const method of set.methods) {
    const path = searchOnly(set.automaton(method), nothing, longest, searchBudget)
    if (path !== null) return { method, path }
  }
  return null
}

function normalForm(set: RequestSet, searchBudget: SearchBudget): string | null {
  const { short, rules } = set
  if (short === null) return null
  const isRegular = ({ glob, pattern }: ShortEndpoint): boolean =>
    !pattern.endsInSlash && glob.fresh.length <= rules.pathLength
  if (!short.every(isRegular)) return null
  const coverage = new Coverage(set, searchBudget)
  /** Equal ones once. */
  const grants = new Map<string, readonly [item: ShortEndpoint, method: string]>()
  for (const item of short) {
    for (const method of item.methods) grants.set(`${method} ${textOf(item)}`, [item, method])
  }
  const uncovered = [...grants].filter(([, [item, method]]) => {
    const text = textOf(item)
    const isOther = (other: AnalyzedEndpoint): boolean =>
      textOf(other) !== text && other.methods.includes(method)
    return coverage.of(item, method, isOther) === null
  })
  return uncovered
    .map(([grant]) => grant)
    .sort()
    .join('\n')
}

/** Two adjacent stars are one, and case is folded where it makes no difference. */
function textOf({ glob }: AnalyzedEndpoint): string | undefined {
  return glob?.runs.join('*')
}
