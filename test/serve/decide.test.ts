import { writeFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { UnsecuredJWT } from 'jose'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { folderWith, GOOD } from '../cli/run-cli.ts'
import { served } from './asking.ts'
import { AUDIENCE, createKey, type Key, listening } from './issuer.ts'

let key: Key
beforeAll(async () => {
  key = await createKey()
})

function files(keys: readonly Key['jwk'][] = [key.jwk]): { policy: string; jwks: readonly [string] } {
  const folder = folderWith({ 'scopes.yaml': GOOD, 'keys.json': JSON.stringify({ keys }) })
  return { policy: join(folder, 'scopes.yaml'), jwks: [join(folder, 'keys.json')] }
}

describe('the answer to a gateway', () => {
  test('is 200 with subject, client and scopes where the scopes suffice', async () => {
    const { policy, jwks } = files()
    const { ask } = await served(policy, { jwks })
    const answer = await ask('GET', '/workers/me?fields=all', await key.sign({ scope: 'profile search' }))
    expect(answer.status).toBe(200)
    expect(answer.headers.get('x-auth-subject')).toBe('ada')
    expect(answer.headers.get('x-auth-client')).toBe('app')
    expect(answer.headers.get('x-auth-scopes')).toBe('profile search')
    expect(answer.headers.get('x-auth-policy')).toMatch(/^[0-9a-f]{64}$/)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('is 401 with a bare challenge without a token', async () => {
    const { policy, jwks } = files()
    const { ask } = await served(policy, { jwks, realm: 'api', resourceMetadata: 'https://api.example/meta' })
    const answer = await ask('GET', '/workers/me')
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toBe(
      'Bearer realm="api", resource_metadata="https://api.example/meta"',
    )
  })

  test('names the scopes to begin with in each 401 that a client can answer with a new token', async () => {
    const { policy, jwks } = files()
    const settings = { jwks, baseline: ['openid', 'profile'], resourceMetadata: 'https://api.example/meta' }
    const { ask } = await served(policy, settings)
    expect((await ask('GET', '/workers/me')).headers.get('www-authenticate')).toBe(
      'Bearer scope="openid profile", resource_metadata="https://api.example/meta"',
    )
    const expired = await ask('GET', '/workers/me', await key.sign({ scope: 'profile', exp: 1 }))
    expect(expired.status).toBe(401)
    expect(expired.headers.get('www-authenticate')).toMatch(/error="invalid_token".*scope="openid profile"/)
    const denied = await ask('POST', '/records/a/search', await key.sign({ scope: 'profile' }))
    expect(denied.headers.get('www-authenticate')).toMatch(/ scope="search"/)
  })

  test('is 403 with the narrowest scope that would allow it where the scopes do not suffice', async () => {
    const { policy, jwks } = files()
    const { ask } = await served(policy, { jwks })
    const answer = await ask('POST', '/records/a/search', await key.sign({ scope: 'profile' }))
    expect(answer.status).toBe(403)
    expect(answer.headers.get('www-authenticate')).toContain('error="insufficient_scope"')
    expect(answer.headers.get('www-authenticate')).toContain('scope="search"')
  })

  test.each([
    '/workers/../workers/me',
    '/workers/%2e%2e/me',
    '//workers/me',
    '/workers//me',
    '/workers%2fme',
    '/workers\\me',
    '/workers/me;a=b',
    '/workers/me%00',
    'https://api.example/workers/me',
    'workers/me',
    '*',
    '',
  ])('is 403 for the path %j, whatever the scopes', async (target) => {
    const { policy, jwks } = files()
    const { ask } = await served(policy, { jwks })
    const answer = await ask('GET', target, await key.sign({ scope: 'profile search' }))
    expect(answer.status).toBe(403)
    expect(answer.headers.get('x-auth-subject')).toBeNull()
  })

  test.each([
    ['by another key of the same id', async () => (await createKey()).sign({ scope: 'profile' })],
    ['of another issuer', () => key.sign({ scope: 'profile', iss: 'https://evil.example' })],
    ['for another audience', () => key.sign({ scope: 'profile', aud: 'https://other.example' })],
    ['that has expired', () => key.sign({ scope: 'profile', exp: 1 })],
    ['that is not valid yet', () => key.sign({ scope: 'profile', nbf: 9_999_999_999 })],
    ['with an unknown key', async () => (await createKey('two')).sign({ scope: 'profile' })],
    [
      'without a signature',
      () =>
        new UnsecuredJWT({ scope: 'profile', iss: 'https://login.example', aud: AUDIENCE })
          .setExpirationTime('5m')
          .encode(),
    ],
    ['that is no JWT', () => 'abc'],
    ['that is three dots', () => '...'],
  ])('is 401 invalid_token for a token %s', async (_, token) => {
    const { policy, jwks } = files()
    const { ask, log } = await served(policy, { jwks })
    const text = await token()
    const answer = await ask('GET', '/workers/me', text)
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"')
    expect(JSON.stringify(log)).not.toContain(text.length > 3 ? text : 'Bearer')
  })

  test('is 401 for a type that was not asked for, and 200 for the one that was', async () => {
    const { policy, jwks } = files()
    const { ask } = await served(policy, { jwks, tokenType: 'at+jwt' })
    expect((await ask('GET', '/workers/me', await key.sign({ scope: 'profile' }))).status).toBe(401)
    const typed = await key.sign({ scope: 'profile' }, { typ: 'at+jwt' })
    expect((await ask('GET', '/workers/me', typed)).status).toBe(200)
  })

  test('is 401 for an algorithm that is not on the list', async () => {
    const { policy, jwks } = files()
    const { ask } = await served(policy, { jwks, algorithms: ['RS256'] })
    expect((await ask('GET', '/workers/me', await key.sign({ scope: 'profile' }))).status).toBe(401)
  })

  test('tries each of several keys without ids', async () => {
    const keys = await Promise.all([createKey(''), createKey(''), createKey('')])
    const { policy, jwks } = files(keys.map(({ jwk }) => jwk))
    const { ask } = await served(policy, { jwks })
    for (const one of keys) {
      const token = await one.sign({ scope: 'profile' })
      expect((await ask('GET', '/workers/me', token)).status).toBe(200)
    }
    const other = await (await createKey('')).sign({ scope: 'profile' })
    expect((await ask('GET', '/workers/me', other)).status).toBe(401)
  })

  test('is 403 where the gateway sends the original request twice or not at all', async () => {
    const { policy, jwks } = files()
    const { running } = await served(policy, { jwks })
    const authorization = `Bearer ${await key.sign({ scope: 'profile' })}`
    const status = (headers: Readonly<Record<string, string | string[]>>): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const asked = httpRequest(
          `${running.url}/decide`,
          { headers: { authorization, ...headers } },
          (answer) => {
            answer.resume()
            resolve(answer.statusCode)
          },
        )
        asked.on('error', reject)
        asked.end()
      })
    const method = { 'x-forwarded-method': 'GET' }
    expect(await status({ ...method, 'x-forwarded-uri': '/workers/me' })).toBe(200)
    expect(await status(method)).toBe(403)
    expect(await status({ 'x-forwarded-uri': '/workers/me' })).toBe(403)
    expect(await status({ ...method, 'x-forwarded-uri': ['/workers/me', '/workers/me'] })).toBe(403)
    // Another family is somebody else's.
    expect(await status({ 'x-original-method': 'GET', 'x-original-uri': '/workers/me' })).toBe(403)
    // Two Authorization headers: Node gives the first to those who do not ask for all.
    const twice = [authorization, 'Bearer abc']
    expect(await status({ ...method, 'x-forwarded-uri': '/workers/me', authorization: twice })).toBe(401)
  })

  test('takes method and target from the request line where the gateway is Envoy', async () => {
    const { policy, jwks } = files()
    const { running } = await served(policy, { jwks, headers: 'envoy' })
    const authorization = `Bearer ${await key.sign({ scope: 'search' })}`
    const ask = async (method: string, path: string): Promise<number> =>
      (await fetch(`${running.url}${path}`, { method, headers: { authorization } })).status
    expect(await ask('POST', '/decide/records/a/search?x=1')).toBe(200)
    expect(await ask('DELETE', '/decide/records/a/search')).toBe(403)
    expect(await ask('POST', '/decide')).toBe(403)
    expect(await ask('POST', '/records/a/search')).toBe(404)
  })

  test('writes what names hold so that no header can begin in them', async () => {
    const { policy, jwks } = files()
    const { ask } = await served(policy, { jwks })
    const token = await key.sign({ scope: 'profile', sub: 'a\r\nx-admin: 1 % é\u202e\ud800' })
    const answer = await ask('GET', '/workers/me', token)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('x-auth-subject')).toBe('a%0D%0Ax-admin: 1 %25 %C3%A9%E2%80%AE%EF%BF%BD')
  })
})

describe('a token from introspection', () => {
  const answers: Record<string, [status: number, body: string]> = {
    good: [200, JSON.stringify({ active: true, scope: 'profile', sub: 'ada', aud: AUDIENCE })],
    revoked: [200, JSON.stringify({ active: false })],
    truthy: [200, JSON.stringify({ active: 'true', scope: 'profile', aud: AUDIENCE })],
    elsewhere: [200, JSON.stringify({ active: true, scope: 'profile', aud: 'https://other.example' })],
    expired: [200, JSON.stringify({ active: true, scope: 'profile', aud: AUDIENCE, exp: 1 })],
    odd: [200, JSON.stringify({ active: true, scope: 'profile', aud: AUDIENCE, exp: 'never' })],
    list: [200, '[]'],
    broken: [200, '{'],
    large: [200, JSON.stringify({ active: true, scope: 'profile', aud: AUDIENCE, x: 'x'.repeat(70_000) })],
    failed: [500, '{}'],
    moved: [302, ''],
  }
  test.each([
    ['good', 200],
    ['revoked', 401],
    ['truthy', 401],
    ['elsewhere', 401],
    ['expired', 401],
    ['odd', 401],
    ['list', 503],
    ['broken', 503],
    ['large', 503],
    ['failed', 503],
    ['moved', 503],
  ])('that is %s is answered with %i', async (token, status) => {
    const seen: string[] = []
    const url = await listening((request, response, body) => {
      seen.push(`${request.method ?? ''} ${request.headers.authorization ?? ''} ${body}`)
      const [code, text] = answers[new URLSearchParams(body).get('token') ?? ''] ?? [404, '']
      response.writeHead(code, code === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end(text)
    })
    const { policy } = files()
    const { ask } = await served(policy, {
      introspection: `${url}/introspect`,
      introspectionClientId: 'gate:way',
      introspectionClientSecret: 's e%',
    })
    expect((await ask('GET', '/workers/me', token)).status).toBe(status)
    const basic = Buffer.from('gate%3Away:s+e%25').toString('base64')
    expect(seen).toEqual([`POST Basic ${basic} token=${token}&token_type_hint=access_token`])
  })

  test('that cannot be asked for is answered with 503, also when the server stalls', async () => {
    const { policy } = files()
    const stalling = await listening(() => undefined)
    const { ask, log } = await served(policy, { introspection: stalling, timeout: 0.2 })
    expect((await ask('GET', '/workers/me', 'abc')).status).toBe(503)
    expect(log.at(-1)).toMatchObject({ level: 'error', status: 503, reason: 'unavailable' })
  })
})

describe('a claim that only `Object.prototype` has', () => {
  afterEach(() => {
    for (const name of ['active', 'azp']) Reflect.deleteProperty(Object.prototype, name)
  })
  const pollute = (name: string, value: unknown): void => {
    Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true })
  }

  test('makes no token active', async () => {
    const url = await listening((_request, response) => response.end('{"scope":"profile"}'))
    const { ask } = await served(files().policy, { introspection: url, audience: ['any'] })
    pollute('active', true)
    expect((await ask('GET', '/workers/me', 'abc')).status).toBe(401)
  })

  test('is not the client of a token', async () => {
    const { policy, jwks } = files()
    const choices = [{ file: policy, clients: ['app'], audiences: [] }]
    const { ask } = await served(choices, { jwks })
    const nobodys = await key.sign({ scope: 'profile', client_id: undefined })
    pollute('azp', 'app')
    expect((await ask('GET', '/workers/me', nobodys)).status).toBe(403)
  })
})

describe('several policies', () => {
  test('are chosen by client and by audience; a token that none is for is denied', async () => {
    const folder = folderWith({
      'a.yaml': GOOD,
      'b.yaml': GOOD.replace('workers/me', 'workers/all'),
      'keys.json': JSON.stringify({ keys: [key.jwk] }),
    })
    const choices = [
      { file: join(folder, 'a.yaml'), clients: ['app'], audiences: [] },
      { file: join(folder, 'b.yaml'), clients: [], audiences: ['https://b.example'] },
    ]
    const jwks = [join(folder, 'keys.json')]
    const { ask } = await served(choices, { jwks, audience: [AUDIENCE, 'https://b.example'] })
    const status = async (claims: Record<string, unknown>, path: string): Promise<number> =>
      (await ask('GET', path, await key.sign({ scope: 'profile', ...claims }))).status
    expect(await status({}, '/workers/me')).toBe(200)
    expect(await status({}, '/workers/all')).toBe(403)
    expect(await status({ client_id: 'other', aud: 'https://b.example' }, '/workers/all')).toBe(200)
    expect(await status({ client_id: 'other', aud: 'https://b.example' }, '/workers/me')).toBe(403)
    expect(await status({ client_id: 'other' }, '/workers/me')).toBe(403)
    expect(await status({ client_id: undefined, azp: 'app' }, '/workers/me')).toBe(200)
    expect(await status({ client_id: 7 }, '/workers/me')).toBe(403)
  })
})

test('a policy is chosen by the host of the request; without a host none that names hosts', async () => {
  const folder = folderWith({
    'a.yaml': GOOD,
    'b.yaml': GOOD.replace('workers/me', 'workers/all'),
    'keys.json': JSON.stringify({ keys: [key.jwk] }),
  })
  const choices = ['a', 'b'].map((name) => ({
    file: join(folder, `${name}.yaml`),
    clients: [],
    audiences: [],
    hosts: [`${name}.example`],
  }))
  const { ask } = await served(choices, { jwks: [join(folder, 'keys.json')] })
  const token = await key.sign({ scope: 'profile' })
  const status = async (host: string, path: string): Promise<number> =>
    (await ask('GET', path, token, { 'x-forwarded-host': host, 'x-forwarded-proto': 'https' })).status
  expect(await status('a.example', '/workers/me')).toBe(200)
  expect(await status('A.Example:443', '/workers/me')).toBe(200)
  expect(await status('b.example', '/workers/me')).toBe(403)
  expect(await status('b.example', '/workers/all')).toBe(200)
  expect(await status('c.example', '/workers/me')).toBe(403)
  expect(await status('a.example, b.example', '/workers/me')).toBe(403)
  expect((await ask('GET', '/workers/me', token)).status).toBe(403)
})

describe('files that change', () => {
  test('count once they have settled; a broken document changes nothing but log and metrics', async () => {
    const { policy, jwks } = files()
    const { ask, running, log } = await served(policy, { jwks })
    const token = await key.sign({ scope: 'profile' })
    const status = async (): Promise<number> => (await ask('GET', '/workers/all', token)).status
    const metrics = async (): Promise<string> => (await fetch(`${running.url}/metrics`)).text()
    const health = async (): Promise<unknown> => (await fetch(`${running.url}/healthz`)).json()
    expect(await status()).toBe(403)

    writeFileSync(policy, GOOD.replace('workers/me', 'workers/*'))
    await running.poll()
    expect(await status()).toBe(403)
    await running.poll()
    expect(await status()).toBe(200)
    expect(log.filter(({ event }) => event === 'policy-loaded')).toHaveLength(1)

    writeFileSync(policy, 'profile: [\n')
    await running.poll()
    await running.poll()
    await running.poll()
    expect(await status()).toBe(200)
    expect(log.filter(({ event }) => event === 'policy-not-loaded')).toHaveLength(1)
    expect(await health()).toEqual({ status: 'stale', stale: [policy] })
    expect(await metrics()).toContain(`scope_policy_stale{policy="${policy}"} 1`)
    expect(await metrics()).toContain('scope_policy_reloads_total{result="refused"} 1')

    writeFileSync(policy, GOOD)
    await running.poll()
    await running.poll()
    expect(await status()).toBe(403)
    expect(await health()).toEqual({ status: 'ok', stale: [] })
  })

  test('a document that is written in two halves never counts as its first half', async () => {
    const { policy, jwks } = files()
    const { ask, running } = await served(policy, { jwks })
    const token = await key.sign({ scope: 'profile' })
    writeFileSync(policy, GOOD.replace('- workers/me: GET', '- "*"'))
    await running.poll()
    writeFileSync(policy, GOOD.replace('- workers/me: GET', '- "*": [GET]'))
    await running.poll()
    expect((await ask('DELETE', '/workers/me', token)).status).toBe(403)
    await running.poll()
    expect((await ask('DELETE', '/workers/me', token)).status).toBe(403)
    expect((await ask('GET', '/anything', token)).status).toBe(200)
  })

  test('decisions go on while a large document is read, by the policy before it', async () => {
    const { policy, jwks } = files()
    const { ask, running } = await served(policy, { jwks })
    const token = await key.sign({ scope: 'profile' })
    const many = Array.from({ length: 5_000 }, (_, index) => `    - a/${index}/*: GET\n`).join('')
    writeFileSync(
      policy,
      `${GOOD.replace('workers/me', 'workers/*')}many:\n  label: Many\n  endpoints:\n${many}`,
    )
    await running.poll()
    const read = { done: false }
    const statuses: number[] = []
    const reading = running.poll().then(() => {
      read.done = true
    })
    while (!read.done) statuses.push((await ask('GET', '/workers/all', token)).status)
    await reading
    expect(statuses.length).toBeGreaterThan(5)
    expect(statuses.join(' ')).toMatch(/^403(?: 403)*(?: 200)*$/)
    expect((await ask('GET', '/workers/all', token)).status).toBe(200)
  })

  test('the newest document wins, whichever is read faster', async () => {
    const { policy, jwks } = files()
    const { ask, running } = await served(policy, { jwks })
    const token = await key.sign({ scope: 'profile' })
    const many = Array.from({ length: 5_000 }, (_, index) => `    - a/${index}/*: GET\n`).join('')
    writeFileSync(
      policy,
      `${GOOD.replace('workers/me', 'workers/*')}many:\n  label: Many\n  endpoints:\n${many}`,
    )
    await running.poll()
    const slow = running.poll()
    writeFileSync(policy, GOOD)
    await Promise.all([slow, running.poll(), running.poll(), running.reload()])
    expect((await ask('GET', '/workers/all', token)).status).toBe(403)
  })

  test('keys of a file are replaced, and broken ones are not', async () => {
    const { policy, jwks } = files()
    const { ask, running } = await served(policy, { jwks })
    const next = await createKey('next')
    const token = await next.sign({ scope: 'profile' })
    expect((await ask('GET', '/workers/me', token)).status).toBe(401)
    writeFileSync(jwks[0], JSON.stringify({ keys: [next.jwk] }))
    await running.poll()
    await running.poll()
    expect((await ask('GET', '/workers/me', token)).status).toBe(200)
    writeFileSync(jwks[0], '{"keys":')
    await running.poll()
    await running.poll()
    expect((await ask('GET', '/workers/me', token)).status).toBe(200)
  })
})

test('the log holds no query, and nothing that moves a cursor or ends a line', async () => {
  const { policy, jwks } = files()
  const { ask, log } = await served(policy, { jwks })
  await ask(
    'GET',
    '/workers/me?password=secret',
    await key.sign({ scope: 'profile', sub: '\u001b[2J\nx\u202e' }),
  )
  const text = JSON.stringify(log)
  expect(text).not.toContain('secret')
  expect(log.at(-1)).toMatchObject({ status: 200, path: '/workers/me', subject: '\u001b[2J\nx\u202e' })
})

test('too large headers are answered with 431, malformed requests with 400', async () => {
  const { policy, jwks } = files()
  const { running } = await served(policy, { jwks, headerSize: 2048 })
  const answer = await fetch(`${running.url}/decide`, { headers: { 'x-long': 'x'.repeat(4000) } })
  expect(answer.status).toBe(431)
})
