import { describe, expect, test, vi } from 'vitest'
import type { Policy } from '../../src/decision/types.ts'
import { fakePolicy } from '../middleware/fake-policy.ts'
import { ask, GET } from './ask.ts'

describe('a request whose scopes suffice', () => {
  test('is allowed', () => {
    expect(ask(GET)).toEqual({
      allow: true,
      decision: {
        allowed: true,
        outcome: 'allowed',
        reason: 'granted',
        method: 'GET',
        path: '/a',
        scopes: ['read'],
        scopesThatWouldAllow: [],
        fingerprint: 'f1',
      },
    })
  })

  test.each([['read'], [new Set(['read'])], [['read', 'other']], ['other read']])('given as %j', (scopes) => {
    expect(ask({ ...GET, scopes }).allow).toBe(true)
  })

  test('is judged by its whole target, and recorded without its query', () => {
    const outcome = ask({ ...GET, target: '/a?access_token=secret' })
    expect(outcome).toMatchObject({ allow: true, decision: { path: '/a' } })
  })
})

describe('a request without scopes', () => {
  test.each([[undefined], [null]])('(%s) is answered 401 with a bare challenge', (scopes) => {
    expect(ask({ ...GET, scopes })).toMatchObject({
      allow: false,
      status: 401,
      headers: { 'www-authenticate': 'Bearer', 'content-type': 'application/json' },
      body: { error_description: 'an access token is needed' },
      decision: { reason: 'no-scopes', outcome: 'denied', status: 401 },
    })
  })

  test('learns realm and resource metadata, and no error code (RFC 6750 §3.1)', () => {
    const options = { realm: 'a "b"', resourceMetadata: 'https://api.example/.well-known/x' }
    expect(ask({ ...GET, scopes: undefined }, options)).toMatchObject({
      headers: {
        'www-authenticate': 'Bearer realm="a \\"b\\"", resource_metadata="https://api.example/.well-known/x"',
      },
    })
  })

  test('is answered before the policy function is asked', () => {
    const policy = vi.fn(() => fakePolicy())
    expect(ask({ ...GET, scopes: undefined }, { policy })).toMatchObject({ status: 401 })
    expect(policy).not.toHaveBeenCalled()
  })

  test('is answered 401 also where its path would be refused', () => {
    expect(ask({ ...GET, target: '/../a', scopes: undefined })).toMatchObject({ status: 401 })
  })
})

describe('a request whose scopes do not suffice', () => {
  test('is answered 403 with the narrowest scope that would allow it', () => {
    expect(ask({ ...GET, scopes: [] }, { realm: 'api' })).toMatchObject({
      allow: false,
      status: 403,
      headers: {
        'www-authenticate':
          'Bearer realm="api", error="insufficient_scope", ' +
          'error_description="the access token lacks the scope", scope="read"',
      },
      body: { error: 'insufficient_scope', error_description: 'the access token lacks the scope' },
      decision: {
        allowed: false,
        reason: 'method-not-granted',
        status: 403,
        scopesThatWouldAllow: ['read', 'write'],
      },
    })
  })

  test('learns all scopes of the narrowest set at once, as clients ask for them', () => {
    const explain: Policy['explain'] = (...asked) => {
      const sets = { setsThatWouldAllow: [['project:write', 'team:read'], ['admin']] }
      return { ...fakePolicy().explain(...asked), scopesThatWouldAllow: ['admin'], ...sets }
    }
    const requestAs = (scope: string): string => `api://app/${scope}`
    const ask403 = (policy: Policy): string => {
      const outcome = ask({ ...GET, scopes: [] }, { policy })
      return outcome.allow ? '' : (outcome.headers['www-authenticate'] ?? '')
    }
    expect(ask403(fakePolicy({ explain }))).toMatch(/scope="project:write team:read"$/)
    expect(ask403({ ...fakePolicy({ explain }), ...{ requestAs } })).toMatch(
      /scope="api:\/\/app\/project:write api:\/\/app\/team:read"$/,
    )
  })

  test('is answered 403 without a scope where none of the policy would allow it', () => {
    const outcome = ask({ ...GET, target: '/b' })
    expect(outcome).toMatchObject({ status: 403, decision: { reason: 'no-scope-covers-path' } })
    expect(outcome).toHaveProperty(
      ['headers', 'www-authenticate'],
      'Bearer error="insufficient_scope", error_description="no scope allows this request"',
    )
  })

  test('is answered 403 for an empty list of scopes, which is not the same as no token', () => {
    expect(ask({ ...GET, scopes: '' })).toMatchObject({ status: 403 })
  })
})

describe('a target that is refused', () => {
  test('is answered 400 invalid_request with the rule', () => {
    expect(ask({ ...GET, target: '/../a' })).toMatchObject({
      allow: false,
      status: 400,
      headers: {
        'www-authenticate':
          'Bearer error="invalid_request", error_description="the request path is refused (dot-segment)"',
      },
      body: { error: 'invalid_request' },
      decision: { reason: 'path-refused', refusal: 'dot-segment', status: 400 },
    })
  })

  test.each(['a', 'http://host/a', '*', 'host:443', ' /a', '\\a', '?/a'])(
    '%s does not begin with a slash and is answered 400, whatever the policy says',
    (target) => {
      const policy = fakePolicy({ authorize: () => true })
      expect(ask({ ...GET, target }, { policy })).toMatchObject({
        status: 400,
        decision: { reason: 'path-refused', refusal: 'no-leading-slash' },
      })
    },
  )

  test.each([[undefined], [null], [7], [['/a']], ['']])('%j is no target', (target) => {
    expect(ask({ ...GET, target })).toMatchObject({
      status: 400,
      decision: { refusal: 'empty-target', path: '' },
    })
  })
})
