import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { IncomingMessage } from 'node:http'
import { bearerToken } from '../../src/claims/index.ts'
import { loadPolicy } from '../../src/index.ts'
import type { Policy } from '../../src/index.ts'
import { scopePolicy } from '../../src/middleware/express.ts'
import type { DecisionRecord, ScopePolicyOptions } from '../../src/middleware/express.ts'
import { raw, start } from './raw-http.ts'
import type { RawResponse } from './raw-http.ts'

type Options = ScopePolicyOptions<IncomingMessage>

const policy = loadPolicy(
  `
profile: { label: Profile, endpoints: [workers/me: GET] }
search: { label: Search, endpoints: ['records/*/search': [GET]] }
public: { label: Public, endpoints: ['public/*': GET] }
api: { label: Everything, endpoints: ['*'] }
`,
  { basePath: '/rest' },
)

/** A token of these tests is the list of its scopes, joined by `+`. */
function scopesOf(request: IncomingMessage): string[] | undefined {
  const bearer = bearerToken(request.headersDistinct['authorization'])
  return bearer.kind === 'token' ? bearer.token.split('+') : undefined
}

let options: Options
let reached: (DecisionRecord | undefined)[] = []
let port = 0
let stop = (): Promise<void> => Promise.resolve()

beforeAll(async () => {
  ;({ port, stop } = await start((request, response) => {
    const guard = scopePolicy<IncomingMessage>(options)
    guard(request, response, () => {
      reached.push((request as { scopeDecision?: DecisionRecord }).scopeDecision)
      response.end('reached')
    })
  }))
})
afterAll(() => stop())
beforeEach(() => {
  options = { policy, scopes: scopesOf }
  reached = []
})

const as = (token: string): string[] => [`Authorization: Bearer ${token}`]

async function expectDenied(answer: Promise<RawResponse>, status: number): Promise<RawResponse> {
  const response = await answer
  expect({ status: response.status, reached }).toEqual({ status, reached: [] })
  return response
}

describe('over real HTTP', () => {
  test('a granted request reaches the handler, with the decision on the request', async () => {
    expect(await raw(port, 'GET /rest/workers/me?a=b', as('profile'))).toMatchObject({
      status: 200,
      body: expect.stringContaining('reached') as string,
    })
    expect(reached).toMatchObject([
      { allowed: true, reason: 'granted', path: '/rest/workers/me', fingerprint: policy.fingerprint },
    ])
  })

  test('a request without a token is answered 401 with a bare challenge', async () => {
    options = { ...options, realm: 'rest' }
    const response = await expectDenied(raw(port, 'GET /rest/workers/me'), 401)
    expect(response.headers).toMatchObject({
      'www-authenticate': 'Bearer realm="rest"',
      'content-type': 'application/json',
      'cache-control': 'no-store',
    })
  })

  test('a token that does not suffice is answered 403 with the narrowest scope', async () => {
    const response = await expectDenied(raw(port, 'GET /rest/workers/me', as('search')), 403)
    expect(response.headers['www-authenticate']).toMatch(
      /^Bearer error="insufficient_scope", .*, scope="profile"$/,
    )
    expect(response.body).toContain('"error":"insufficient_scope"')
  })

  test('the answer to HEAD has the challenge and no body', async () => {
    const response = await expectDenied(raw(port, 'HEAD /rest/workers/me', as('profile')), 403)
    expect(response.headers['www-authenticate']).not.toContain('scope="')
    expect(response.body).toBe('')
  })

  test('an unknown method is granted nowhere', async () => {
    for (const method of ['TRACE', 'PROPFIND', 'M-SEARCH', 'OPTIONS']) {
      await expectDenied(raw(port, `${method} /rest/workers/me`, as('api')), 403)
    }
  })
})

describe('no spelling of a path gets past the widest scope', () => {
  test.each([
    ['a dot segment', '/rest/workers/../me'],
    ['a dot segment that leaves the base path', '/rest/../admin'],
    ['a single dot', '/rest/./workers'],
    ['a dot segment at the end', '/rest/workers/..'],
    ['an encoded dot segment', '/rest/%2e%2E/admin'],
    ['a half encoded dot segment', '/rest/.%2e/admin'],
    ['two slashes', '/rest//workers'],
    ['two slashes at the start', '//rest/workers'],
    ['an encoded slash', '/rest/workers%2fme'],
    ['an encoded slash in upper case', '/rest/..%2Fadmin'],
    ['a backslash', '/rest/..\\admin'],
    ['an encoded backslash', '/rest/..%5cadmin'],
    ['a path parameter', '/rest/workers;v=1/me'],
    ['a path parameter on dots', '/rest/..;/admin'],
    ['double encoding', '/rest/%252e%252e/admin'],
    ['an encoded NUL', '/rest/workers%00'],
    ['an encoded line end', '/rest/workers%0d%0a'],
    ['overlong UTF-8', '/rest/%c0%ae%c0%ae/admin'],
    ['a malformed escape', '/rest/%zz'],
    ['a fragment', '/rest/workers#/admin'],
    ['absolute-form', 'http://localhost/rest/workers'],
    ['absolute-form of another host', 'http://other.example/rest/workers'],
  ])('%s', async (_title, target) => {
    const response = await expectDenied(raw(port, `GET ${target}`, as('api')), 400)
    expect(response.headers['www-authenticate']).toContain('error="invalid_request"')
  })

  test('raw UTF-8, which Node refuses before us', async () => {
    await expectDenied(raw(port, 'GET /rest/caf\u00c3\u00a9', as('api')), 400)
  })

  test('the asterisk-form', async () => {
    await expectDenied(raw(port, 'OPTIONS *', as('api')), 400)
  })

  test('a slash does not open the path without it', async () => {
    await expectDenied(raw(port, 'GET /rest/public/', as('public')), 403)
    await expectDenied(raw(port, 'GET /rest/records/search', as('search')), 403)
  })

  test('a path beside the base path', async () => {
    for (const target of ['/restricted', '/REST/workers', '/admin', '/']) {
      await expectDenied(raw(port, `GET ${target}`, as('api')), 403)
    }
  })

  test('headers that name another target or method change nothing', async () => {
    const spoofed = [
      'X-Original-URL: /rest/workers/me',
      'X-Rewrite-URL: /rest/workers/me',
      'X-Forwarded-Uri: /rest/workers/me',
      'X-Forwarded-Prefix: /rest',
      'X-HTTP-Method-Override: GET',
    ]
    await expectDenied(raw(port, 'DELETE /rest/workers/1', [...as('profile'), ...spoofed]), 403)
  })

  test('two Authorization headers are no token', async () => {
    await expectDenied(raw(port, 'GET /rest/workers/me', [...as('profile'), ...as('api')]), 401)
  })
})

describe('exceptions deny over HTTP', () => {
  const boom = (): never => {
    throw new Error('secret detail')
  }
  const cases: [title: string, broken: Partial<Options>][] = [
    ['a scopes function that throws', { scopes: boom }],
    ['a scopes function that rejects', { scopes: () => Promise.reject(new Error('secret detail')) }],
    ['a policy function that throws', { policy: boom }],
    ['a policy function that rejects', { policy: () => Promise.reject(new Error('secret detail')) }],
    ['a policy function without an answer', { policy: () => undefined as unknown as Policy }],
    ['an audit hook that throws', { onDecision: boom }],
  ]
  test.each(cases)('%s', async (_title, broken) => {
    options = { ...options, ...broken }
    const response = await expectDenied(raw(port, 'GET /rest/workers/me', as('profile')), 500)
    expect(response.headers).not.toHaveProperty('www-authenticate')
    expect(JSON.stringify(response)).not.toMatch(/secret|at .*\.ts/)
  })

  test('the server answers the next request', async () => {
    options = { ...options, scopes: boom }
    await expectDenied(raw(port, 'GET /rest/workers/me', as('profile')), 500)
    options = { policy, scopes: scopesOf }
    expect(await raw(port, 'GET /rest/workers/me', as('profile'))).toMatchObject({ status: 200 })
  })

  test('an audit hook that throws leaves a denial a denial', async () => {
    options = { ...options, onDecision: boom }
    await expectDenied(raw(port, 'DELETE /rest/workers/me', as('profile')), 403)
  })
})

describe('report-only over HTTP', () => {
  test('lets the denied through and leaves on the request what would have happened', async () => {
    const seen: DecisionRecord[] = []
    options = { ...options, mode: 'report-only', onDecision: (record) => seen.push(record) }
    expect(await raw(port, 'DELETE /rest/workers/me', as('profile'))).toMatchObject({ status: 200 })
    expect(await raw(port, 'GET /rest/../admin', as('profile'))).toMatchObject({ status: 200 })
    expect(reached).toMatchObject([
      { allowed: false, outcome: 'would-deny', status: 403, scopesThatWouldAllow: ['api'] },
      { allowed: false, outcome: 'would-deny', status: 400, refusal: 'dot-segment' },
    ])
    expect(seen).toEqual(reached)
  })
})

describe('one policy per client, replaced while requests run', () => {
  test('each request is judged by the policy its own call of the function gave', async () => {
    const narrow = loadPolicy('profile: { label: Profile, endpoints: [] }', { basePath: '/rest' })
    const policies = new Map<string, Policy>([['profile', policy]])
    let release = (): void => undefined
    let entered = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    const inside = new Promise<void>((resolve) => (entered = resolve))
    options = {
      ...options,
      policy: async (request) => {
        const chosen = policies.get(scopesOf(request)?.[0] ?? '') ?? narrow
        if (request.headers['x-slow'] === '1') {
          entered()
          await held
        }
        return chosen
      },
    }
    const slow = raw(port, 'GET /rest/workers/me', [...as('profile'), 'X-Slow: 1'])
    await inside
    policies.set('profile', narrow)
    expect((await raw(port, 'GET /rest/workers/me', as('profile'))).status).toBe(403)
    expect((await raw(port, 'GET /rest/workers/me', as('stranger'))).status).toBe(403)
    release()
    expect((await slow).status).toBe(200)
    expect((await raw(port, 'GET /rest/workers/me', as('profile'))).status).toBe(403)
    expect(reached).toMatchObject([{ fingerprint: policy.fingerprint }])
  })
})
