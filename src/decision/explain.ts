/**
 * The decision with its reasons. Everything here is derived from the same matcher that decides; only the
 * endpoints behind a grant are found by going through them one by one.
 */
import { printCanonical } from '../pattern/canonical.ts'
import { type PathReading, type PathRules, readPath } from '../pattern/request-path.ts'
import type { Endpoints } from './answers.ts'
import type { Authorizer } from './authorize.ts'
import { scopeNames } from './scope-names.ts'
import type { Decision, Policy, Reason } from './types.ts'

/** What an explanation is made of; scopes are numbers. */
interface Sources extends Pick<Authorizer, 'idsOf'> {
  readonly names: readonly string[]
  readonly rules: PathRules
  readonly endpoints: Endpoints
  /** The names of all scopes that allow a request. */
  readonly allowing: (method: string, reading: PathReading) => readonly string[]
  /** The methods that scopes allow on a path. */
  readonly allowed: (ids: readonly number[], reading: PathReading) => readonly string[]
}

export function explainer({ names, rules, endpoints, idsOf, allowing, allowed }: Sources): Policy['explain'] {
  return (scopes: unknown, method: unknown, target: unknown): Decision => {
    const given = scopeNames(scopes)
    if (given === null || typeof method !== 'string' || typeof target !== 'string') {
      return decision('invalid-argument', '', [])
    }
    const ids = idsOf(given)
    const unknown = [...new Set(given)].filter((name) => name !== '' && idsOf([name]).length === 0)
    const reading = readPath(target, rules)
    const raw = target.split('?', 1)[0] as string
    if (reading.refusal !== undefined) return decision('path-refused', raw, unknown, reading)
    const { path } = reading
    const methodsAllowed = allowed(ids, reading)
    const granted = path !== null && methodsAllowed.includes(method)
    const reason = granted
      ? 'granted'
      : methodsAllowed.length > 0
        ? 'method-not-granted'
        : 'no-scope-covers-path'
    return {
      ...decision(reason, path === null ? raw : printCanonical(path), unknown),
      grantedBy: granted
        ? ids.flatMap((id) =>
            endpoints.granting(id, method, path).map((found) => ({ scope: names[id] as string, ...found })),
          )
        : [],
      scopesThatWouldAllow: allowing(method, reading),
      methodsAllowed,
    }
  }
}

function decision(
  reason: Reason,
  path: string,
  unknownScopes: readonly string[],
  refusal?: Pick<Decision, 'refusal'>,
): Decision {
  return {
    allowed: reason === 'granted',
    reason,
    ...refusal,
    path,
    grantedBy: [],
    scopesThatWouldAllow: [],
    methodsAllowed: [],
    unknownScopes,
  }
}
