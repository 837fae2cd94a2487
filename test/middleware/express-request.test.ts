/**
 * What the Express adapter reads from a request and does to a response, on stand-ins for both.
 */
import { describe, expect, test, vi } from 'vitest'
import { scopePolicy } from '../../src/middleware/express.ts'
import type {
  RequestLike,
  ResponseLike,
  ScopePolicyOptions,
  WithScopeDecision,
} from '../../src/middleware/express.ts'
import { fakePolicy } from './fake-policy.ts'

interface Answer extends ResponseLike {
  readonly sent: string[]
  destroyed: boolean
}

function responseLike(changes: Partial<ResponseLike> = {}): Answer {
  const sent: string[] = []
  return {
    statusCode: 200,
    headersSent: false,
    sent,
    destroyed: false,
    setHeader: (name, value) => sent.push(`${name}: ${value}`),
    end: (body?: string) => sent.push(body ?? ''),
    destroy() {
      this.destroyed = true
    },
    ...changes,
  }
}

/** The status of the answer, or `next` when the request went on. */
function run(request: RequestLike, options: Partial<ScopePolicyOptions<RequestLike>> = {}): number | 'next' {
  const response = responseLike()
  const next = vi.fn()
  scopePolicy({ policy: fakePolicy(), ...options })(request, response, next)
  expect(next.mock.calls.length + Number(response.sent.length > 0)).toBe(1)
  return next.mock.calls.length === 1 ? 'next' : response.statusCode
}

describe('scopes by default', () => {
  const get = (auth: unknown): RequestLike => ({ method: 'GET', url: '/a', auth })
  test.each<[title: string, auth: unknown, expected: number | 'next']>([
    ['the claims in `auth` (express-jwt)', { sub: '1', scope: 'read' }, 'next'],
    [
      'the claims in `auth.payload` (express-oauth2-jwt-bearer)',
      { header: {}, payload: { scope: 'read' } },
      'next',
    ],
    ['the `scp` claim', { payload: { scp: ['read'] } }, 'next'],
    ['claims without a scope', { payload: { sub: '1' } }, 403],
    ['no `auth`: no token', undefined, 401],
    ['a null `auth`: no token', null, 401],
    ['an `auth` without payload: no token', { payload: undefined }, 401],
    ['an `auth` that is no object', 'read', 403],
    ['an inherited payload', Object.create({ payload: { scope: 'read' } }), 403],
    ['a claim named `payload` brings no scopes', { sub: '1', payload: { scope: 'read' } }, 403],
    ['a claim named `payload` does not add to `scope`', { scope: '', payload: { scope: 'read' } }, 403],
  ])('%s', (_title, auth, expected) => {
    expect(run(get(auth))).toBe(expected)
  })

  test('give way to the function of the options', () => {
    expect(run(get({ scope: 'read' }), { scopes: () => [] })).toBe(403)
  })
})

describe('the target', () => {
  const auth = { scope: 'read' }

  test('is `originalUrl`: a mount point does not take part of the path away', () => {
    expect(run({ method: 'GET', originalUrl: '/a', url: '/', auth })).toBe('next')
    expect(run({ method: 'GET', originalUrl: '/mount/a', url: '/a', auth })).toBe(403)
  })

  test('is `url` where the server has no `originalUrl`', () => {
    expect(run({ method: 'GET', url: '/a', auth })).toBe('next')
  })

  test('is refused when it is empty or absent', () => {
    expect(run({ method: 'GET', originalUrl: '', url: '/a', auth })).toBe(400)
    expect(run({ method: 'GET', auth })).toBe(400)
  })

  test('is never taken from a header', () => {
    const headers = { 'x-original-url': '/a', 'x-forwarded-uri': '/a', 'x-http-method-override': 'GET' }
    expect(run({ method: 'PUT', url: '/b', auth, headers })).toBe(403)
  })
})

describe('going on', () => {
  const request = (): RequestLike & WithScopeDecision => ({
    method: 'GET',
    url: '/a',
    auth: { scope: 'read' },
  })

  test('happens synchronously, once and without arguments', () => {
    const next = vi.fn()
    scopePolicy({ policy: fakePolicy() })(request(), responseLike(), next)
    expect(next.mock.calls).toEqual([[]])
  })

  test('leaves the decision on the request', () => {
    const subject = request()
    scopePolicy({ policy: fakePolicy() })(subject, responseLike(), () => undefined)
    expect(subject.scopeDecision).toMatchObject({ allowed: true, reason: 'granted' })
  })

  test('lets the exceptions of later handlers pass and answers nothing for them', () => {
    const response = responseLike()
    const next = (): never => {
      throw new Error('of a later handler')
    }
    expect(() => {
      scopePolicy({ policy: fakePolicy() })(request(), response, next)
    }).toThrow('of a later handler')
    expect(response.sent).toEqual([])
  })

  test('does not happen when somebody has answered while the scopes were awaited', async () => {
    const response = responseLike({ headersSent: true })
    const next = vi.fn()
    const scopes = (): Promise<string[]> => Promise.resolve([])
    scopePolicy({ policy: fakePolicy(), scopes })(request(), response, next)
    await new Promise((resolve) => setImmediate(resolve))
    expect({ sent: response.sent, destroyed: response.destroyed }).toEqual({ sent: [], destroyed: false })
    expect(next).not.toHaveBeenCalled()
  })

  test('does not happen when the denial cannot be sent: the connection is cut', () => {
    const next = vi.fn()
    const response = responseLike({
      setHeader: () => {
        throw new Error('no more headers')
      },
    })
    scopePolicy({ policy: fakePolicy() })({ ...request(), method: 'PUT' }, response, next)
    expect(response.destroyed).toBe(true)
    expect(next).not.toHaveBeenCalled()
  })

  test('does not happen on a request that takes no decision', () => {
    const next = vi.fn()
    const response = responseLike()
    scopePolicy({ policy: fakePolicy() })(Object.freeze(request()), response, next)
    expect(response.destroyed).toBe(true)
    expect(next).not.toHaveBeenCalled()
  })
})
