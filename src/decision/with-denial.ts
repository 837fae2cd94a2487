import { DENIAL } from './denial-of.ts'
import type { PolicyQueries } from './queries.ts'
import { scopeNames } from './scope-names.ts'
import type { PolicyDenial } from './types.ts'

/** The same policy, which then explains denials by `judge`. */
export function withDenial<T extends object>(
  policy: T,
  { judge, idsOf, read }: Pick<PolicyQueries, 'judge' | 'idsOf' | 'read'>,
): T {
  const denial = (scopes: unknown, method: unknown, target: unknown): PolicyDenial => {
    const given = scopeNames(scopes)
    if (given === null || typeof method !== 'string' || typeof target !== 'string') {
      return {
        reason: 'invalid-argument',
        scopesThatWouldAllow: [],
        setsThatWouldAllow: [],
        methodsAllowed: [],
      }
    }
    return judge(idsOf(given), method, read(method, target))
  }
  return Object.defineProperty(policy, DENIAL, { value: denial })
}
