/**
 * What the journeys of a client have in common: an authorization server, a browser, and the client of the SDK with
 * what it keeps.
 */
import { exportJWK, generateKeyPair } from 'jose'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import Provider from 'oidc-provider'
import { listen, sdk } from './peers.ts'

const SCOPES = ['tools:echo', 'tools:sum']
const REDIRECT = 'http://127.0.0.1/callback'

interface AuthorizationServer {
  readonly issuer: string
  /** The scopes of each authorization. */
  readonly asked: string[]
  readonly jwk: object
  readonly stop: () => void
}

/** An authorization server whose only person agrees to everything; it counts the authorizations. */
export async function startProvider(): Promise<AuthorizationServer> {
  const asked: string[] = []
  const handle: { request?: (request: IncomingMessage, response: ServerResponse) => void } = {}
  const server = await listen(createServer((request, response) => handle.request?.(request, response)))
  const issuer = `http://127.0.0.1:${String(server.port)}`
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'app',
        token_endpoint_auth_method: 'none',
        redirect_uris: [REDIRECT],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        application_type: 'native',
        id_token_signed_response_alg: 'ES256',
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: 'k' }] },
    cookies: { keys: ['test'] },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: SCOPES.join(' '),
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
  })
  provider.on('authorization.success', (context) => {
    asked.push(String(context.oidc.params?.['scope']))
  })
  const standard = provider.callback()
  const interact = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { prompt, params, session } = await provider.interactionDetails(request, response)
    if (prompt.name === 'login') {
      await provider.interactionFinished(request, response, { login: { accountId: 'ada' } })
      return
    }
    const grant = new provider.Grant({
      accountId: session?.accountId,
      clientId: String(params['client_id']),
    })
    for (const [resource, scopes] of Object.entries(
      (prompt.details['missingResourceScopes'] ?? {}) as Record<string, string[]>,
    )) {
      grant.addResourceScope(resource, scopes.join(' '))
    }
    const names = (prompt.details['missingOIDCScope'] ?? []) as string[]
    if (names.length > 0) grant.addOIDCScope(names.join(' '))
    const result = { consent: { grantId: await grant.save() } }
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true })
  }
  handle.request = (request, response) => {
    if (request.url?.startsWith('/interaction/') === true) void interact(request, response)
    else void standard(request, response)
  }
  return {
    issuer,
    asked,
    jwk: { ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'k' },
    stop: server.stop,
  }
}

/** What a browser does between the client and its redirect: follows redirects and keeps cookies. */
async function browse(url: URL): Promise<string> {
  const cookies = new Map<string, string>()
  let next = url.href
  for (let step = 0; step < 20; step++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(next, { redirect: 'manual', headers: { cookie } })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    const location = response.headers.get('location')
    if (location === null)
      throw new Error(`no redirect but ${String(response.status)}: ${await response.text()}`)
    next = new URL(location, next).href
    if (next.startsWith(REDIRECT)) return new URL(next).searchParams.get('code') ?? next
  }
  throw new Error('too many redirects')
}

/** What is used of the SDK. */
export interface Client {
  connect(transport: Transport): Promise<void>
  listTools(): Promise<{ readonly tools: readonly { readonly name: string }[] }>
  callTool(call: object): Promise<{ readonly content: readonly { readonly text?: string }[] }>
  close(): Promise<void>
}
export interface Transport {
  finishAuth(code: string): Promise<void>
}

/** The client of the SDK, and the code that the last authorization gave. */
export interface Journey {
  readonly connect: () => Promise<{ readonly client: Client; readonly transport: Transport }>
  /** The first contact, which the server answers by asking for a token. */
  readonly first: () => { readonly client: Client; readonly transport: Transport }
  readonly code: () => string
  /** The access token that the client has. */
  readonly token: () => string
}

/** `fetch` may change what the client sends. */
export async function journey(resource: string, fetch?: typeof globalThis.fetch): Promise<Journey> {
  const { Client } = await sdk<{ Client: new (info: object) => Client }>('client/index.js')
  const { StreamableHTTPClientTransport } = await sdk<{
    StreamableHTTPClientTransport: new (url: URL, options: object) => Transport
  }>('client/streamableHttp.js')
  let tokens: object | undefined
  let verifier = ''
  let code = ''
  const authProvider = {
    redirectUrl: REDIRECT,
    clientMetadata: { redirect_uris: [REDIRECT], client_name: 'test' },
    clientInformation: () => ({ client_id: 'app' }),
    tokens: () => tokens,
    saveTokens: (given: object) => {
      tokens = given
    },
    saveCodeVerifier: (given: string) => {
      verifier = given
    },
    codeVerifier: () => verifier,
    redirectToAuthorization: async (url: URL) => {
      code = await browse(url)
    },
  }
  const options = { authProvider, ...(fetch && { fetch }) }
  const first = (): { readonly client: Client; readonly transport: Transport } => ({
    client: new Client({ name: 'test', version: '1' }),
    transport: new StreamableHTTPClientTransport(new URL(resource), options),
  })
  return {
    first,
    connect: async () => {
      const made = first()
      await made.client.connect(made.transport)
      return made
    },
    code: () => code,
    token: () => (tokens as { readonly access_token: string }).access_token,
  }
}
