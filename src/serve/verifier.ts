/** What the decision server needs to know about tokens, whoever tells it. */

/** Claims of a token that somebody trustworthy vouches for. */
export type Claims = Readonly<Record<string, unknown>>

/** A copy that inherits nothing: a claim that is absent cannot come from a polluted `Object.prototype`. */
export function ownClaims(claims: object): Claims {
  return Object.assign(Object.create(null) as Claims, claims)
}

/**
 * Verifies one token. Throws {@link InvalidToken} for one that is not valid, {@link Unavailable} when that
 * cannot be found out.
 */
export type Verifier = (token: string) => Promise<Claims>

/** The token is malformed, forged, expired, revoked, or meant for somebody else: 401 `invalid_token`. */
export class InvalidToken extends Error {
  override readonly name = 'InvalidToken'
}

/** Keys or introspection cannot be reached: 503, since neither yes nor no is known. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'
}
