import { type Budget, BudgetExceededError, type SearchBudget } from '../automaton/search-budget.ts'
import type { Policy } from '../decision/types.ts'
import { searchBudgetFor } from './search-budget-for.ts'
import type { LocalizedText, PolicyOptions } from '../policy/model.ts'
import { BASELINE } from '../language/scope-fields.ts'
import { combinedChanges, type ComparedScope } from './combined.ts'
import { nameGains } from './name-gains.ts'
import { renamesOf } from './renames.ts'
import { type Gains, gains } from './scope-change.ts'
import { RequestSet } from './request-set.ts'
import { type RequestSets, requestSetsOf } from './request-sets.ts'
import type { Change, ChangedEndpoint, PolicyComparison, ScopeChange } from './types.ts'

/**
 * What changes for tokens when `after` replaces `before`, scope by scope, each change with the
 * shortest request that shows it. Options count by what they change. Exact: `equal` is a proof that every
 * request is decided alike, whatever the scopes of the token, up to the shorter limit of path lengths.
 */
export function comparePolicies(before: Policy, after: Policy, budget?: Budget): PolicyComparison {
  const searchBudget = searchBudgetFor(budget)
  const [old, young] = [requestSetsOf(before), requestSetsOf(after)]
  const renames = renamesOf(old.data, young.data)
  const renamed = new Map([...renames].map(([name, was]) => [was, name]))
  // What is left of an old name is an alias, which a renamed scope is compared by.
  const isRenamed = (name: string): boolean => renamed.has(name) && !young.has(name)
  const removed = old.names.filter((name) => !young.has(name) && !isRenamed(name))
  const rows = extraRows(young)
  const gone = extraRows(old).filter((row) => !rows.includes(translated(row, renamed)))
  const extra = [...new Set([...rows, ...gone])].filter((row) => !isRenamed(row))
  const alone = [...young.names, ...removed].map((name) =>
    compareScope(name, renames.get(name), old, young, searchBudget),
  )
  const held = extra.map((row) => compareRow(row, renames, old, young, searchBudget))
  const scopes = [...alone.map(({ change }) => change), ...held.map(({ change }) => change)]
  const compared = [...alone, ...held.flatMap(({ tokens }) => tokens)]
  let change = sumOf(scopes.map((scope) => scope.change))
  let combined: PolicyComparison['combined'] = []
  try {
    combined = combinedChanges(old, young, compared, change, searchBudget)
    change = sumOf([change, ...combined.map((one) => one.change)])
  } catch (error) {
    if (!(error instanceof BudgetExceededError)) throw error
    change = 'undecided'
  }
  return { change, scopes, options: changedOptions(old.data.options, young.data.options), combined }
}

/** The names of a row in other words. */
function translated(row: string, names: ReadonlyMap<string, string>): string {
  return row
    .split(' ')
    .map((name) => names.get(name) ?? name)
    .join(' ')
}

function compareScope(
  name: string,
  renamedFrom: string | undefined,
  old: RequestSets,
  young: RequestSets,
  searchBudget: SearchBudget,
): ComparedScope {
  const oldName = renamedFrom ?? name
  const [was, is] = [old.data.scopes.get(oldName), young.data.scopes.get(name)]
  // A missing scope allows nothing, by the rules of the other.
  const before = setOf(old, young, oldName)
  const after = setOf(young, old, name)
  const added = withNames(gains(after, before, searchBudget), [young, [name]], [old, [oldName]])
  const removed = withNames(gains(before, after, searchBudget), [old, [oldName]], [young, [name]])
  const status = was === undefined ? 'added' : is === undefined ? 'removed' : 'kept'
  const relabelled = was !== undefined && is !== undefined && spelled(was.label) !== spelled(is.label)
  const change = changeOf(added, removed)
  const reason = added.undecided ?? removed.undecided
  verify(added.endpoints, after, before)
  verify(removed.endpoints, before, after)
  return {
    change: {
      scope: name,
      status,
      ...(renamedFrom !== undefined && { renamedFrom }),
      change,
      added: added.endpoints,
      removed: removed.endpoints,
      relabelled,
      sameLabelMoreAccess: status === 'kept' && !relabelled && added.endpoints.length > 0,
      ...(reason !== undefined && { reason }),
    },
    more: added.matchesMore,
    less: removed.matchesMore,
    was: [oldName],
    is: [name],
  }
}

/** What a token with the name may do; where the name is unknown and there is no baseline, nothing, by other rules. */
function setOf(sets: RequestSets, other: RequestSets, name: string): RequestSet {
  if (sets.has(name)) return sets.of(name)
  const isNothing = sets.rows([name]).length === 0
  return isNothing ? new RequestSet([], other.data.rules, () => false) : sets.token([name])
}

/** Combinations, the baseline, and names that are aliases only: what changes there shows in no scope. */
function extraRows({ data }: RequestSets): readonly string[] {
  const aliases = [...data.scopes.values()].flatMap((scope) => scope.aliases ?? [])
  return [...aliases, ...data.combinations.keys(), ...(data.baseline === undefined ? [] : [BASELINE])]
}

/** Tokens that are compared for one combination: one for each choice of scopes that provide its scopes. */
const MAX_TOKENS = 64

/**
 * A combination is what tokens gain that hold its scopes, or others which include them. All of these tokens are
 * compared, by either policy, since a scope may have come to include one that grants nothing alone.
 */
function compareRow(
  row: string,
  renames: ReadonlyMap<string, string>,
  old: RequestSets,
  young: RequestSets,
  searchBudget: SearchBudget,
): { readonly change: ScopeChange; readonly tokens: readonly ComparedScope[] } {
  const choices = row === BASELINE ? [[]] : tokensOf(row.split(' '), [old, young])
  const tokens = choices
    .slice(0, MAX_TOKENS)
    .map((scopes) => compareToken(row, scopes, renames, old, young, searchBudget))
  const { change } = (tokens.find((token) => token.change.change !== 'equal') ?? tokens[0]) as ComparedScope
  if (choices.length <= MAX_TOKENS || change.change !== 'equal') return { change, tokens }
  const reason = `more than ${MAX_TOKENS} sets of scopes hold it`
  return { change: { ...change, change: 'undecided', reason }, tokens }
}

/** Every choice of one provider for each of some scopes, themselves first. */
function tokensOf(words: readonly string[], both: readonly RequestSets[]): readonly (readonly string[])[] {
  let tokens: readonly (readonly string[])[] = [[]]
  for (const word of words) {
    const providers = [...new Set([word, ...both.flatMap((sets) => sets.providersOf(word))])]
    tokens = tokens.flatMap((token) => providers.map((name) => [...token, name])).slice(0, MAX_TOKENS + 1)
  }
  return tokens
}

function compareToken(
  row: string,
  scopes: readonly string[],
  renames: ReadonlyMap<string, string>,
  old: RequestSets,
  young: RequestSets,
  searchBudget: SearchBudget,
): ComparedScope {
  const were = scopes.map((name) => renames.get(name) ?? name)
  const [before, after] = [old.token(were), young.token(scopes)]
  const added = withNames(gains(after, before, searchBudget), [young, scopes], [old, were])
  const removed = withNames(gains(before, after, searchBudget), [old, were], [young, scopes])
  verify(added.endpoints, after, before)
  verify(removed.endpoints, before, after)
  const reason = added.undecided ?? removed.undecided
  const isIn = (sets: RequestSets, name: string): boolean => extraRows(sets).includes(name) || sets.has(name)
  const [was, is] = [isIn(old, row) || isIn(old, translated(row, renames)), isIn(young, row)]
  return {
    change: {
      scope: row,
      status: !was ? 'added' : !is ? 'removed' : 'kept',
      change: changeOf(added, removed),
      added: added.endpoints,
      removed: removed.endpoints,
      relabelled: false,
      sameLabelMoreAccess: false,
      ...(reason !== undefined && { reason }),
    },
    more: added.matchesMore,
    less: removed.matchesMore,
    was: were,
    is: scopes,
  }
}

/** A token by one of the policies. */
type Token = readonly [sets: RequestSets, scopes: readonly string[]]

/** With the names that the one token gains over the other. */
function withNames(found: Gains, [sets, scopes]: Token, [other, others]: Token): Gains {
  const names = nameGains(
    sets.namesOf(sets.rows(scopes)),
    other.namesOf(other.rows(others)),
    (method, name) => sets.policy.authorize(scopes, method, name),
    (method, name) => other.policy.authorize(others, method, name),
  )
  const undecided = found.undecided ?? names.undecided
  return {
    ...found,
    endpoints: [...found.endpoints, ...names.endpoints],
    ...(undecided !== undefined && { undecided }),
  }
}

function changeOf(added: Gains, removed: Gains): Change {
  const [more, less] = [added.endpoints.length > 0, removed.endpoints.length > 0]
  if (more && less) return 'mixed'
  if (added.undecided !== undefined || removed.undecided !== undefined) return 'undecided'
  return more ? 'widened' : less ? 'narrowed' : 'equal'
}

function sumOf(changes: readonly Change[]): Change {
  const has = (change: Change): boolean => changes.includes(change)
  if (has('mixed') || (has('widened') && has('narrowed'))) return 'mixed'
  if (has('undecided')) return 'undecided'
  return has('widened') ? 'widened' : has('narrowed') ? 'narrowed' : 'equal'
}

/** No witness leaves that `authorize` does not confirm. */
function verify(endpoints: readonly ChangedEndpoint[], allowing: RequestSet, denying: RequestSet): void {
  for (const { witness } of endpoints) {
    const { method, path } = witness
    if (!allowing.allows(method, path) || denying.allows(method, path)) {
      throw new Error(`analysis and authorize disagree about ${method} ${path}`)
    }
  }
}

function spelled(label: LocalizedText): string {
  return JSON.stringify(typeof label === 'string' ? label : Object.entries(label).sort())
}

function changedOptions(before: PolicyOptions, after: PolicyOptions): readonly string[] {
  return (Object.keys(after) as (keyof PolicyOptions)[]).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  )
}
