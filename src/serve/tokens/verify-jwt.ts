/**
 * Access tokens that are JWTs (RFC 9068), verified by `jose`.
 *
 * Checked are the signature by an algorithm of the list, `iss`, `aud`, `exp` (which must be there), `nbf`,
 * and that the token does not declare to be something else. Of several issuers, `iss` chooses the keys: a
 * token is only ever compared with the keys of the issuer that it names.
 */
import { decodeJwt, errors, jwtVerify, type JWTVerifyOptions } from 'jose'
import type { Settings } from '../settings.ts'
import type { FindKey } from './keys.ts'
import { checkHeaderType, checkKind } from './token-kind.ts'
import { InvalidToken, ownClaims, shown, Unavailable, type Verifier } from './verifier.ts'

/** `keysOf` is asked for each token, so that a file can be replaced. Undefined: not one of the issuers. */
export function jwtVerifier(
  keysOf: (issuer: string) => FindKey | undefined,
  settings: Pick<Settings, 'issuer' | 'audience' | 'algorithms' | 'tokenType' | 'clockTolerance'>,
): Verifier {
  const { issuer: issuers, audience, algorithms, tokenType, clockTolerance } = settings
  const options: JWTVerifyOptions = {
    audience: [...audience],
    ...(tokenType !== undefined && { typ: tokenType }),
    algorithms: [...algorithms],
    clockTolerance,
    requiredClaims: ['exp'],
  }
  const expected = { iss: issuers, aud: audience, typ: tokenType }
  return async (token) => {
    try {
      const issuer = issuers.length === 1 ? issuers[0] : issuerOf(token)
      const keys = issuer === undefined ? undefined : keysOf(issuer)
      if (issuer === undefined || keys === undefined)
        throw new InvalidToken(unexpected('iss', issuer, issuers))
      const { payload, protectedHeader } = await verify(token, keys, { ...options, issuer })
      if (tokenType === undefined) checkHeaderType(protectedHeader.typ)
      const claims = ownClaims(payload)
      checkKind(claims)
      return claims
    } catch (error) {
      if (error instanceof InvalidToken || error instanceof Unavailable) throw error
      throw isAboutToken(error)
        ? new InvalidToken(reasonOf(error, expected))
        : new Unavailable(reasonOf(error, {}))
    }
  }
}

/** Not verified yet: it only chooses the keys. */
function issuerOf(token: string): string | undefined {
  const { iss } = decodeJwt(token)
  return typeof iss === 'string' ? iss : undefined
}

async function verify(
  token: string,
  keys: FindKey,
  options: JWTVerifyOptions,
): Promise<{ readonly payload: object; readonly protectedHeader: { readonly typ?: unknown } }> {
  try {
    return await jwtVerify(token, keys, options)
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error
    // Keys without ids, as while they are rotated: one of them has to fit.
    for await (const key of error) {
      try {
        return await jwtVerify(token, key, options)
      } catch (failure) {
        if (!(failure instanceof errors.JWSSignatureVerificationFailed)) throw failure
      }
    }
    throw new errors.JWSSignatureVerificationFailed()
  }
}

/** The codes of `jose` that concern the token, and not the keys or the network. */
const ABOUT_TOKEN: ReadonlySet<string> = new Set([
  'ERR_JOSE_ALG_NOT_ALLOWED',
  'ERR_JOSE_NOT_SUPPORTED',
  'ERR_JWS_INVALID',
  'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  'ERR_JWT_INVALID',
  'ERR_JWT_EXPIRED',
  'ERR_JWT_CLAIM_VALIDATION_FAILED',
  'ERR_JWKS_NO_MATCHING_KEY',
])

function isAboutToken(error: unknown): boolean {
  return error instanceof errors.JOSEError && ABOUT_TOKEN.has(error.code)
}

/** For the log: of a claim that is not the expected one, both values. The signature was verified before. */
function reasonOf(error: unknown, expected: Readonly<Record<string, unknown>>): string {
  if (error instanceof errors.JWTClaimValidationFailed && error.reason === 'check_failed') {
    const { claim, payload } = error
    if (claim in expected && claim !== 'typ') return unexpected(claim, payload[claim], expected[claim])
  }
  if (error instanceof errors.JWTExpired)
    return `the token has expired: \`exp\` is ${shown(error.payload.exp)}`
  return error instanceof Error ? error.message : 'the keys cannot be read'
}

export function unexpected(claim: string, received: unknown, expected: unknown): string {
  return `\`${claim}\` is ${shown(received)}, expected ${shown(expected)}`
}
