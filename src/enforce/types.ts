/**
 * The types that guards and adapters share: what is read from a request, and what is answered.
 */
import type { Policy, Reason, ScopesArgument } from '../decision/types.ts'
import type { Refusal } from '../pattern/request-path.ts'

/** A value, or a promise of it. */
export type Awaitable<T> = T | PromiseLike<T>

/** What the middleware needs of a policy; a compiled one has it too. */
export type DecidingPolicy = Pick<Policy, 'authorize' | 'explain' | 'fingerprint'> & {
  /** The name by which clients ask for a scope; default: the scope itself. */
  readonly requestAs?: (scope: string) => string
}

/** Scopes of a request; undefined and null say that it carries no token at all. */
export type ScopesOfRequest = ScopesArgument | null | undefined

/**
 * `enforce` answers denied requests itself. `report-only` lets every request through and only reports what
 * enforcing would have done, exceptions included: for watching a new policy on real traffic before it can
 * break anything. It protects nothing.
 */
export type Mode = 'enforce' | 'report-only'

/** Options that every adapter has. `Request` is the framework's own request. */
export interface ScopePolicyOptions<Request> {
  /**
   * The policy, or a function of the request that finds it, such as one policy per client. The function is
   * called for each request that carries scopes, and nothing of its answer is kept.
   */
  readonly policy: DecidingPolicy | ((request: Request) => Awaitable<DecidingPolicy>)
  /**
   * The scopes of the request's **verified** token; undefined or null when there is no token.
   *
   * Default: where the usual JWT middleware of the framework leaves the claims; see the adapter.
   *
   * A function that verifies the token itself throws `InvalidTokenError` of `scope-policy/claims` for one that
   * is invalid (401 `invalid_token`) and `InvalidRequestError` for a malformed header (400 `invalid_request`);
   * errors of jose about the token count as the first. Whatever else it throws is answered 500. See
   * `bearerScopes` of `scope-policy/claims`, which does all of that.
   */
  readonly scopes?: ((request: Request) => Awaitable<ScopesOfRequest>) | undefined
  /** ChallengeParameters space, named in each challenge (RFC 9110 §11.5). */
  readonly realm?: string | undefined
  /** Absolute URL of the protected resource metadata, named in each challenge (RFC 9728 §5.1). */
  readonly resourceMetadata?: string | undefined
  /**
   * Audit hook: called once for each request, before it is answered or let through. Without it, the first
   * error that is answered with 500 is written to standard error, and no further one.
   *
   * By the rule that an exception anywhere denies, a hook that throws turns a request that would have been
   * allowed into a 500; a denial stays the denial it was. A promise it returns is not waited for, and when
   * it rejects nothing happens: a hook whose failure must stop the request has to be synchronous.
   */
  readonly onDecision?: ((record: DecisionRecord, request: Request) => unknown) | undefined
  /** Default: `enforce`. */
  readonly mode?: Mode | undefined
  /**
   * Requests that pass unjudged and unreported, such as a health check: those for which it returns `true`
   * (a promise is not `true`). It is not asked about targets that servers may read in several ways, so that
   * `/public/..%2fadmin` does not pass as something below `/public`; those are judged like any other.
   *
   * Not for CORS preflights: whoever sends `OPTIONS` with two headers would pass. Mount CORS before.
   */
  readonly skip?: ((request: Request) => boolean) | undefined
  /**
   * Answers 400 to requests that ask for another method than their own, by `X-HTTP-Method-Override`,
   * `X-HTTP-Method`, `X-Method-Override` or `_method` in the query: for servers that apply such an override
   * after this middleware has judged the method. A `_method` in a body is not seen. Default: `false`.
   */
  readonly rejectMethodOverride?: boolean | undefined
  /**
   * Sends `Allow` (RFC 9110 §10.2.1) with a 403 when the scopes would allow the path with another method. It
   * shows the holder of a token what it may do there. Default: `false`.
   */
  readonly allowHeader?: boolean | undefined
  /**
   * Scopes that a client should ask for to begin with: named as `scope` in each 401 (RFC 6750 §3), so that it
   * does not have to ask for all that there are. Default: none are named.
   */
  readonly baseline?: readonly string[] | undefined
  /**
   * Denies requests of gRPC and gRPC-Web (`content-type: application/grpc…`) with `grpc-status` and HTTP status
   * 200, as their clients expect. Not for a server that a gateway asks for decisions, since the client would
   * choose whether a denial has status 403 or 200. Default: `false`.
   */
  readonly grpc?: boolean | undefined
}

/** What an adapter reads from its framework's request. */
export interface RequestReader<Request> {
  readonly method: (request: Request) => unknown
  /** The request target as the server received it (RFC 9112 §3.2): not decoded, never from a header. */
  readonly target: (request: Request) => unknown
  /** The value of a header, in any form; undefined or null when there is none. `name` is in lower case. */
  readonly header: (request: Request, name: string) => unknown
  /** The scopes where the options have no function for them; undefined where there has to be one. */
  readonly scopes: ((request: Request) => Awaitable<ScopesOfRequest>) | undefined
}

/** The facts of one request that decide about it. */
export interface RequestInfo {
  readonly method: string
  readonly target: string
  readonly scopes: ScopesOfRequest
}

/** Why a request passes or not: the policy's reasons, and those that arise before it is asked. */
export type DecisionReason =
  Reason | 'no-scopes' | 'invalid-token' | 'malformed-token' | 'method-override' | 'internal-error'

/** What was decided about one request: for the audit hook, and left on the request for later handlers. */
export interface DecisionRecord {
  /** Whether the request may pass by policy. `report-only` changes nothing about it: see `outcome`. */
  readonly allowed: boolean
  /** What happened: `would-deny` is a denial that `report-only` let through. */
  readonly outcome: 'allowed' | 'denied' | 'would-deny'
  readonly reason: DecisionReason
  /** With `path-refused`: the rule that refused. `no-leading-slash` is the one that only adapters have. */
  readonly refusal?: Refusal | 'no-leading-slash'
  /** The status of the denial, also when it was not sent; undefined for an allowed request. */
  readonly status?: DenialStatus
  readonly method: string
  /**
   * The request target as received, up to its query: queries can carry secrets, and play no part in the
   * decision. It is the client's text: escape it before it reaches a terminal or a log of lines.
   */
  readonly path: string
  /** The scopes of the token as they were given. */
  readonly scopes: ScopesOfRequest
  /** Scopes that would have allowed a denied request, narrowest first. */
  readonly scopesThatWouldAllow: readonly string[]
  /** The policy that decided; absent where none was asked. */
  readonly fingerprint?: string
  /**
   * With `internal-error`, `invalid-token` and `malformed-token`: what was thrown. No part of it is ever in a
   * response.
   */
  readonly error?: unknown
}

export type DenialStatus = 400 | 401 | 403 | 500

/** The JSON body of a denial, in the words of RFC 6750 §3. */
export interface Problem {
  /** Absent with 401: a request without a token gets no error code (RFC 6750 §3.1). */
  readonly error?: string
  readonly error_description: string
}

/** The response to a denied request. */
export interface Denial {
  readonly status: DenialStatus
  /** Field names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Problem
}

/** A denial as it is sent: 200 is the status of gRPC's, whose own is in `grpc-status`. */
export interface SentDenial extends Omit<Denial, 'status'> {
  readonly status: DenialStatus | 200
}

/** What an adapter has to do: pass the request on, or answer it. A skipped request has no decision. */
export type Outcome =
  | { readonly allow: true; readonly decision: DecisionRecord | undefined }
  | ({ readonly allow: false; readonly decision: DecisionRecord } & SentDenial)
