/** What `coverage` answers. */
import type { OpenApiNote } from '../model.ts'

export interface PathWitness {
  readonly method: string
  /** With a leading slash, percent-encoded where needed. */
  readonly path: string
}

/**
 * How much of an operation is allowed: every request of it, some (with a request that is not), or none.
 * `undecided` is never a guess: the budget ended before there was a proof.
 */
export type ReachKind = 'full' | 'partly' | 'none' | 'undecided'

/** One scope that alone allows requests of an operation. */
export interface ScopeReach {
  readonly scope: string
  readonly reach: Exclude<ReachKind, 'none'>
  /** A shortest request of the operation that it allows; absent only when `undecided`. */
  readonly allowed?: PathWitness
  /** With `partly`: a shortest request of the operation that it does not allow. */
  readonly missing?: PathWitness
}

/** Scopes that the OpenAPI document says are enough, together, and the policy does not let in everywhere. */
export interface UnmetRequirement {
  readonly scopes: readonly string[]
  readonly reach: Exclude<ReachKind, 'full'>
  /** A request of the operation that they do not allow together. */
  readonly missing?: PathWitness
  /** Those that the policy does not have. */
  readonly unknown: readonly string[]
}

export interface OperationCoverage {
  readonly method: string
  /** The path template as written in the OpenAPI document. */
  readonly path: string
  readonly operationId?: string
  /** Where it is (JSON Pointer). */
  readonly pointer: string
  /**
   * What its `security` asks for: scopes, a bearer token whatever its scopes, only credentials that are not a
   * bearer token, or nothing; `unknown` where it was not understood, null when the document does not say.
   */
  readonly asks: 'scopes' | 'token' | 'other' | 'nothing' | 'unknown' | null
  /** What a token with all scopes of the policy may do. */
  readonly reach: ReachKind
  /** With `partly` and `none`: a shortest request that such a token may not make; absent where there is none at all. */
  readonly missing?: PathWitness
  /** In the order of the policy. */
  readonly scopes: readonly ScopeReach[]
  /**
   * Scopes that the document declares and that reach the operation although its `security` asks for others; empty
   * where the document asks for no scope.
   */
  readonly undeclared: readonly string[]
  readonly unmet: readonly UnmetRequirement[]
}

export interface EndpointCoverage {
  readonly scope: string
  /** The pattern. */
  readonly endpoint: string
  readonly methods: readonly string[]
  /** How many operations have a request that it allows on its own. */
  readonly operations: number
  /** Where in the policy's text, in UTF-16 units; absent when the policy was not read from text. */
  readonly span?: { readonly start: number; readonly end: number }
  /** Which budget ended, so that it may reach more. */
  readonly undecided?: string
}

export interface Coverage {
  /** In the order of the OpenAPI document. */
  readonly operations: readonly OperationCoverage[]
  /** In the order of the policy; each where it is, not again in scopes that include its own. */
  readonly endpoints: readonly EndpointCoverage[]
  /** Scopes of the policy of which the document says nothing, so that `undeclared` does not name them. */
  readonly unknownScopes: readonly string[]
  readonly notes: readonly OpenApiNote[]
  /** Those notes that are about parts of the document that were not understood; of them nothing is known. */
  readonly unread: readonly OpenApiNote[]
}
