import { internalsOf } from '../decision/internals.ts'
import type { Policy } from '../decision/types.ts'
import type { PolicyData } from '../policy/policy-data.ts'

/**
 * The interpreted patterns that a policy was made of. Throws `TypeError` for anything but a policy that was
 * loaded from a document by this version of the package.
 */
export function policyData(policy: Policy): PolicyData {
  const internals = internalsOf(policy)
  if (internals === undefined) {
    throw new TypeError('analysis needs a policy that was made by loadPolicy or parsePolicy')
  }
  return internals.data
}
