import type { Tables } from '../matcher/tables.ts'
import type { PolicyData } from '../policy/policy-data.ts'

/**
 * Where a policy keeps what it was made of, for analysis and `scope-policy/compiled`. A registered symbol,
 * because the package can be in a process twice, as ESM and as CommonJS, and a policy of the one is given to
 * the other.
 */
export const INTERNALS: unique symbol = Symbol.for('scope-policy.compiled') as never

/** Raised with every change of the form of {@link Internals}, down to the units of the tables. */
export const INTERNALS_VERSION = 4

export interface Internals {
  /** {@link INTERNALS_VERSION} of the package that made the policy. */
  readonly layout: number
  readonly data: PolicyData
  /** A copy. */
  readonly tables: () => Tables
  /** A copy of the tables of names, where there are any. */
  readonly names: () => Tables | undefined
}

/**
 * The internals of a loaded policy; undefined for anything else. Throws `TypeError` for a policy of a version of
 * the package that keeps others.
 */
export function internalsOf(policy: unknown): Internals | undefined {
  if (typeof policy !== 'object' || policy === null || !Object.hasOwn(policy, INTERNALS)) return undefined
  const internals = (policy as { readonly [INTERNALS]: Internals })[INTERNALS]
  if (internals.layout !== INTERNALS_VERSION) {
    throw new TypeError('the policy comes from another version of scope-policy')
  }
  return internals
}
