/**
 * The authorization server of the demo, reduced to a key: it signs JWT access tokens (RFC 9068) and
 * verifies them the way a resource server has to. The key pair is made at start and never leaves memory.
 */
import { generateKeyPair, jwtVerify, SignJWT, UnsecuredJWT } from 'jose'

const ALGORITHM = 'ES256'
const ISSUER = 'https://auth.example'
const AUDIENCE = 'https://cerb.example/rest'

export async function createIssuer() {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM)

  const sign = (scope, { expires = '1h', audience = AUDIENCE } = {}) =>
    claims(new SignJWT({ scope, client_id: 'demo' }), expires, audience)
      .setProtectedHeader({ alg: ALGORITHM, typ: 'at+jwt' })
      .sign(privateKey)

  // The list of algorithms is the verifier's choice: the token's own header must not choose `none`.
  const verify = async (token) =>
    jwtVerify(token, publicKey, {
      algorithms: [ALGORITHM],
      typ: 'at+jwt',
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ['exp', 'sub'],
    })

  return { sign, verify }
}

/** A token that nobody signed. */
export function unsigned(scope) {
  return claims(new UnsecuredJWT({ scope }), '1h', AUDIENCE).encode()
}

/** The same token with the scope claim rewritten and the old signature kept. */
export function tampered(token, scope) {
  const [header, payload, signature] = token.split('.')
  const changed = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), scope }
  return [header, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.')
}

function claims(jwt, expires, audience) {
  return jwt
    .setIssuer(ISSUER)
    .setAudience(audience)
    .setSubject('123')
    .setIssuedAt()
    .setExpirationTime(expires)
}
