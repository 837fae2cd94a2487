/**
 * The scopes of what a JWT middleware leaves on a request, where the options have no `scopes`.
 *
 * Each adapter names one place. It holds the claims, or (express-oauth2-jwt-bearer, and others that are
 * asked for the complete token) an object with the claims in `payload`.
 */
import { claimedScopes } from '../claims/scopes-from-claims.ts'
import type { ScopesOfRequest } from './types.ts'

/**
 * Claims that make an object a claims set (RFC 7519 §4.1) and not a wrapper with one in `payload`. Without
 * this a token could bring its scopes along in a claim that is called `payload`.
 */
const CLAIMS = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'scope', 'scp', 'scopes']

/** Nothing there, or nothing wrapped, says that the request carries no token. */
export function verifiedScopes(left: unknown): ScopesOfRequest {
  if (left === undefined || left === null) return undefined
  const wrapped = typeof left === 'object' && Object.hasOwn(left, 'payload')
  if (!wrapped || CLAIMS.some((claim) => Object.hasOwn(left, claim))) return claimedScopes(left)
  const { payload } = left as { payload: unknown }
  return payload === undefined || payload === null ? undefined : claimedScopes(payload)
}
