/**
 * The keys of one issuer: of a file, or of a URL.
 *
 * Keys of a URL are fetched anew after ten minutes, and when a token names a key that is not there, at most
 * every thirty seconds, whoever asks and whatever came of the last attempt: a flood of tokens with invented
 * key ids never becomes a flood of requests to the issuer, least of all while it recovers.
 *
 * While an issuer is down, its last good keys are used for a bounded time: signatures do not become wrong
 * because a server is out of reach. Nobody waits for an attempt when the one before has failed.
 *
 * Rejected: `createRemoteJWKSet` of jose, which fetches once for each token as long as the fetch fails, and
 * drops its keys after ten minutes.
 */
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import { fetchText } from './fetch-json.ts'
import { Unavailable } from './verifier.ts'

/** How a key set is doing, for readiness, metrics and log. */
export interface KeySetState {
  /** Its file or URL. */
  readonly source: string
  /** Whether there are keys to verify with. */
  readonly isReady: boolean
  /** Why the newest keys are not in force; null when they are. */
  readonly problem: string | null
}

/** Finds the keys for a token. */
export type FindKey = JWTVerifyGetKey

/** In seconds. */
const MAX_AGE = 600
const MIN_BETWEEN_FETCHES = 30
const MAX_BYTES = 1_048_576

/** A key set from a file or an answer. Throws an `Error` that states what was found instead. */
export function parseKeySet(text: string): FindKey {
  if (/^\s*-----BEGIN /.test(text))
    throw new KeySetError(
      'it is PEM; a JWK set (RFC 7517) is needed: {"keys": [...]} as the issuer publishes at its `jwks_uri`',
    )
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new KeySetError('it is not JSON; a JWK set (RFC 7517) is needed: {"keys": [...]}')
  }
  try {
    return createLocalJWKSet(json as JSONWebKeySet)
  } catch {
    throw new KeySetError('it is JSON, but not a JWK set (RFC 7517): {"keys": [...]}')
  }
}

/** What was given is not a key set. */
class KeySetError extends Error {
  override readonly name = 'KeySetError'
}

export interface RemoteKeysOptions {
  /** Seconds to wait for an answer. */
  readonly timeout: number
  /** Seconds for which the last good keys are used while the URL fails. */
  readonly staleKeys: number
  /** In milliseconds. */
  readonly now?: () => number
  /** Called after each attempt; `problem` is null when it succeeded. */
  readonly onFetch?: (problem: string | null) => void
}

export class RemoteKeys {
  readonly url: string
  readonly #options: RemoteKeysOptions
  readonly #now: () => number
  #keys: FindKey | undefined
  #fetchedAt = -Infinity
  #attemptedAt = -Infinity
  #problem: string | null = null
  #pending: Promise<void> | undefined

  constructor(url: string, options: RemoteKeysOptions) {
    this.url = url
    this.#options = options
    this.#now = options.now ?? Date.now
  }

  /** Why the last attempt failed; null when it did not. */
  get problem(): string | null {
    return this.#problem
  }

  /** Whether there are keys that may be used. */
  get isReady(): boolean {
    return this.#keys !== undefined && !this.#isOlderThan(MAX_AGE + this.#options.staleKeys)
  }

  readonly find: FindKey = async (header, token) => {
    await this.#refreshIfDue()
    const keys = this.#usable()
    try {
      return await keys(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !this.#mayFetch()) throw error
      await this.#fetch()
      return this.#usable()(header, token)
    }
  }

  /** Fetches what is due, so that no request has to wait for it. Never rejects. */
  async poll(): Promise<void> {
    if (this.#isOlderThan(MAX_AGE) && this.#mayFetch()) await this.#fetch()
  }

  async #refreshIfDue(): Promise<void> {
    if (!this.#isOlderThan(MAX_AGE)) return
    if (this.#mayFetch()) {
      const attempt = this.#fetch()
      if (this.#problem === null || !this.isReady) await attempt
    } else if (this.#pending !== undefined && !this.isReady) await this.#pending
  }

  #usable(): FindKey {
    if (this.#keys !== undefined && this.isReady) return this.#keys
    throw new Unavailable(`the keys cannot be fetched: ${this.#problem ?? 'they are too old'}`)
  }

  #isOlderThan(seconds: number): boolean {
    return this.#now() - this.#fetchedAt >= seconds * 1000
  }

  #mayFetch(): boolean {
    return this.#pending === undefined && this.#now() - this.#attemptedAt >= MIN_BETWEEN_FETCHES * 1000
  }

  #fetch(): Promise<void> {
    this.#attemptedAt = this.#now()
    return (this.#pending ??= this.#attempt().finally(() => {
      this.#pending = undefined
    }))
  }

  async #attempt(): Promise<void> {
    const { timeout, onFetch } = this.#options
    try {
      const headers = { accept: 'application/jwk-set+json, application/json' }
      this.#keys = parseKeySet(await fetchText(this.url, { headers }, { timeout, maxBytes: MAX_BYTES }))
      this.#fetchedAt = this.#now()
      this.#problem = null
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : 'the request failed'
    }
    onFetch?.(this.#problem)
  }
}
