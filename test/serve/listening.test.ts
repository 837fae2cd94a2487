/** Where the decision server listens: sockets, TLS with certificates of clients; and the headers of MCP. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { beforeAll, describe, expect, test } from 'vitest'
import { folderWith, GOOD } from '../cli/run-cli.ts'
import { MCP_GRANTS, served } from './asking.ts'
import { createKey, type Key } from './issuer.ts'

let key: Key
beforeAll(async () => {
  key = await createKey()
})

function files(): { folder: string; policy: string; jwks: readonly string[] } {
  const folder = folderWith({ 'scopes.yaml': GOOD, 'keys.json': JSON.stringify({ keys: [key.jwk] }) })
  return { folder, policy: join(folder, 'scopes.yaml'), jwks: [join(folder, 'keys.json')] }
}

const asked = (token: string): Record<string, string> => ({
  authorization: `Bearer ${token}`,
  'x-forwarded-method': 'GET',
  'x-forwarded-uri': '/workers/me',
})

describe('a unix socket', () => {
  const status = (socketPath: string, headers: Record<string, string>): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      httpRequest({ socketPath, path: '/decide', headers }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
        .on('error', reject)
        .end()
    })

  test('is answered on, and one that nobody answers on any more is replaced', async () => {
    const { folder, policy, jwks } = files()
    const path = join(folder, 'serve.sock')
    // Left behind by a process that was killed.
    const child = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`
    try {
      execFileSync(process.execPath, ['-e', child], { stdio: 'ignore' })
    } catch {
      // Killed, as it should be.
    }
    const { running } = await served(policy, { jwks, listen: `unix:${path}` })
    expect(running.url).toBe(`unix:${path}`)
    expect(await status(path, asked(await key.sign({ scope: 'profile' })))).toBe(200)
    expect(await status(path, {})).toBe(403)
  })

  test('of another process is left alone', async () => {
    const { folder, policy, jwks } = files()
    const path = join(folder, 'other.sock')
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(path, resolve))
    await expect(served(policy, { jwks, listen: `unix:${path}` })).rejects.toThrow('EADDRINUSE')
    await new Promise((resolve) => other.close(resolve))
  })
})

/** A CA and a certificate for localhost that it has signed. */
function certificates(folder: string): void {
  const run = (...argv: string[]): unknown => execFileSync('openssl', argv, { cwd: folder, stdio: 'ignore' })
  run(
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=CA',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
  )
  for (const name of ['server', 'client']) {
    run(
      'req',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-subj',
      `/CN=localhost`,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
    )
    writeFileSync(join(folder, 'ext'), 'subjectAltName=DNS:localhost,IP:127.0.0.1')
    run(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-days',
      '2',
      '-extfile',
      'ext',
      '-out',
      `${name}.pem`,
    )
  }
}

test('TLS, for those who show a certificate of the CA', async () => {
  const { folder, policy, jwks } = files()
  certificates(folder)
  const file = (name: string): string => join(folder, name)
  const tls = { tlsCert: file('server.pem'), tlsKey: file('server.key'), clientCa: file('ca.pem') }
  const { running } = await served(policy, { jwks, ...tls })
  expect(running.url).toMatch(/^https:/)
  const token = await key.sign({ scope: 'profile' })
  const status = (more: object): Promise<number | string | undefined> =>
    new Promise((resolve) => {
      const options = { ca: readFileSync(file('ca.pem')), headers: asked(token), ...more }
      httpsRequest(`${running.url}/decide`, options, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
        .on('error', (error: NodeJS.ErrnoException) => {
          resolve(error.code)
        })
        .end()
    })
  const own = { key: readFileSync(file('client.key')), cert: readFileSync(file('client.pem')) }
  expect(await status(own)).toBe(200)
  expect(await status({})).not.toBe(200)
  expect(await status({ ...own, ca: [] })).not.toBe(200)
})

test('certificates are renewed while it listens, for HTTP and for gRPC', async () => {
  const { folder, policy, jwks } = files()
  certificates(folder)
  const file = (name: string): string => join(folder, name)
  const tls = { tlsCert: file('server.pem'), tlsKey: file('server.key'), clientCa: file('ca.pem') }
  const { running, log } = await served(policy, { jwks, ...tls, grpc: '127.0.0.1:0' })
  const before = readFileSync(file('ca.pem'))
  const own = (): { key: Buffer; cert: Buffer } => ({
    key: readFileSync(file('client.key')),
    cert: readFileSync(file('client.pem')),
  })
  const ports = [Number(new URL(running.url).port), Number(running.grpc?.split(':').at(-1))]
  /** The serial number of the certificate that is shown; undefined where the connection is refused. */
  const shownBy = (port: number, more: object): Promise<string | undefined> =>
    new Promise((resolve) => {
      const options = { host: '127.0.0.1', port, servername: 'localhost', ALPNProtocols: ['h2', 'http/1.1'] }
      const socket = connectTls({ ...options, ...more }, () => {
        const { serialNumber } = socket.getPeerCertificate()
        // A server refuses a certificate of a client after the handshake.
        setTimeout(() => {
          resolve(socket.destroyed ? undefined : serialNumber)
          socket.destroy()
        }, 200)
      })
      socket.on('error', () => {
        resolve(undefined)
      })
    })
  const old = own()
  const serials = await Promise.all(ports.map((port) => shownBy(port, { ca: before, ...old })))
  expect(serials).toEqual([serials[0], serials[0]])
  expect(serials[0]).toBeDefined()

  // Another CA as well: what the old one has signed is worth nothing then.
  certificates(folder)
  await running.poll()
  await running.poll()
  expect(log.map(({ event }) => event)).toContain('certificate-loaded')
  const ca = readFileSync(file('ca.pem'))
  const renewed = await Promise.all(ports.map((port) => shownBy(port, { ca, ...own() })))
  expect(renewed).toEqual([renewed[0], renewed[0]])
  expect(renewed[0]).toBeDefined()
  expect(renewed[0]).not.toBe(serials[0])
  for (const port of ports) {
    expect(await shownBy(port, { ca: before, ...own() })).toBeUndefined()
    expect(await shownBy(port, { ca, ...old })).toBeUndefined()
    expect(await shownBy(port, { ca })).toBeUndefined()
  }
})

describe('with `headers: mcp`', () => {
  const status = async (
    method: string,
    path: string,
    headers: Record<string, string>,
    scope = 'profile',
  ): Promise<number> => {
    const { policy, jwks } = files()
    const { ask } = await served(policy, { jwks, headers: 'mcp' })
    return (await ask(method, path, await key.sign({ scope }), headers)).status
  }

  test.each([
    ['POST', '/mcp', { 'mcp-method': 'tools/list' }, 200],
    ['POST', '/mcp?session=1', { 'mcp-method': 'initialize' }, 200],
    ['POST', '/mcp', { 'mcp-method': 'notifications/initialized' }, 200],
    ['GET', '/mcp', {}, 200],
    ['DELETE', '/mcp', {}, 200],
    // No scope of this policy opens a tool.
    ['POST', '/mcp', { 'mcp-method': 'tools/call', 'mcp-name': 'delete_all' }, 403],
    ['POST', '/mcp', { 'mcp-method': 'tools/call' }, 403],
    ['POST', '/mcp', { 'mcp-method': 'made/up' }, 403],
    ['POST', '/mcp', { 'mcp-method': 'Tools/List' }, 403],
    ['POST', '/mcp', { 'mcp-method': 'tools/list, tools/call' }, 403],
    ['POST', '/mcp', {}, 403],
    ['PUT', '/mcp', {}, 403],
    // Other paths are judged as ever.
    ['GET', '/workers/me', { 'mcp-method': 'made/up' }, 200],
    ['GET', '/mcp/', { 'mcp-method': 'ping' }, 403],
    ['POST', '/workers/me', { 'mcp-method': 'ping' }, 403],
  ])('%s %s %j: %i', async (method, path, headers, expected) => {
    expect(await status(method, path, headers)).toBe(expected)
  })
})

describe('with `headers: mcp` and grants for names', () => {
  const asks = async (): Promise<
    (scope: string, method: string, name?: string) => Promise<{ status: number; scope: string | undefined }>
  > => {
    const folder = folderWith({ 'scopes.yaml': MCP_GRANTS, 'keys.json': JSON.stringify({ keys: [key.jwk] }) })
    const jwks = [join(folder, 'keys.json')]
    const { ask } = await served(join(folder, 'scopes.yaml'), { jwks, headers: 'mcp' })
    return async (scope, method, name) => {
      const headers = { 'mcp-method': method, ...(name !== undefined && { 'mcp-name': name }) }
      const response = await ask('POST', '/mcp', await key.sign({ scope }), headers)
      const named = /scope="([^"]*)"/.exec(response.headers.get('www-authenticate') ?? '')?.[1]
      return { status: response.status, scope: named }
    }
  }

  test.each([
    ['issues:read', 'tools/call', 'get_issue'],
    ['issues:read', 'tools/call', 'search_code'],
    // As clients send a name that no header can hold: Base64 of `search_ö`.
    ['issues:read', 'tools/call', '=?base64?c2VhcmNoX8O2?='],
    ['issues:read', 'prompts/get', 'triage'],
    ['issues:read', 'resources/read', 'repo://a/issues/1'],
    ['issues:write projects:write', 'tools/call', 'move_issue'],
    ['other', 'tools/call', 'get_me'],
  ])('%s may %s %s', async (scope, method, name) => {
    expect(await (await asks())(scope, method, name)).toEqual({ status: 200, scope: undefined })
  })

  test.each(['/%6dcp', '/mc%50', '/MCP', '/mcp/', '/mcp/?a=b', '/mcp%2F'])(
    'no other spelling of its path is judged as a path: %s',
    async (path) => {
      const document = `everything:\n  label: Everything\n  endpoints: ['*']\n  tools: [get_me]\n`
      const folder = folderWith({ 'scopes.yaml': document, 'keys.json': JSON.stringify({ keys: [key.jwk] }) })
      const { ask } = await served(join(folder, 'scopes.yaml'), {
        jwks: [join(folder, 'keys.json')],
        headers: 'mcp',
      })
      const token = await key.sign({ scope: 'everything' })
      const status = async (at: string, name: string): Promise<number> =>
        (await ask('POST', at, token, { 'mcp-method': 'tools/call', 'mcp-name': name })).status
      expect(await status(path, 'delete_all')).toBe(403)
      expect(await status('/mcp', 'delete_all')).toBe(403)
      expect(await status('/mcp', 'get_me')).toBe(200)
      expect(await status('/other', 'delete_all')).toBe(200)
    },
  )

  test.each([
    ['issues:read', 'tools/call', 'create_issue', 'api://app/issues:write'],
    ['issues:read', 'tools/call', 'move_issue', 'api://app/issues:write projects:write'],
    ['other', 'tools/call', 'get_issue', 'issues:read'],
    // A name counts only under its own method, exactly as it is, and as one.
    ['issues:read', 'prompts/get', 'get_issue', undefined],
    ['issues:read', 'tools/call', 'triage', undefined],
    ['issues:read', 'tools/call', 'Get_issue', undefined],
    ['issues:read', 'tools/call', 'get_issue, delete_all', undefined],
    ['issues:read', 'tools/call', '', undefined],
    ['issues:read', 'tools/call', undefined, undefined],
    ['issues:read', 'resources/read', 'repo://a/issues/../secrets', undefined],
  ])('%s may not %s %s, which needs %s', async (scope, method, name, needed) => {
    expect(await (await asks())(scope, method, name)).toEqual({ status: 403, scope: needed })
  })
})

test('the log names the trace that a request belongs to', async () => {
  const { policy, jwks } = files()
  const { ask, log } = await served(policy, { jwks })
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  await ask('GET', '/workers/me', await key.sign({ scope: 'profile' }), { traceparent })
  expect(log.at(-1)).toMatchObject({
    traceId: '0af7651916cd43dd8448eb211c80319c',
    parentId: 'b7ad6b7169203331',
  })
  await ask('GET', '/workers/me', undefined, { traceparent: `00-${'0'.repeat(32)}-b7ad6b7169203331-01` })
  expect(log.at(-1)).not.toHaveProperty('traceId')
})
