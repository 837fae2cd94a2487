/**
 * A real client against a real server and a real authorization server: the client of the SDK begins with the
 * baseline, sees only the tools of its token, and steps up by itself with the scopes that a denial names.
 */
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify } from 'jose'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import Provider from 'oidc-provider'
import { afterAll, describe, expect, test } from 'vitest'
import { bearerScopes } from '../../../src/claims/index.ts'
import { metadataUrl } from '../../../src/mcp/index.ts'
import { protectedResourceMetadata } from '../../../src/middleware/express.ts'
import { tablePolicy } from '../table-policy.ts'
import { freePort, listen, missingPeers, sdk, startEverything, startGuarded } from './peers.ts'
import type { Running } from './peers.ts'

const POLICY = tablePolicy({
  'tools/call echo': [['tools:echo']],
  'tools/call get-sum': [['tools:echo', 'tools:sum']],
})
const SCOPES = ['tools:echo', 'tools:sum']
const REDIRECT = 'http://127.0.0.1/callback'

const running: Running[] = []
afterAll(() => {
  for (const { stop } of running) stop()
})

/** An authorization server whose only person agrees to everything; it counts the authorizations. */
async function startProvider(): Promise<{
  readonly issuer: string
  readonly asked: string[]
  readonly jwk: object
}> {
  const asked: string[] = []
  const handle: { request?: (request: IncomingMessage, response: ServerResponse) => void } = {}
  const server = await listen(createServer((request, response) => handle.request?.(request, response)))
  running.push(server)
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
  return { issuer, asked, jwk: { ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'k' } }
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
interface Client {
  connect(transport: Transport): Promise<void>
  listTools(): Promise<{ readonly tools: readonly { readonly name: string }[] }>
  callTool(call: object): Promise<{ readonly content: readonly { readonly text?: string }[] }>
  close(): Promise<void>
}
interface Transport {
  finishAuth(code: string): Promise<void>
}

describe.skipIf(missingPeers !== undefined)(
  `the client of the SDK${missingPeers === undefined ? '' : ` (${missingPeers})`}`,
  () => {
    test('lists what its token may use, and steps up once with all scopes that a denial names', async () => {
      const { issuer, asked, jwk } = await startProvider()
      const server = await startEverything()
      running.push(server)

      const port = await freePort()
      const resource = `http://127.0.0.1:${String(port)}/mcp`
      const keys = createLocalJWKSet({ keys: [jwk] })
      const verify = async (token: string): Promise<unknown> =>
        (await jwtVerify(token, keys, { issuer, audience: resource })).payload
      const metadata = protectedResourceMetadata({
        resource,
        authorizationServers: [issuer],
        baseline: ['tools:echo'],
      })
      const guarded = await startGuarded(
        {
          policy: POLICY,
          scopes: bearerScopes(verify),
          baseline: ['tools:echo'],
          resourceMetadata: metadataUrl(resource),
          filterLists: true,
        },
        server.port,
        { port, before: metadata },
      )
      running.push(guarded)

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
      const connect = async (): Promise<{ readonly client: Client; readonly transport: Transport }> => {
        const transport = new StreamableHTTPClientTransport(new URL(resource), { authProvider })
        const client = new Client({ name: 'test', version: '1' })
        await client.connect(transport)
        return { client, transport }
      }
      const first = new StreamableHTTPClientTransport(new URL(resource), { authProvider })
      await expect(new Client({ name: 'test', version: '1' }).connect(first)).rejects.toThrow(/Unauthorized/)
      await first.finishAuth(code)
      expect(asked).toEqual(['tools:echo'])

      const { client, transport } = await connect()
      const { tools } = await client.listTools()
      expect(tools.map(({ name }) => name)).toEqual(['echo'])
      const sum = { name: 'get-sum', arguments: { a: 20, b: 22 } }
      await expect(client.callTool(sum)).rejects.toThrow(/Unauthorized/)
      await transport.finishAuth(code)
      const { content } = await client.callTool(sum)
      expect(content[0]?.text).toContain('42')
      // Exactly one further authorization, with all that the tool needs.
      expect(asked).toEqual(['tools:echo', 'tools:echo tools:sum'])
      expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['echo', 'get-sum'])
      await client.close()
    }, 60_000)
  },
)
