/**
 * Tokens that only their issuer can read, by introspection (RFC 7662).
 *
 * By default each request is asked about anew: a token that is revoked counts from then on. No answer over
 * 64 KiB is read.
 */
import { ANY_AUDIENCE, type Settings } from '../settings.ts'
import { fetchText } from './fetch-json.ts'
import { checkKind } from './token-kind.ts'
import { type Claims, InvalidToken, ownClaims, shown, Unavailable, type Verifier } from './verifier.ts'
import { unexpected } from './verify-jwt.ts'

const MAX_BYTES = 65_536

export function introspectionVerifier(
  url: string,
  settings: Settings,
  now: () => number = Date.now,
): Verifier {
  const { issuer, audience, clockTolerance, timeout } = settings
  const headers = {
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
    ...credentials(settings),
  }
  const ask = async (token: string): Promise<Claims> => {
    const body = new URLSearchParams({ token, token_type_hint: 'access_token' })
    try {
      const text = await fetchText(url, { method: 'POST', headers, body }, { timeout, maxBytes: MAX_BYTES })
      const claims: unknown = JSON.parse(text)
      if (typeof claims !== 'object' || claims === null || Array.isArray(claims))
        throw new Error('the answer is not a JSON object')
      return ownClaims(claims)
    } catch (error) {
      throw new Unavailable(
        `introspection failed: ${error instanceof Error ? error.message : 'unknown cause'}`,
      )
    }
  }
  return async (token) => {
    const claims = await ask(token)
    if (claims['active'] !== true) throw new InvalidToken('the token is not active')
    checkKind(claims)
    // What the answer does state must fit; RFC 7662 §2.2 requires only `active`.
    const { iss, aud, exp, nbf } = claims
    const seconds = now() / 1000
    if (issuer.length > 0 && iss !== undefined && !(typeof iss === 'string' && issuer.includes(iss)))
      throw new InvalidToken(unexpected('iss', iss, issuer))
    if (!audience.includes(ANY_AUDIENCE) && !isFor(aud, audience))
      throw new InvalidToken(unexpected('aud', aud, audience))
    if (exp !== undefined && seconds >= time('exp', exp) + clockTolerance)
      throw new InvalidToken(`the token has expired: \`exp\` is ${shown(exp)}`)
    if (nbf !== undefined && seconds < time('nbf', nbf) - clockTolerance)
      throw new InvalidToken(`the token is not valid yet: \`nbf\` is ${shown(nbf)}`)
    return claims
  }
}

function time(claim: string, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new InvalidToken(`\`${claim}\` is ${shown(value)}, expected a number of seconds`)
}

/** HTTP Basic, with both parts form-encoded first (RFC 6749 §2.3.1). */
function credentials({
  introspectionClientId: id,
  introspectionClientSecret: secret,
}: Settings): Record<string, string> {
  if (id === undefined) return {}
  const encoded = [id, secret ?? ''].map((part) => new URLSearchParams([['', part]]).toString().slice(1))
  return { authorization: `Basic ${Buffer.from(encoded.join(':')).toString('base64')}` }
}

function isFor(aud: unknown, audience: readonly string[]): boolean {
  const all: readonly unknown[] = Array.isArray(aud) ? aud : [aud]
  return all.some((one) => typeof one === 'string' && audience.includes(one))
}
