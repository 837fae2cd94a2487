/**
 * Why a request is denied to some scopes: what `explain` says, without the search for the scopes that would
 * allow it, which a table does not need and which grows with the policy.
 */
import { policyData } from '../analysis/policy-data.ts'
import { type FindNearest, nearestFinder } from '../decision/nearest.ts'
import { quote } from '../diagnostic/words.ts'
import { printCanonical } from '../pattern/canonical.ts'
import { readPath } from '../pattern/request-path.ts'
import { UNREACHABLE } from '../pattern/unreachable.ts'
import type { PolicyData } from '../policy/policy-data.ts'
import type { DenialReason } from './model.ts'
import type { Subject } from './subject.ts'

/** The reason of `explain`, and the rule that refuses the path. */
export interface Denial {
  readonly reason: DenialReason
  readonly refusal?: DenialReason
}

export function denialOf(subject: Subject, scopes: readonly string[], target: string): Denial {
  const reading = readPath(target, subject.endpoints.rules)
  if (reading.refusal !== undefined) return { reason: 'path-refused', refusal: reading.refusal }
  const methods = subject.policy.methodsFor(scopes, target)
  return { reason: methods.length > 0 ? 'method-not-granted' : 'no-scope-covers-path' }
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
  const reading = readPath(target, rules)
  if (reading.refusal !== undefined) return UNREACHABLE[reading.refusal][0]
  if (scopes.length === 0) return 'nothing is allowed without a scope'
  const data = policyData(subject.policy)
  const find = finders.get(data) ?? nearestFinder(data)
  finders.set(data, find)
  const nearest = find(scopes, method, target, reading)
  if (nearest !== undefined) {
    const names = subject.withIncluded(nearest.scope)
    const found = subject.endpoints.list.find(
      ({ scope, endpoint }) => names.has(scope) && endpoint.pattern === nearest.endpoint,
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
