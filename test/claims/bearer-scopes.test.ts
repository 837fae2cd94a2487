/** Tokens that a middleware verifies itself, with jose: what each outcome is answered with. */
import fastify from 'fastify'
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { bearerScopes, InvalidRequestError, InvalidTokenError } from '../../src/claims/index.ts'
import { createGuard } from '../../src/enforce/guard.ts'
import { scopePolicy } from '../../src/middleware/fastify.ts'
import { fakePolicy } from '../middleware/fake-policy.ts'

const policy = fakePolicy()
let sign: (claims: object, expiresIn?: string) => Promise<string>
let signElsewhere: () => Promise<string>
let verify: (token: string) => Promise<object>

beforeAll(async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const other = await generateKeyPair('ES256')
  const jwks = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'a' }] })
  const signed = (
    key: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'],
    claims: object,
    expiresIn: string,
  ): Promise<string> =>
    new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'a' })
      .setIssuer('https://login.example')
      .setAudience('https://api.example')
      .setExpirationTime(expiresIn)
      .sign(key)
  sign = (claims, expiresIn = '1h') => signed(privateKey, claims, expiresIn)
  signElsewhere = () => signed(other.privateKey, { scope: 'read' }, '1h')
  const options = { issuer: 'https://login.example', audience: 'https://api.example' }
  verify = async (token) => (await jwtVerify(token, jwks, options)).payload
})

interface Fake {
  readonly headers: Readonly<Record<string, string>>
  readonly rawHeaders: readonly string[]
}

async function statusOf(authorization: string | undefined, check = verify): Promise<[number, string]> {
  const guard = createGuard<Fake>(
    { policy, scopes: bearerScopes(check), onDecision: () => undefined },
    { method: () => 'GET', target: () => '/a', header: () => undefined, scopes: undefined },
  )
  const headers = authorization === undefined ? {} : { authorization }
  const outcome = await guard({ headers, rawHeaders: Object.entries(headers).flat() })
  return outcome.allow ? [200, ''] : [outcome.status, outcome.headers['www-authenticate'] ?? '']
}

describe('a middleware that verifies tokens itself', () => {
  test('lets a valid token with the scope through, and answers 403 without it', async () => {
    expect(await statusOf(`Bearer ${await sign({ scope: 'read' })}`)).toEqual([200, ''])
    expect((await statusOf(`Bearer ${await sign({})}`))[0]).toBe(403)
  })

  test('answers 401 with a bare challenge without a token', async () => {
    expect(await statusOf(undefined)).toEqual([401, 'Bearer'])
    expect(await statusOf('Basic YTpi')).toEqual([401, 'Bearer'])
  })

  test('answers 401 invalid_token to a token that is expired, forged, for another API, or garbage', async () => {
    const [header = '', payload = ''] = (await sign({ scope: 'read' })).split('.')
    const elsewhere = await signElsewhere()
    const tokens = [
      await sign({ scope: 'read' }, '-1h'),
      elsewhere,
      `${header}.${payload}.AAAA`,
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`,
      `${Buffer.from('{"alg":"XX"}').toString('base64url')}.${payload}.AAAA`,
      'abc',
      'a.b.c',
    ]
    for (const token of tokens) {
      const [status, challenge] = await statusOf(`Bearer ${token}`)
      expect([token, status]).toEqual([token, 401])
      expect(challenge).toContain('error="invalid_token"')
    }
  })

  test('answers 400 invalid_request to a malformed header', async () => {
    for (const header of ['Bearer a b', 'Bearer', 'Bearer "a"']) {
      const [status, challenge] = await statusOf(header)
      expect([header, status]).toEqual([header, 400])
      expect(challenge).toContain('error="invalid_request"')
    }
  })

  test('answers 500 where the key set is out of reach: the token may be good', async () => {
    for (const error of [new TypeError('fetch failed'), { code: 'ERR_JWKS_TIMEOUT' }, undefined, null, 7]) {
      const [status, challenge] = await statusOf('Bearer abc', () => {
        throw error as Error
      })
      expect([status, challenge]).toEqual([500, ''])
    }
  })

  test('works with requests that Fastify injects, which have no `headersDistinct`', async () => {
    const app = fastify()
    await app.register(scopePolicy({ policy, scopes: bearerScopes(verify) }))
    app.get('/a', () => 'reached')
    const ask = async (authorization: string): Promise<number> =>
      (await app.inject({ url: '/a', headers: { authorization } })).statusCode
    expect(await ask(`Bearer ${await sign({ scope: 'read' })}`)).toBe(200)
    expect(await ask(`Bearer ${await sign({ scope: 'read' }, '-1h')}`)).toBe(401)
    expect(await ask('Bearer a b')).toBe(400)
    await app.close()
  })

  test('is refused at the start with what is not a function, or with malformed options', () => {
    expect(() => bearerScopes(undefined as never)).toThrow(TypeError)
    expect(() => bearerScopes(() => ({}), { claims: 'scope' as never })).toThrow(TypeError)
  })
})

describe('the errors', () => {
  test('carry name, code, message and cause', () => {
    const cause = new Error('a')
    expect(new InvalidTokenError('b', { cause })).toMatchObject({
      name: 'InvalidTokenError',
      code: 'invalid_token',
      message: 'b',
      cause,
    })
    expect(new InvalidRequestError()).toMatchObject({ name: 'InvalidRequestError', code: 'invalid_request' })
  })

  test('do not count when their code is inherited from `Object.prototype`', async () => {
    Object.assign(Object.prototype, { code: 'invalid_token' })
    try {
      expect((await statusOf('Bearer abc', () => Promise.reject(new Error('a'))))[0]).toBe(500)
    } finally {
      delete (Object.prototype as { code?: unknown }).code
    }
  })
})

describe('what is thrown and is not about the token', () => {
  const reader = {
    method: () => 'GET',
    target: () => '/a',
    header: () => undefined,
    scopes: (): never => {
      throw new Error('the database\u001b[31m is down')
    },
  }

  test('is reported once on standard error where there is no audit hook, without control characters', () => {
    const written = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const guard = createGuard({ policy }, reader)
    for (let times = 0; times < 3; times++) expect(guard({})).toMatchObject({ allow: false, status: 500 })
    expect(written.mock.calls).toHaveLength(1)
    expect(written.mock.calls[0]?.[0]).toContain('the database\\u{1B}[31m is down')
    written.mockRestore()
  })

  test('is not written where there is one, nor is an invalid token', () => {
    const written = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    void createGuard({ policy, onDecision: () => undefined }, reader)({})
    const invalid = (): never => {
      throw new InvalidTokenError()
    }
    expect(createGuard({ policy, scopes: invalid }, reader)({})).toMatchObject({ status: 401 })
    expect(written).not.toHaveBeenCalled()
    written.mockRestore()
  })

  test('cannot break the guard by what it is', () => {
    const written = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    for (const thrown of [
      proxy,
      {
        toString: () => {
          throw new Error('a')
        },
      },
      Symbol('a'),
      Object.create(null),
    ]) {
      const scopes = (): never => {
        throw thrown
      }
      expect(createGuard({ policy, scopes }, reader)({})).toMatchObject({ allow: false, status: 500 })
    }
    written.mockRestore()
  })
})
