/**
 * Reading the access token from the `Authorization` header (RFC 6750 §2.1).
 *
 * Two such headers are refused, not resolved: one server on the way may read the first and the next one
 * the last, and `request.headers` of Node silently keeps the first.
 */

/** What an `Authorization` header holds. */
export type BearerToken =
  /** Exactly one token. It is well-formed, not verified. */
  | { readonly kind: 'token'; readonly token: string }
  /** No header, or credentials of another scheme: answer 401 with a bare challenge (RFC 6750 §3.1). */
  | { readonly kind: 'missing' }
  /** Several headers, or not the syntax of RFC 6750 §2.1: answer 400 `invalid_request`. */
  | { readonly kind: 'malformed'; readonly problem: 'several-headers' | 'syntax' }

/** `auth-scheme [ 1*SP … ]` (RFC 9110 §11.4). */
const CREDENTIALS = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?: +(.*))?$/s
/** `b64token` (RFC 6750 §2.1). */
const B64TOKEN = /^[A-Za-z0-9._~+/-]+=*$/

/**
 * The bearer token of a request. The scheme is compared without case (RFC 9110 §11.1), the token is given
 * as it stands. Never throws.
 *
 * @param authorization Every value of the header. On Node that is `request.headersDistinct.authorization`
 *   and not `request.headers.authorization`, which hides a second one; with the Fetch API it is
 *   `request.headers.get('authorization')`, which joins several by a comma, and the syntax refuses that.
 * @example
 * const bearer = bearerToken(request.headersDistinct.authorization)
 * if (bearer.kind === 'token') claims = await verify(bearer.token)
 */
export function bearerToken(authorization: string | readonly string[] | null | undefined): BearerToken {
  if (authorization === undefined || authorization === null) return { kind: 'missing' }
  if (typeof authorization === 'string') return credentials(authorization)
  if (!Array.isArray(authorization)) return { kind: 'malformed', problem: 'syntax' }
  if (authorization.length > 1) return { kind: 'malformed', problem: 'several-headers' }
  return authorization.length === 0 ? { kind: 'missing' } : credentials(authorization[0])
}

function credentials(value: unknown): BearerToken {
  const match = typeof value === 'string' ? CREDENTIALS.exec(value) : null
  if (match === null) return { kind: 'malformed', problem: 'syntax' }
  const [, scheme = '', token = ''] = match
  if (!/^bearer$/i.test(scheme)) return { kind: 'missing' }
  return B64TOKEN.test(token) ? { kind: 'token', token } : { kind: 'malformed', problem: 'syntax' }
}
