/**
 * Everything that can be asked of a policy, derived from what its authorizer decides. A loaded policy and
 * a compiled one share this file, so they cannot answer differently; they differ only in where the
 * endpoints of an explanation come from.
 *
 * All answers but those of `authorize` and `grant` look at more than one scope or method, some at all scopes
 * of the policy. They are asked for requests that anybody can send, so they are bounded by steps, see
 * {@link Effort}: scopes that the budget does not reach are not listed, and what it cannot sort is in document
 * order. No answer allows more for it.
 */
import type { PathReading } from '../pattern/request-path.ts'
import { allowingSets, narrowestSetsFirst } from './allowing-sets.ts'
import type { MayGoOn } from './authorize.ts'
import type { Endpoints } from './endpoints.ts'
import { DENIAL_STEPS, type Explainer, explainer, type Sources } from './explain.ts'
import { narrowestFirst } from './narrowest.ts'
import type { PolicyAuthorizer } from './policy-authorizer.ts'
import type { Policy } from './types.ts'

export type PolicyQueries = Pick<Policy, 'authorize' | 'grant' | 'scopesFor' | 'setsFor' | 'methodsFor'> &
  Explainer &
  Pick<PolicyAuthorizer, 'idsOf' | 'read'>

/** `names` in the order of the scopes' numbers; `methods` are all that some endpoint grants. */
export function createQueries(
  names: readonly string[],
  methods: readonly string[],
  authorizer: Omit<PolicyAuthorizer, 'names' | 'effort'>,
  endpoints: Endpoints,
): PolicyQueries {
  const { authorize, idsOf, authorizeIds, allows, budget, held, read } = authorizer
  const sorted = [...methods].sort()
  const ids = [...names.keys()].slice(0, held.scopeCount)
  const alone = (id: number): readonly number[] => held.close?.([id]) ?? [id]
  const named = (list: readonly number[]): readonly string[] => list.map((id) => names[id] as string)
  const allowing = (method: string, reading: PathReading, mayGoOn: MayGoOn): readonly string[] => {
    const found = ids.filter((id) => allows(alone(id), method, reading, mayGoOn))
    return named(found.length > 1 ? narrowestFirst(found, endpoints.inclusion(mayGoOn), mayGoOn) : found)
  }
  const allowingAll: Sources['sets'] = (method, reading, mayGoOn) => {
    if (reading.refusal !== undefined || reading.path === null) return []
    const sets = allowingSets(authorizer, method, reading, mayGoOn)
    return (sets.length > 1 ? narrowestSetsFirst(sets, endpoints.inclusion(mayGoOn), mayGoOn) : sets).map(
      named,
    )
  }

  return {
    authorize,
    idsOf,
    read,
    grant: (scopes: unknown) => {
      const known = idsOf(scopes)
      return Object.freeze({
        authorize: (method: unknown, path: unknown) => authorizeIds(known, method, path),
        scopes: Object.freeze(named(known.filter((id) => id < held.scopeCount).sort((a, b) => a - b))),
      })
    },
    ...explainer({ ...authorizer, names, methods: sorted, endpoints, allowing, sets: allowingAll }),
    scopesFor: (method: unknown, path: unknown) =>
      typeof path === 'string' ? allowing(method as string, read(method, path), budget(DENIAL_STEPS)) : [],
    setsFor: (method: unknown, path: unknown) =>
      typeof path === 'string' ? allowingAll(method as string, read(method, path), budget(DENIAL_STEPS)) : [],
    methodsFor: (scopes: unknown, path: unknown) => {
      if (typeof path !== 'string') return []
      const [known, reading] = [idsOf(scopes), read(undefined, path)]
      return sorted.filter((method) => allows(known, method, reading))
    },
  }
}
