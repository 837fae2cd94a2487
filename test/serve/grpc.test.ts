/**
 * ext_authz over gRPC: messages written and read by protobufjs, which shares no code with the server.
 */
import { Client, credentials, type ServiceError } from '@grpc/grpc-js'
import { join } from 'node:path'
import protobuf from 'protobufjs'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { fieldsOf } from '../../src/serve/grpc/protobuf.ts'
import { folderWith, GOOD } from '../cli/run-cli.ts'
import { MCP_GRANTS, served, type Served } from './asking.ts'
import { createKey, type Key } from './issuer.ts'

/** Of Envoy's API v3, what is read and written. */
const PROTO = `
syntax = "proto3";
message Value { oneof kind { int32 null_value = 1; double number_value = 2; string string_value = 3; bool bool_value = 4; Struct struct_value = 5; ListValue list_value = 6; } }
message ListValue { repeated Value values = 1; }
message Struct { map<string, Value> fields = 1; }
message Metadata { map<string, Struct> filter_metadata = 1; }
message HeaderValue { string key = 1; string value = 2; bytes raw_value = 3; }
message HeaderMap { repeated HeaderValue headers = 1; }
message Timestamp { int64 seconds = 1; int32 nanos = 2; }
message Http { string id = 1; string method = 2; map<string, string> headers = 3; string path = 4; string host = 5; string scheme = 6; string query = 7; string fragment = 8; int64 size = 9; string protocol = 10; string body = 11; bytes raw_body = 12; HeaderMap header_map = 13; }
message Request { Timestamp time = 1; Http http = 2; }
message Peer { string service = 2; map<string, string> labels = 3; string principal = 4; string certificate = 5; }
message Attributes { Peer source = 1; Peer destination = 2; Request request = 4; map<string, string> context_extensions = 10; Metadata metadata_context = 11; }
message CheckRequest { Attributes attributes = 1; }
message Status { int32 code = 1; string message = 2; }
message HttpStatus { int32 code = 1; }
message HeaderValueOption { HeaderValue header = 1; int32 append_action = 3; bool keep_empty_value = 4; }
message Denied { HttpStatus status = 1; repeated HeaderValueOption headers = 2; string body = 3; }
message Ok { repeated HeaderValueOption headers = 2; repeated string headers_to_remove = 5; }
message CheckResponse { Status status = 1; oneof http_response { Denied denied_response = 2; Ok ok_response = 3; } }
message HealthResponse { int32 status = 1; }
`
const { root } = protobuf.parse(PROTO, { keepCase: true })
const encode = (type: string, value: object): Buffer => {
  const message = root.lookupType(type)
  return Buffer.from(message.encode(message.fromObject(value)).finish())
}
const decode = (type: string, bytes: Buffer): Record<string, unknown> => {
  const message = root.lookupType(type)
  return message.toObject(message.decode(bytes), { defaults: false })
}

interface Option {
  header: { key: string; value?: string }
  append_action: number
  keep_empty_value: boolean
}
interface CheckResponse {
  status: { code?: number; message?: string }
  ok_response?: { headers: Option[]; headers_to_remove?: string[] }
  denied_response?: { status: { code: number }; headers?: Option[] }
}

let key: Key
beforeAll(async () => {
  key = await createKey()
})

interface Grpc extends Served {
  readonly call: (path: string, request: Buffer) => Promise<Buffer>
  readonly check: (http: object, more?: object) => Promise<CheckResponse>
}

async function grpc(policy: string = GOOD, settings: object = {}): Promise<Grpc> {
  const folder = folderWith({ 'scopes.yaml': policy, 'keys.json': JSON.stringify({ keys: [key.jwk] }) })
  const all = await served(join(folder, 'scopes.yaml'), {
    jwks: [join(folder, 'keys.json')],
    grpc: '127.0.0.1:0',
    ...settings,
  })
  const client = new Client(all.running.grpc ?? '', credentials.createInsecure())
  onTestFinished(() => {
    client.close()
  })
  const call: Grpc['call'] = (path, request) =>
    new Promise((resolve, reject) => {
      const identity = (bytes: Buffer): Buffer => bytes
      client.makeUnaryRequest(path, identity, identity, request, (error: ServiceError | null, response) => {
        if (error === null && response !== undefined) resolve(response)
        else reject(error ?? new Error('no response'))
      })
    })
  const check: Grpc['check'] = async (http, more = {}) => {
    const request = encode('CheckRequest', { attributes: { request: { http }, ...more } })
    const bytes = await call('/envoy.service.auth.v3.Authorization/Check', request)
    return decode('CheckResponse', bytes) as unknown as CheckResponse
  }
  return { ...all, call, check }
}

const request = (method: string, path: string, headers: Record<string, string>): object => ({
  id: '1',
  method,
  path,
  headers: { ':method': method, ':path': path, ...headers },
  host: 'api.example',
  scheme: 'https',
  protocol: 'HTTP/2',
  size: -1,
})

describe('Authorization/Check', () => {
  test('grants with identity headers that replace those of the client, in every spelling', async () => {
    const { check } = await grpc()
    const authorization = `Bearer ${await key.sign({ scope: 'profile', client_id: undefined })}`
    const headers = { authorization, 'x-auth-client': 'boss', x_auth_client: 'boss', 'x-auth_scopes': 'root' }
    const { status, ok_response: ok } = await check(request('GET', '/workers/me?a=b', headers))
    expect(status.code ?? 0).toBe(0)
    const written = Object.fromEntries(
      ok?.headers.map(({ header }) => [header.key, header.value ?? '']) ?? [],
    )
    expect(written).toMatchObject({
      'x-auth-subject': 'ada',
      'x-auth-client': '',
      'x-auth-scopes': 'profile',
    })
    // OVERWRITE_IF_EXISTS_OR_ADD, and empty ones stay.
    for (const one of ok?.headers ?? []) expect([one.append_action, one.keep_empty_value]).toEqual([2, true])
    expect(ok?.headers_to_remove?.sort()).toEqual(['x-auth_scopes', 'x_auth_client'])
  })

  test('denies with status and challenge', async () => {
    const { check, log } = await grpc()
    const authorization = `Bearer ${await key.sign({ scope: 'profile' })}`
    const { status, denied_response: denied } = await check(
      request('POST', '/records/a/search', { authorization }),
    )
    expect(status.code).toBe(7)
    expect(denied?.status.code).toBe(403)
    expect(denied?.headers?.map(({ header }) => header)).toEqual([
      expect.objectContaining({
        key: 'www-authenticate',
        value: expect.stringContaining('scope="search"') as string,
      }),
    ])
    expect((await check(request('GET', '/workers/me', {}))).denied_response?.status.code).toBe(401)
    const twice = `${authorization},Bearer x`
    expect(
      (await check(request('GET', '/workers/me', { authorization: twice }))).denied_response?.status.code,
    ).toBe(401)
    expect(log.filter(({ event }) => event === 'decision')).toHaveLength(3)
  })

  test.each([
    '/workers/../workers/me',
    '//workers/me',
    '/workers%2fme',
    'https://api.example/workers/me',
    '',
    '*',
  ])('denies the path %j', async (path) => {
    const { check } = await grpc()
    const authorization = `Bearer ${await key.sign({ scope: 'profile search' })}`
    expect((await check(request('GET', path, { authorization }))).denied_response?.status.code).toBe(403)
  })

  test('reads headers that are sent as a list', async () => {
    const { check } = await grpc()
    const raw_value = Buffer.from(`Bearer ${await key.sign({ scope: 'profile' })}`)
    const http = { method: 'GET', path: '/workers/me', host: 'api.example' }
    const one = { key: 'authorization', raw_value }
    expect((await check({ ...http, header_map: { headers: [one] } })).ok_response).toBeDefined()
    expect((await check({ ...http, header_map: { headers: [one, one] } })).denied_response?.status.code).toBe(
      401,
    )
  })

  test.each([
    Buffer.alloc(0),
    Buffer.from([0xff]),
    Buffer.from([0x0a, 0x7f, 1]),
    Buffer.from([0x0b]),
    Buffer.from([0x02, 0]),
  ])('denies what is not a message: %j', async (bytes) => {
    const { call } = await grpc()
    const response = decode('CheckResponse', await call('/envoy.service.auth.v3.Authorization/Check', bytes))
    expect((response as unknown as CheckResponse).denied_response?.status.code).toBeGreaterThanOrEqual(401)
  })

  test('passes the certificate of the client to certificate-bound tokens', async () => {
    const { check } = await grpc()
    const der = Buffer.from('not really a certificate')
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', der)).toString('base64url')
    const pem = `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`
    const authorization = `Bearer ${await key.sign({ scope: 'profile', cnf: { 'x5t#S256': hash } })}`
    const http = request('GET', '/workers/me', { authorization })
    const source = { certificate: encodeURIComponent(pem) }
    expect((await check(http, { source })).ok_response).toBeDefined()
    expect((await check(http)).denied_response?.status.code).toBe(401)
    const other = { certificate: encodeURIComponent(pem.replace('bm90', 'bm91')) }
    expect((await check(http, { source: other })).denied_response?.status.code).toBe(401)
  })

  test('a namespace of the MCP filter decides by method and name, and two that differ deny', async () => {
    const { check } = await grpc()
    const authorization = `Bearer ${await key.sign({ scope: 'profile' })}`
    const http = request('POST', '/mcp', { authorization })
    const struct = (method: string, name?: string): object => ({
      fields: {
        method: { string_value: method },
        ...(name !== undefined && {
          params: { struct_value: { fields: { name: { string_value: name } } } },
        }),
      },
    })
    const status = async (filter_metadata: object): Promise<number> =>
      (await check(http, { metadata_context: { filter_metadata } })).denied_response?.status.code ?? 200
    expect(await status({ mcp_proxy: struct('tools/list') })).toBe(200)
    expect(await status({ mcp_proxy: struct('tools/call', 'x') })).toBe(403)
    expect(await status({ mcp_proxy: struct('made/up') })).toBe(403)
    expect(
      await status({ mcp_proxy: struct('ping'), 'envoy.filters.http.mcp': struct('tools/call', 'x') }),
    ).toBe(403)
    expect(await status({ other: struct('ping') })).toBe(403)
  })

  test('a namespace of the MCP filter is granted the names of the policy, and denied with all scopes', async () => {
    const { check } = await grpc(MCP_GRANTS)
    const authorization = `Bearer ${await key.sign({ scope: 'issues:read' })}`
    const http = request('POST', '/mcp', { authorization })
    const ask = async (method: string, member: string, text: string): Promise<CheckResponse> => {
      const params = { struct_value: { fields: { [member]: { string_value: text } } } }
      const fields = { method: { string_value: method }, params }
      return check(http, { metadata_context: { filter_metadata: { mcp_proxy: { fields } } } })
    }
    for (const [method, member, name] of [
      ['tools/call', 'name', 'get_issue'],
      ['tools/call', 'name', 'get_me'],
      ['prompts/get', 'name', 'triage'],
      ['resources/read', 'uri', 'repo://a/issues/1'],
    ] as const) {
      expect((await ask(method, member, name)).ok_response, name).toBeDefined()
    }
    for (const [method, member, name, scope] of [
      ['tools/call', 'name', 'create_issue', 'scope="api://app/issues:write"'],
      ['tools/call', 'name', 'move_issue', 'scope="api://app/issues:write projects:write"'],
      ['tools/call', 'name', 'triage', 'insufficient_scope'],
      ['resources/read', 'uri', 'repo://a/secrets/1', 'insufficient_scope'],
    ] as const) {
      const denied = (await ask(method, member, name)).denied_response
      expect(denied?.status.code, name).toBe(403)
      const challenge = denied?.headers?.find(({ header }) => header.key.toLowerCase() === 'www-authenticate')
      expect(challenge?.header.value, name).toContain(scope)
    }
  })
})

test('without the MCP filter, `headers: mcp` decides by the headers, and not by the path', async () => {
  // The path itself is granted as well: that opens no tool.
  const { check } = await grpc(`${MCP_GRANTS}  endpoints: [{ mcp: POST }]\n`, { headers: 'mcp' })
  const authorization = `Bearer ${await key.sign({ scope: 'issues:read' })}`
  const status = async (headers: object): Promise<number> =>
    (await check(request('POST', '/mcp', { authorization, ...headers }))).denied_response?.status.code ?? 200
  expect(await status({ 'mcp-method': 'tools/call', 'mcp-name': 'get_issue' })).toBe(200)
  expect(await status({ 'mcp-method': 'tools/list' })).toBe(200)
  expect(await status({ 'mcp-method': 'tools/call', 'mcp-name': 'create_issue' })).toBe(403)
  // As Envoy joins two headers of one name.
  expect(await status({ 'mcp-method': 'tools/call', 'mcp-name': 'get_issue,get_me' })).toBe(403)
  expect(await status({})).toBe(403)
})

test('the health service says whether tokens can be verified', async () => {
  const { call } = await grpc()
  expect(decode('HealthResponse', await call('/grpc.health.v1.Health/Check', Buffer.alloc(0)))).toEqual({
    status: 1,
  })
  const unready = await grpc(GOOD, { jwks: ['http://127.0.0.1:9/jwks'] })
  expect(
    decode('HealthResponse', await unready.call('/grpc.health.v1.Health/Check', Buffer.alloc(0))),
  ).toEqual({
    status: 2,
  })
})

test('bytes that are cut anywhere, or changed anywhere, never hang and never grant by accident', () => {
  const bytes = encode('CheckRequest', {
    attributes: { request: { http: request('GET', '/workers/me', { authorization: 'Bearer abc' }) } },
  })
  for (let end = 0; end < bytes.length; end++) {
    for (const one of [bytes.subarray(0, end), Buffer.from(bytes).fill(0xff, end, end + 1)]) {
      try {
        expect([...fieldsOf(one)].length).toBeLessThan(bytes.length)
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
      }
    }
  }
})
