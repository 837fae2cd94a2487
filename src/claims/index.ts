/**
 * scope-policy/claims: from a token's claims to scopes, and from a denial to its challenge.
 *
 * Nothing here verifies a token. Signature, issuer, audience and expiry are checked before, by a JWT
 * library or by introspection; what these functions read is taken as true.
 *
 * @module
 */
export { scopesFromClaims } from './scopes-from-claims.ts'
export type { ClaimsOptions } from './scopes-from-claims.ts'
export { challenge } from './challenge.ts'
export type { ChallengeOptions } from './challenge.ts'
export { bearerToken } from './bearer-token.ts'
export type { BearerToken, RequestWithHeaders } from './bearer-token.ts'
export { bearerScopes } from './bearer-scopes.ts'
export { InvalidRequestError, InvalidTokenError } from './token-errors.ts'
