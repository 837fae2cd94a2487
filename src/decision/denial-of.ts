/**
 * Why a request is denied, for the response to it: as `explain`, without the near miss and without what only
 * people read. A denial is what anybody with a token can ask for again and again, so it is bounded, see
 * `FIND_STEPS`, and costs little more the first time.
 *
 * A registered symbol, because the package can be in a process twice, as ESM and as CommonJS. Policies from
 * elsewhere, and generated modules, do not have it; `explain` of a module is bounded in the same way.
 */
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
