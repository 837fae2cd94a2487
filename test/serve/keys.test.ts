/** Keys of a URL: one fetch in thirty seconds whoever asks, last good keys for a bounded time, clear causes. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { folderWith, GOOD } from '../cli/run-cli.ts'
import { served, type Served } from './asking.ts'
import { createKey, type Key, listening } from './issuer.ts'

let key: Key
beforeAll(async () => {
  key = await createKey()
})

type Mode = 'works' | 'fails' | 'stalls' | 'pem'

interface Setup extends Served {
  readonly fetched: () => number
  readonly become: (mode: Mode, keys?: readonly Key['jwk'][]) => void
  /** Seconds pass. */
  readonly pass: (seconds: number) => void
  readonly status: (token: string) => Promise<number>
}

async function setup(mode: Mode): Promise<Setup> {
  let count = 0
  let current = mode
  let keys: readonly Key['jwk'][] = [key.jwk]
  const url = await listening((_, response) => {
    count += 1
    if (current === 'fails') response.writeHead(500).end()
    else if (current === 'pem') response.end('-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n')
    else if (current === 'works') response.end(JSON.stringify({ keys }))
  })
  let time = Date.now()
  const policy = join(folderWith({ 'scopes.yaml': GOOD }), 'scopes.yaml')
  const all = await served(policy, { jwks: [`${url}/keys`], timeout: 2, staleKeys: 3600 }, {}, () => time)
  return {
    ...all,
    fetched: () => count,
    become: (next, others = keys) => {
      current = next
      keys = others
    },
    pass: (seconds) => (time += seconds * 1000),
    status: async (token) => (await all.ask('GET', '/workers/me', token)).status,
  }
}

/** Expires long after everything that these tests let pass. */
const lasting = { scope: 'profile', exp: Math.floor(Date.now() / 1000) + 86_400 }

test('a key set that works is fetched once for any number of tokens, forged ones included', async () => {
  const { status, fetched } = await setup('works')
  const token = await key.sign(lasting)
  const answers = await Promise.all(Array.from({ length: 20 }, () => status(token)))
  expect(new Set(answers)).toEqual(new Set([200]))
  const forged = await (await createKey('stranger')).sign(lasting)
  for (let count = 0; count < 20; count++) expect(await status(forged)).toBe(401)
  expect(fetched()).toBe(1)
})

test.each(['fails', 'stalls'] as const)(
  'a key set that %s is fetched once in thirty seconds, whoever asks, junk included',
  async (mode) => {
    const { status, fetched, pass, become } = await setup(mode)
    const token = await key.sign(lasting)
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    for (let count = 0; count < 25; count++) {
      expect(await status(token)).toBe(503)
      expect(await status(`${part({ alg: 'ES256', kid: `k${count}` })}.${part({})}.AAAA`)).toBe(503)
    }
    expect(fetched()).toBe(1)
    pass(29)
    expect(await status(token)).toBe(503)
    expect(fetched()).toBe(1)
    become('works')
    pass(1)
    expect(await status(token)).toBe(200)
    expect(fetched()).toBe(2)
  },
)

test('a new key is found at once, and at most one fetch in thirty seconds looks for it', async () => {
  const { status, fetched, become, pass } = await setup('works')
  const next = await createKey('next')
  expect(await status(await key.sign(lasting))).toBe(200)
  pass(30)
  become('works', [key.jwk, next.jwk])
  expect(await status(await next.sign(lasting))).toBe(200)
  expect(fetched()).toBe(2)
})

test('the last good keys are used for the hour of staleKeys while the issuer is down, and no longer', async () => {
  const { status, become, pass, log, running } = await setup('works')
  const fresh = (): Promise<string> => key.sign({ ...lasting, jti: String(Math.random()) })
  expect(await status(await fresh())).toBe(200)
  become('fails')
  pass(660)
  expect(await status(await fresh())).toBe(200)
  expect(log.filter(({ event }) => event === 'keys-not-loaded')).toHaveLength(1)
  expect(log.find(({ event }) => event === 'keys-not-loaded')?.['kept']).toBe('the last good keys')
  expect(await (await fetch(`${running.url}/healthz`)).json()).toMatchObject({ status: 'stale' })
  pass(3_539)
  expect(await status(await fresh())).toBe(200)
  pass(1)
  expect(await status(await fresh())).toBe(503)
  become('works')
  pass(30)
  expect(await status(await fresh())).toBe(200)
})

test('a withdrawn key counts for ten minutes and the minute of the cache', async () => {
  const { status, become, pass } = await setup('works')
  const other = await createKey('other')
  const token = await key.sign(lasting)
  expect(await status(token)).toBe(200)
  become('works', [other.jwk])
  pass(599)
  expect(await status(token)).toBe(200)
  pass(61)
  expect(await status(token)).toBe(401)
})

test.each([
  ['a host name that does not resolve', 'https://nowhere.invalid/jwks', /does not resolve/],
  ['a refused connection', 'http://127.0.0.1:PORT/jwks', /the connection is refused: ECONNREFUSED/],
])('the log names the cause: %s', async (_, address, problem) => {
  const policy = join(folderWith({ 'scopes.yaml': GOOD }), 'scopes.yaml')
  const url = address.replace('PORT', String(await closedPort()))
  const { ask, log } = await served(policy, { jwks: [url] })
  expect((await ask('GET', '/workers/me', await key.sign(lasting))).status).toBe(503)
  expect(String(log.at(-1)?.['problem'])).toMatch(problem)
})

test('readiness is denied while there is no key set', async () => {
  const { running, become, pass } = await setup('fails')
  const ready = async (): Promise<number> => (await fetch(`${running.url}/readyz`)).status
  await running.poll()
  expect(await ready()).toBe(503)
  become('works')
  pass(30)
  await running.poll()
  expect(await ready()).toBe(200)
  const metrics = await (await fetch(`${running.url}/metrics`)).text()
  expect(metrics).toMatch(/scope_policy_keys_ready\{keys="http[^"]+"\} 1/)
  expect(metrics).toContain('scope_policy_key_fetches_total{result="failed"} 1')
})

test('the log names the cause: a certificate of an unknown CA', async () => {
  const { server, url } = await selfSigned()
  onTestFinished(() => void server.close())
  const policy = join(folderWith({ 'scopes.yaml': GOOD }), 'scopes.yaml')
  const { ask, log } = await served(policy, { jwks: [url] })
  expect((await ask('GET', '/workers/me', await key.sign(lasting))).status).toBe(503)
  expect(String(log.at(-1)?.['problem'])).toContain('name its CA in NODE_EXTRA_CA_CERTS')
})

/** Nothing listens on it any more. */
async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function selfSigned(): Promise<{ server: Server; url: string }> {
  const folder = folderWith({})
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const flags = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost']
  execFileSync('openssl', [...flags, '-keyout', keyFile, '-out', certFile], { stdio: 'ignore' })
  const options = { key: readFileSync(keyFile), cert: readFileSync(certFile) }
  const server = createHttpsServer(options, (_, response) => response.end('{"keys":[]}'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, url: `https://localhost:${(server.address() as AddressInfo).port}/jwks` }
}

test('the log names the cause: PEM, and a status', async () => {
  const pem = await setup('pem')
  expect(await pem.status(await key.sign(lasting))).toBe(503)
  expect(String(pem.log.at(-1)?.['problem'])).toContain('it is PEM; a JWK set (RFC 7517) is needed')
  const failing = await setup('fails')
  expect(await failing.status(await key.sign(lasting))).toBe(503)
  expect(String(failing.log.at(-1)?.['problem'])).toContain('answered 500, not 200')
})
