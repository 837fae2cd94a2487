/**
 * What stands in front of an API, in this order: the metadata that tells clients where tokens come from
 * (RFC 9728), the verification of the bearer token, and the scope policy, which decides; also in front of the
 * tools of the API, where it has some.
 */
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { bearerToken, challenge } from 'scope-policy/claims'
import { metadataUrl, protectedResourceMetadata, scopePolicy } from 'scope-policy/express'
import { mcpGuard } from 'scope-policy/mcp'
import { mcpServer } from '../mcp/server.js'
import { ALGORITHM } from './provider.js'

/** Mounts the API, and gives it `verify` for tokens. `onDecision` is told about each decision. */
export function protect(app, api, { issuer, jwks, onDecision }) {
  const { resource, policy, name: realm } = api
  const resourceMetadata = metadataUrl(resource)
  const keys = createRemoteJWKSet(new URL(jwks))

  // The list of algorithms is the verifier's choice: the token's own header must not choose `none`.
  api.verify = (token) =>
    jwtVerify(token, keys, {
      algorithms: [ALGORITHM],
      typ: 'at+jwt',
      issuer,
      audience: resource,
      requiredClaims: ['exp', 'sub'],
    })

  app.use(protectedResourceMetadata({ resource, authorizationServers: [issuer], policy }))
  const authenticated = authenticate(api.verify, { realm, resourceMetadata })
  if (api.respond.tools !== undefined) {
    const { tools } = api.respond
    // Below the API, so that the tokens of the API are for the tools as well (RFC 8707).
    api.mcpPath = `${api.prefix}/mcp`
    app.all(
      api.mcpPath,
      authenticated,
      mcpGuard({ policy, realm, resourceMetadata, onDecision, filterLists: true }),
      mcpServer({ name: api.name, version: '1.0.0', origin: issuer, tools }),
    )
  }
  app.use(
    api.prefix,
    authenticated,
    scopePolicy({ policy, realm, resourceMetadata, onDecision }),
    api.respond,
  )
}

/**
 * Reads the bearer token, verifies it, and leaves the claims in `request.auth.payload`, where the policy
 * looks for them. A request without a token goes on: answering it is the policy's part.
 */
function authenticate(verify, protection) {
  const refuse = (response, status, error, errorDescription) => {
    response.writeHead(status, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'www-authenticate': challenge({ ...protection, error, errorDescription }),
    })
    response.end(`${JSON.stringify({ error, error_description: errorDescription })}\n`)
  }

  return async (request, response, next) => {
    // Not `headers.authorization`: that one hides a second Authorization header.
    const bearer = bearerToken(request.headersDistinct.authorization)
    if (bearer.kind === 'malformed') {
      const description = `the Authorization header is refused (${bearer.problem})`
      return refuse(response, 400, 'invalid_request', description)
    }
    if (bearer.kind === 'token') {
      try {
        request.auth = await verify(bearer.token)
      } catch (error) {
        return refuse(response, 401, 'invalid_token', `the access token is refused (${reason(error)})`)
      }
    }
    next()
  }
}

function reason(error) {
  if (error.code === 'ERR_JWT_EXPIRED') return 'expired'
  if (error.code === 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED') return 'bad signature'
  if (error.code === 'ERR_JWT_CLAIM_VALIDATION_FAILED') return `wrong ${error.claim}`
  if (error.code === 'ERR_JOSE_ALG_NOT_ALLOWED') return 'wrong alg'
  return 'not a JWT'
}
