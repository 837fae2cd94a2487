import type { Tables } from '../matcher/tables.ts'
import type { PolicyData } from '../policy/policy-data.ts'

/**
 * Where a policy keeps what it was made of, for `scope-policy/compiled`. A registered symbol, because the
 * package can be in a process twice, as ESM and as CommonJS, and a policy of the one is given to the other.
 */
export const PARTS: symbol = Symbol.for('scope-policy.compiled')

/** Raised with every change of the form of {@link Parts}, down to the units of the tables. */
export const LAYOUT = 2

export interface Parts {
  readonly layout: number
  readonly tables: Tables
  readonly data: PolicyData
}
