import type { Span } from '../source/span.ts'
import type { Refusal } from '../pattern/request-path.ts'
import type { Combination, Scope } from '../policy/model.ts'

/**
 * Scopes of a token: an array of scope names, a `Set` of them, or the text of the `scope` claim
 * (names separated by single spaces, RFC 6749 §3.3). Anything else grants nothing.
 */
export type ScopesArgument = readonly string[] | ReadonlySet<string> | string

/** Why a request is allowed or denied. */
export type Reason =
  'granted' | 'no-scope-covers-path' | 'method-not-granted' | 'path-refused' | 'invalid-argument'

/** One scope and one of its endpoints that grant a request. */
export interface GrantedBy<Name extends string = string> {
  /** The scope of the token, the key of several of its scopes, or `$baseline`. */
  readonly scope: Name
  /** The pattern, in canonical form; it may be in a scope that this one includes. */
  readonly endpoint: string
  readonly span?: Span
}

/** The grant that comes closest to a denied request, and the one thing that differs. */
export interface Nearest {
  readonly scope: string
  readonly endpoint: string
  readonly differs: 'case' | 'trailing-slash' | 'extension' | 'method' | 'segment' | 'base-path' | 'escapes'
  /** What to do about it, as one clause for people. */
  readonly hint: string
}

/** The answer to one request with everything that explains it. */
export interface Decision<Name extends string = string> {
  readonly allowed: boolean
  readonly reason: Reason
  /** With `path-refused`: the rule that refused the path. */
  readonly refusal?: Refusal
  /** The path that was compared with the patterns (canonical, base path and extensions stripped). */
  readonly path: string
  readonly grantedBy: readonly GrantedBy<Name>[]
  /** Every scope of the policy that would allow the request, narrowest first. */
  readonly scopesThatWouldAllow: readonly Name[]
  /**
   * The smallest sets of scopes that would allow it, narrowest first: single scopes, and several that are needed
   * at once. One empty set where every token may do it.
   */
  readonly setsThatWouldAllow: readonly (readonly Name[])[]
  /** Methods these scopes allow on this path, sorted. */
  readonly methodsAllowed: readonly string[]
  /** Scopes of the token that the policy does not know. */
  readonly unknownScopes: readonly string[]
  /** Scopes of the token that are deprecated, where there are any. */
  readonly deprecatedScopes?: readonly Name[]
  readonly nearest?: Nearest
}

/**
 * Why a request is denied, as far as a response to it needs to know. When the request is expensive to explain,
 * scopes that were not reached are missing, and the others are in document order.
 */
export type PolicyDenial = Pick<
  Decision,
  'reason' | 'refusal' | 'scopesThatWouldAllow' | 'setsThatWouldAllow' | 'methodsAllowed'
>

/** The scopes of one token, resolved once. */
export interface Grant<Name extends string = string> {
  /** Whether these scopes allow `method` on `path`. Never throws. */
  readonly authorize: (method: string, path: string) => boolean
  /** The scopes that the policy knows, in document order. */
  readonly scopes: readonly Name[]
}

/**
 * An immutable policy. Its members work when destructured.
 *
 * `path` is always the raw request target in origin-form (RFC 9112 §3.2.1) as received: not decoded,
 * the query may follow. `method` is compared exactly (RFC 9110 §9.1).
 */
export interface Policy {
  /**
   * Whether a token with `scopes` may call `method` on `path`. Deny by default. Never throws: what is
   * not of the named types grants nothing. Nothing is cached from one call to the next.
   */
  readonly authorize: (scopes: ScopesArgument, method: string, path: string) => boolean
  /** Resolves the scopes of a token once, for many calls of `authorize`. */
  readonly grant: (scopes: ScopesArgument) => Grant
  /**
   * The decision of `authorize` with its reasons. Slower; for logs, error texts and the command line. Bounded by
   * counted steps: on policies that are expensive to explain, lists may be incomplete and in document order, and
   * the near miss may be missing. `allowed` is always that of `authorize`.
   */
  readonly explain: (scopes: ScopesArgument, method: string, path: string) => Decision
  /**
   * Scopes that would allow the request: narrowest first by inclusion, then in document order. Of more than 64
   * the first 64 of the document are sorted, and the others follow. Where comparing them, or reaching all scopes
   * of the policy, would take more than 1,500,000 steps, those that were found are in document order.
   */
  readonly scopesFor: (method: string, path: string) => readonly string[]
  /**
   * The smallest sets of scopes that would allow the request, narrowest first; see
   * {@link Decision.setsThatWouldAllow}. Bounded as `scopesFor` is.
   */
  readonly setsFor: (method: string, path: string) => readonly (readonly string[])[]
  /** The name by which clients ask for a scope: `requestAs` of the document, else the name of the scope. */
  readonly requestAs: (scope: string) => string
  /** Methods that these scopes allow on the path, sorted; for `Allow` (RFC 9110 §10.2.1) and CORS. */
  readonly methodsFor: (scopes: ScopesArgument, path: string) => readonly string[]
  /**
   * A smallest set of scopes that allows all of these requests, in document order; null when there is none.
   * Among equally small sets the least privileged: first by inclusion (no scope that a narrower one could
   * stand in for), then by the number of grants, then by place in the document.
   *
   * Exact as long as 200,000 sets and 20,000,000 members of them suffice, which takes about a second and is enough for any number of requests
   * on policies as they are. Beyond, the set returned allows all of the requests, but may be larger than need be
   * or, of its size, not the least privileged.
   */
  readonly minimalScopes: (
    requests: readonly { readonly method: string; readonly path: string }[],
  ) => readonly string[] | null
  /** The scopes in document order. */
  readonly scopes: ReadonlyMap<string, Scope>
  /** What tokens may do that hold several scopes, by the keys of the document. */
  readonly combinations: ReadonlyMap<string, Combination>
  /** What every token may do; undefined where the document says nothing of it. */
  readonly baseline?: Combination
  /**
   * SHA-256 in hex of the canonical policy: equal for documents that differ only in layout, comments,
   * order, or spelling of methods.
   */
  readonly fingerprint: string
  /** The policy as a document again: plain data that `parsePolicy` accepts. */
  readonly toJSON: () => unknown
}
