/** What a usage report states. */
import type { UnusedEndpoint } from './endpoint-use.ts'

interface Request {
  readonly method: string
  /** Without the query. */
  readonly path: string
}

export interface CountedRequest extends Request {
  readonly count: number
}

export interface DeniedRequest extends CountedRequest {
  /** As `explain` states with all scopes of the policy. */
  readonly reason: string
}

/** A request that the server refused with 401 or 403 though some scope allows it. */
export interface RefusedRequest extends CountedRequest {
  readonly status: number
  /** The smallest sets of scopes that allow it; at most a few. */
  readonly scopes: readonly (readonly string[])[]
}

export interface GrantedScope {
  readonly scope: string
  /** `needed`: in the smallest set. `replaceable`: it allows some of the requests, others suffice. */
  readonly use: 'needed' | 'replaceable' | 'unused'
  /** Requests that it allows, alone or with others that are granted. */
  readonly requests: number
  /** Of a scope in use: when the last of them was made, RFC 3339. */
  readonly lastUsed?: string
  /** Of an unused scope: since when the log shows no use of it, RFC 3339. */
  readonly unusedSince?: string
  /** Of a needed scope: a few of the requests that no other needed scope allows. */
  readonly neededFor?: readonly CountedRequest[]
  /** Of a replaceable scope: needed scopes that allow all of its requests. */
  readonly replaceableBy?: readonly string[]
}

/** Requests that a scope allows. */
export interface ScopeRequests {
  readonly scope: string
  readonly requests: number
}

export interface ClientUsage {
  readonly client: string
  readonly requests: number
  /** A smallest set of scopes that allows every request that some scope allows and the server did not refuse. */
  readonly needed: readonly string[]
  /** Whether `needed` is proved to be a smallest set; else it suffices, and the time for the proof ended. */
  readonly isMinimal: boolean
  /** Granted scopes that allow none of the requests; empty where the granted scopes are not known. */
  readonly unused: readonly string[]
  /** Requests that no scope allows. */
  readonly denied: readonly DeniedRequest[]
  /** Denied requests beyond those listed. */
  readonly moreDenied: number
  /** Requests that some scope allows and the server refused. */
  readonly refused: readonly RefusedRequest[]
  readonly moreRefused: number
  /** The client's scopes, with what each is for; absent where they are not known. */
  readonly granted?: readonly GrantedScope[]
  /** Examples of requests that the server did not refuse though the granted scopes do not allow them. */
  readonly notGranted?: readonly CountedRequest[]
  /** Scopes in use that are deprecated. */
  readonly deprecated: readonly string[]
  /** Every scope that allows some of the requests, in document order. */
  readonly scopes: readonly ScopeRequests[]
  readonly firstSeen?: string
  readonly lastSeen?: string
}

interface TimelineScope {
  readonly scope: string
  /** Requests that the scope allows, one number for each bucket. */
  readonly requests: readonly number[]
}

export interface UsageTimeline {
  /** Start of the first bucket, RFC 3339. */
  readonly start: string
  /** Length of a bucket. */
  readonly seconds: number
  /** All requests of known time, one number for each bucket. */
  readonly requests: readonly number[]
  readonly scopes: readonly TimelineScope[]
}

export interface UsageReport {
  /** In the order of first appearance. */
  readonly clients: readonly ClientUsage[]
  /** Endpoints of the policy that no request used. */
  readonly unusedEndpoints: readonly UnusedEndpoint[]
  /** Endpoints that were used, with the methods that were not. */
  readonly unusedMethods: readonly UnusedEndpoint[]
  /** Requests without a client, or of clients beyond the limit. */
  readonly unattributed: number
  /** Of those, the requests of clients beyond the limit. */
  readonly beyondClientLimit: number
  /** Lines that are not a request of the format. */
  readonly unparsed: number
  readonly lines: number
  /** A few of the lines that could not be parsed or attributed. */
  readonly examples: { readonly unparsed: readonly string[]; readonly unattributed: readonly string[] }
  /** First and last request, RFC 3339; absent where the log has no times. */
  readonly period?: { readonly from: string; readonly to: string }
  readonly timeline?: UsageTimeline
}
