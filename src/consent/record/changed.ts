/**
 * What the scopes of a record allow today and did not when the person agreed.
 *
 * A token has all of its scopes together, so that is what counts: a scope that grew by what another one of
 * the record allowed already gives the client nothing new, and two scopes may allow together what neither
 * does alone. The comparison is the exact one of `scope-policy/analysis`; where its budget ends, the answer
 * is to ask again.
 */
import { gains, type Gains } from '../../analysis/scope-change.ts'
import { Side } from '../../analysis/side.ts'
import { clockFor } from '../../analysis/clock-for.ts'
import { sidesOf } from '../../analysis/sides.ts'
import type { Witness } from '../../analysis/types.ts'
import type { Budget, Clock } from '../../automaton/clock.ts'
import type { Policy } from '../../decision/types.ts'
import { Languages } from '../view/language.ts'
import { readRecord } from './read.ts'
import type { ConsentChange, ConsentRecord, Widening } from '../view/types.ts'

/**
 * Compares a record with a policy. Exact up to the shorter of the two limits of path lengths. Throws
 * `TypeError` for what is no record: that is no consent.
 */
export function changedSince(record: ConsentRecord, policy: Policy, budget?: Budget): ConsentChange {
  const clock = clockFor(budget)
  const then = readRecord(record)
  const removed = record.scopes.filter((scope) => !policy.scopes.has(scope))
  const relabelled = relabelledScopes(record, policy)
  if (record.fingerprint === policy.fingerprint) return { ...UNCHANGED, relabelled, removed }

  const sides = sidesOf(policy)
  const names = record.scopes.filter((scope) => policy.scopes.has(scope))
  const scopes = names.flatMap((scope) => {
    const today = sides.of(scope)
    const widening = wideningOf(today, new Side(then.items.get(scope) ?? [], then.rules), clock)
    sides.tidy(today)
    return widening === null ? [] : [{ scope, ...widening }]
  })
  const today = new Side(
    names.flatMap((scope) => sides.of(scope).items),
    sides.data.rules,
    (method, path) => policy.authorize(names, method, path),
  )
  const before = new Side([...then.items.values()].flat(), then.rules)
  const together = wideningOf(today, before, clock)
  if (together === null) return { ...UNCHANGED, scopes, relabelled, removed }
  const { witness } = together
  const change = witness === undefined ? 'undecided' : 'more'
  return { askAgain: true, change, ...(witness && { witness }), scopes, relabelled, removed }
}

const UNCHANGED = { askAgain: false, change: 'none', scopes: [] } as const

function wideningOf(today: Side, then: Side, clock: Clock): Widening | null {
  const { endpoints, undecided } = gains(today, then, clock)
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
function confirm({ method, path }: Witness, today: Side, then: Side): void {
  if (!today.allows(method, path) || then.allows(method, path)) {
    throw new Error(`analysis and authorize disagree about ${method} ${path}`)
  }
}

/** A label that had no language is compared with the one that such a text has today. */
function relabelledScopes({ scopes, labels }: ConsentRecord, policy: Policy): readonly string[] {
  return scopes.filter((name) => {
    const shown = Object.hasOwn(labels, name) ? labels[name] : undefined
    const today = policy.scopes.get(name)?.label
    if (shown === undefined || today === undefined) return false
    return new Languages({ locale: shown.lang }).text(today).text !== shown.text
  })
}
