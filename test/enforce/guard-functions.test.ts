import { describe, expect, test, vi } from 'vitest'
import type { Policy } from '../../src/decision/types.ts'
import { createGuard } from '../../src/enforce/guard.ts'
import type { ScopePolicyOptions } from '../../src/enforce/types.ts'
import { ask, askLater, boom, DENIED_BY_ERROR, GET, PUT, reader } from './ask.ts'
import type { Request } from './ask.ts'
import { fakePolicy } from '../middleware/fake-policy.ts'

describe('anything thrown denies with 500 and tells nothing', () => {
  const broken = { authorize: boom }
  const cases: [title: string, request: Request, options: Partial<ScopePolicyOptions<Request>>][] = [
    ['by the scopes function', GET, { scopes: boom }],
    ['by the policy function', GET, { policy: boom }],
    ['by `authorize`', GET, { policy: fakePolicy(broken) }],
    ['by `explain`', PUT, { policy: fakePolicy({ explain: boom }) }],
    ['by the request', Object.defineProperty({}, 'method', { get: boom }), {}],
    ['because the policy function returns nothing', GET, { policy: () => undefined as unknown as Policy }],
    ['because the policy function returns no policy', GET, { policy: () => ({}) as Policy }],
  ]
  test.each(cases)('%s', (_title, request, options) => {
    const outcome = ask(request, options)
    expect(outcome).toMatchObject(DENIED_BY_ERROR)
    expect(outcome).not.toHaveProperty(['headers', 'www-authenticate'])
    expect(JSON.stringify({ ...outcome, decision: undefined })).not.toContain('secret')
  })

  const rejecting: [title: string, options: Partial<ScopePolicyOptions<Request>>][] = [
    ['a rejected promise of scopes', { scopes: () => Promise.reject(new Error('secret')) }],
    ['a rejected promise of a policy', { policy: () => Promise.reject(new Error('secret')) }],
    ['a promise of no policy', { policy: () => Promise.resolve(undefined as unknown as Policy) }],
    ['a promise of a policy that throws', { policy: () => Promise.resolve(fakePolicy(broken)) }],
    ['a `then` that throws', { scopes: () => ({ then: boom }) }],
  ]
  test.each(rejecting)('%s', async (_title, options) => {
    expect(await askLater(GET, options)).toMatchObject(DENIED_BY_ERROR)
  })

  test('the record has what was thrown', () => {
    expect(ask(GET, { scopes: boom }).decision?.error).toMatchObject({ message: 'secret detail' })
  })

  test('a policy that answers with a promise grants nothing', () => {
    const authorize = (() => Promise.resolve(true)) as unknown as Policy['authorize']
    expect(ask(PUT, { policy: fakePolicy({ authorize }) })).toMatchObject({ allow: false, status: 403 })
  })

  test('`explain` cannot grant what `authorize` denied', () => {
    const policy = fakePolicy({ authorize: () => false })
    expect(ask(GET, { policy })).toMatchObject(DENIED_BY_ERROR)
  })
})

describe('functions of the request', () => {
  test('may be asynchronous, each or both', async () => {
    const scopes = (): Promise<string[]> => Promise.resolve(['read'])
    const policy = (): Promise<Policy> => Promise.resolve(fakePolicy())
    expect(await askLater(GET, { scopes })).toMatchObject({ allow: true })
    expect(await askLater(GET, { policy })).toMatchObject({ allow: true })
    expect(await askLater(PUT, { scopes, policy })).toMatchObject({ allow: false, status: 403 })
  })

  test('are given the request itself', () => {
    const scopes = vi.fn(() => ['read'])
    const policy = vi.fn(() => fakePolicy())
    ask(GET, { scopes, policy })
    expect(scopes.mock.calls).toEqual([[GET]])
    expect(policy.mock.calls).toEqual([[GET]])
  })

  test('are asked again for every request: nothing is kept', () => {
    let current = fakePolicy()
    const guard = createGuard({ policy: () => current }, reader)
    expect(guard(GET)).toMatchObject({ allow: true, decision: { fingerprint: 'f1' } })
    current = fakePolicy({ authorize: () => false, explain: () => fakePolicy().explain([], 'GET', '/b') })
    expect(guard(GET)).toMatchObject({ allow: false, status: 403 })
    current = fakePolicy({ fingerprint: 'f2' })
    expect(guard(GET)).toMatchObject({ allow: true, decision: { fingerprint: 'f2' } })
  })
})
