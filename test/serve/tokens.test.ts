/** What is not an access token, or bound to a key that is not shown, opens nothing. */
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { folderWith, GOOD } from '../cli/run-cli.ts'
import { served } from './asking.ts'
import { AUDIENCE, createKey, ISSUER, type Key, listening } from './issuer.ts'

let key: Key
beforeAll(async () => {
  key = await createKey()
})

function files(keys: readonly Key['jwk'][] = [key.jwk]): { policy: string; jwks: readonly [string] } {
  const folder = folderWith({ 'scopes.yaml': GOOD, 'keys.json': JSON.stringify({ keys }) })
  return { policy: join(folder, 'scopes.yaml'), jwks: [join(folder, 'keys.json')] }
}

/** Introspection that answers what the token spells in base64url. */
async function echoIntrospection(): Promise<string> {
  return listening((_, response, body) => {
    response.end(Buffer.from(new URLSearchParams(body).get('token') ?? '', 'base64url'))
  })
}
const opaque = (claims: object): string =>
  Buffer.from(JSON.stringify({ active: true, scope: 'profile', aud: AUDIENCE, ...claims })).toString(
    'base64url',
  )

/** Values of `cnf` by the RFCs and none of them. */
const CONFIRMATIONS: readonly unknown[] = [
  { jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I' },
  { 'x5t#S256': 'bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2' },
  { jwk: { kty: 'EC' } },
  { kid: 'x' },
  { future: 1 },
  { 'x5t#S256': 'a', jkt: 'b' },
  {},
  [],
  ['jkt'],
  null,
  '',
  'jkt',
  0,
  false,
]

describe('a bound token sent as a bearer token is refused', () => {
  test.each(CONFIRMATIONS)('as a JWT with `cnf` %j', async (cnf) => {
    const { policy, jwks } = files()
    const { ask, log } = await served(policy, { jwks })
    const answer = await ask('GET', '/workers/me', await key.sign({ scope: 'profile', cnf }))
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"')
    expect(String(log.at(-1)?.['problem'])).toContain('cnf')
  })

  test.each(CONFIRMATIONS)('by introspection with `cnf` %j', async (cnf) => {
    const introspection = await echoIntrospection()
    const { ask } = await served(files().policy, { introspection })
    expect((await ask('GET', '/workers/me', opaque({ cnf }))).status).toBe(401)
  })

  test('by introspection with token_type DPoP and no `cnf`', async () => {
    const introspection = await echoIntrospection()
    const { ask } = await served(files().policy, { introspection })
    expect((await ask('GET', '/workers/me', opaque({ token_type: 'DPoP' }))).status).toBe(401)
  })
})

/** Another letter case, and the prefix that RFC 7515 §4.1.9 leaves out. */
const spellings = (typ: string): readonly string[] => [
  typ,
  typ.toUpperCase(),
  `application/${typ}`,
  `Application/${typ}`,
]

describe('a JWT that declares another kind is refused', () => {
  test.each(
    ['logout+jwt', 'dpop+jwt', 'secevent+jwt', 'token-introspection+jwt', 'id+jwt', 'rt+jwt'].flatMap(
      spellings,
    ),
  )('by `typ` %j in its header', async (typ) => {
    const { policy, jwks } = files()
    const { ask } = await served(policy, { jwks })
    expect((await ask('GET', '/workers/me', await key.sign({ scope: 'profile' }, { typ }))).status).toBe(401)
  })

  test.each([
    { typ: 'Refresh' },
    { typ: 'Offline' },
    { typ: 'ID' },
    { typ: 'Logout' },
    { typ: 'refresh' },
    { typ: 7 },
    { token_use: 'id' },
    { token_use: 'refresh_token' },
    { token_use: null },
    { token_type: 'refresh_token' },
  ])('by the claims %j', async (claims) => {
    const { policy, jwks } = files()
    const { ask } = await served(policy, { jwks })
    const token = await key.sign({ scope: 'profile', ...claims })
    expect((await ask('GET', '/workers/me', token)).status).toBe(401)
  })

  test.each(['at+jwt', 'JWT'].flatMap(spellings))('and `typ` %j is that of an access token', async (typ) => {
    const { policy, jwks } = files()
    const { ask } = await served(policy, { jwks })
    expect((await ask('GET', '/workers/me', await key.sign({ scope: 'profile' }, { typ }))).status).toBe(200)
  })

  test.each([
    { typ: 'Bearer' },
    { token_use: 'access' },
    { token_use: 'access_token' },
    { token_type: 'Bearer' },
  ])('and the claims %j are those of an access token', async (claims) => {
    const { policy, jwks } = files()
    const { ask } = await served(policy, { jwks })
    const token = await key.sign({ scope: 'profile', ...claims })
    expect((await ask('GET', '/workers/me', token)).status).toBe(200)
  })
})

describe('introspection', () => {
  test.each([
    [{}, 200],
    [{ token_type: 'Bearer', typ: 'Bearer' }, 200],
    [{ token_use: 'refresh_token' }, 401],
    [{ token_use: 'id' }, 401],
    [{ typ: 'Refresh' }, 401],
    [{ typ: 'ID' }, 401],
    [{ token_type: 'refresh_token' }, 401],
    [{ token_type: 'N_A' }, 401],
    [{ aud: undefined }, 401],
    [{ aud: 'other-api' }, 401],
    [{ aud: ['other-api', AUDIENCE] }, 200],
    [{ iss: 'https://other.example' }, 401],
    [{ iss: ISSUER }, 200],
    [{ exp: null }, 401],
    [{ exp: '9999999999' }, 401],
    [{ nbf: null }, 401],
  ])('answers %j: %i', async (claims, status) => {
    const introspection = await echoIntrospection()
    const { ask } = await served(files().policy, { introspection })
    expect((await ask('GET', '/workers/me', opaque(claims))).status).toBe(status)
  })

  test('with the audience `any` accepts tokens for every API', async () => {
    const introspection = await echoIntrospection()
    const { ask } = await served(files().policy, { introspection, audience: ['any'] })
    expect((await ask('GET', '/workers/me', opaque({ aud: 'other-api' }))).status).toBe(200)
  })

  test('is asked once within introspectionCacheTtl, and each time without', async () => {
    let asked = 0
    const introspection = await listening((_, response, body) => {
      asked += 1
      response.end(Buffer.from(new URLSearchParams(body).get('token') ?? '', 'base64url'))
    })
    const { ask } = await served(files().policy, { introspection, introspectionCacheTtl: 60 })
    for (let count = 0; count < 3; count++)
      expect((await ask('GET', '/workers/me', opaque({}))).status).toBe(200)
    expect(asked).toBe(1)
    const eachTime = await served(files().policy, { introspection })
    for (let count = 0; count < 3; count++) await eachTime.ask('GET', '/workers/me', opaque({}))
    expect(asked).toBe(4)
  })

  test.each([
    [{ exp: null }, '`exp` is null, expected a number of seconds'],
    [{ aud: 'other-api' }, `\`aud\` is "other-api", expected ["${AUDIENCE}"]`],
    [{ iss: 'https://other.example' }, `\`iss\` is "https://other.example", expected ["${ISSUER}"]`],
  ])('logs for %j what was received and expected', async (claims, problem) => {
    const introspection = await echoIntrospection()
    const { ask, log } = await served(files().policy, { introspection })
    await ask('GET', '/workers/me', opaque(claims))
    expect(log.at(-1)).toMatchObject({ reason: 'invalid-token', problem })
  })
})

describe('the log names what was received and expected', () => {
  test.each([
    [{ iss: 'https://evil.example' }, `\`iss\` is "https://evil.example", expected ["${ISSUER}"]`],
    [{ aud: 'https://other.example' }, `\`aud\` is "https://other.example", expected ["${AUDIENCE}"]`],
    [{ aud: ['a', 'b'] }, `\`aud\` is ["a","b"], expected ["${AUDIENCE}"]`],
  ])('for a JWT with %j', async (claims, problem) => {
    const { policy, jwks } = files()
    const { ask, log } = await served(policy, { jwks })
    await ask('GET', '/workers/me', await key.sign({ scope: 'profile', ...claims }))
    expect(log.at(-1)).toMatchObject({ problem })
  })
})

describe('several issuers', () => {
  test('each have their own keys: no issuer can sign for another one', async () => {
    const other = await createKey('one')
    const folder = folderWith({
      'scopes.yaml': GOOD,
      'a.json': JSON.stringify({ keys: [key.jwk] }),
      'b.json': JSON.stringify({ keys: [other.jwk] }),
    })
    const B = 'https://b.example'
    const { ask } = await served(join(folder, 'scopes.yaml'), {
      issuer: [ISSUER, B],
      jwks: [join(folder, 'a.json'), join(folder, 'b.json')],
    })
    const status = async (signer: Key, iss: unknown): Promise<number> =>
      (await ask('GET', '/workers/me', await signer.sign({ scope: 'profile', iss } as never))).status
    expect(await status(key, ISSUER)).toBe(200)
    expect(await status(other, B)).toBe(200)
    expect(await status(key, B)).toBe(401)
    expect(await status(other, ISSUER)).toBe(401)
    expect(await status(key, 'https://c.example')).toBe(401)
    expect(await status(key, undefined)).toBe(401)
    expect(await status(key, [ISSUER])).toBe(401)
  })
})

describe('scopes', () => {
  test.each([
    [{ scopeClaim: ['permissions'] }, { scope: 'openid', permissions: ['profile'] }, 200],
    [{ scopeClaim: ['roles'] }, { roles: 'search profile' }, 200],
    [
      { scopeClaim: ['resource_access.api.roles'] },
      { resource_access: { api: { roles: ['profile'] } } },
      200,
    ],
    [
      { scopeClaim: ['resource_access.api.roles'] },
      { resource_access: { web: { roles: ['profile'] } } },
      403,
    ],
    [{ scopeClaim: ['https://api.example/roles'] }, { 'https://api.example/roles': ['profile'] }, 200],
    // The first that is there decides alone.
    [{ scopeClaim: ['permissions', 'scope'] }, { scope: 'profile', permissions: [] }, 403],
    [{ scopeClaim: ['permissions', 'scope'] }, { scope: 'profile' }, 200],
    [{ scopeClaim: ['permissions'] }, { scope: 'profile' }, 403],
    [{ scopeClaim: ['a.b'] }, { a: ['b'] }, 403],
    [{ scopeClaim: ['__proto__.scope', 'constructor.name'] }, {}, 403],
    [{ scopeSeparator: ',' }, { scope: 'search, profile' }, 200],
    [{ scopeSeparator: ',' }, { scope: 'search profile' }, 403],
    [{}, { scope: 'search,profile' }, 403],
  ])('with %j of the claims %j: %i', async (settings, claims, status) => {
    const { policy, jwks } = files()
    const { ask } = await served(policy, { jwks, ...settings })
    expect((await ask('GET', '/workers/me', await key.sign(claims as never))).status).toBe(status)
  })
})

describe('the place of the token', () => {
  test('may be another header, with or without `Bearer`', async () => {
    const { policy, jwks } = files()
    const { ask } = await served(policy, { jwks, tokenHeader: 'X-Access-Token' })
    const token = await key.sign({ scope: 'profile' })
    expect((await ask('GET', '/workers/me', undefined, { 'x-access-token': token })).status).toBe(200)
    expect((await ask('GET', '/workers/me', undefined, { 'x-access-token': `Bearer ${token}` })).status).toBe(
      200,
    )
    expect((await ask('GET', '/workers/me', token)).status).toBe(401)
    expect((await ask('GET', '/workers/me', undefined, { 'x-access-token': `${token} x` })).status).toBe(401)
  })

  test('may be a cookie; two tokens are refused', async () => {
    const { policy, jwks } = files()
    const { ask } = await served(policy, { jwks, tokenCookie: 'session' })
    const token = await key.sign({ scope: 'profile' })
    const status = async (cookie: string, bearer?: string): Promise<number> =>
      (await ask('GET', '/workers/me', bearer, { cookie })).status
    expect(await status(`a=b; session=${token}`)).toBe(200)
    expect(await status(`session="${token}"; a=b`)).toBe(200)
    expect(await status(`xsession=${token}`)).toBe(401)
    expect(await status(`session=${token}; session=${token}`)).toBe(401)
    expect(await status(`session=${token}`, token)).toBe(401)
    expect(await status('a=b', token)).toBe(200)
  })

  test('is not a cookie unless that is set', async () => {
    const { policy, jwks } = files()
    const { ask } = await served(policy, { jwks })
    const cookie = `session=${await key.sign({ scope: 'profile' })}`
    expect((await ask('GET', '/workers/me', undefined, { cookie })).status).toBe(401)
  })
})

describe('identity headers', () => {
  const NAMES = ['x-auth-subject', 'x-auth-client', 'x-auth-scopes', 'x-auth-omitted']
  const identity = (response: Response): (string | null)[] => NAMES.map((name) => response.headers.get(name))

  test('are always there, empty where there is nothing', async () => {
    const { policy, jwks } = files()
    const { ask } = await served(policy, { jwks })
    const anonymous = await key.sign({ scope: 'profile', sub: undefined, client_id: undefined } as never)
    expect(identity(await ask('GET', '/workers/me', anonymous))).toEqual(['', '', 'profile', ''])
  })

  test('never join scopes that the policy keeps apart', async () => {
    const { policy, jwks } = files()
    const { ask } = await served(policy, { jwks })
    const token = await key.sign({ scp: ['profile', 'x admin', ' ', '%20'] })
    expect(identity(await ask('GET', '/workers/me', token))[2]).toBe('profile x%20admin %20 %2520')
  })

  test('leave out what does not fit into the buffer of a gateway, and name it', async () => {
    const { policy, jwks } = files()
    const { ask } = await served(policy, { jwks })
    const many = Array.from({ length: 160 }, (_, index) => `Resource${index}.Read.All.xxx`)
    const token = await key.sign({ scope: ['profile', ...many].join(' ') })
    expect(identity(await ask('GET', '/workers/me', token))).toEqual(['ada', 'app', '', 'scopes'])
    const roomy = await served(policy, { jwks, identitySize: 16_384 })
    expect(identity(await roomy.ask('GET', '/workers/me', token))[2]).toBe(['profile', ...many].join(' '))
  })
})
