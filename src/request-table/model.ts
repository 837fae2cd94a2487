/**
 * A request table: requests with the decisions that a policy is expected to make, written beside the policy
 * for people to read and for `scope-policy test` to hold the policy to.
 *
 * Three kinds of row. The first is the one to read and write: a request with the scopes that allow it, each
 * alone; that no other scope does is part of the expectation. The second names a path that is refused
 * whatever the scopes, the third a token with several scopes at once.
 *
 *     - GET /workers/me: [profile, api]
 *     - GET /workers/../admin: { refused: dot-segment }
 *     - request: GET /workers/me
 *       scopes: [profile, search]
 *       expect: allow
 *       by: profile
 */
import type { Reason } from '../decision/types.ts'
import type { Refusal } from '../pattern/request-path.ts'
import type { GivenOptions } from '../policy/options.ts'
import type { Span } from '../source/span.ts'

/** A string of the table and where it is. */
export interface Written<Text extends string = string> {
  readonly text: Text
  readonly span: Span
}

/** What is before a path: one method, or several for which the same is expected. */
export interface TableRequest {
  readonly methods: readonly Written[]
  /** The request target, as it would be received. */
  readonly target: string
  readonly span: Span
}

interface AnyRow {
  readonly request: TableRequest
}

/** The request is allowed to each of the scopes alone, and to no token without one of them. */
export interface ScopesRow extends AnyRow {
  readonly kind: 'scopes'
  readonly scopes: readonly Written[]
}

/** The path is refused, by this rule if one is named. */
export interface RefusedRow extends AnyRow {
  readonly kind: 'refused'
  readonly rule?: Written<Refusal>
}

export type Expected = 'allow' | 'deny'
/** Why a token is denied: a reason of `explain`, or the rule that refuses the path. */
export type DenialReason = Exclude<Reason, 'granted' | 'invalid-argument'> | Refusal

/** A token with these scopes together. */
export interface TokenRow extends AnyRow {
  readonly kind: 'token'
  readonly scopes: readonly Written[]
  readonly expect: Expected
  /** Exactly those scopes of the token that allow the request alone. */
  readonly by?: readonly Written[]
  readonly reason?: Written<DenialReason>
  readonly name?: string
}

export type Row = ScopesRow | RefusedRow | TokenRow

export interface RequestTable {
  /** The path of the policy, relative to the table; by default the name of the table without `.test`. */
  readonly policy?: Written
  /** As flags of the command line: they win over the document's. */
  readonly options: GivenOptions
  readonly rows: readonly Row[]
}
