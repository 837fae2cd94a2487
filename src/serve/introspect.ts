/**
 * Tokens that only their issuer can read, by introspection (RFC 7662).
 *
 * Each request is asked about anew: a token that is revoked counts from then on. Nothing of an answer is
 * kept, and no answer over 64 KiB is read. A redirection is not followed, since it would carry the token
 * and the credentials elsewhere.
 */
import type { Settings } from './settings.ts'
import { type Claims, InvalidToken, ownClaims, Unavailable, type Verifier } from './verifier.ts'

const MOST_BYTES = 65_536

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
  return async (token) => {
    const body = new URLSearchParams({ token, token_type_hint: 'access_token' })
    const signal = AbortSignal.timeout(Math.round(timeout * 1000))
    const claims = await answer(fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal }))
    if (claims['active'] !== true) throw new InvalidToken('the token is not active')
    // What the answer does say must fit; RFC 7662 §2.2 requires only `active`.
    const { iss, aud, exp, nbf } = claims
    const seconds = now() / 1000
    if (issuer !== undefined && iss !== undefined && iss !== issuer)
      throw new InvalidToken('`iss` is another one')
    if (audience.length > 0 && !isFor(aud, audience)) throw new InvalidToken('`aud` is another one')
    if (exp !== undefined && !(typeof exp === 'number' && exp + clockTolerance > seconds))
      throw new InvalidToken('the token has expired')
    if (nbf !== undefined && !(typeof nbf === 'number' && nbf - clockTolerance <= seconds))
      throw new InvalidToken('the token is not valid yet')
    return claims
  }
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

async function answer(response: Promise<Response>): Promise<Claims> {
  try {
    const { status, body } = await response
    if (status !== 200 || body === null) throw new Error(`introspection answered ${status}`)
    const claims: unknown = JSON.parse(await readUpTo(body))
    if (typeof claims !== 'object' || claims === null || Array.isArray(claims))
      throw new Error('introspection answered no JSON object')
    return ownClaims(claims)
  } catch (error) {
    throw new Unavailable(error instanceof Error ? error.message : 'introspection failed')
  }
}

async function readUpTo(body: ReadableStream<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > MOST_BYTES) throw new Error('introspection answered more than 64 KiB')
    chunks.push(chunk)
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
}

function isFor(aud: unknown, audience: readonly string[]): boolean {
  const all: readonly unknown[] = Array.isArray(aud) ? aud : [aud]
  return all.some((one) => typeof one === 'string' && audience.includes(one))
}
