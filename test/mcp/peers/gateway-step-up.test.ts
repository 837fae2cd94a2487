/**
 * The same journey without a guard in the server: nginx and Caddy ask `serve`, which decides by `Mcp-Method` and
 * `Mcp-Name` and sees no body. The law is that the authorizer and the server read the same, so what comes after the
 * gateway compares the body with the headers.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLog } from '../../../src/serve/log.ts'
import { serve } from '../../../src/serve/serve.ts'
import { DEFAULTS } from '../../../src/serve/settings.ts'
import { isInstalled, mcpGateways, startGateway } from '../../gateways/gateway.ts'
import { journey, startProvider } from './journey.ts'
import { freePort, missingPeers, startEverything, startHeaderCheck } from './peers.ts'

const DOCUMENT = {
  'tools:echo': { label: 'Echo', tools: ['echo'] },
  'tools:sum': { label: 'Add numbers', tools: [] },
  'tools:echo tools:sum': { tools: ['get-sum'] },
}

interface Message {
  readonly method?: string
  readonly params?: { readonly name?: string; readonly uri?: string }
}

/** What a client of revision 2026-07-28 sends beside the body. */
const withHeaders: typeof fetch = (url, init) => {
  const headers = new Headers(init?.headers)
  if (init?.method === 'POST' && typeof init.body === 'string' && init.body.startsWith('{')) {
    const { method, params } = JSON.parse(init.body) as Message
    const name = params?.name ?? params?.uri
    if (method !== undefined) headers.set('Mcp-Method', method)
    if (name !== undefined && method?.includes('/') === true) headers.set('Mcp-Name', name)
  }
  return fetch(url, { ...init, headers })
}

let folder: string
const stops: (() => unknown)[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scope-policy-mcp-gateway-'))
})
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
  rmSync(folder, { recursive: true, force: true })
})

/** All of it, and what reached the server. */
async function start(name: string): Promise<{
  readonly resource: string
  readonly origin: string
  readonly asked: readonly string[]
  readonly reached: readonly string[]
}> {
  const { issuer, asked, jwk, stop } = await startProvider()
  stops.push(stop)
  const server = await startEverything()
  stops.push(server.stop)
  const reached: string[] = []
  const checked = await startHeaderCheck(server.port, (body) => reached.push(body))
  stops.push(checked.stop)

  const port = await freePort()
  const origin = `http://127.0.0.1:${String(port)}`
  const resource = `${origin}/mcp`
  writeFileSync(join(folder, 'scopes.yaml'), JSON.stringify(DOCUMENT))
  writeFileSync(join(folder, 'keys.json'), JSON.stringify({ keys: [jwk] }))
  const decisions = await serve(
    [{ file: join(folder, 'scopes.yaml'), clients: [], audiences: [] }],
    {
      ...DEFAULTS,
      listen: '127.0.0.1:0',
      headers: 'mcp',
      issuer: [issuer],
      audience: [resource],
      jwks: [join(folder, 'keys.json')],
      allowHttp: true,
      reload: 0,
      baseline: ['tools:echo'],
      resourceMetadata: `${origin}/.well-known/oauth-protected-resource/mcp`,
    },
    {},
    createLog(() => undefined),
  )
  stops.push(() => decisions.stop())
  const adapt = (text: string): string =>
    text.replace('https://login.example', issuer).replace('["issues:read"]', '["tools:echo"]')
  const gateway = mcpGateways(adapt).find((one) => one.name === name)
  if (gateway === undefined) throw new Error(`no gateway ${name}`)
  const ports = { gateway: port, decisions: Number(new URL(decisions.url).port), api: checked.port }
  const running = await startGateway(gateway, ports)
  stops.push(running.stop)
  return { resource, origin, asked, reached }
}

for (const gateway of mcpGateways((text) => text)) {
  const missing =
    missingPeers ?? (isInstalled(gateway) ? undefined : `${gateway.name} is not installed: skipped`)
  describe.skipIf(missing !== undefined)(
    `through ${gateway.name}${missing === undefined ? '' : ` (${missing})`}`,
    () => {
      test('a client steps up once with all scopes that a denial names', async () => {
        const { resource, asked, reached } = await start(gateway.name)
        const { first, connect, code } = await journey(resource, withHeaders)
        const begun = first()
        await expect(begun.client.connect(begun.transport)).rejects.toThrow(/Unauthorized/)
        await begun.transport.finishAuth(code())
        expect(asked).toEqual(['tools:echo'])

        const { client, transport } = await connect()
        // A gateway that sees no bodies cannot shorten lists; calls are what it denies.
        const names = (await client.listTools()).tools.map((tool) => tool.name)
        expect(names).toEqual(expect.arrayContaining(['echo', 'get-sum']))
        const echo = await client.callTool({ name: 'echo', arguments: { message: 'hello' } })
        expect(echo.content[0]?.text).toContain('hello')

        const sum = { name: 'get-sum', arguments: { a: 20, b: 22 } }
        await expect(client.callTool(sum)).rejects.toThrow(/Unauthorized/)
        expect(reached.filter((body) => body.includes('get-sum'))).toEqual([])
        await transport.finishAuth(code())
        expect((await client.callTool(sum)).content[0]?.text).toContain('42')
        // Exactly one further authorization, with all that the tool needs.
        expect(asked).toEqual(['tools:echo', 'tools:echo tools:sum'])
        await client.close()
      }, 60_000)

      test('a body that disagrees with the headers does not reach the server', async () => {
        const { resource, reached } = await start(gateway.name)
        const { first, code, token } = await journey(resource, withHeaders)
        const begun = first()
        await expect(begun.client.connect(begun.transport)).rejects.toThrow(/Unauthorized/)
        await begun.transport.finishAuth(code())

        const call =
          '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get-sum","arguments":{}}}'
        const post = async (body: string, headers: Record<string, string>): Promise<number> => {
          const response = await fetch(resource, {
            method: 'POST',
            body,
            headers: {
              authorization: `Bearer ${token()}`,
              'content-type': 'application/json',
              accept: 'application/json, text/event-stream',
              ...headers,
            },
          })
          await response.text()
          return response.status
        }
        const asEcho = { 'Mcp-Method': 'tools/call', 'Mcp-Name': 'echo' }
        expect(await post(call, { 'Mcp-Method': 'tools/call', 'Mcp-Name': 'get-sum' })).toBe(403)
        expect(await post(call, asEcho)).toBe(400)
        expect(await post(call, { 'Mcp-Method': 'tools/list' })).toBe(400)
        expect(await post(`[${call}]`, asEcho)).toBe(400)
        expect(await post(call.replace('"get-sum"', '"echo","name":"get-sum"'), asEcho)).toBe(400)
        expect(await post(call.replace('"get-sum"', '"echo","Name":"get-sum"'), asEcho)).toBe(400)
        expect(await post(call, {})).toBe(403)
        expect(await post(call, { Mcp_Method: 'tools/call', Mcp_Name: 'echo' })).toBe(403)
        expect(await post(call, { 'Mcp-Method': 'tools/call, ping', 'Mcp-Name': 'echo' })).toBe(403)
        expect(reached).toEqual([])
        // The same request with one story passes.
        const status = await post(call.replace('get-sum', 'echo'), asEcho)
        expect(status).not.toBe(403)
        expect(reached).toEqual([call.replace('get-sum', 'echo')])
      }, 60_000)

      test('browsers may ask for the metadata, and read a challenge', async () => {
        const { origin, resource } = await start(gateway.name)
        const metadata = `${origin}/.well-known/oauth-protected-resource/mcp`
        const preflight = await fetch(metadata, {
          method: 'OPTIONS',
          headers: {
            origin: 'https://app.example',
            'access-control-request-method': 'GET',
            'access-control-request-headers': 'mcp-protocol-version',
          },
        })
        expect(preflight.status).toBe(204)
        expect(preflight.headers.get('access-control-allow-headers')).toContain('MCP-Protocol-Version')
        const found = await fetch(metadata)
        expect(await found.json()).toMatchObject({ resource, scopes_supported: ['tools:echo'] })
        const denied = await fetch(resource, { method: 'POST', headers: { 'Mcp-Method': 'initialize' } })
        expect(denied.status).toBe(401)
        expect(denied.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate')
        expect(denied.headers.get('www-authenticate')).toBe(
          `Bearer scope="tools:echo", resource_metadata="${metadata}"`,
        )
      }, 60_000)
    },
  )
}
