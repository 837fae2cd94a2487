/**
 * Tokens that declare to be something else than an access token.
 *
 * An issuer signs many things with the same keys: refresh, ID and logout tokens, events, DPoP proofs,
 * introspection answers. Each of them could be sent as a bearer token by whoever holds it. A token that
 * declares nothing is taken for an access token (its audience is checked); one that declares a kind has to
 * declare the right one (RFC 8725 §3.11).
 *
 * Allowed are lists, not forbidden ones: the next kind of token has a name that is not known today.
 */
import { type Claims, InvalidToken, shown } from './verifier.ts'

/** Values of `typ` in the header of a JWT: lower case, without `application/` (RFC 7515 §4.1.9). */
const HEADER_TYPES: ReadonlySet<string> = new Set(['jwt', 'at+jwt'])

/**
 * Claims that declare the kind of a token, and their values for an access token in lower case:
 * `token_use` of Ory Hydra and Cognito, `typ` of Keycloak, `token_type` of introspection (RFC 7662 §2.2).
 */
const KINDS: Readonly<Record<string, ReadonlySet<string>>> = {
  token_use: new Set(['access', 'access_token']),
  typ: new Set(['bearer', 'dpop', 'jwt', 'at+jwt', 'access', 'access_token']),
  token_type: new Set([
    'bearer',
    'dpop',
    'jwt',
    'at+jwt',
    'access',
    'access_token',
    'urn:ietf:params:oauth:token-type:access_token',
    'urn:ietf:params:oauth:token-type:jwt',
  ]),
}

/** Throws {@link InvalidToken} for the `typ` of a JWT's header that declares another kind. */
export function checkHeaderType(typ: unknown): void {
  if (typ === undefined) return
  const isAccess =
    typeof typ === 'string' && HEADER_TYPES.has(typ.toLowerCase().replace(/^application\//, ''))
  if (!isAccess)
    throw new InvalidToken(
      `the token is not an access token: \`typ\` in its header is ${shown(typ)}, expected "at+jwt", "JWT" or nothing`,
    )
}

/** Throws {@link InvalidToken} for claims that declare another kind of token. */
export function checkKind(claims: Claims): void {
  for (const [name, kinds] of Object.entries(KINDS)) {
    const value = claims[name]
    if (value === undefined) continue
    if (typeof value !== 'string' || !kinds.has(value.toLowerCase()))
      throw new InvalidToken(`the token is not an access token: \`${name}\` is ${shown(value)}`)
  }
}
