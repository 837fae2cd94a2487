import { Hono } from 'hono'
import type { Context } from 'hono'
import { cors } from 'hono/cors'
import { jwt, sign } from 'hono/jwt'
import { methodOverride } from 'hono/method-override'
import { describe, expect, test, vi } from 'vitest'
import { decisionOf, scopePolicy } from '../../src/middleware/hono.ts'
import type { HonoOptions, ScopePolicyEnv } from '../../src/middleware/hono.ts'
import { fakePolicy } from './fake-policy.ts'

const policy = fakePolicy()
const guard = (options: Partial<HonoOptions<Context>> = {}) =>
  scopePolicy<Context>({ policy, scopes: () => ['read'], ...options })

describe('scopes by default', () => {
  const secret = 'a secret of thirty-two characters'

  test('are those of the token that `jwt` of Hono has verified', async () => {
    const app = new Hono()
    app.use(jwt({ secret, alg: 'HS256' }))
    app.use(scopePolicy({ policy }))
    app.on(['GET', 'PUT'], '/a', (context) => context.text('reached'))
    const authorization = `Bearer ${await sign({ scope: 'read' }, secret)}`
    const statusOf = async (method: string): Promise<number> =>
      (await app.request('/a', { method, headers: { authorization } })).status
    expect([await statusOf('GET'), await statusOf('PUT')]).toEqual([200, 403])
  })

  test('are none without it', async () => {
    const app = new Hono().use(scopePolicy({ policy })).get('/a', (context) => context.text('reached'))
    expect((await app.request('/a')).status).toBe(401)
  })
})

describe('the middleware', () => {
  test('leaves the decision in the context', async () => {
    const app = new Hono<ScopePolicyEnv>()
    app.use(guard())
    app.get('/a', (context) =>
      context.text(`${context.get('scopeDecision')?.reason ?? ''} ${decisionOf(context)?.path ?? ''}`),
    )
    expect(await (await app.request('/a')).text()).toBe('granted /a')
  })

  test('keeps the headers that were set before, with a denial too', async () => {
    const app = new Hono()
    app.use(cors({ origin: 'https://app.example' }))
    app.use(async (context, next) => {
      context.header('x-before', '1')
      await next()
    })
    app.use(guard())
    const answer = await app.request('/b', { headers: { origin: 'https://app.example' } })
    expect([answer.status, answer.headers.get('x-before')]).toEqual([403, '1'])
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.example')
  })

  test('leaves preflights to CORS before it', async () => {
    const app = new Hono().use(cors()).use(guard({ scopes: () => undefined }))
    const headers = { origin: 'https://app.example', 'access-control-request-method': 'PUT' }
    expect((await app.request('/a', { method: 'OPTIONS', headers })).status).toBe(204)
    expect((await app.request('/a', { method: 'GET', headers })).status).toBe(401)
  })

  test('judges the method that `methodOverride` gives a request', async () => {
    const app = new Hono()
    app.use(methodOverride({ app, header: 'x-method' }))
    app.use(guard({ scopes: () => ['write'] }))
    const reached = vi.fn()
    app.delete('/a', (context) => {
      reached()
      return context.text('deleted')
    })
    const answer = await app.request('/a', { method: 'POST', headers: { 'x-method': 'DELETE' } })
    expect(answer.status).toBe(403)
    expect(reached).not.toHaveBeenCalled()
  })

  test('takes the target from the function of the options', async () => {
    const app = new Hono()
      .use(guard({ target: () => '/a/../b' }))
      .get('/a', (context) => context.text('reached'))
    expect((await app.request('/a')).status).toBe(400)
    expect(() => guard({ target: '/a' as never })).toThrow(TypeError)
  })

  test('lets the exceptions of later handlers pass', async () => {
    const app = new Hono().use(guard())
    app.get('/a', () => {
      throw new Error('of a later handler')
    })
    app.onError((error, context) => context.text(error.message, 418))
    expect(await (await app.request('/a')).text()).toBe('of a later handler')
  })
})
