/**
 * Why a request is denied, for the response to it: as `explain`, without the near miss and without what only
 * people read. A denial is what anybody with a token can ask for again and again, so it is bounded, see
 * `DENIAL_STEPS`, and costs no more the first time.
 *
 * A registered symbol, because the package can be in a process twice, as ESM and as CommonJS. Policies from
 * elsewhere, and generated modules, do not have it; `explain` of a module is bounded in the same way.
 */
import { type PathRules, readPath } from '../pattern/request-path.ts'
import type { PolicyQueries } from './queries.ts'
import { scopeNames } from './scope-names.ts'
import type { Policy, PolicyDenial, ScopesArgument } from './types.ts'

/** Under which a policy keeps the function; not enumerable, so that a copy with another `explain` has its own. */
export const DENIAL: unique symbol = Symbol.for('scope-policy.denial') as never

/** For a request that `authorize` denies, or a path that was refused. */
export function denialOf(
  policy: Pick<Policy, 'explain'>,
  scopes: ScopesArgument,
  method: string,
  path: string,
): PolicyDenial {
  // Only its own: what somebody has written to `Object.prototype` explains nothing.
  if (!Object.hasOwn(policy, DENIAL)) return policy.explain(scopes, method, path)
  return (policy as unknown as Record<typeof DENIAL, Policy['explain']>)[DENIAL](scopes, method, path)
}

/** The same policy, which then explains denials by `judge`. */
export function withDenial<T extends object>(
  policy: T,
  { judge, idsOf }: Pick<PolicyQueries, 'judge' | 'idsOf'>,
  rules: PathRules,
): T {
  const denial = (scopes: unknown, method: unknown, target: unknown): PolicyDenial => {
    const given = scopeNames(scopes)
    if (given === null || typeof method !== 'string' || typeof target !== 'string') {
      return { reason: 'invalid-argument', scopesThatWouldAllow: [], methodsAllowed: [] }
    }
    return judge(idsOf(given), method, readPath(target, rules))
  }
  return Object.defineProperty(policy, DENIAL, { value: denial })
}
