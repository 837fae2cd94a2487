/**
 * The page as a client of its own: a token for scopes that a person chooses, and grants or not.
 */
import { randomUUID } from 'node:crypto'
import { Buffer } from 'node:buffer'
import { URLSearchParams } from 'node:url'

/** `finish` takes the query of the redirect; it gives what went wrong, or puts the token with those of the API. */
export function ownClient(base, api) {
  const state = randomUUID()
  const redirectUri = `${base}/callback`
  const client = { api, state, redirectUri, lastGrant: undefined }
  const finish = async ({ code, state: returned, error, error_description: description }) => {
    if (error !== undefined) return [error, description]
    if (returned !== state) return ['invalid state', 'this answer belongs to no question of this page']
    const answer = await fetch(`${base}${api.tokenPath}`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${api.clientId}:${api.clientSecret}`).toString('base64')}`,
      },
      body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
    })
    const { access_token: token, scope, error: refused, error_description: why } = await answer.json()
    if (token === undefined) return [refused, why]
    api.granted = { [scope]: token, ...api.granted }
    client.lastGrant = { granted: scope.split(' '), leftOut: api.leftOut ?? [] }
  }
  return Object.assign(client, { finish })
}
