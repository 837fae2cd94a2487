/**
 * Access tokens that are JWTs (RFC 9068), verified by `jose`.
 *
 * Checked are the signature by an algorithm of the list, `iss`, `aud`, `exp` (which must be there), `nbf`,
 * and `typ` where one is asked for. Keys from a URL are kept for ten minutes and fetched anew when a token
 * names an unknown one, at most every thirty seconds, whoever asks: a flood of tokens with invented key ids
 * does not become a flood of requests to the issuer.
 */
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  jwtVerify,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
} from 'jose'
import type { Settings } from './settings.ts'
import { InvalidToken, ownClaims, Unavailable, type Verifier } from './verifier.ts'

/** Finds the keys for a token. */
export type Keys = JWTVerifyGetKey

/** Keys that are fetched from a URL when they are needed. */
export function remoteKeys(url: string, timeout: number): Keys {
  return createRemoteJWKSet(new URL(url), { timeoutDuration: Math.round(timeout * 1000) })
}

/** Keys of a file. Throws when the text is no key set. */
export function localKeys(text: string): Keys {
  return createLocalJWKSet(JSON.parse(text) as JSONWebKeySet)
}

/** `keys` is asked for each token, so that a file can be replaced. */
export function jwtVerifier(keys: () => Keys, settings: Settings): Verifier {
  const { issuer, audience, algorithms, tokenType, clockTolerance } = settings
  const options: JWTVerifyOptions = {
    ...(issuer !== undefined && { issuer }),
    ...(audience.length > 0 && { audience: [...audience] }),
    ...(tokenType !== undefined && { typ: tokenType }),
    algorithms: [...algorithms],
    clockTolerance,
    requiredClaims: ['exp'],
  }
  return async (token) => {
    try {
      return ownClaims(await verify(token, keys(), options))
    } catch (error) {
      throw isAboutToken(error) ? new InvalidToken(reasonOf(error)) : new Unavailable(reasonOf(error))
    }
  }
}

async function verify(token: string, keys: Keys, options: JWTVerifyOptions): Promise<object> {
  try {
    return (await jwtVerify(token, keys, options)).payload
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error
    // Keys without ids, as while they are rotated: one of them has to fit.
    for await (const key of error) {
      try {
        return (await jwtVerify(token, key, options)).payload
      } catch (failure) {
        if (!(failure instanceof errors.JWSSignatureVerificationFailed)) throw failure
      }
    }
    throw new errors.JWSSignatureVerificationFailed()
  }
}

/** The codes of `jose` that say something about the token, and not about the keys or the network. */
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

/** For the log. `jose` quotes nothing of a token but names of claims. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'the keys cannot be had'
}
