/**
 * Whether a target has one reading only: the path rules at their strictest, whatever the policy's options.
 *
 * For what is decided without a policy, by a function that may read the target less carefully than the
 * server after it.
 */
import { DEFAULT_OPTIONS } from '../language/options.ts'
import { readPath } from '../pattern/request-path.ts'
import type { PathRules } from '../pattern/request-path.ts'

/** The first choice of every option is the strictest, and the default. */
const STRICTEST: PathRules = { ...DEFAULT_OPTIONS, pathLength: 8192 }

/** Origin-form (RFC 9112 §3.2.1), and refused by no path rule. */
export function isUnambiguous(target: string): boolean {
  return target.startsWith('/') && readPath(target, STRICTEST).refusal === undefined
}
