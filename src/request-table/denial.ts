/**
 * Why a request is denied to some scopes: what `explain` says, without the search for the scopes that would
 * allow it, which a table does not need and which grows with the policy.
 */
import { policyData } from '../analysis/policy-data.ts'
import { type FindNearest, nearestFinder } from '../decision/nearest.ts'
import { quote } from '../diagnostic/words.ts'
import { printCanonical } from '../pattern/canonical.ts'
import { isNameMethod } from '../language/scope-fields.ts'
import { readName } from '../pattern/name.ts'
import { type PathReading, readPath } from '../pattern/request-path.ts'
import { UNREACHABLE } from '../pattern/unreachable.ts'
import type { PolicyData } from '../policy/policy-data.ts'
import type { DenialReason } from './model.ts'
import type { Subject } from './subject.ts'

/** The reason of `explain`, and the rule that refuses the path. */
export interface Denial {
  readonly reason: DenialReason
  readonly refusal?: DenialReason
}

export function denialOf(
  subject: Subject,
  scopes: readonly string[],
  method: string,
  target: string,
): Denial {
  const reading = readTarget(subject, method, target)
  if (reading.refusal !== undefined) return { reason: 'path-refused', refusal: reading.refusal }
  const methods = isNameMethod(method) ? [] : subject.policy.methodsFor(scopes, target)
  return { reason: methods.length > 0 ? 'method-not-granted' : 'no-scope-covers-path' }
}

/** The target as its method has it: a path, or a name. */
export function readTarget(subject: Subject, method: string, target: string): PathReading {
  return isNameMethod(method) ? readName(method, target) : readPath(target, subject.endpoints.rules)
}

const finders = new WeakMap<PolicyData, FindNearest>()

/** One clause for people. */
export function denialText(
  subject: Subject,
  scopes: readonly string[],
  method: string,
  target: string,
): string {
  const { rules } = subject.endpoints
  const reading = readTarget(subject, method, target)
  if (reading.refusal !== undefined) return UNREACHABLE[reading.refusal][0]
  if (scopes.length === 0) return 'nothing is allowed without a scope'
  if (isNameMethod(method)) return `none of its names covers ${quote(target)}`
  const data = policyData(subject.policy)
  const find = finders.get(data) ?? nearestFinder(data)
  finders.set(data, find)
  const nearest = find(scopes, method, target, reading)
  if (nearest !== undefined) {
    const names = subject.withIncluded(nearest.scope)
    const found = subject.endpoints.list.find(
      ({ row, endpoint }) => names.includes(row) && endpoint.pattern === nearest.endpoint,
    )
    const place = found && subject.placeOf(found.endpoint)
    const by = scopes.length > 1 ? `scope ${quote(nearest.scope)}, ` : ''
    const at = place === undefined ? '' : ` at ${place}`
    return `${nearest.hint} (${by}endpoint ${quote(nearest.endpoint)}${at})`
  }
  const methods = subject.policy.methodsFor(scopes, target)
  if (methods.length > 0)
    return `only ${methods.join(', ')} ${methods.length > 1 ? 'are' : 'is'} granted there`
  if (reading.path === null)
    return `the path does not begin with ${quote(`/${printCanonical(rules.basePath)}`)}`
  return `no endpoint covers the path ${quote(printCanonical(reading.path))}`
}
