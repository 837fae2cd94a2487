/**
 * Tokens that are there from the start, as an administrator would generate them: one for each scope of an
 * API, and some for several scopes. And tokens that must be refused.
 */
import { importJWK, SignJWT, UnsecuredJWT } from 'jose'
import { ALGORITHM, resourceServer } from './provider.js'

const PERSON = 'Kim'

/** By scopes: bearer tokens; where people grant access, also refresh tokens. */
export async function pregenerate(provider, api) {
  const tokens = {}
  const refreshTokens = {}
  for (const scope of [...api.policy.scopes.keys(), ...(api.tokenSets ?? [])]) {
    const { accessToken, refreshToken } = await issue(provider, api, scope)
    tokens[scope] = accessToken
    if (refreshToken !== undefined) refreshTokens[scope] = refreshToken
  }
  return { tokens, refreshTokens }
}

async function issue(provider, { clientId, grantTypes, resource, ...api }, scope) {
  const client = await provider.Client.find(clientId)
  const rights = { client, scope, resourceServer: new provider.ResourceServer(resource, resourceServer(api)) }
  if (grantTypes.includes('client_credentials')) {
    return { accessToken: await new provider.ClientCredentials(rights).save() }
  }
  const grant = new provider.Grant({ accountId: PERSON, clientId })
  grant.addResourceScope(resource, scope)
  const granted = { accountId: PERSON, grantId: await grant.save(), gty: 'authorization_code' }
  const refresh = new provider.RefreshToken({ ...granted, client, scope, resource })
  return {
    accessToken: await new provider.AccessToken({ ...rights, ...granted }).save(),
    refreshToken: await refresh.save(),
  }
}

/** Signs tokens with the key of the authorization server that it would never issue. */
export function forger(key, issuer) {
  const claims = (jwt, audience, expires) =>
    jwt.setIssuer(issuer).setAudience(audience).setSubject(PERSON).setIssuedAt().setExpirationTime(expires)
  const sign = async (scope, audience, expires) =>
    claims(new SignJWT({ scope, client_id: 'demo' }), audience, expires)
      .setProtectedHeader({ alg: ALGORITHM, typ: 'at+jwt', kid: key.kid })
      .sign(await importJWK(key, ALGORITHM))
  return {
    expired: (scope, { resource }) => sign(scope, resource, '-1h'),
    forAnother: (scope) => sign(scope, 'https://other.example', '1h'),
    unsigned: (scope, { resource }) => claims(new UnsecuredJWT({ scope }), resource, '1h').encode(),
  }
}

/** The same token with the scope claim rewritten and the old signature kept. */
export function tampered(token, scope) {
  const [header, payload, signature] = token.split('.')
  const changed = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), scope }
  return [header, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.')
}
