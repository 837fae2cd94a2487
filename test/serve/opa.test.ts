/** OPA-shaped questions as APISIX and Kong send them: the same decisions as by headers. */
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { folderWith, GOOD } from '../cli/run-cli.ts'
import { MCP_GRANTS, served, type Served } from './asking.ts'
import { createKey, type Key } from './issuer.ts'

let key: Key
beforeAll(async () => {
  key = await createKey()
})

async function opa(
  policy: string = GOOD,
  settings: object = {},
): Promise<Served & { post: (path: string, body: unknown) => Promise<unknown> }> {
  const folder = folderWith({ 'scopes.yaml': policy, 'keys.json': JSON.stringify({ keys: [key.jwk] }) })
  const all = await served(join(folder, 'scopes.yaml'), { jwks: [join(folder, 'keys.json')], ...settings })
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const response = await fetch(`${all.running.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    expect(response.status).toBe(200)
    return response.json()
  }
  return { ...all, post }
}

/** By the documentation of each plugin. */
const apisix = (method: string, path: unknown, headers: unknown): object => ({
  input: {
    type: 'http',
    request: { scheme: 'http', path, headers, query: {}, port: 9080, method, host: '127.0.0.1' },
    var: {
      timestamp: 1_701_234_567,
      server_addr: '127.0.0.1',
      server_port: '9080',
      remote_addr: '127.0.0.1',
    },
  },
})
const kong = (method: string, path: unknown, headers: unknown): object => ({
  input: {
    request: {
      http: {
        host: 'example.org',
        port: '8000',
        tls: {},
        method,
        scheme: 'http',
        path,
        querystring: {},
        headers,
      },
    },
    client_ip: '127.0.0.1',
    service: null,
    route: null,
    consumer: null,
  },
})

describe.each([
  ['APISIX', apisix],
  ['Kong', kong],
])('%s', (_, input) => {
  test('gets an object with the identity, or with status and challenge', async () => {
    const { post } = await opa()
    const authorization = `Bearer ${await key.sign({ scope: 'profile' })}`
    expect(await post('/v1/data/gateway', input('GET', '/workers/me', { authorization }))).toMatchObject({
      result: {
        allow: true,
        headers: { 'x-auth-subject': 'ada', 'x-auth-client': 'app', 'x-auth-scopes': 'profile' },
      },
    })
    expect(
      await post('/v1/data/gateway', input('POST', '/records/a/search', { authorization })),
    ).toMatchObject({
      result: {
        allow: false,
        status: 403,
        status_code: 403,
        headers: { 'www-authenticate': expect.stringContaining('scope="search"') as string },
      },
    })
    expect(await post('/v1/data/gateway', input('GET', '/workers/me', {}))).toMatchObject({
      result: { allow: false, status: 401 },
    })
  })

  test('gets a boolean where the decision is named `allow`', async () => {
    const { post } = await opa()
    const authorization = [`Bearer ${await key.sign({ scope: 'profile' })}`]
    expect(
      await post('/v1/data/gateway/allow', input('GET', '/workers/me', { Authorization: authorization })),
    ).toEqual({
      result: true,
    })
    expect(await post('/v1/data/gateway/allow', input('PUT', '/workers/me', { authorization }))).toEqual({
      result: false,
    })
    const twice = [...authorization, ...authorization]
    expect(await post('/v1/data/a/allow', input('GET', '/workers/me', { authorization: twice }))).toEqual({
      result: false,
    })
    expect(
      await post(
        '/v1/data/a/allow',
        input('GET', '/workers/me', { authorization, Authorization: authorization }),
      ),
    ).toEqual({ result: false })
  })

  test('decides about an MCP server by its headers, with `headers: mcp`, and not by its path', async () => {
    // The path itself is granted as well: that opens no tool.
    const { post } = await opa(`${MCP_GRANTS}  endpoints: [{ mcp: POST }]\n`, { headers: 'mcp' })
    const authorization = `Bearer ${await key.sign({ scope: 'issues:read' })}`
    const ask = (headers: object): Promise<unknown> =>
      post('/v1/data/gateway', input('POST', '/mcp', { authorization, ...headers }))
    for (const name of ['get_issue', 'search_code', 'get_me'])
      expect(await ask({ 'mcp-method': 'tools/call', 'mcp-name': name })).toMatchObject({
        result: { allow: true },
      })
    expect(await ask({ 'Mcp-Method': 'tools/call', 'Mcp-Name': 'move_issue' })).toMatchObject({
      result: {
        allow: false,
        status: 403,
        headers: {
          'www-authenticate': expect.stringContaining(
            'scope="api://app/issues:write projects:write"',
          ) as string,
        },
      },
    })
    for (const headers of [
      {},
      { 'mcp-method': 'tools/call' },
      { 'mcp-method': 'tools/call', 'mcp-name': ['get_issue', 'get_me'] },
      { 'mcp-method': 'made/up' },
    ])
      expect(await ask(headers)).toMatchObject({ result: { allow: false, status: 403 } })
  })

  test.each(['/workers/../workers/me', '//workers/me', 'workers/me', '', 7, null, ['/workers/me']])(
    'is denied the path %j',
    async (path) => {
      const { post } = await opa()
      const authorization = `Bearer ${await key.sign({ scope: 'profile search' })}`
      expect(await post('/v1/data/allow', input('GET', path, { authorization }))).toEqual({ result: false })
    },
  )
})

test.each([
  '',
  '{',
  '[]',
  '{}',
  '{"input":[]}',
  '{"input":{"request":7}}',
  '{"input":{"request":{"headers":[]}}}',
])('the body %j is denied', async (body) => {
  const { post } = await opa()
  expect(await post('/v1/data/x/allow', body)).toEqual({ result: false })
})

test('a path that APISIX has decoded is not decoded a second time', async () => {
  const { post } = await opa()
  const authorization = `Bearer ${await key.sign({ scope: 'profile' })}`
  // The client sent /workers/%256d%2565, which the API reads as /workers/%6d%65.
  expect(await post('/v1/data/allow', apisix('GET', '/workers/%6d%65', { authorization }))).toEqual({
    result: false,
  })
  expect(await post('/v1/data/allow', kong('GET', '/workers/%6d%65', { authorization }))).toEqual({
    result: true,
  })
})
