/** Both guards, on real servers and on handlers, with one list of requests. */
import express from 'express'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { InvalidTokenError } from '../../src/claims/index.ts'
import { loadPolicy } from '../../src/load.ts'
import { decisionOf, mcpGuard, protectMcp } from '../../src/mcp/index.ts'
import type { McpDecisionRecord, McpOptions } from '../../src/mcp/index.ts'
import { POLICY } from './table-policy.ts'

const METADATA = 'https://api.example/.well-known/oauth-protected-resource/mcp'
const TOOLS = [{ name: 'get_issue' }, { name: 'create_issue' }, { name: 'move_issue' }]
const call = (name: string, id: number | string = 7): object => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name },
})
const list = (id = 1): object => ({ jsonrpc: '2.0', id, method: 'tools/list' })

type Handler = (request: Request) => Promise<Response>
type Options = Omit<McpOptions<never>, 'policy' | 'scopes' | 'onDecision' | 'skip'> & {
  readonly onDecision?: (record: McpDecisionRecord) => unknown
  readonly policy?: typeof POLICY
}

/** What the handler behind the guard answers to the value it was given. */
type Respond = (body: unknown) => {
  readonly type: string
  readonly text: string
  readonly headers?: Record<string, string>
}

const echo: Respond = (body) => ({ type: 'application/json', text: JSON.stringify({ got: body ?? null }) })
const lists: Respond = () => ({
  type: 'application/json',
  text: JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    result: { tools: TOOLS, cacheScope: 'public', nextCursor: 'n' },
  }),
})

/** The scopes are the text of the Authorization header, so that tests choose them. */
const scopesOf = (header: unknown): string | undefined => {
  if (header === 'expired') throw new InvalidTokenError('expired')
  return typeof header === 'string' ? header : undefined
}

const servers: (() => void)[] = []
afterAll(() => {
  for (const stop of servers) stop()
})

async function listen(listener: Parameters<typeof createServer>[1]): Promise<Handler> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  servers.push(() => {
    server.close()
    server.closeAllConnections()
  })
  const { port } = server.address() as AddressInfo
  return (request) =>
    fetch(`http://127.0.0.1:${String(port)}/mcp`, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      duplex: 'half',
    })
}

const KINDS: Readonly<Record<string, (options: Options, respond: Respond) => Promise<Handler>>> = {
  'node:http': (options, respond) => {
    const guard = mcpGuard({
      policy: POLICY,
      scopes: ({ headers }) => scopesOf(headers['authorization']),
      ...options,
    })
    return listen((request, response) => {
      guard(request, response, () => {
        const { type, text, headers = {} } = respond((request as { body?: unknown }).body)
        response.writeHead(200, { 'content-type': type, ...headers })
        for (const character of text) response.write(character)
        response.end()
      })
    })
  },
  'Express with a parser before': (options, respond) => {
    const app = express()
    app.use(express.json())
    app.all(
      '/mcp',
      mcpGuard({ policy: POLICY, scopes: ({ headers }) => scopesOf(headers['authorization']), ...options }),
      (request, response) => {
        const { type, text, headers = {} } = respond(request.body)
        response.set({ 'content-type': type, ...headers }).send(text)
      },
    )
    return listen(app)
  },
  fetch: (options, respond) =>
    Promise.resolve(
      protectMcp(
        async (request) => {
          const body: unknown = request.body === null ? undefined : await request.json()
          const { type, text, headers = {} } = respond(body)
          return new Response(text, { headers: { 'content-type': type, ...headers } })
        },
        { policy: POLICY, scopes: (request) => scopesOf(request.headers.get('authorization')), ...options },
      ),
    ),
}

function post(body: unknown, scopes?: string, headers: Record<string, string> = {}): Request {
  return new Request('http://localhost/mcp', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(scopes === undefined ? {} : { authorization: scopes }),
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

describe.each(Object.entries(KINDS))('%s', (kind, make) => {
  const records: McpDecisionRecord[] = []
  let handler: Handler
  beforeAll(async () => {
    handler = await make(
      {
        realm: 'mcp',
        resourceMetadata: METADATA,
        baseline: ['issues:read'],
        methods: ['tasks/get', 'tools/call'],
        onDecision: (record) => records.push(record),
      },
      echo,
    )
  })

  test('lets a call through that the scopes allow, with the value that was judged', async () => {
    const response = await handler(post(call('get_issue'), 'issues:read'))
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ got: call('get_issue') })
    expect(records.at(-1)).toMatchObject({
      allowed: true,
      reason: 'granted',
      method: 'POST',
      path: '/mcp',
      messages: [{ id: 7, method: 'tools/call', name: 'get_issue', allowed: true }],
      fingerprint: 'table',
    })
  })

  test.each([
    [call('create_issue'), 'issues:write'],
    [call('move_issue'), 'issues:write projects:write'],
    [[call('create_issue', 1), call('move_issue', 2)], 'issues:write projects:write'],
    [{ jsonrpc: '2.0', method: 'tools/call', params: { name: 'create_issue' } }, 'issues:write'],
    [{ ...call('triage'), method: 'prompts/get' }, undefined],
    [
      { jsonrpc: '2.0', id: 7, method: 'resources/subscribe', params: { uri: 'repo://a/1' } },
      'issues:read',
      'issues:write',
    ],
  ])('%j needs %s, all of it named at once', async (body, needed, scopes = 'issues:read') => {
    if (needed === undefined) {
      expect((await handler(post(body, scopes))).status).toBe(200)
      return
    }
    const response = await handler(post(body, scopes))
    expect(response.status).toBe(403)
    expect(response.headers.get('www-authenticate')).toBe(
      `Bearer realm="mcp", error="insufficient_scope", error_description="the access token lacks a scope", scope="${needed}", resource_metadata="${METADATA}"`,
    )
    const id = Array.isArray(body) ? 1 : 'id' in body ? 7 : null
    expect(await response.json()).toEqual({
      jsonrpc: '2.0',
      id,
      error: { code: 403, message: 'the access token lacks a scope' },
    })
    expect(records.at(-1)).toMatchObject({ outcome: 'denied', status: 403, scopesNeeded: needed.split(' ') })
    expect((await handler(post(body, needed))).status).toBe(200)
  })

  test('one denial denies the batch', async () => {
    const response = await handler(post([call('get_issue', 1), call('create_issue', 2)], 'issues:read'))
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ id: 2 })
    expect(records.at(-1)?.messages.map(({ allowed }) => allowed)).toEqual([true, false])
  })

  test('without a token: 401 with the baseline, the metadata and the ID', async () => {
    const response = await handler(post(call('get_issue', 'x')))
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe(
      `Bearer realm="mcp", scope="issues:read", resource_metadata="${METADATA}"`,
    )
    expect(await response.json()).toMatchObject({ jsonrpc: '2.0', id: 'x' })
  })

  test('without a token and with a large body: 401 all the same', async () => {
    const large = {
      ...call('get_issue'),
      params: { name: 'get_issue', arguments: { text: 'x'.repeat(90_000) } },
    }
    expect((await handler(post(large))).status).toBe(401)
  })

  test('with an invalid token: 401 invalid_token', async () => {
    const response = await handler(post(call('get_issue'), 'expired'))
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"')
  })

  test('any valid token may manage the session and list', async () => {
    for (const method of [
      'initialize',
      'ping',
      'tools/list',
      'logging/setLevel',
      'notifications/initialized',
      'tasks/get',
    ]) {
      const id = method.startsWith('notifications/') ? {} : { id: 1 }
      expect((await handler(post({ jsonrpc: '2.0', ...id, method }, 'other'))).status, method).toBe(200)
    }
    for (const method of ['GET', 'DELETE']) {
      const request = new Request('http://localhost/mcp', { method, headers: { authorization: 'other' } })
      expect((await handler(request)).status, method).toBe(200)
      expect((await handler(new Request('http://localhost/mcp', { method }))).status, method).toBe(401)
    }
  })

  test('unknown methods are denied to every token, and named in no challenge', async () => {
    const response = await handler(post({ jsonrpc: '2.0', id: 3, method: 'tools/delete' }, 'issues:write'))
    expect(response.status).toBe(403)
    expect(response.headers.get('www-authenticate')).not.toContain('scope="')
    expect(await response.json()).toMatchObject({ id: 3, error: { code: -32601 } })
  })

  test.each(['PUT', 'PATCH', 'OPTIONS', 'HEAD'])('%s is not a method of MCP', async (method) => {
    const response = await handler(
      new Request('http://localhost/mcp', { method, headers: { authorization: 'a' } }),
    )
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'DELETE, GET, POST'])
  })

  test('a name with more than one reading is refused', async () => {
    const body = { jsonrpc: '2.0', id: 7, method: 'resources/read', params: { uri: 'repo://a/../b' } }
    const response = await handler(post(body, 'issues:read'))
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ id: 7, error: { code: -32602 } })
  })

  test('headers that disagree with the body are answered as the specification says', async () => {
    const response = await handler(post(call('get_issue'), 'issues:read', { 'Mcp-Name': 'create_issue' }))
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ id: 7, error: { code: -32020 } })
  })

  if (kind !== 'Express with a parser before') {
    test.each([
      ['not JSON', '{"jsonrpc"', 400, -32700],
      ['a key twice', '{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call"}', 400, -32600],
      ['too deep', '['.repeat(100_000), 400, -32600],
      ['too large', `"${'x'.repeat(5_000_000)}"`, 413, -32600],
    ])('%s is refused', async (_, body, status, code) => {
      const response = await handler(post(body, 'issues:read')).catch((error: unknown) => error as Error)
      // A server that answers before the body has arrived may close the connection under the client.
      if (response instanceof Error) expect(status).toBe(413)
      else {
        expect(response.status).toBe(status)
        expect(await response.json()).toMatchObject({ id: null, error: { code } })
      }
      expect(records.at(-1)).toMatchObject({ outcome: 'denied', reason: 'body-refused', status })
    })

    test('a body in another encoding is refused', async () => {
      const types = { 'content-type': 'application/json; charset=utf-7' }
      expect((await handler(post(call('get_issue'), 'issues:read', types))).status).toBe(415)
      const request = new Request('http://localhost/mcp', {
        method: 'POST',
        headers: {
          authorization: 'issues:read',
          'content-type': 'application/json',
          'content-encoding': 'gzip',
        },
        body: gzipSync(JSON.stringify(call('get_issue'))),
      })
      expect((await handler(request)).status).toBe(415)
    })

    test('in report-only mode everything passes, and is reported', async () => {
      const seen: McpDecisionRecord[] = []
      const lenient = await make({ mode: 'report-only', onDecision: (record) => seen.push(record) }, echo)
      expect(await (await lenient(post(call('create_issue'), 'issues:read'))).json()).toEqual({
        got: call('create_issue'),
      })
      expect((await lenient(post('{"a":1,"a":1}', 'issues:read'))).status).toBe(200)
      expect(seen.map(({ outcome }) => outcome)).toEqual(['would-deny', 'would-deny'])
      // What is too large was read in part, and the handler cannot have it.
      const small = await make({ mode: 'report-only', maxBodySize: 10, onDecision: () => undefined }, echo)
      expect((await small(post(call('get_issue'), 'issues:read'))).status).toBe(413)
    })
  }

  test('an exception anywhere denies with 500 and no details', async () => {
    const broken = {
      ...POLICY,
      authorize: (): boolean => {
        throw new Error('secret')
      },
    }
    const hook = (): void => {
      throw new Error('secret')
    }
    for (const options of [{ policy: broken, onDecision: () => undefined }, { onDecision: hook }]) {
      const failing = await make(options, echo)
      const response = await failing(post(call('get_issue'), 'issues:read'))
      expect(response.status).toBe(500)
      expect(await response.text()).toBe(
        '{"jsonrpc":"2.0","id":7,"error":{"code":-32603,"message":"the request could not be judged"}}\n',
      )
    }
  })

  test('anything but true is no permission', async () => {
    const promising = { ...POLICY, authorize: () => Promise.resolve(true) } as unknown as typeof POLICY
    const handled = await make({ policy: promising }, echo)
    expect((await handled(post(call('get_issue'), 'x'))).status).toBe(403)
  })

  describe('filterLists', () => {
    test('takes out of JSON what the token may not use, and its public caching', async () => {
      const filtering = await make({ filterLists: true }, lists)
      const response = await filtering(post(list(), 'issues:read'))
      expect(await response.json()).toEqual({
        jsonrpc: '2.0',
        id: 1,
        result: { tools: [{ name: 'get_issue' }], cacheScope: 'private', nextCursor: 'n' },
      })
    })

    test('takes it out of event streams, and leaves everything else as it was written', async () => {
      const message = lists(undefined).text
      const text = `: alive\r\nid: 1\r\nevent: message\r\ndata: ${message}\r\n\r\ndata: {"jsonrpc":"2.0","method": "notifications/x"}\n\ndata: ${message.slice(0, 20)}\ndata: ${message.slice(20)}`
      const filtering = await make({ filterLists: true }, () => ({ type: 'text/event-stream', text }))
      const short =
        '{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"get_issue"}],"cacheScope":"private","nextCursor":"n"}}'
      expect(await (await filtering(post(list(), 'issues:read'))).text()).toBe(
        `: alive\r\nid: 1\r\nevent: message\r\ndata: ${short}\n\r\ndata: {"jsonrpc":"2.0","method": "notifications/x"}\n\ndata: ${message.slice(0, 20)}\ndata: ${message.slice(20)}`,
      )
      const stream = new Request('http://localhost/mcp', { headers: { authorization: 'issues:read' } })
      expect(await (await filtering(stream)).text()).toContain(short)
    })

    test('leaves alone what is no list, what was not asked for, and other content', async () => {
      const filtering = await make({ filterLists: true }, lists)
      expect(await (await filtering(post(call('get_issue'), 'issues:read'))).text()).toBe(
        lists(undefined).text,
      )
      const html = await make({ filterLists: true }, () => ({
        type: 'text/html',
        text: lists(undefined).text,
      }))
      expect(await (await html(post(list(), 'issues:read'))).text()).toBe(lists(undefined).text)
      const all = await make({ filterLists: true }, () => ({
        type: 'application/json',
        text: '{"jsonrpc": "2.0"}',
      }))
      expect(await (await all(post(list(), 'issues:read'))).text()).toBe('{"jsonrpc": "2.0"}')
    })

    test('does not let through an encoded list that it cannot read', async () => {
      const filtering = await make({ filterLists: true }, () => ({
        ...lists(undefined),
        headers: { 'content-encoding': 'br' },
      }))
      expect((await filtering(post(list(), 'issues:read'))).status).toBe(500)
    })
  })
})

test('a tool that only several scopes open together: all of the narrowest set are named, as clients ask for them', async () => {
  const policy = loadPolicy(`
projects:
  label: Change projects
  tools: [rename_project]
teams:
  label: Change teams
  requestAs: api://app/teams
  tools: [rename_team]
owner:
  label: Own an organization
  tools: [delete_organization]
projects teams:
  tools: [add_team_to_project]
projects teams owner:
  tools: ['*_team_to_project']
`)
  const records: McpDecisionRecord[] = []
  for (const make of Object.values(KINDS)) {
    const handler = await make({ policy, onDecision: (record) => records.push(record) }, echo)
    const ask = (scopes: string): Promise<Response> => handler(post(call('add_team_to_project'), scopes))
    for (const scopes of ['', 'projects', 'teams', 'owner', 'projects owner']) {
      const response = await ask(scopes)
      expect(response.status).toBe(403)
      expect(response.headers.get('www-authenticate')).toContain('scope="projects api://app/teams"')
      expect(records.at(-1)).toMatchObject({ scopesNeeded: ['projects', 'teams'] })
    }
    expect((await ask('projects teams')).status).toBe(200)
    // With a tool beside it in a batch, the union of what both need.
    const both = await handler(
      post([call('add_team_to_project', 1), call('delete_organization', 2)], 'teams'),
    )
    expect(both.headers.get('www-authenticate')).toContain('scope="projects api://app/teams owner"')
  }
})

test('decisionOf gives the decision to the handler', async () => {
  const decided: unknown[] = []
  const handler = protectMcp(
    (request) => {
      decided.push(decisionOf(request))
      return new Response()
    },
    { policy: POLICY, scopes: () => 'issues:read', skip: (request) => request.headers.has('x-health') },
  )
  await handler(post(call('get_issue')))
  await handler(post(call('create_issue'), undefined, { 'x-health': '1' }))
  expect(decided).toMatchObject([{ allowed: true, reason: 'granted' }, undefined])
})

test('malformed options stop the start', () => {
  const options = { policy: POLICY, scopes: () => '' }
  const wrong: [object, string][] = [
    [{ filterLists: 1 }, '`filterLists` must be true or false'],
    [{ methods: 'tasks/get' }, '`methods` must be an array of method names'],
    [{ baseline: ['a b'] }, '`scope` cannot be written'],
    [{ maxDepth: 0 }, '`maxDepth` must be a positive integer'],
    [{ maxBodySize: '1' }, '`maxBodySize` must be a positive integer'],
    [{ filterList: true }, 'unknown option `filterList`; did you mean `filterLists`?'],
    [{ policy: {} }, '`policy` must be a policy'],
    [{ onDecision: 1 }, '`onDecision` must be a function'],
  ]
  for (const [more, message] of wrong) {
    expect(() => mcpGuard({ ...options, ...more }), message).toThrow(message)
    expect(() => protectMcp(() => new Response(), { ...options, ...more }), message).toThrow(message)
  }
})

test('a polluted prototype switches nothing off', async () => {
  const prototype = Object.prototype as Record<string, unknown>
  const denied = post(call('create_issue'))
  const unknown = post({ jsonrpc: '2.0', id: 1, method: 'tools/delete' })
  try {
    prototype['mode'] = 'report-only'
    prototype['methods'] = ['tools/delete']
    prototype['body'] = call('get_issue')
    const handler = protectMcp(() => new Response(), { policy: POLICY, scopes: () => 'issues:read' })
    expect((await handler(denied)).status).toBe(403)
    expect((await handler(unknown)).status).toBe(403)
  } finally {
    for (const name of ['mode', 'methods', 'body']) Reflect.deleteProperty(prototype, name)
  }
})
