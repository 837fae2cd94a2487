import { policyData } from '../../analysis/policy-data.ts'
import { ownMembers } from '../own.ts'
import type { Policy } from '../../decision/types.ts'

/** By policy: the scope of every name, be it its own, one that tokens carry or one that clients ask for. */
const kept = new WeakMap<Policy, ReadonlyMap<string, string>>()

/** The scope with a name or alias; undefined for one that the policy does not have. */
export function scopeNamed(policy: Policy, name: string): string | undefined {
  const known = kept.get(policy) ?? namesOf(policy)
  kept.set(policy, known)
  return known.get(name)
}

function namesOf(policy: Policy): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const [scope, given] of policyData(policy).scopes) {
    const { requestAs, aliases = [] } = ownMembers(given)
    for (const name of [...aliases, ...(requestAs === undefined ? [] : [requestAs])]) {
      if (!names.has(name)) names.set(name, scope)
    }
  }
  for (const scope of policy.scopes.keys()) names.set(scope, scope)
  return names
}
