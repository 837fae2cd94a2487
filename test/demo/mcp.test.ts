/** The MCP server of the demo: its tools and the endpoints of one document agree, and its answers. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { loadPolicy } from '../../src/load.ts'
import { buildOnce, HANG, killAll, ROOT, serving } from './run.ts'

interface Tool {
  readonly name: string
  readonly requests: readonly string[]
}

beforeAll(buildOnce, 120_000)
afterEach(killAll)

test('no tool does for a token what the API would refuse it', async () => {
  const { ticketTools } = (await import(join(ROOT, 'examples/mcp/ticket-tools.js'))) as {
    readonly ticketTools: (send: () => never) => readonly Tool[]
  }
  const tools = ticketTools(() => {
    throw new Error('nothing is sent')
  })
  const policy = loadPolicy(readFileSync(join(ROOT, 'examples/demo/scopes/cerb.yaml')), { preset: 'cerb' })
  const scopes = [...policy.scopes.keys()]
  let allowed = 0
  for (let bits = 0; bits < 1 << scopes.length; bits++) {
    const held = scopes.filter((_, index) => (bits & (1 << index)) !== 0)
    for (const { name, requests } of tools) {
      if (!policy.authorize(held, 'tools/call', name)) continue
      allowed++
      for (const request of requests) {
        const [method = '', path = ''] = request.split(' ')
        expect(
          policy.authorize(held, method, `/rest/${path}`),
          `${held.join(' ')}: ${name}, ${request}`,
        ).toBe(true)
      }
    }
  }
  expect(tools).toHaveLength(12)
  expect(allowed).toBeGreaterThan(16 * 12)
})

describe('the server', { timeout: 2 * HANG }, () => {
  test('is for the tokens of the API, names the metadata, and answers as MCP has it', async () => {
    const { base, apis } = await serving()
    const { cerb, twitter } = apis
    expect(cerb.mcpUrl).toBe(`${base}/rest/mcp`)
    const post = (token: string | undefined, body: object, headers: object = {}): Promise<Response> =>
      fetch(`${base}/rest/mcp`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...headers,
        },
        body: JSON.stringify({ jsonrpc: '2.0', ...body }),
      })
    const { profile, search } = cerb.tokens

    const unauthenticated = await post(undefined, { id: 1, method: 'tools/list' })
    const challenge = unauthenticated.headers.get('www-authenticate') ?? ''
    expect(unauthenticated.status).toBe(401)
    const metadata = await fetch(/resource_metadata="([^"]*)"/.exec(challenge)?.[1] ?? '')
    expect(await metadata.json()).toMatchObject({ resource: `${base}/rest`, authorization_servers: [base] })
    expect((await post(twitter.tokens['tweet.read'], { id: 1, method: 'ping' })).status).toBe(401)

    const params = {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'test', version: '1' },
    }
    const initialized = await post(profile, { id: 1, method: 'initialize', params })
    expect(await initialized.json()).toMatchObject({ id: 1, result: { protocolVersion: '2025-06-18' } })
    expect((await post(profile, { method: 'notifications/initialized' })).status).toBe(202)
    const listed = (await (await post(search, { id: 2, method: 'tools/list' })).json()) as {
      readonly result: { readonly tools: readonly Tool[] }
    }
    expect(listed.result.tools.map(({ name }) => name)).toEqual(['search_tickets'])

    const call = {
      id: 3,
      method: 'tools/call',
      params: { name: 'search_tickets', arguments: { subject: 'fire' } },
    }
    expect(await (await post(search, call)).json()).toMatchObject({
      id: 3,
      result: { isError: false, content: [{ text: expect.stringContaining('Printer on fire') as string }] },
    })
    const denied = await post(profile, call)
    expect(denied.status).toBe(403)
    expect(denied.headers.get('www-authenticate')).toContain('error="insufficient_scope"')
    expect(denied.headers.get('www-authenticate')).toContain('scope="search"')
    expect((await post(search, call, { origin: 'https://other.example' })).status).toBe(403)
  })
})
