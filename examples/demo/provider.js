/**
 * The authorization server: oidc-provider, which is certified, with three clients and three APIs.
 *
 * Scopes and consent texts come from the policies. Access tokens are JWTs (RFC 9068) for one API each: a
 * client is registered for one API, and gets tokens for that one whether it names it (`resource`, RFC 8707)
 * or not.
 */
import { randomBytes } from 'node:crypto'
import { exportJWK, generateKeyPair } from 'jose'
import Provider, { errors } from 'oidc-provider'
import { memory } from './memory.js'
import { errorPage } from './pages/error.js'

export const ALGORITHM = 'ES256'

/** The key pair is made at start and never leaves memory. `lifetime` of access tokens in seconds. */
export async function createProvider(issuer, apis, lifetime) {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true })
  const key = { ...(await exportJWK(privateKey)), alg: ALGORITHM, use: 'sig', kid: 'demo' }
  const provider = new Provider(issuer, {
    adapter: memory(),
    jwks: { keys: [key] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    clients: apis.map(registration),
    clientBasedCORS: () => false,
    clientDefaults: { id_token_signed_response_alg: ALGORITHM },
    responseTypes: ['code'],
    routes: { authorization: '/oauth/authorize', token: '/oauth/access_token', jwks: '/jwks' },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    loadExistingGrant,
    issueRefreshToken: (_, client) => client.grantTypeAllowed('refresh_token'),
    expiresWithSession: () => false,
    renderError: (ctx, { error, error_description: description }) =>
      errorPage(ctx.res, ctx.status, error, description),
    ttl: {
      AccessToken: lifetime,
      AuthorizationCode: 60,
      ClientCredentials: lifetime,
      Grant: 86_400,
      IdToken: lifetime,
      Interaction: 3_600,
      RefreshToken: 86_400,
      Session: 3_600,
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: (_, client) => apiOf(apis, client).resource,
        useGrantedResource: () => true,
        getResourceServerInfo: (_, resource, client) => {
          const api = apiOf(apis, client)
          if (resource !== api.resource) throw new errors.InvalidTarget()
          return resourceServer(api)
        },
      },
    },
  })
  provider.Client.prototype.redirectUriAllowed = isLoopback
  provider.on('server_error', (_, error) => console.error(error))
  return { provider, key }
}

export function resourceServer({ policy }) {
  return {
    scope: [...policy.scopes.keys()].join(' '),
    accessTokenFormat: 'jwt',
    jwt: { sign: { alg: ALGORITHM } },
  }
}

function registration({ clientId, clientSecret, title, grantTypes, redirectUri }) {
  return {
    client_id: clientId,
    client_secret: clientSecret,
    client_name: `App for the ${title}`,
    grant_types: grantTypes,
    redirect_uris: redirectUri === undefined ? [] : [redirectUri],
    response_types: redirectUri === undefined ? [] : ['code'],
  }
}

function apiOf(apis, client) {
  return apis.find(({ clientId }) => clientId === client.clientId)
}

/** So that clients of your own can be tried; others than a demo compare with what is registered. */
function isLoopback(uri) {
  const { protocol, hostname } = new URL(uri)
  return protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

/** What a person declined once is asked again, when the client asks for it again. */
async function loadExistingGrant(ctx) {
  const { client, provider, result, session } = ctx.oidc
  const decided = result?.consent?.grantId
  const id = decided ?? session.grantIdFor(client.clientId)
  const grant = id === undefined ? undefined : await provider.Grant.find(id)
  if (grant !== undefined && decided === undefined) grant.rejected = undefined
  return grant
}
