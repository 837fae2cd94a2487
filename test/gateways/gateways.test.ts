/**
 * Real gateways in front of a real API, each with the configuration of the examples: answers and challenges
 * reach the client, and what the API is asked to serve has been granted.
 *
 * The gateways are Debian packages; those that are not installed are skipped:
 * `apt-get install -y --no-install-recommends nginx-light caddy haproxy`
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadPolicy } from '../../src/index.ts'
import { createLog } from '../../src/serve/log.ts'
import { type Running, serve } from '../../src/serve/serve.ts'
import { DEFAULTS } from '../../src/serve/settings.ts'
import { raw } from '../middleware/raw-http.ts'
import { composed, grantedAsRead, READINGS } from '../reference/readings.ts'
import { AUDIENCE, createKey, ISSUER, type Key } from '../serve/issuer.ts'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { GATEWAYS, isInstalled, type RunningGateway, startGateway } from './gateway.ts'

const DOCUMENT = {
  public: { label: 'Public data', endpoints: [{ 'public/*': ['GET'] }] },
  profile: { label: 'Profile', endpoints: [{ 'workers/me': ['GET', 'POST'] }] },
  search: { label: 'Search', endpoints: [{ 'records/*/search': ['GET'] }] },
}
const policy = loadPolicy(DOCUMENT)

/** What some server on the way could read as another path than the next one. */
const TARGETS: readonly string[] = [
  '/public/../admin',
  '/public/%2e%2e/admin',
  '/public/.%2E/admin',
  '/public/..',
  '/public/./a',
  '//public/a',
  '/public//a',
  '/public/a//',
  '/public%2fa',
  '/public/a%2f..%2f..%2fadmin',
  '/public/%252e%252e/admin',
  '/public/..%252fadmin',
  '/public\\..\\admin',
  '/public/..%5cadmin',
  '/public/..;/admin',
  '/public/;/../admin',
  '/public/a;x=1',
  '/public/a%3bx',
  '/public/a%00',
  '/public/a%00/../../admin',
  '/public/a%0aadmin',
  '/public/a%23b',
  '/public/a#b',
  '/public/a%3fb',
  '/public/%c0%ae%c0%ae/admin',
  '/public/%ff',
  '/public/%',
  '/public/%zz',
  '/public/é',
  '/PUBLIC/a',
  '/public',
  '/public/',
  '/admin?/public/a',
  '/admin/%2e%2e/public/a',
  '/./public/a',
  '/%2e/public/a',
  '/workers/m%65',
  '/workers/%6De',
  '/workers/me/',
  '/workers/me?x=/public/a',
  '/workers/me/../me',
  '/records/a/b/search',
  '/records/a%20b/search',
  '/records//search',
  '/records/../search',
  'http://127.0.0.1/public/a',
  'http://127.0.0.1/admin',
  'http://127.0.0.1/public/../admin',
]

let key: Key
let decisions: Running
let folder: string
/** What the API was asked to serve, as it stood in the request line. */
const reached: { method: string; target: string; subject: string; scopes: string; client: string }[] = []
const api = createServer((request, response) => {
  const one = (name: string): string => (request.headersDistinct[name] ?? []).join(' | ')
  reached.push({
    method: request.method ?? '',
    target: request.url ?? '',
    subject: one('x-auth-subject'),
    scopes: one('x-auth-scopes'),
    client: one('x-auth-client'),
  })
  response.end('served')
})

beforeAll(async () => {
  key = await createKey()
  folder = mkdtempSync(join(tmpdir(), 'scope-policy-decisions-'))
  writeFileSync(join(folder, 'scopes.yaml'), JSON.stringify(DOCUMENT))
  writeFileSync(join(folder, 'keys.json'), JSON.stringify({ keys: [key.jwk] }))
  decisions = await serve(
    [{ file: join(folder, 'scopes.yaml'), clients: [], audiences: [] }],
    {
      ...DEFAULTS,
      listen: '127.0.0.1:0',
      issuer: [ISSUER],
      audience: [AUDIENCE],
      jwks: [join(folder, 'keys.json')],
      realm: 'api',
      reload: 0,
    },
    {},
    createLog(() => undefined),
  )
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve))
})

afterAll(async () => {
  api.closeAllConnections()
  api.close()
  await decisions.stop()
  rmSync(folder, { recursive: true })
})

describe.each(GATEWAYS.map((gateway) => [gateway.name, gateway] as const))('%s', (_, gateway) => {
  describe.skipIf(!isInstalled(gateway))('as in the example', () => {
    let running: RunningGateway
    beforeAll(async () => {
      const port = Number(new URL(decisions.url).port)
      running = await startGateway(gateway, {
        decisions: port,
        api: (api.address() as AddressInfo).port,
      })
    })
    afterAll(() => running.stop())

    const ask = async (
      requestLine: string,
      scope?: string,
      headers: readonly string[] = [],
    ): Promise<{ status: number; challenge: string; served: typeof reached }> => {
      reached.length = 0
      const token = scope === undefined ? [] : [`Authorization: Bearer ${await key.sign({ scope })}`]
      const answer = await raw(running.port, requestLine, [...token, ...headers])
      return {
        status: answer.status,
        challenge: answer.headers['www-authenticate'] ?? '',
        served: [...reached],
      }
    }

    test('lets through what is granted, with subject and scopes', async () => {
      const { status, served } = await ask('GET /workers/me?fields=all', 'profile search')
      expect(status).toBe(200)
      expect(served).toMatchObject([
        { method: 'GET', target: '/workers/me?fields=all', subject: 'ada', scopes: 'profile search' },
      ])
    })

    test('gives the client 401 with a challenge where there is no token', async () => {
      const { status, challenge, served } = await ask('GET /workers/me')
      expect([status, challenge, served]).toEqual([401, 'Bearer realm="api"', []])
    })

    test('gives the client 401 invalid_token where the token is not valid', async () => {
      const { status, challenge, served } = await ask('GET /workers/me', undefined, [
        'Authorization: Bearer abc',
      ])
      expect([status, served]).toEqual([401, []])
      expect(challenge).toContain('error="invalid_token"')
    })

    test('gives the client 403 with the scope to ask for where the scopes do not suffice', async () => {
      const { status, challenge, served } = await ask('GET /records/a/search', 'profile')
      expect([status, served]).toEqual([403, []])
      expect(challenge).toContain('error="insufficient_scope"')
      expect(challenge).toContain('scope="search"')
    })

    test('decides by the method that was sent, HEAD and OPTIONS too', async () => {
      expect((await ask('POST /workers/me', 'profile', ['Content-Length: 0'])).status).toBe(200)
      for (const method of ['DELETE', 'HEAD', 'OPTIONS', 'get', 'PURGE']) {
        const { status, served } = await ask(`${method} /workers/me`, 'profile')
        expect([method, served]).toEqual([method, []])
        expect(status).toBeGreaterThanOrEqual(400)
      }
    })

    test('does not let a client say who it is or what it asks for', async () => {
      const lies = [
        'X-Auth-Subject: admin',
        'X-Auth-Scopes: everything',
        'X-Auth-Client: admin',
        'X-Forwarded-Uri: /workers/me',
        'X-Forwarded-Method: GET',
        'X-Original-URI: /workers/me',
        'X-HTTP-Method-Override: DELETE',
      ]
      const denied = await ask('GET /records/a/search', 'profile', lies)
      expect([denied.status, denied.served]).toEqual([403, []])
      const { served } = await ask('GET /workers/me', 'profile', lies)
      expect(served).toHaveLength(1)
      expect(served[0]?.subject).toBe('ada')
      expect(served[0]?.scopes).toBe('profile')
      expect(served[0]?.client).not.toContain('admin')
    })

    test('refuses two Authorization headers', async () => {
      const good = `Authorization: Bearer ${await key.sign({ scope: 'profile' })}`
      for (const pair of [
        [good, 'Authorization: Bearer abc'],
        ['Authorization: Bearer abc', good],
        [good, good],
      ]) {
        const { status, served } = await ask('GET /workers/me', undefined, pair)
        expect(served).toEqual([])
        expect(status).toBeGreaterThanOrEqual(400)
      }
    })

    test.each(TARGETS)('what the API is asked to serve for %j has been granted', async (target) => {
      const scopes = ['public', 'profile', 'search']
      const { status, served } = await ask(`GET ${target}`, scopes.join(' '))
      // A target that the policy grants as it was sent is served.
      if (policy.authorize(scopes, 'GET', target) && target.startsWith('/')) expect(served).toHaveLength(1)
      if (served.length === 0) {
        expect(status).toBeGreaterThanOrEqual(400)
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
})
