/**
 * The decision with its reasons. Everything here is derived from the same matcher that decides; only the
 * endpoints of a grant are found by going through them one by one.
 */
import { printCanonical } from '../pattern/canonical.ts'
import { type PathReading, type PathRules, readPath } from '../pattern/request-path.ts'
import type { Authorizer, MayGoOn } from './authorize.ts'
import type { Endpoints } from './endpoints.ts'
import { scopeNames } from './scope-names.ts'
import type { Decision, Policy, PolicyDenial } from './types.ts'

/** What an explanation is made of; scopes are numbers. */
interface Sources extends Pick<Authorizer, 'idsOf' | 'allows' | 'budget'> {
  readonly names: readonly string[]
  /** Sorted. */
  readonly methods: readonly string[]
  readonly rules: PathRules
  readonly endpoints: Endpoints
  /** The names of all scopes that allow a request. */
  readonly allowing: (method: string, reading: PathReading, mayGoOn: MayGoOn) => readonly string[]
}

/**
 * Steps that a denial may take: scopes that would allow the request, methods, order. Some 5 to 20 ms; what
 * people write takes a hundredth of it.
 */
export const DENIAL_STEPS = 1_500_000
/** Steps for the endpoints of a grant. */
const GRANTING_STEPS = 20_000_000

/** Scopes are numbers. */
export type Judge = (ids: readonly number[], method: string, reading: PathReading) => PolicyDenial

export interface Explainer extends Pick<Policy, 'explain'> {
  /** What a response needs to know of a decision, see `denialOf`. */
  readonly judge: Judge
}

export function explainer(sources: Sources): Explainer {
  const { names, methods, rules, endpoints, idsOf, allows, budget, allowing } = sources

  const judge: Judge = (ids, method, reading) => {
    if (reading.refusal !== undefined) return { ...NOTHING, reason: 'path-refused', refusal: reading.refusal }
    // Not bounded but by the policy: as `authorize` decides.
    const granted = allows(ids, method, reading)
    const mayGoOn = budget(DENIAL_STEPS)
    const methodsAllowed = methods.filter((other) =>
      other === method ? granted : allows(ids, other, reading, mayGoOn),
    )
    const reason = granted
      ? 'granted'
      : methodsAllowed.length > 0
        ? 'method-not-granted'
        : 'no-scope-covers-path'
    return { reason, scopesThatWouldAllow: allowing(method, reading, mayGoOn), methodsAllowed }
  }

  return {
    judge,
    explain: (scopes: unknown, method: unknown, target: unknown): Decision => {
      const given = scopeNames(scopes)
      const isValid = given !== null && typeof method === 'string' && typeof target === 'string'
      if (!isValid) return { ...decision(NOTHING, ''), unknownScopes: [] }
      const ids = idsOf(given)
      const reading = readPath(target, rules)
      const { refusal } = reading
      const path = refusal === undefined ? reading.path : null
      const judged = judge(ids, method, reading)
      const found = {
        ...decision(judged, path === null ? (target.split('?', 1)[0] as string) : printCanonical(path)),
        unknownScopes: [...new Set(given)].filter((name) => name !== '' && idsOf([name]).length === 0),
      }
      if (!found.allowed || path === null) {
        return { ...found, ...(refusal === undefined && endpoints.nearest?.(ids, method, target, reading)) }
      }
      const mayGoOn = budget(GRANTING_STEPS)
      const grantedBy = ids.flatMap((id) =>
        endpoints.granting(id, method, path, mayGoOn).map((one) => ({ scope: names[id] as string, ...one })),
      )
      return { ...found, grantedBy }
    },
  }
}

const NOTHING: PolicyDenial = { reason: 'invalid-argument', scopesThatWouldAllow: [], methodsAllowed: [] }

function decision(judged: PolicyDenial, path: string): Omit<Decision, 'unknownScopes'> {
  const { reason, refusal, scopesThatWouldAllow, methodsAllowed } = judged
  return {
    allowed: reason === 'granted',
    reason,
    ...(refusal !== undefined && { refusal }),
    path,
    grantedBy: [],
    scopesThatWouldAllow,
    methodsAllowed,
  }
}
