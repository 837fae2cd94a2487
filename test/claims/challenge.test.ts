import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { challenge } from '../../src/claims/index.ts'
import type { ChallengeOptions } from '../../src/claims/index.ts'

describe('the value of WWW-Authenticate (RFC 6750 §3)', () => {
  const cases: [title: string, options: ChallengeOptions | undefined, expected: string][] = [
    ['nothing to say', undefined, 'Bearer'],
    ['no parameters', {}, 'Bearer'],
    ['undefined parameters are left out', { realm: undefined, scope: undefined }, 'Bearer'],
    ['a realm', { realm: 'example' }, 'Bearer realm="example"'],
    ['an empty realm', { realm: '' }, 'Bearer realm=""'],
    [
      'the example of RFC 6750 §3',
      { realm: 'example', error: 'invalid_token', errorDescription: 'The access token expired' },
      'Bearer realm="example", error="invalid_token", error_description="The access token expired"',
    ],
    [
      'one scope',
      { error: 'insufficient_scope', scope: 'api' },
      'Bearer error="insufficient_scope", scope="api"',
    ],
    ['several scopes as text', { scope: 'openid profile' }, 'Bearer scope="openid profile"'],
    [
      'several scopes as array',
      { scope: ['openid', 'api:read-only'] },
      'Bearer scope="openid api:read-only"',
    ],
    [
      'an empty array names no scope',
      { error: 'insufficient_scope', scope: [] },
      'Bearer error="insufficient_scope"',
    ],
    ['a page about the error', { errorUri: 'https://a.example/e' }, 'Bearer error_uri="https://a.example/e"'],
    [
      'resource metadata (RFC 9728 §5.1)',
      { resourceMetadata: 'https://api.example/.well-known/oauth-protected-resource' },
      'Bearer resource_metadata="https://api.example/.well-known/oauth-protected-resource"',
    ],
    [
      'everything, in a fixed order',
      {
        resourceMetadata: 'https://m',
        scope: 's',
        errorUri: 'u',
        errorDescription: 'd',
        error: 'e',
        realm: 'r',
      },
      'Bearer realm="r", error="e", error_description="d", error_uri="u", scope="s", resource_metadata="https://m"',
    ],
    ['a quotation mark in the realm is escaped', { realm: 'a "b" c' }, 'Bearer realm="a \\"b\\" c"'],
    ['a backslash in the realm is escaped', { realm: 'a\\' }, 'Bearer realm="a\\\\"'],
  ]
  test.each(cases)('%s', (_title, options, expected) => {
    expect(challenge(options)).toBe(expected)
  })
})

describe('what cannot be written is a TypeError', () => {
  const cases: [title: string, options: Record<string, unknown>][] = [
    ['a line end in the realm', { realm: 'a\r\nset-cookie: b' }],
    ['a lone line feed in the realm', { realm: 'a\n' }],
    ['NUL in the realm', { realm: 'a\u0000' }],
    ['DEL in the realm', { realm: 'a\u007f' }],
    ['non-ASCII in the realm', { realm: 'Grüße' }],
    ['a realm that is no text', { realm: 7 }],
    ['an empty error', { error: '' }],
    ['a quotation mark in the error', { error: 'a", scope="api' }],
    ['a backslash in the error', { error: 'a\\' }],
    ['an empty description', { errorDescription: '' }],
    ['a quotation mark in the description', { errorDescription: 'not "this"' }],
    ['a backslash in the description', { errorDescription: 'a\\b' }],
    ['a tab in the description', { errorDescription: 'a\tb' }],
    ['a line end in the description', { errorDescription: 'a\nb' }],
    ['non-ASCII in the description', { errorDescription: 'abgelaufen – Grüße' }],
    ['an empty page', { errorUri: '' }],
    ['a space in the page', { errorUri: 'https://a.example/a b' }],
    ['a quotation mark in the page', { errorUri: 'https://a.example/"' }],
    ['an empty scope text', { scope: '' }],
    ['two spaces between scopes', { scope: 'a  b' }],
    ['a space around scopes', { scope: ' a' }],
    ['a tab between scopes', { scope: 'a\tb' }],
    ['a quotation mark in a scope', { scope: 'a"' }],
    ['a backslash in a scope', { scope: ['a\\'] }],
    ['a space in a scope of an array', { scope: ['a b'] }],
    ['an empty scope in an array', { scope: ['a', ''] }],
    ['a hole in an array of scopes', { scope: Object.assign(['a', 'b'], { length: 3 }) }],
    ['a scope that is no text', { scope: ['a', 1] }],
    ['a Set of scopes', { scope: new Set(['a']) }],
    ['relative resource metadata', { resourceMetadata: '/.well-known/oauth-protected-resource' }],
    ['a line end in the resource metadata', { resourceMetadata: 'https://a.example/\r\n' }],
    ['null', { realm: null }],
  ]
  test.each(cases)('%s', (_title, options) => {
    expect(() => challenge(options as ChallengeOptions)).toThrow(TypeError)
  })

  test('the message names the parameter and keeps the value to itself', () => {
    expect(() => challenge({ errorDescription: 'secret "x"' })).toThrow(
      /^`errorDescription` cannot be written/,
    )
    expect(() => challenge({ errorDescription: 'secret "x"' })).not.toThrow(/secret/)
  })
})

describe('inherited parameters', () => {
  afterEach(() => {
    delete (Object.prototype as { scope?: unknown }).scope
  })

  test('a polluted Object.prototype adds no parameter', () => {
    ;(Object.prototype as { scope?: unknown }).scope = 'api'
    expect(challenge({ realm: 'a' })).toBe('Bearer realm="a"')
  })
})

test('any text is refused or survives a reader of quoted strings unchanged', () => {
  const names = ['realm', 'error', 'errorDescription', 'errorUri', 'scope'] as const
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.string({ unit: 'binary', maxLength: 12 }), (name, value) => {
      let header: string
      try {
        header = challenge({ [name]: value })
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError)
        return
      }
      const match = /^Bearer [a-z_]+="((?:[^"\\]|\\.)*)"$/.exec(header)
      expect(match?.[1]?.replace(/\\(.)/g, '$1')).toBe(value)
      expect(header).toMatch(/^[\t\x20-\x7e]*$/)
    }),
    { numRuns: 2000 },
  )
})
