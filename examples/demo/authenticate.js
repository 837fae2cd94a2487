/**
 * Authentication, the step before the scope policy: reads the bearer token, verifies it, and leaves the
 * claims in `request.auth.payload`. A request without a token goes on: answering it is the policy's part.
 */
import { bearerToken, challenge } from 'scope-policy/claims'

const REALM = 'cerb'

export function authenticate(issuer) {
  return async (request, response, next) => {
    // Not `headers.authorization`: that one hides a second Authorization header.
    const bearer = bearerToken(request.headersDistinct.authorization)
    if (bearer.kind === 'malformed') {
      const description = `the Authorization header is refused (${bearer.problem})`
      return refuse(response, 400, 'invalid_request', description)
    }
    if (bearer.kind === 'token') {
      try {
        request.auth = await issuer.verify(bearer.token)
      } catch (error) {
        return refuse(response, 401, 'invalid_token', `the access token is refused (${reason(error)})`)
      }
    }
    next()
  }
}

function refuse(response, status, error, errorDescription) {
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'www-authenticate': challenge({ realm: REALM, error, errorDescription }),
  })
  response.end(`${JSON.stringify({ error, error_description: errorDescription })}\n`)
}

function reason(error) {
  if (error.code === 'ERR_JWT_EXPIRED') return 'expired'
  if (error.code === 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED') return 'bad signature'
  if (error.code === 'ERR_JWT_CLAIM_VALIDATION_FAILED') return `wrong ${error.claim}`
  if (error.code === 'ERR_JOSE_ALG_NOT_ALLOWED') return 'wrong alg'
  return 'not a JWT'
}
