/** Whether a fixed text may take the place of the text. */
import { comparePolicies } from '../../analysis/index.ts'
import { createPolicy } from '../../decision/policy.ts'
import { type ParseOptions, readPolicy, type ReadPolicy } from '../../load.ts'
import type { PolicyData } from '../../policy/policy-data.ts'
import { CODES } from '../codes.ts'

/** Errors that say that a string is not what it looks like, or more than is read: nothing in it is touched. */
const UNTOUCHED: ReadonlySet<string> = new Set([
  'not-a-document',
  'invalid-utf8',
  'control-character',
  'bidi-control',
  'limit-exceeded',
])

export function mayBeEdited({ findings }: ReadPolicy): boolean {
  return !findings.some(({ code }) => UNTOUCHED.has(code))
}

/**
 * The fixed text as it is read, or why it may not stay, as one clause. A document that loads must load
 * afterwards, and if the fixes are `safe` every request must be decided as before, for every set of scopes;
 * a document with errors must have fewer. `milliseconds` is what is left for the proof.
 */
export function verify(
  before: ReadPolicy,
  text: string,
  safe: boolean,
  options: ParseOptions,
  milliseconds: number,
): ReadPolicy | string {
  const after = readPolicy(text, options)
  if (before.data === null) {
    return errorsOf(after) < errorsOf(before) ? after : 'the document would have as many errors as before'
  }
  if (after.data === null) return 'the document would not load any more'
  if (!safe) return after
  const difference = differenceOf(before.data, after.data, Math.min(milliseconds, MAX_MILLISECONDS))
  return difference ?? after
}

function errorsOf({ findings }: ReadPolicy): number {
  return findings.filter(({ code }) => CODES.get(code)?.fatal === true).length
}

/** For one proof. */
const MAX_MILLISECONDS = 10_000

function differenceOf(before: PolicyData, after: PolicyData, milliseconds: number): string | undefined {
  const [was, is] = [createPolicy(before), createPolicy(after)]
  // Equal for documents that differ in layout and comments only, as most do: nothing is left to prove.
  if (was.fingerprint === is.fingerprint) return undefined
  const names = [...was.scopes.keys()]
  if (names.length !== is.scopes.size || !names.every((name) => is.scopes.has(name))) {
    return 'the scopes would not be the same'
  }
  const { change } = comparePolicies(was, is, { milliseconds })
  if (change === 'equal') return undefined
  return change === 'undecided'
    ? 'it cannot be proved within bounds that nothing else is allowed'
    : 'it would change what is allowed'
}
