/**
 * The decision with its reasons. Everything here is derived from the same matcher that decides; only the
 * endpoints behind a grant are found by going through them one by one.
 */
import { patternMatcher } from '../matcher/pattern-matcher.ts'
import type { Meaning } from '../pattern/pattern.ts'
import { type PathReading, readPath } from '../pattern/request-path.ts'
import { printCanonical } from '../pattern/canonical.ts'
import type { PolicyData } from '../policy/policy-data.ts'
import { findNearest } from './nearest.ts'
import { scopeNames } from './scope-names.ts'
import type { Decision, GrantedBy, Policy, Reason } from './types.ts'

/** Matchers of single patterns, made when first asked for. */
export type PatternMatchers = (meaning: Meaning) => (path: string) => boolean

export function explainer(
  data: PolicyData,
  { scopesFor, methodsFor }: Pick<Policy, 'scopesFor' | 'methodsFor'>,
): Policy['explain'] {
  const made = new WeakMap<Meaning, (path: string) => boolean>()
  const matchers: PatternMatchers = (meaning) => {
    const known = made.get(meaning) ?? patternMatcher(meaning)
    made.set(meaning, known)
    return known
  }
  return (scopes: unknown, method: unknown, target: unknown): Decision => {
    const names = scopeNames(scopes)
    if (names === null || typeof method !== 'string' || typeof target !== 'string') {
      return decision({ reason: 'invalid-argument', path: '', unknownScopes: [] })
    }
    const known = [...new Set(names)].filter((name) => data.grants.has(name))
    const unknownScopes = [...new Set(names)].filter((name) => name !== '' && !data.grants.has(name))
    const raw = target.split('?', 1)[0] ?? ''
    const reading = readPath(target, data.rules)
    if (reading.refusal !== undefined) {
      return decision({ reason: 'path-refused', refusal: reading.refusal, path: raw, unknownScopes })
    }
    const path = reading.path === null ? raw : printCanonical(reading.path)
    const scopesThatWouldAllow = scopesFor(method, target)
    const methodsAllowed = methodsFor(known, target)
    const granted = methodsAllowed.includes(method)
    const reason: Reason = granted
      ? 'granted'
      : methodsAllowed.length > 0
        ? 'method-not-granted'
        : 'no-scope-covers-path'
    const found = granted ? grantedBy(data, matchers, known, method, reading) : []
    const nearest = granted ? undefined : findNearest(data, matchers, known, method, target, reading)
    return decision({
      reason,
      path,
      grantedBy: found,
      scopesThatWouldAllow,
      methodsAllowed,
      unknownScopes,
      nearest,
    })
  }
}

function decision(parts: {
  readonly reason: Reason
  readonly refusal?: Decision['refusal']
  readonly path: string
  readonly grantedBy?: readonly GrantedBy[]
  readonly scopesThatWouldAllow?: readonly string[]
  readonly methodsAllowed?: readonly string[]
  readonly unknownScopes: readonly string[]
  readonly nearest?: Decision['nearest']
}): Decision {
  const { reason, refusal, path, nearest } = parts
  return {
    allowed: reason === 'granted',
    reason,
    ...(refusal !== undefined && { refusal }),
    path,
    grantedBy: parts.grantedBy ?? [],
    scopesThatWouldAllow: parts.scopesThatWouldAllow ?? [],
    methodsAllowed: parts.methodsAllowed ?? [],
    unknownScopes: parts.unknownScopes,
    ...(nearest !== undefined && { nearest }),
  }
}

/** Every endpoint that matches the path for the method, in the order of the token's scopes. */
function grantedBy(
  data: PolicyData,
  matchers: PatternMatchers,
  scopes: readonly string[],
  method: string,
  reading: PathReading,
): readonly GrantedBy[] {
  if (reading.refusal !== undefined || reading.path === null) return []
  const { path } = reading
  const found: GrantedBy[] = []
  for (const scope of scopes) {
    for (const { endpoint, pattern } of data.grants.get(scope) ?? []) {
      if (!endpoint.methods.includes(method) || !matchers(pattern.meaning)(path)) continue
      found.push({ scope, endpoint: endpoint.pattern, ...(endpoint.span && { span: endpoint.span }) })
    }
  }
  return found
}
