/** DPoP (RFC 9449): with a certified authorization server and a real client, and against every near miss. */
import { createHash, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { calculateJwkThumbprint, type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import Provider from 'oidc-provider'
import * as client from 'openid-client'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { ReplayGuard } from '../../src/serve/tokens/replay-guard.ts'
import { folderWith, GOOD } from '../cli/run-cli.ts'
import { served, type Served } from './asking.ts'
import { createKey, type Key, listening } from './issuer.ts'

const API = 'https://api.example'
const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url')

let key: Key
/** The key of the client. */
let own: { privateKey: CryptoKey; jwk: JWK; jkt: string }
beforeAll(async () => {
  key = await createKey()
  own = await clientKey()
})

async function clientKey(alg = 'ES256'): Promise<typeof own> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = await exportJWK(publicKey)
  return { privateKey, jwk, jkt: await calculateJwkThumbprint(jwk, 'sha256') }
}

interface Setup extends Served {
  readonly status: (token: string, proof: string | undefined, more?: Partial<Ask>) => Promise<number>
  readonly challenge: (token: string, proof: string | undefined, more?: Partial<Ask>) => Promise<string>
  readonly pass: (seconds: number) => void
}
interface Ask {
  readonly method: string
  readonly target: string
  readonly scheme: string
  readonly host: string
}

async function setup(settings: object = {}): Promise<Setup> {
  const folder = folderWith({ 'scopes.yaml': GOOD, 'keys.json': JSON.stringify({ keys: [key.jwk] }) })
  let time = Date.now()
  const all = await served(
    join(folder, 'scopes.yaml'),
    { jwks: [join(folder, 'keys.json')], dpop: true, ...settings },
    {},
    () => time,
  )
  const ask = (
    token: string,
    proof: string | undefined,
    {
      method = 'GET',
      target = '/workers/me?fields=all',
      scheme = 'DPoP',
      host = 'api.example',
    }: Partial<Ask> = {},
  ): Promise<Response> =>
    all.ask(method, target, undefined, {
      authorization: `${scheme} ${token}`,
      'x-forwarded-proto': 'https',
      'x-forwarded-host': host,
      ...(proof !== undefined && { dpop: proof }),
    })
  return {
    ...all,
    status: async (...argv) => (await ask(...argv)).status,
    challenge: async (...argv) => (await ask(...argv)).headers.get('www-authenticate') ?? '',
    pass: (seconds) => (time += seconds * 1000),
  }
}

const bound = (jkt: string = own.jkt): Promise<string> => key.sign({ scope: 'profile', cnf: { jkt } })

interface ProofParts {
  readonly header?: object
  readonly claims?: object
  readonly signer?: typeof own
}
const proof = (token: string, { header = {}, claims = {}, signer = own }: ProofParts = {}): Promise<string> =>
  new SignJWT({
    htm: 'GET',
    htu: `${API}/workers/me`,
    iat: Math.floor(Date.now() / 1000),
    jti: randomUUID(),
    ath: sha256(token),
    ...claims,
  })
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: signer.jwk, ...header })
    .sign(signer.privateKey)

test('a bound token is good with its proof, and not as a bearer token', async () => {
  const { status, challenge } = await setup()
  const token = await bound()
  expect(await status(token, await proof(token))).toBe(200)
  expect(await status(token, await proof(token), { scheme: 'dpop' })).toBe(200)
  expect(await status(token, await proof(token), { scheme: 'Bearer' })).toBe(401)
  expect(await challenge(token, undefined, { scheme: 'Bearer' })).toMatch(
    /DPoP error="invalid_token".*algs="RS256 /,
  )
})

test('without `--dpop` the scheme is not known, and a bound token opens nothing', async () => {
  const { status } = await setup({ dpop: false })
  const token = await bound()
  expect(await status(token, await proof(token))).toBe(401)
  expect(await status(token, await proof(token), { scheme: 'Bearer' })).toBe(401)
})

test('a bearer token that is not bound stays one, and is not good with the scheme DPoP', async () => {
  const { status } = await setup()
  const token = await key.sign({ scope: 'profile' })
  expect(await status(token, undefined, { scheme: 'Bearer' })).toBe(200)
  expect(await status(token, await proof(token))).toBe(401)
})

test('a request without a token is offered both schemes', async () => {
  const { ask } = await setup({ realm: 'api', algorithms: ['ES256', 'HS256'] })
  const answer = await ask('GET', '/workers/me')
  expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="api", DPoP realm="api", algs="ES256"')
})

const now = (): number => Math.floor(Date.now() / 1000)

describe('a proof is refused', () => {
  test.each<[string, () => Promise<ProofParts> | ProofParts]>([
    ['for another method', () => ({ claims: { htm: 'POST' } })],
    ['for a method in another case', () => ({ claims: { htm: 'get' } })],
    ['for another path', () => ({ claims: { htu: `${API}/workers/you` } })],
    ['for a longer path', () => ({ claims: { htu: `${API}/workers/me/` } })],
    ['for another host', () => ({ claims: { htu: 'https://evil.example/workers/me' } })],
    ['for another port', () => ({ claims: { htu: `${API}:8443/workers/me` } })],
    ['for another scheme', () => ({ claims: { htu: 'http://api.example/workers/me' } })],
    ['for the host as user', () => ({ claims: { htu: 'https://api.example@evil.example/workers/me' } })],
    ['for a path with dot segments', () => ({ claims: { htu: `${API}/x/../workers/me` } })],
    ['for no URI', () => ({ claims: { htu: '/workers/me' } })],
    ['without a URI', () => ({ claims: { htu: undefined } })],
    ['without a method', () => ({ claims: { htm: undefined } })],
    ['of another token', () => ({ claims: { ath: sha256('another') } })],
    ['without the hash of the token', () => ({ claims: { ath: undefined } })],
    ['that is old', () => ({ claims: { iat: now() - 70 } })],
    ['of the future', () => ({ claims: { iat: now() + 30 } })],
    ['without a time', () => ({ claims: { iat: undefined } })],
    ['with a time that is a string', () => ({ claims: { iat: String(now()) } })],
    ['without an id', () => ({ claims: { jti: undefined } })],
    ['with an empty id', () => ({ claims: { jti: '' } })],
    ['of another type', () => ({ header: { typ: 'JWT' } })],
    ['without a type', () => ({ header: { typ: undefined } })],
    ['by another key', async () => ({ signer: await clientKey() })],
    ['that shows the key of another', async () => ({ header: { jwk: (await clientKey()).jwk } })],
    ['that shows a private key', async () => ({ header: { jwk: await exportJWK(own.privateKey) } })],
    ['that shows no key', () => ({ header: { jwk: undefined } })],
  ])('%s', async (_, parts) => {
    const { status, challenge } = await setup()
    const token = await bound()
    const bad = await proof(token, await parts())
    expect(await status(token, bad)).toBe(401)
    expect(await challenge(token, bad)).toMatch(/error="invalid_(?:dpop_proof|token)"/)
    expect(await status(token, await proof(token))).toBe(200)
  })

  test('that is missing, twice, unsigned or not a JWT', async () => {
    const { status } = await setup()
    const token = await bound()
    const good = await proof(token)
    expect(await status(token, undefined)).toBe(401)
    expect(await status(token, `${good}, ${good}`)).toBe(401)
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    const [, body = ''] = good.split('.')
    expect(await status(token, `${part({ typ: 'dpop+jwt', alg: 'none', jwk: own.jwk })}.${body}.`)).toBe(401)
    expect(await status(token, 'abc')).toBe(401)
  })

  test('the second time, also in another spelling of the request', async () => {
    const { status } = await setup()
    const token = await bound()
    const once = await proof(token)
    expect(await status(token, once)).toBe(200)
    expect(await status(token, once)).toBe(401)
    expect(await status(token, once, { target: '/workers/m%65' })).toBe(401)
  })

  test('when it has become too old on the way', async () => {
    const { status, pass } = await setup()
    const token = await bound()
    const early = await proof(token)
    pass(66)
    expect(await status(token, early)).toBe(401)
  })

  test('signed by an algorithm that is not accepted', async () => {
    const { status } = await setup({ algorithms: ['ES256'] })
    const other = await clientKey('ES384')
    const token = await bound(other.jkt)
    expect(await status(token, await proof(token, { signer: other, header: { alg: 'ES384' } }))).toBe(401)
  })
})

test.each([
  'HTTPS://API.example/workers/me',
  'https://api.example:443/workers/me',
  'https://api.example/workers/m%65',
  'https://api.example/workers/me?other=query#fragment',
])('the URI may be written as %s', async (htu) => {
  const { status } = await setup()
  const token = await bound()
  expect(await status(token, await proof(token, { claims: { htu } }))).toBe(200)
})

test('with `--origin` the headers of the gateway do not say where the client was', async () => {
  const { status } = await setup({ origin: [API] })
  const token = await bound()
  const evil = { claims: { htu: 'https://evil.example/workers/me' } }
  expect(await status(token, await proof(token, evil), { host: 'evil.example' })).toBe(401)
  expect(await status(token, await proof(token), { host: 'evil.example' })).toBe(200)
})

describe('used proofs', () => {
  test('are forgotten when they would be refused for their age', () => {
    const guard = new ReplayGuard(60)
    for (let second = 0; second < 1_000; second++)
      expect(guard.admit(`p${second}`, second, second)).toBe(true)
    expect(guard.size).toBeLessThanOrEqual(63)
    expect(guard.admit('p999', 999, 999)).toBe(false)
  })

  test('take bounded memory, and none is ever good twice', () => {
    const guard = new ReplayGuard(60, 100)
    const admitted: [string, number][] = []
    for (let count = 0; count < 5_000; count++) {
      const iat = 1_000 + (count % 50)
      if (guard.admit(`p${count}`, iat, 1_050)) admitted.push([`p${count}`, iat])
      expect(guard.size).toBeLessThanOrEqual(100)
    }
    expect(admitted.length).toBeGreaterThan(100)
    for (const [id, iat] of admitted) expect(guard.admit(id, iat, 1_050)).toBe(false)
  })
})

test('with oidc-provider and openid-client', async () => {
  const port = await freePort()
  const issuer = `http://127.0.0.1:${port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'app',
        client_secret: 'secret-secret-secret-secret-secret',
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
      },
    ],
    scopes: ['profile', 'search'],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      dPoP: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => API,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: 'profile search',
          audience: API,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  })
  const server = provider.listen(port, '127.0.0.1')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const policy = join(folderWith({ 'scopes.yaml': GOOD }), 'scopes.yaml')
  const { running, log } = await served(policy, {
    issuer: [issuer],
    audience: [API],
    jwks: [`${issuer}/jwks`],
    dpop: true,
  })
  // A gateway: asks about each request, and answers with what it is told.
  const gateway = await listening((request, response) => {
    const { authorization = '', dpop = '', host = '' } = request.headers
    const headers = {
      authorization,
      dpop: String(dpop),
      'x-forwarded-method': request.method ?? '',
      'x-forwarded-uri': request.url ?? '',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': host,
    }
    void fetch(`${running.url}/decide`, { headers }).then((answer) => {
      response.writeHead(answer.status, Object.fromEntries(answer.headers)).end()
    })
  })
  const config = await client.discovery(
    new URL(issuer),
    'app',
    'secret-secret-secret-secret-secret',
    undefined,
    {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- an issuer on loopback has no TLS
      execute: [client.allowInsecureRequests],
    },
  )
  const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
  const tokens = await client.clientCredentialsGrant(config, { scope: 'profile', resource: API }, { DPoP })
  expect(tokens.token_type).toBe('dpop')
  const ask = (token: string, path: string, options?: object): Promise<number> =>
    client
      .fetchProtectedResource(
        config,
        token,
        new URL(`${gateway}${path}`),
        'GET',
        undefined,
        undefined,
        options,
      )
      .then(({ status }) => status)
      .catch((error: unknown) => (error as { status?: number }).status ?? 0)
  expect([await ask(tokens.access_token, '/workers/me', { DPoP }), log.at(-1)?.['problem']]).toEqual([
    200,
    undefined,
  ])
  expect(await ask(tokens.access_token, '/workers/all', { DPoP })).toBe(403)
  expect(await ask(tokens.access_token, '/workers/me')).toBe(401)
  const stranger = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
  expect(await ask(tokens.access_token, '/workers/me', { DPoP: stranger })).toBe(401)
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
