import { describe, expect, test, vi } from 'vitest'
import { decisionOf, protect, protectedResourceMetadata } from '../../src/middleware/fetch.ts'
import type { FetchOptions } from '../../src/middleware/fetch.ts'
import { fakePolicy } from './fake-policy.ts'

type Options = FetchOptions<Request, [env: string, context: number]>
const OPTIONS: Options = { policy: fakePolicy(), scopes: () => ['read'] }
const ONE = { policy: fakePolicy(), scopes: () => 'read' }
const request = (path = '/a', method = 'GET'): Request => new Request(`http://host${path}`, { method })
const handler = vi.fn((_request: Request, env: string, context: number) => new Response(`${env} ${context}`))

describe('the handler', () => {
  test('is given all arguments, and so are the functions of the options', async () => {
    const scopes = vi.fn(() => ['read'])
    const policy = vi.fn(() => fakePolicy())
    const onDecision = vi.fn()
    const skip = vi.fn(() => false)
    const subject = request()
    const answer = await protect(handler, { scopes, policy, onDecision, skip })(subject, 'env', 7)
    expect(await answer.text()).toBe('env 7')
    for (const asked of [scopes, policy, skip]) expect(asked.mock.calls).toEqual([[subject, 'env', 7]])
    expect(onDecision.mock.calls).toEqual([[decisionOf(subject), subject, 'env', 7]])
  })

  test('is not called for a denied request', async () => {
    handler.mockClear()
    const answer = await protect(handler, OPTIONS)(request('/a', 'PUT'), 'env', 7)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([403, 'no-store'])
    expect(await answer.json()).toMatchObject({ error: 'insufficient_scope' })
    expect(handler).not.toHaveBeenCalled()
  })

  test('may throw: that is not ours to answer', async () => {
    const failing = (subject: Request): Response => {
      throw new Error(`of the handler of ${subject.method}`)
    }
    expect(() => protect(failing, ONE)(request())).toThrow('of the handler of GET')
    const later = protect(failing, { ...ONE, scopes: () => Promise.resolve('read') })
    await expect(later(request())).rejects.toThrow('of the handler of GET')
  })

  test('stays synchronous when it is, and its options are', () => {
    expect(protect(handler, OPTIONS)(request(), '', 0)).toBeInstanceOf(Response)
  })
})

describe('the decision', () => {
  test('is known by the request, and only by that', async () => {
    const [judged, skipped] = [request(), request()]
    const guarded = protect(handler, { ...OPTIONS, skip: (one) => one === skipped })
    await guarded(judged, '', 0)
    await guarded(skipped, '', 0)
    expect(decisionOf(judged)).toMatchObject({ allowed: true, reason: 'granted' })
    expect(decisionOf(skipped)).toBeUndefined()
    expect(decisionOf(judged.clone())).toBeUndefined()
  })
})

describe('the target', () => {
  const statusOf = async (path: string, options: Partial<Options> = {}): Promise<number> =>
    (await protect(handler, { ...OPTIONS, ...options })(request(path), '', 0)).status

  test('is the path that the runtime made of it, which is the one the handler sees', async () => {
    expect(new URL(request('/secret/../a').url).pathname).toBe('/a')
    expect(await statusOf('/secret/../a')).toBe(200)
    expect(await statusOf('/a/%2e%2e/secret')).toBe(403)
    expect(await statusOf('/a\\..\\secret')).toBe(403)
  })

  test('is refused with a fragment, which no server receives', async () => {
    expect(await statusOf('/..#/a')).not.toBe(200)
  })

  test('is that of Node where Node is there', async () => {
    const guarded = protect((subject: Request, node: object) => new Response(subject.url + typeof node), ONE)
    const statuses = ['/a', '/secret/../a', 'http://host/a'].map(
      async (url) => (await guarded(request('/a'), { incoming: { url } })).status,
    )
    expect(await Promise.all(statuses)).toEqual([200, 400, 400])
  })

  test('is what `target` says, and refused when that is nothing', async () => {
    expect(await statusOf('/a', { target: () => '/b' })).toBe(403)
    expect(await statusOf('/a', { target: () => undefined })).toBe(400)
  })
})

test.each([
  ['without `scopes`', { policy: OPTIONS.policy }],
  ['without a policy', { ...OPTIONS, policy: undefined }],
  ['`skip` that is no function', { ...OPTIONS, skip: true }],
  ['`onDecision` that is no function', { ...OPTIONS, onDecision: 'log' }],
  ['`target` that is no function', { ...OPTIONS, target: '/a' }],
  ['nothing', undefined],
])('%s: no options', (_title, options) => {
  expect(() => protect(handler, options as Options)).toThrow(TypeError)
})

test('the metadata is a response or nothing', async () => {
  const metadata = protectedResourceMetadata({ resource: 'https://host' })
  expect(metadata(request())).toBeUndefined()
  const answer = metadata(request('/.well-known/oauth-protected-resource'))
  expect(await answer?.json()).toMatchObject({ resource: 'https://host' })
})
