/**
 * The scopes of a verified token, from whichever claim its issuer uses.
 *
 * Issuers disagree: `scope` is a string in RFC 9068 §2.2.3 and RFC 7662 §2.2, `scp` is an array at one
 * vendor and a string at another, `scopes` is an array in some OAuth servers. Exactly one claim is read.
 * To merge two, or to try the next when the first is malformed, would let whoever can set one claim add
 * to what another claim says.
 */
import { ownData, ABSENT, ACCESSOR } from './own-data.ts'

/** How `scopesFromClaims` finds the scopes. */
export interface ClaimsOptions {
  /**
   * Names of the claims to look for, in order of precedence.
   *
   * Default: `['scope', 'scp', 'scopes']`.
   */
  readonly claims?: readonly string[] | undefined
}

const CLAIMS: readonly string[] = ['scope', 'scp', 'scopes']

/**
 * The scope names that a claims set grants, in the order of the claim.
 *
 * The first of the claims that is there decides alone, even when its value is malformed; then there are
 * no scopes. A string holds names separated by single U+0020 (RFC 6749 §3.3): no other white space and no
 * comma separates, and the empty name between two spaces is dropped. An array holds one name for each
 * element: an element with a space in it stays one name, which no policy can know. An array with anything
 * but strings is malformed as a whole.
 *
 * Only own data properties are read: nothing inherited counts as a claim and no getter is called.
 *
 * @param payload The claims of a **verified** token, or an introspection response (RFC 7662 §2.2). Never
 *   throws for what it holds; anything but an object has no scopes.
 * @throws TypeError when `options.claims` is not an array of claim names: that is a mistake in code.
 * @example
 * scopesFromClaims({ scope: 'profile search' }) // ['profile', 'search']
 * scopesFromClaims({ permissions: ['api'] }, { claims: ['permissions'] }) // ['api']
 */
export function scopesFromClaims(payload: unknown, options?: ClaimsOptions): string[] {
  return [...claimedScopes(payload, claimNames(options))]
}

/**
 * As {@link scopesFromClaims}, for callers that do not change the list: it may be shared by requests, and is
 * frozen then.
 */
export function claimedScopes(payload: unknown, claims: readonly string[] = CLAIMS): readonly string[] {
  try {
    return firstClaim(payload, claims)
  } catch {
    // A Proxy can throw from every look at it, a revoked one even from `Array.isArray`.
    return []
  }
}

function claimNames(options: ClaimsOptions | undefined): readonly string[] {
  const claims: unknown = options?.claims
  if (claims === undefined) return CLAIMS
  if (!Array.isArray(claims) || !claims.every((name) => typeof name === 'string')) {
    throw new TypeError('`claims` must be an array of claim names')
  }
  return claims
}

function firstClaim(payload: unknown, claims: readonly string[]): readonly string[] {
  if (typeof payload !== 'object' || payload === null) return []
  for (const claim of claims) {
    const value = ownData(payload, claim)
    if (value === ABSENT) continue
    return value === ACCESSOR ? [] : namesIn(value)
  }
  return []
}

/**
 * Claims that were split before, by their string. An issuer writes the same few over and over, and to split one
 * and to hash the new names in a policy's tables costs more than the decision itself (260 of 900 ns). It holds
 * strings and their parts, nothing about tokens or decisions. Bounded: {@link CACHE_SIZE} strings of at most
 * {@link MAX_CACHED_LENGTH} characters, all dropped when it is full; typically some 100 KB.
 */
const splitClaims = new Map<string, readonly string[]>()
const CACHE_SIZE = 1_024
const MAX_CACHED_LENGTH = 512

function namesInString(value: string): readonly string[] {
  const known = splitClaims.get(value)
  if (known !== undefined) return known
  const names = Object.freeze(value.split(' ').filter((name) => name !== ''))
  if (value.length <= MAX_CACHED_LENGTH) {
    if (splitClaims.size >= CACHE_SIZE) splitClaims.clear()
    splitClaims.set(value, names)
  }
  return names
}

function namesIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return namesInString(value)
  if (!Array.isArray(value)) return []
  const names: string[] = []
  for (let index = 0; index < value.length; index++) {
    // A hole of a sparse array would be looked up in the prototype, where anyone may have put a scope.
    const name = ownData(value, String(index))
    if (typeof name !== 'string') return []
    names.push(name)
  }
  return names
}
