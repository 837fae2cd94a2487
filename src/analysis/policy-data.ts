/**
 * From a policy to the interpreted patterns it was made from.
 *
 * They stand under a registered symbol, because the package can be in a process twice, as ESM and as
 * CommonJS, and a policy of the one may be compared by the other.
 */
import type { Policy } from '../decision/types.ts'
import type { PolicyData } from '../policy/policy-data.ts'

const PARTS: unique symbol = Symbol.for('scope-policy.compiled') as never

/** Throws `TypeError` for anything but a policy that was loaded from a document. */
export function policyData(policy: Policy): PolicyData {
  const parts = (policy as { readonly [PARTS]?: { readonly data?: PolicyData } } | null | undefined)?.[PARTS]
  if (parts?.data === undefined) {
    throw new TypeError('analysis needs a policy that was made by loadPolicy or parsePolicy')
  }
  return parts.data
}
