import { describe, expect, test } from 'vitest'
import { readMcpHeaders, readMessages } from '../../src/mcp/index.ts'

const encoder = new TextEncoder()
const request = (method: string, params?: unknown): string =>
  JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
const call = (name: string): string => request('tools/call', { name, arguments: {} })

describe('kinds and names', () => {
  test.each([
    ['tools/call', { name: 'get_issue' }, 'get_issue', [['tools/call', 'get_issue']]],
    ['prompts/get', { name: 'triage' }, 'triage', [['prompts/get', 'triage']]],
    ['resources/read', { uri: 'repo://a' }, 'repo://a', [['resources/read', 'repo://a']]],
    ['resources/subscribe', { uri: 'repo://a' }, 'repo://a', [['resources/read', 'repo://a']]],
    ['resources/unsubscribe', { uri: 'repo://a' }, 'repo://a', [['resources/read', 'repo://a']]],
    ['completion/complete', { ref: { type: 'ref/prompt', name: 'p' } }, 'p', [['prompts/get', 'p']]],
    [
      'completion/complete',
      { ref: { type: 'ref/resource', uri: 'repo://{owner}' } },
      'repo://{owner}',
      [['resources/read', 'repo://scope-policy-any-value-6f1c9a']],
    ],
    [
      'subscriptions/listen',
      { notifications: { resourceSubscriptions: ['a:b', 'a:c'] } },
      undefined,
      [
        ['resources/read', 'a:b'],
        ['resources/read', 'a:c'],
      ],
    ],
    ['subscriptions/listen', { notifications: { toolsListChanged: true } }, undefined, []],
    ['initialize', { protocolVersion: '2025-11-25' }, undefined, []],
    ['server/discover', {}, undefined, []],
    ['ping', undefined, undefined, []],
    ['tools/list', { cursor: 'x' }, undefined, []],
    ['resources/templates/list', null, undefined, []],
    ['logging/setLevel', { level: 'debug' }, undefined, []],
  ])('%s %j', (method, params, name, needs) => {
    expect(readMessages(request(method, params))).toEqual({
      messages: [
        {
          id: 1,
          method,
          kind: 'request',
          ...(name === undefined ? {} : { name }),
          needs: needs.map(([one, target]) => ({ method: one, name: target })),
        },
      ],
    })
  })

  test.each(['tools/destroy', 'Tools/call', 'tasks/result', 'sampling/createMessage', '', 'notifications/x'])(
    'the request %j is unknown and granted to nobody',
    (method) => {
      expect(readMessages(request(method)).messages).toEqual([
        { id: 1, method, kind: 'request', needs: null },
      ])
    },
  )

  test('a message without an ID is a notification, and one that calls a tool is judged all the same', () => {
    const read = (message: object): unknown =>
      readMessages(JSON.stringify({ jsonrpc: '2.0', ...message })).messages
    expect(read({ method: 'notifications/initialized' })).toEqual([
      { id: undefined, method: 'notifications/initialized', kind: 'notification', needs: [] },
    ])
    expect(read({ method: 'tools/call', params: { name: 'x' } })).toEqual([
      {
        id: undefined,
        method: 'tools/call',
        kind: 'notification',
        name: 'x',
        needs: [{ method: 'tools/call', name: 'x' }],
      },
    ])
    expect(read({ method: 'other' })).toMatchObject([{ needs: null }])
  })

  test('responses to requests of the server need a valid token only', () => {
    const body = JSON.stringify([
      { jsonrpc: '2.0', id: 'a', result: { role: 'user' } },
      { jsonrpc: '2.0', id: null, error: { code: -32700, message: '' } },
    ])
    expect(readMessages(body).messages).toEqual([
      { id: 'a', method: undefined, kind: 'response', needs: [] },
      { id: undefined, method: undefined, kind: 'response', needs: [] },
    ])
  })
})

describe('what is refused', () => {
  const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))
  const quoted = JSON.stringify
  test.each<[string, string | Uint8Array, string]>([
    ['a repeated key', '{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call"}', 'duplicate-key'],
    [
      'a repeated key, once escaped',
      '{"jsonrpc":"2.0","id":1,"method":"ping","m\\u0065thod":"x"}',
      'duplicate-key',
    ],
    ['a repeated key in arguments', call('a').replace('{}', '{"a":1,"a":1}'), 'duplicate-key'],
    [
      'a key in another case',
      '{"jsonrpc":"2.0","id":1,"method":"ping","Method":"tools/call"}',
      'ambiguous-key',
    ],
    ['a key in another case alone', '{"jsonrpc":"2.0","id":1,"Method":"ping","result":1}', 'ambiguous-key'],
    ['a long s', call('a').replace('"params"', '"x":1,"param\u017f"'), 'ambiguous-key'],
    ['a Kelvin sign', '{"jsonrpc":"2.0","id":1,"method":"ping","k":1,"\u212a":2}', 'ambiguous-key'],
    ['a dotless i', '{"jsonrpc":"2.0","id":1,"method":"ping","\u0131d":2}', 'ambiguous-key'],
    ['a key with delimiters', call('a').replace('"name"', '"na_me":"b","name"'), 'ambiguous-key'],
    ['a key that ends at NUL', call('a').replace('"name"', '"name\\u0000":"b","name"'), 'ambiguous-key'],
    ['an escaped key', call('a').replace('"name"', '"n\\u0061me"'), 'ambiguous-key'],
    ['a byte order mark', `\ufeff${call('a')}`, 'byte-order-mark'],
    ['a byte order mark in bytes', bytes('efbbbf7b7d'), 'byte-order-mark'],
    ['invalid UTF-8', bytes('22ff22'), 'invalid-utf-8'],
    ['overlong UTF-8', bytes('22c08022'), 'invalid-utf-8'],
    ['an encoded surrogate', bytes('22eda08022'), 'invalid-utf-8'],
    ['UTF-16', Buffer.from(call('a'), 'utf16le'), 'invalid-json'],
    ['half a pair', call('a').replace('{}', '{"a":"\\ud83d"}'), 'lone-surrogate'],
    ['half a pair in a key', call('a').replace('{}', '{"\\udc00":1}'), 'lone-surrogate'],
    ['half a pair, unescaped', call('a').replace('{}', '{"a":"\ud83d"}'), 'lone-surrogate'],
    ['NaN', call('a').replace('{}', 'NaN'), 'invalid-json'],
    ['Infinity', call('a').replace('{}', '-Infinity'), 'invalid-json'],
    ['a comment', `${call('a')}// c`, 'invalid-json'],
    ['trailing text', `${call('a')}{}`, 'invalid-json'],
    ['nothing', '', 'invalid-json'],
    ['an open string', '{"a', 'invalid-json'],
    ['too deep', '['.repeat(1_000_000), 'too-deep'],
    ['too deep and closed', call('a').replace('{}', '['.repeat(127) + ']'.repeat(127)), 'too-deep'],
    ['too large', quoted('x'.repeat(4 * 1024 * 1024)), 'too-large'],
    [
      'a million keys',
      `{${Array.from({ length: 1_000_000 }, (_, key) => `"${String(key)}":1`).join()}}`,
      'too-large',
    ],
    [
      'many keys',
      `{${Array.from({ length: 300_000 }, (_, key) => `"${String(key)}":1`).join()}}`,
      'ambiguous-key',
    ],
    ['no object', '"tools/call"', 'invalid-message'],
    ['an empty batch', '[]', 'batch-size'],
    ['a long batch', `[${Array.from({ length: 101 }, () => call('a')).join()}]`, 'batch-size'],
    ['a batch in a batch', `[[${call('a')}]]`, 'invalid-message'],
    ['a struct as a sequence', '["2.0",1,"tools/call",{"name":"a"}]', 'invalid-message'],
    ['another version', call('a').replace('2.0', '1.0'), 'invalid-message'],
    ['no version', '{"id":1,"method":"ping"}', 'invalid-message'],
    ['a method that is no string', '{"jsonrpc":"2.0","id":1,"method":["tools/call"]}', 'invalid-message'],
    ['a method and a result', '{"jsonrpc":"2.0","id":1,"method":"ping","result":1}', 'invalid-message'],
    ['a result and an error', '{"jsonrpc":"2.0","id":1,"result":1,"error":1}', 'invalid-message'],
    ['a null ID', '{"jsonrpc":"2.0","id":null,"method":"ping"}', 'invalid-message'],
    ['an ID beyond 2^53', '{"jsonrpc":"2.0","id":9007199254740993,"method":"ping"}', 'invalid-message'],
    ['an infinite ID', '{"jsonrpc":"2.0","id":1e400,"method":"ping"}', 'invalid-message'],
    [
      'params as a sequence',
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":["a"]}',
      'invalid-message',
    ],
    ['no name', request('tools/call', {}), 'invalid-message'],
    ['a name that is no string', request('tools/call', { name: 1 }), 'invalid-message'],
    [
      'a reference of another type',
      request('completion/complete', { ref: { type: 'x', name: 'a' } }),
      'invalid-message',
    ],
    ['NUL in a name', call('read\0x'), 'control-character'],
    ['a line end in a method', request('tools/list\n'), 'control-character'],
  ])('%s', (_, body, refusal) => {
    expect(readMessages(body)).toEqual({ messages: [], refusal })
  })

  test('nothing in the arguments of a tool but what breaks the JSON', () => {
    const body = call('a').replace('{}', '{"Name":1,"NAME":2,"_method":3,"\\u540d":4,"x":{"id":1,"ID":2}}')
    expect(readMessages(body).refusal).toBeUndefined()
  })

  test('limits can be changed', () => {
    expect(readMessages(call('a'), undefined, { maxDepth: 2 }).refusal).toBe('too-deep')
    expect(readMessages(call('a'), undefined, { maxBodySize: 10 }).refusal).toBe('too-large')
  })
})

describe('headers', () => {
  test.each<[Record<string, string | string[]>, string | undefined]>([
    [{ 'Mcp-Method': 'tools/call', 'mcp-name': 'get_issue' }, undefined],
    [{ 'mcp-method': 'tools/list' }, 'header-mismatch'],
    [{ 'mcp-method': 'tools/call ', 'mcp-name': 'get_issue' }, 'header-mismatch'],
    [{ 'mcp-name': 'get_Issue' }, 'header-mismatch'],
    [{ 'mcp-name': '=?base64?Z2V0X2lzc3Vl?=' }, undefined],
    [{ 'mcp-name': '=?base64?Z2V0X2lzc3VlCg==?=' }, 'header-mismatch'],
    [{ 'mcp-name': '=?base64?Z2V0X2lzc3V1l?=' }, 'header-mismatch'],
    [{ 'mcp-name': ['get_issue', 'get_issue'] }, 'header-mismatch'],
    [{ 'mcp-name': 'get_issue', 'MCP-NAME': 'other' }, 'header-mismatch'],
    [{ 'content-type': 'application/json' }, undefined],
    [{ 'content-type': 'Application/JSON; charset="UTF-8"' }, undefined],
    [{ 'content-type': 'application/json; charset=utf-7' }, 'content-type'],
    [{ 'content-type': 'application/json; charset=utf-8; charset=utf-7' }, 'content-type'],
    [{ 'content-type': 'application/x-www-form-urlencoded' }, 'content-type'],
    [{ 'content-encoding': 'gzip' }, 'content-encoding'],
    [{ 'content-encoding': 'identity' }, undefined],
  ])('%j', (headers, refusal) => {
    expect(readMessages(call('get_issue'), headers).refusal).toBe(refusal)
    if (Object.values(headers).every((value) => typeof value === 'string')) {
      expect(readMessages(call('get_issue'), new Headers(headers as Record<string, string>)).refusal).toBe(
        // Headers cut white space at the ends, as HTTP does.
        headers['mcp-method'] === 'tools/call ' ? undefined : refusal,
      )
    }
  })

  test('a mismatch shows what the body says, for the ID of the answer', () => {
    expect(readMessages(call('a'), { 'mcp-method': 'ping' })).toMatchObject({
      refusal: 'header-mismatch',
      messages: [{ id: 1, name: 'a' }],
    })
  })

  test('agree with every message of a batch, or the batch is refused', () => {
    const batch = `[${call('a')},${request('ping')}]`
    expect(readMessages(batch, { 'mcp-method': 'tools/call' }).refusal).toBe('header-mismatch')
    expect(readMessages(batch, {}).refusal).toBeUndefined()
  })

  test('a name where the method has none is a mismatch', () => {
    expect(readMessages(request('tools/list'), { 'mcp-name': 'a' }).refusal).toBe('header-mismatch')
  })

  test('are read alone for gateways without a body', () => {
    expect(readMcpHeaders({ 'mcp-method': 'tools/call', 'mcp-name': '=?base64?w6k=?=' })).toEqual({
      method: 'tools/call',
      name: 'é',
    })
    expect(readMcpHeaders({ 'mcp-name': '=?base64?!?=' })).toEqual({ refusal: 'header-mismatch' })
    expect(readMcpHeaders({ 'mcp-name': 'é' })).toEqual({ refusal: 'header-mismatch' })
    expect(readMcpHeaders({})).toEqual({})
  })
})

describe('bodies that were parsed before', () => {
  test('are judged as that object', () => {
    expect(readMessages(JSON.parse(call('a')) as object).messages).toMatchObject([{ name: 'a' }])
    expect(readMessages(encoder.encode(call('a')).buffer).messages).toMatchObject([{ name: 'a' }])
  })

  test('inherited members, getters and Proxies count for nothing', () => {
    const inherited = Object.create({ name: 'a' }) as object
    const getter = Object.defineProperty({}, 'name', { get: () => 'a', enumerable: true })
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    for (const params of [inherited, getter, proxy]) {
      const body = { jsonrpc: '2.0', id: 1, method: 'tools/call', params }
      expect(readMessages(body)).toEqual({ messages: [], refusal: 'invalid-message' })
    }
  })

  test('keys that another reader would take for the ones read are refused', () => {
    const body = { jsonrpc: '2.0', id: 1, method: 'ping', Method: 'tools/call' }
    expect(readMessages(body).refusal).toBe('ambiguous-key')
  })
})
