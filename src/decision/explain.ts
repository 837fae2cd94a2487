/**
 * The decision with its reasons. Everything here is derived from the same matcher that decides; only the
 * endpoints of a grant are found by going through them one by one.
 */
import { printCanonical } from '../pattern/canonical.ts'
import { isNameMethod } from '../language/scope-fields.ts'
import { itemsOf, type List } from '../matcher/tables.ts'
import type { PathReading } from '../pattern/request-path.ts'
import type { Endpoints } from './endpoints.ts'
import type { PolicyAuthorizer } from './policy-authorizer.ts'
import { scopeNames } from './scope-names.ts'
import type { Decision, Policy, PolicyDenial } from './types.ts'

/** What an explanation is made of; scopes are numbers. */
export interface Sources extends Pick<
  PolicyAuthorizer,
  'idsOf' | 'allows' | 'budget' | 'held' | 'isKnown' | 'read'
> {
  readonly names: List<string>
  /** Sorted. */
  readonly methods: readonly string[]
  readonly endpoints: Endpoints
  /** All scopes that allow a request, and the smallest sets of scopes that do, narrowest first. */
  readonly wouldAllow: (
    method: string,
    reading: PathReading,
  ) => { readonly scopes: readonly string[]; readonly sets: readonly (readonly string[])[] }
}

/**
 * Steps that a denial may take to find the scopes that would allow the request, and as many again for the methods
 * that are allowed. Some 1 ms, and in a process that has just begun, whose code is not compiled, ten times as much.
 * Microsoft Graph with its 601 scopes takes half of it, other permission tables a tenth.
 */
export const FIND_STEPS = 300_000
/**
 * And to sort them. More, since a comparison is remembered: only the first requests pay for it. Permission tables
 * with `wildcard: segment` take nearly as many.
 */
export const SORT_STEPS = 1_000_000
/** Steps of the explanation of an allowed request: for the other methods that are, and for the endpoints of a grant. */
const EXPLAIN_STEPS = 20_000_000

/**
 * Scopes are numbers. `decided` is whether the request is allowed, which takes as long as the policy asks for; without it,
 * the request is one that `authorize` has denied, and that is looked at within the budget only.
 */
type Judge = (ids: readonly number[], method: string, reading: PathReading, decided?: boolean) => PolicyDenial

export interface Explainer extends Pick<Policy, 'explain'> {
  /** What a response needs to know of a decision, see `denialOf`. */
  readonly judge: Judge
}

export function explainer(sources: Sources): Explainer {
  const { names, methods, endpoints, idsOf, allows, budget, wouldAllow, read, held, isKnown } = sources
  const nameAt = itemsOf(names)

  const judge: Judge = (ids, method, reading, decided) => {
    const { refusal } = reading
    const mayGoOn = budget(decided ? EXPLAIN_STEPS : FIND_STEPS)
    const granted = decided ?? allows(ids, method, reading, mayGoOn)
    // A name belongs to its method; what another one makes of it is no answer.
    const candidates = isNameMethod(method) ? [method] : methods
    const methodsAllowed = candidates.filter((other) =>
      other === method ? granted : allows(ids, other, reading, mayGoOn),
    )
    const denied = methodsAllowed.length > 0 ? 'method-not-granted' : 'no-scope-covers-path'
    const { scopes: scopesThatWouldAllow, sets: setsThatWouldAllow } = wouldAllow(method, reading)
    return {
      reason: refusal === undefined ? (granted ? 'granted' : denied) : 'path-refused',
      ...(refusal !== undefined && { refusal }),
      scopesThatWouldAllow,
      setsThatWouldAllow,
      methodsAllowed,
    }
  }

  return {
    judge,
    explain: (scopes: unknown, method: unknown, target: unknown): Decision => {
      const given = scopeNames(scopes)
      const isValid = given !== null && typeof method === 'string' && typeof target === 'string'
      if (!isValid) return { ...decision(NOTHING, ''), unknownScopes: [] }
      const ids = idsOf(given)
      const reading = read(method, target)
      const { refusal } = reading
      const path = refusal === undefined ? reading.path : null
      const judged = judge(ids, method, reading, allows(ids, method, reading))
      const raw = isNameMethod(method) ? target : (target.split('?', 1)[0] as string)
      const shown = path === null ? raw : shownPath(method, path)
      const found = {
        ...decision(judged, shown),
        unknownScopes: [...new Set(given)].filter((name) => name !== '' && !isKnown(name)),
      }
      if (!found.allowed || path === null) {
        const isAccepted = refusal === undefined && !isNameMethod(method)
        const nearest = isAccepted
          ? endpoints.nearest?.(
              ids.filter((id) => id < held.scopeCount),
              method,
              target,
              reading,
            )
          : undefined
        return { ...found, ...nearest }
      }
      const mayGoOn = budget(EXPLAIN_STEPS)
      const grantedBy = ids.flatMap((id) =>
        endpoints.granting(id, method, path, mayGoOn).map((one) => ({ scope: nameAt(id) as string, ...one })),
      )
      return { ...found, grantedBy }
    },
  }
}

/** A name is shown as it is; the characters of a URI that represent escapes are written out. */
export function shownPath(method: string, path: string): string {
  return isNameMethod(method) && method !== 'resources/read' ? path : printCanonical(path)
}

const NOTHING: PolicyDenial = {
  reason: 'invalid-argument',
  scopesThatWouldAllow: [],
  setsThatWouldAllow: [],
  methodsAllowed: [],
}

function decision({ reason, ...rest }: PolicyDenial, path: string): Omit<Decision, 'unknownScopes'> {
  return { allowed: reason === 'granted', reason, path, grantedBy: [], ...rest }
}
