/** Tokens as the decision server uses them, whatever verified them. */

/** Claims of a token that a trusted party vouches for. */
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

/** The token is malformed, forged, expired, revoked, bound, or meant for another API: 401 `invalid_token`. */
export class InvalidToken extends Error {
  override readonly name: string = 'InvalidToken'
}

/** Keys or introspection cannot be reached: 503, since neither yes nor no is known. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'
}

const MAX_QUOTED = 200

/** A value of a claim, for the log: JSON, shortened. Never the token itself. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  const json = JSON.stringify(value)
  return json.length > MAX_QUOTED ? `${json.slice(0, MAX_QUOTED)}…` : json
}
