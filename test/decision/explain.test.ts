/**
 * The decision with its reasons: the exact object for each reason, nothing missing and nothing more.
 */
import { describe, expect, test } from 'vitest'
import { loadPolicy } from '../../src/index.ts'
import { EXAMPLE, policyOf } from './example.ts'

const policy = loadPolicy(EXAMPLE)

function place(text: string): { start: number; end: number } {
  const start = EXAMPLE.indexOf(text)
  return { start, end: start + text.length }
}

describe('explain', () => {
  test('granted', () => {
    expect(policy.explain(['profile', 'openid'], 'GET', '/workers/m%65?x=1')).toEqual({
      allowed: true,
      reason: 'granted',
      path: 'workers/me',
      grantedBy: [{ scope: 'profile', endpoint: 'workers/me', span: place('workers/me') }],
      scopesThatWouldAllow: ['profile', 'api:read-only', 'api'],
      setsThatWouldAllow: [['profile'], ['api:read-only'], ['api']],
      methodsAllowed: ['GET'],
      unknownScopes: ['openid'],
    })
  })

  test('granted by several endpoints, in the order of the token', () => {
    expect(policy.explain(['api', 'profile'], 'GET', '/workers/me')).toEqual({
      allowed: true,
      reason: 'granted',
      path: 'workers/me',
      grantedBy: [
        {
          scope: 'api',
          endpoint: '*',
          span: { start: EXAMPLE.lastIndexOf('"*"'), end: EXAMPLE.lastIndexOf('"*"') + 3 },
        },
        { scope: 'profile', endpoint: 'workers/me', span: place('workers/me') },
      ],
      scopesThatWouldAllow: ['profile', 'api:read-only', 'api'],
      setsThatWouldAllow: [['profile'], ['api:read-only'], ['api']],
      methodsAllowed: ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'],
      unknownScopes: [],
    })
  })

  test('no-scope-covers-path', () => {
    expect(policy.explain(['profile'], 'GET', '/secret/things/deep/down')).toEqual({
      allowed: false,
      reason: 'no-scope-covers-path',
      path: 'secret/things/deep/down',
      grantedBy: [],
      scopesThatWouldAllow: ['api:read-only', 'api'],
      setsThatWouldAllow: [['api:read-only'], ['api']],
      methodsAllowed: [],
      unknownScopes: [],
    })
  })

  test('no-scope-covers-path, without any scope', () => {
    expect(policy.explain([], 'GET', '/workers/me')).toEqual({
      allowed: false,
      reason: 'no-scope-covers-path',
      path: 'workers/me',
      grantedBy: [],
      scopesThatWouldAllow: ['profile', 'api:read-only', 'api'],
      setsThatWouldAllow: [['profile'], ['api:read-only'], ['api']],
      methodsAllowed: [],
      unknownScopes: [],
    })
  })

  test('method-not-granted', () => {
    const decision = policy.explain('profile', 'DELETE', '/workers/me')
    expect(decision).toEqual({
      allowed: false,
      reason: 'method-not-granted',
      path: 'workers/me',
      grantedBy: [],
      scopesThatWouldAllow: ['api'],
      setsThatWouldAllow: [['api']],
      methodsAllowed: ['GET'],
      unknownScopes: [],
      nearest: {
        scope: 'profile',
        endpoint: 'workers/me',
        differs: 'method',
        hint: 'GET is granted there, not `DELETE`',
      },
    })
  })

  test('path-refused', () => {
    expect(policy.explain(['api', 'x'], 'GET', '/a/../b?q')).toEqual({
      allowed: false,
      reason: 'path-refused',
      refusal: 'dot-segment',
      path: '/a/../b',
      grantedBy: [],
      scopesThatWouldAllow: [],
      setsThatWouldAllow: [],
      methodsAllowed: [],
      unknownScopes: ['x'],
    })
  })

  test('path-refused names the rule for each of them', () => {
    const refusals = {
      '': 'empty-target',
      '*': 'asterisk-form',
      'http://a': 'absolute-form',
      'a:1': 'authority-form',
      '/a//b': 'empty-segment',
      '/a\\b': 'backslash',
      '/a;b': 'semicolon',
      '/a#b': 'fragment',
      '/a b': 'space',
      '/a\u0001': 'control-character',
      '/é': 'non-ascii',
      '/%': 'malformed-escape',
      '/%2f': 'encoded-slash',
      '/%5c': 'encoded-backslash',
      '/%3b': 'encoded-delimiter',
      '/%00': 'encoded-control',
      '/%2500': 'double-encoding',
      '/%ff': 'invalid-utf8',
      [`/${'a'.repeat(8192)}`]: 'too-long',
    }
    for (const [path, refusal] of Object.entries(refusals)) {
      expect(policy.explain(['api'], 'GET', path)).toMatchObject({
        allowed: false,
        reason: 'path-refused',
        refusal,
      })
    }
  })

  test('invalid-argument', () => {
    for (const asked of [
      [5, 'GET', '/a'],
      [['api'], 5, '/a'],
      [['api'], 'GET', null],
      [null, null, null],
    ]) {
      expect(policy.explain(...(asked as unknown as [string, string, string]))).toEqual({
        allowed: false,
        reason: 'invalid-argument',
        path: '',
        grantedBy: [],
        scopesThatWouldAllow: [],
        setsThatWouldAllow: [],
        methodsAllowed: [],
        unknownScopes: [],
      })
    }
  })

  test('names each unknown scope once, and empty names never', () => {
    expect(policy.explain('a  b a profile ', 'GET', '/x').unknownScopes).toEqual(['a', 'b'])
  })

  test('names the endpoint of an included scope under the scope of the token', () => {
    const text = 'all: {label: x, includes: [part]}\npart: {label: x, endpoints: [a/b: GET]}\n'
    const start = text.indexOf('a/b')
    expect(loadPolicy(text).explain(['all'], 'GET', '/a/b').grantedBy).toEqual([
      { scope: 'all', endpoint: 'a/b', span: { start, end: start + 3 } },
    ])
  })

  test('shows the path as it was compared', () => {
    const cerb = policyOf({ s: 'x' }, { preset: 'cerb' })
    expect(cerb.explain(['s'], 'GET', '/rest/Caf%c3%a9/A.json/').path).toBe('caf%C3%A9/a')
    expect(cerb.explain(['s'], 'GET', '/other/x').path).toBe('/other/x')
    expect(policyOf({ s: 'x' }).explain(['s'], 'GET', '/').path).toBe('')
  })

  test('agrees with authorize wherever it says granted, and then says by what', () => {
    const odd = policyOf({ s: ['a/*', '*.b', 'c%20d', '/', 'e/', '*x*y*'], t: ['**', 'z'] })
    for (const path of [
      '/',
      '/a/b',
      '/a/',
      '/x.b',
      '/c%20d',
      '/e/',
      '/e',
      '/axbyc',
      '/%61/b',
      '/z',
      '/a/../b',
    ]) {
      for (const scopes of [['s'], ['t'], ['s', 't'], []]) {
        const decision = odd.explain(scopes, 'GET', path)
        expect(decision.allowed).toBe(odd.authorize(scopes, 'GET', path))
        expect(decision.grantedBy.length > 0).toBe(decision.allowed)
        expect(decision.reason === 'granted').toBe(decision.allowed)
        expect(decision.methodsAllowed).toEqual(odd.methodsFor(scopes, path))
        expect(decision.scopesThatWouldAllow).toEqual(odd.scopesFor('GET', path))
      }
    }
  })
})
