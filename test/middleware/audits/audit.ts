/**
 * What a middleware of this package has to do on every framework, as a list: one behaviour, many servers.
 *
 * An audit asks over a raw socket and looks at two things: the answer, and which handlers ran. The second is
 * what counts against bypasses: whatever handler really ran must be one that the token's scopes grant for the
 * route it ran for.
 */
import type { RawResponse } from '../raw-http.ts'
import type { DecisionRecord } from '../../../src/enforce/types.ts'
import type { Run } from './app.ts'
import type { SetupName } from './setups.ts'

/** RFC 2119. */
export type Level = 'MUST' | 'MUST NOT' | 'SHOULD' | 'SHOULD NOT' | 'MAY'

export interface Audit {
  /** Stable. */
  readonly id: string
  readonly name: `${Level} ${string}`
  /** `RFC 6750 section 3.1`, or a section of this package's own path rules. */
  readonly reference: `RFC ${number} section ${string}` | `path rules: ${string}` | `middleware: ${string}`
  /** What the server has to have for this audit; see `Trait`. */
  readonly needs?: Trait
  readonly run: (subject: Subject) => Promise<void>
}

/**
 * What only some servers have, each lack for a reason that its adapter documents:
 *
 * - `raw-target`: the target as the client sent it. Not there where a request is a `Request` and nothing else.
 * - `unknown-routes`: judges requests that no route takes. A guard of Nest is not asked about them.
 * - `whole-server`: judges all requests. A middleware that is mounted under a prefix sees those below it.
 */
export type Trait = 'raw-target' | 'unknown-routes' | 'whole-server'

export interface Heard {
  /** The handlers that ran. */
  readonly ran: readonly Run[]
  /** What the audit hook was told. */
  readonly records: readonly DecisionRecord[]
}

export interface Asked extends Heard {
  readonly response: RawResponse
}

/** A server of one framework. */
export interface Subject {
  readonly has: (trait: Trait) => boolean
  /** Sends a request to a server that was set up like this; `token` is the scopes, joined by `+`. */
  readonly ask: (
    setup: SetupName,
    requestLine: string,
    token?: string,
    headerLines?: readonly string[],
  ) => Promise<Asked>
  /** Sends these requests at once. */
  readonly askAll: (setup: SetupName, requestLines: readonly string[], token: string) => Promise<Heard>
}
