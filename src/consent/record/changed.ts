/**
 * What the scopes of a record allow today and did not when the person agreed.
 *
 * A token has all of its scopes together, so that is what counts: a scope that grew by what another one of
 * the record allowed already gives the client nothing new, and two scopes may allow together what neither
 * does alone. The comparison is the exact one of `scope-policy/analysis`; where its budget ends, the answer
 * is to ask again.
 *
 * Scopes of a merged record may have been agreed to under different path options. These have no meaning in
 * common that could be compared at once, so each group of equal options is compared by itself. That can only
 * ask too often, but for one thing: see {@link mayAllowTogether}.
 */
import { gains, type Gains } from '../../analysis/scope-change.ts'
import { RequestSet } from '../../analysis/request-set.ts'
import { searchBudgetFor } from '../../analysis/search-budget-for.ts'
import { type RequestSets, requestSetsOf } from '../../analysis/request-sets.ts'
import type { Witness } from '../../analysis/types.ts'
import type { Budget, SearchBudget } from '../../automaton/search-budget.ts'
import type { Policy } from '../../decision/types.ts'
import { isNameMethod } from '../../language/scope-fields.ts'
import { ownCopy, ownMembers } from '../own.ts'
import { scopeNamed } from '../view/scope-named.ts'
import { allowsName, combinationsWith, gainedNames, type Opened, openedBy, rowsOf } from '../view/opened.ts'
import { Languages } from '../view/language.ts'
import { grantsOf, isLive, readRecords, type StoredGrant } from './read.ts'
import { isSame } from './record.ts'
import type { ConsentChange, ConsentRecord, Widening } from '../view/types.ts'

/**
 * Compares a record, or all records of a person and a client, with a policy. Exact up to the shorter of the two
 * limits of path lengths. Throws `TypeError` for what is not a record: that is not a consent.
 */
export function changedSince(
  record: ConsentRecord | readonly ConsentRecord[],
  policy: Policy,
  budget?: Budget,
): ConsentChange {
  const all = grantsOf(readRecords(record))
  const change = changeOf(all, policy, searchBudgetFor(budget))
  const grants = all.filter(({ scope }) => !isImplicit(scope, policy))
  const expired = grants.filter((grant) => !isLive(grant, Date.now())).map(({ scope }) => scope)
  return expired.length === 0 ? change : { ...change, askAgain: true, expired }
}

/** Scopes that are implicit today are never asked for, so what they open is not compared. */
export function changeOf(
  all: readonly StoredGrant[],
  policy: Policy,
  searchBudget: SearchBudget,
): ConsentChange {
  const grants = all.filter(({ scope }) => !isImplicit(scope, policy))
  const removed = grants.map(({ scope }) => scope).filter((scope) => scopeNamed(policy, scope) === undefined)
  const relabelled = relabelledScopes(grants, policy)
  if (grants.every(({ origin }) => origin.fingerprint === policy.fingerprint)) {
    return { ...UNCHANGED, relabelled, removed }
  }
  const sets = requestSetsOf(policy)
  const held = namesToday(all, policy)
  const implicit = held.filter((name) => isImplicit(name, policy))
  const rows = rowsOf(sets, held)
  const scopes = grants.flatMap(({ scope, items, rules, names }) => {
    const name = scopeNamed(policy, scope)
    if (name === undefined) return []
    const today = openedBy(sets, [name, ...combinationsWith(sets.data, name, rows)])
    const widening = wideningOf(today, { set: new RequestSet(items, rules), names }, searchBudget)
    return widening === null ? [] : [{ scope, ...widening }]
  })
  // What was agreed to counts also where the policy no longer has the scope.
  const groups = groupsOf(grants)
  const together = groups.map((group) => compareTogether(group, implicit, policy, sets, searchBudget))
  const witness = together.find((one) => one?.witness !== undefined)?.witness
  const isOpen = together.some((one) => one !== null) || mayAllowTogether(groups, sets)
  if (!isOpen) return { ...UNCHANGED, scopes, relabelled, removed }
  const change = witness === undefined ? 'undecided' : 'more'
  return { askAgain: true, change, ...(witness && { witness }), scopes, relabelled, removed }
}

const UNCHANGED = { askAgain: false, change: 'none', scopes: [] } as const

function groupsOf(grants: readonly StoredGrant[]): readonly (readonly StoredGrant[])[] {
  const groups: StoredGrant[][] = []
  for (const grant of grants) {
    const group = groups.find(([first]) => isSame(first?.origin.paths, grant.origin.paths))
    if (group === undefined) groups.push([grant])
    else group.push(grant)
  }
  return groups
}

function isImplicit(scope: string, policy: Policy): boolean {
  const today = policy.scopes.get(scopeNamed(policy, scope) ?? scope)
  return today !== undefined && ownMembers(today).consent === 'implicit'
}

function compareTogether(
  group: readonly StoredGrant[],
  implicit: readonly string[],
  policy: Policy,
  sets: RequestSets,
  searchBudget: SearchBudget,
): Widening | null {
  const [first] = group
  if (first === undefined) return null
  const today = openedBy(sets, rowsBeside(sets, namesToday(group, policy), implicit))
  const then = {
    set: new RequestSet(
      group.flatMap(({ items }) => items),
      first.rules,
    ),
    names: group.flatMap(({ names }) => names),
  }
  return wideningOf(today, then, searchBudget)
}

/** The rows of `names`, with combinations of these and `others`, but without what `others` have alone. */
function rowsBeside(
  sets: RequestSets,
  names: readonly string[],
  others: readonly string[],
): readonly string[] {
  const own = new Set(rowsOf(sets, names))
  const theirs = new Set(rowsOf(sets, others))
  return rowsOf(sets, [...names, ...others]).filter((row) => own.has(row) || !theirs.has(row))
}

/** The scopes that the policy still has, by the names of today. */
function namesToday(grants: readonly StoredGrant[], policy: Policy): readonly string[] {
  return [...new Set(grants.flatMap(({ scope }) => scopeNamed(policy, scope) ?? []))]
}

/**
 * With `wildcard: segment` two scopes can allow a path with a slash at its end that neither allows alone. Between
 * groups of different options that is not compared, so consent is asked for again.
 */
function mayAllowTogether(groups: readonly unknown[], { data }: RequestSets): boolean {
  return groups.length > 1 && data.rules.wildcard === 'segment' && data.rules.trailingSlash === 'strict'
}

function wideningOf(today: Opened, then: Opened, searchBudget: SearchBudget): Widening | null {
  const paths = ownMembers(gains(today.set, then.set, searchBudget))
  const names = ownMembers(gainedNames(today.names, then.names))
  const endpoints = [...paths.endpoints, ...names.endpoints]
  const undecided = paths.undecided ?? names.undecided
  if (endpoints.length === 0 && undecided === undefined) return null
  const witness = shortest(endpoints)
  if (witness !== undefined) confirm(witness, today, then)
  return { added: endpoints, ...(witness && { witness }), ...(undecided !== undefined && { undecided }) }
}

function shortest(endpoints: Gains['endpoints']): Witness | undefined {
  const [first, ...others] = endpoints.map(({ witness }) => witness)
  return others.reduce(
    (best, other) => (best !== undefined && best.path.length <= other.path.length ? best : other),
    first,
  )
}

/** No witness leaves that does not hold. */
function confirm({ method, path }: Witness, today: Opened, then: Opened): void {
  const allows = ({ set, names }: Opened): boolean =>
    isNameMethod(method) ? allowsName(names, method, path) : set.allows(method, path)
  if (!allows(today) || allows(then)) {
    throw new Error(`analysis and authorize disagree about ${method} ${path}`)
  }
}

/** A label that had no language is compared with the one that such a string has today. */
function relabelledScopes(grants: readonly StoredGrant[], policy: Policy): readonly string[] {
  return grants
    .filter(({ scope, label }) => {
      const today = ownCopy(policy.scopes.get(scopeNamed(policy, scope) ?? scope))?.label
      if (label === undefined || today === undefined) return false
      return new Languages({ locale: label.lang }).text(today).text !== label.text
    })
    .map(({ scope }) => scope)
}
