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
import { type PathReading, type PathRules, readPath } from '../pattern/request-path.ts'
import type { Authorizer, MayGoOn } from './authorize.ts'
import type { Endpoints } from './endpoints.ts'
import { DENIAL_STEPS, type Explainer, explainer } from './explain.ts'
import { narrowestFirst } from './narrowest.ts'
import type { Policy } from './types.ts'

export type PolicyQueries = Pick<Policy, 'authorize' | 'grant' | 'scopesFor' | 'methodsFor'> &
  Explainer &
  Pick<Authorizer, 'idsOf'>

/** `names` in the order of the scopes' numbers; `methods` are all that some endpoint grants. */
export function createQueries(
  names: readonly string[],
  methods: readonly string[],
  { authorize, idsOf, authorizeIds, allows, budget }: Authorizer,
  endpoints: Endpoints,
  rules: PathRules,
): PolicyQueries {
  const sorted = [...methods].sort()
  const ids = [...names.keys()]
  const named = (list: readonly number[]): readonly string[] => list.map((id) => names[id] as string)
  const allowing = (method: string, reading: PathReading, mayGoOn: MayGoOn): readonly string[] => {
    const found = ids.filter((id) => allows([id], method, reading, mayGoOn))
    return named(found.length > 1 ? narrowestFirst(found, endpoints.inclusion(mayGoOn), mayGoOn) : found)
  }

  return {
    authorize,
    idsOf,
    grant: (scopes: unknown) => {
      const known = idsOf(scopes)
      return Object.freeze({
        authorize: (method: unknown, path: unknown) => authorizeIds(known, method, path),
        scopes: Object.freeze(named([...known].sort((a, b) => a - b))),
      })
    },
    ...explainer({ names, methods: sorted, rules, endpoints, idsOf, allows, budget, allowing }),
    scopesFor: (method: unknown, path: unknown) =>
      typeof path === 'string' ? allowing(method as string, readPath(path, rules), budget(DENIAL_STEPS)) : [],
    methodsFor: (scopes: unknown, path: unknown) => {
      if (typeof path !== 'string') return []
      const [known, reading] = [idsOf(scopes), readPath(path, rules)]
      return sorted.filter((method) => allows(known, method, reading))
    },
  }
}
