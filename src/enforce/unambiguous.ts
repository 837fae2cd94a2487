/**
 * Whether a target has one reading only: the path rules at their strictest, whatever the policy's options.
 *
 * For what is decided without a policy, by a function that may read the target less carefully than the
 * server behind it.
 */
import { readPath } from '../pattern/request-path.ts'
import type { PathRules } from '../pattern/request-path.ts'

const STRICTEST: PathRules = {
  basePath: '',
  extensions: [],
  caseSensitive: true,
  trailingSlash: 'strict',
  encodedSlash: 'refuse',
  delimiters: 'refuse',
  wildcard: 'any',
  pathLength: 8192,
}

/** Origin-form (RFC 9112 §3.2.1), and refused by no path rule. */
export function isUnambiguous(target: string): boolean {
  return target.startsWith('/') && readPath(target, STRICTEST).refusal === undefined
}
