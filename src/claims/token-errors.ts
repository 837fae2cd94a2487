/**
 * Errors by which code that verifies tokens reports what is wrong with the token, and not with the server.
 *
 * The middleware recognizes them by `code` and not by class: the package exists as ESM and as CommonJS in one
 * process, and the codes of jose and of express-oauth2-jwt-bearer mean the same. An unknown error stays a
 * server error, so that an unreachable key set does not make every client discard its token.
 */
import { safeGet } from './safe-get.ts'

/**
 * The token is expired, revoked, malformed, or invalid for other reasons: 401 `invalid_token` (RFC 6750 §3.1).
 *
 * Throw it from the option `scopes` of a middleware. The message goes to the audit hook only: the response has
 * a fixed description.
 *
 * @example
 * catch (cause) { throw new InvalidTokenError('the signature does not match', { cause }) }
 */
export class InvalidTokenError extends Error {
  readonly code = 'invalid_token'

  constructor(message = 'the access token is invalid', options?: ErrorOptions) {
    super(message, options)
    this.name = 'InvalidTokenError'
  }
}

/** The `Authorization` header is malformed, or there are several: 400 `invalid_request` (RFC 6750 §3.1). */
export class InvalidRequestError extends Error {
  readonly code = 'invalid_request'

  constructor(message = 'the Authorization header is malformed', options?: ErrorOptions) {
    super(message, options)
    this.name = 'InvalidRequestError'
  }
}

/** What an error says about the credentials of a request. */
export type CredentialProblem = 'invalid_token' | 'invalid_request'

/**
 * Error codes of jose that are about the token. Not in the list: what is about the key set (`ERR_JWKS_TIMEOUT`,
 * `ERR_JWKS_INVALID`), since that fails for good tokens as well.
 */
const JOSE_CODES: ReadonlySet<unknown> = new Set([
  'ERR_JOSE_ALG_NOT_ALLOWED',
  'ERR_JOSE_NOT_SUPPORTED',
  'ERR_JWE_DECRYPTION_FAILED',
  'ERR_JWE_INVALID',
  'ERR_JWKS_NO_MATCHING_KEY',
  'ERR_JWS_INVALID',
  'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  'ERR_JWT_CLAIM_VALIDATION_FAILED',
  'ERR_JWT_EXPIRED',
  'ERR_JWT_INVALID',
])

/**
 * Whether what was thrown is about the credentials of the request, by its `code`; undefined when it is about
 * the server. Either way the request is denied. What is inherited from `Object.prototype` does not count.
 */
export function credentialProblem(error: unknown): CredentialProblem | undefined {
  try {
    const code = safeGet(error, 'code')
    if (code === 'invalid_token' || code === 'invalid_request') return code
    return JOSE_CODES.has(code) ? 'invalid_token' : undefined
  } catch {
    // Anything can be thrown, also what throws when it is looked at.
    return undefined
  }
}
