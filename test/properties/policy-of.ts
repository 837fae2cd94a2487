/** Loads plain data that has to be a policy, with the findings in the failure when it is not. */
import { parsePolicy } from '../../src/index.ts'
import type { ParseOptions, Policy } from '../../src/index.ts'

export function policyOf(document: unknown, options?: ParseOptions): Policy {
  const { policy, diagnostics } = parsePolicy(document as Parameters<typeof parsePolicy>[0], options)
  if (policy !== null) return policy
  const errors = diagnostics.filter((finding) => finding.severity === 'error')
  throw new Error(errors.map((finding) => `${finding.code}: ${finding.message}`).join('\n'))
}
