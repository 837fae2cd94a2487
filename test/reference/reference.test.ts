/**
 * The reference itself, on the sentences of the specification: a comparison proves nothing when both sides
 * are wrong in the same way. Each row is one statement that can be checked by reading.
 */
import { describe, expect, test } from 'vitest'
import { referenceAuthorize } from './authorize.ts'
import type { PlainDocument, PlainOptions } from './document.ts'
import { refusalsOf } from './request-path.ts'

const REFUSE = { encodedSlash: 'refuse', delimiters: 'refuse' } as const
const DATA = { encodedSlash: 'data', delimiters: 'data' } as const

test.each([
  ['/a/./b', 'dot-segment'],
  ['/a/%2E%2e', 'dot-segment'],
  ['/a//b', 'empty-segment'],
  ['//a', 'empty-segment'],
  ['/a//', 'empty-segment'],
  ['/a\\b', 'backslash'],
  ['/a;b', 'semicolon'],
  ['/a#b', 'fragment'],
  ['/a b', 'space'],
  ['/a\tb', 'control-character'],
  ['/\x7f', 'control-character'],
  ['/é', 'non-ascii'],
  ['/a%2', 'malformed-escape'],
  ['/%u0041', 'malformed-escape'],
  ['/a%2fb', 'encoded-slash'],
  ['/a%5Cb', 'encoded-backslash'],
  ['/a%3bb', 'encoded-delimiter'],
  ['/a%3Fb', 'encoded-delimiter'],
  ['/a%23b', 'encoded-delimiter'],
  ['/a%0Ab', 'encoded-control'],
  ['/a%7fb', 'encoded-control'],
  ['/a%252Fb', 'double-encoding'],
  ['/a%25%32%46b', 'double-encoding'],
  ['/%C0%AF', 'invalid-utf8'],
  ['/%ED%A0%80', 'invalid-utf8'],
  ['/%F4%90%80%80', 'invalid-utf8'],
  ['/%C3/%A9', 'invalid-utf8'],
  ['', 'empty-target'],
  ['?a', 'empty-target'],
  ['*', 'asterisk-form'],
  ['https://host/a', 'absolute-form'],
  ['http:/a', 'absolute-form'],
  ['x:/a', 'absolute-form'],
  ['http:a', 'absolute-form'],
  ['host:443', 'authority-form'],
  [`/${'a'.repeat(8192)}`, 'too-long'],
])('%j is refused for %s', (path, rule) => {
  expect([...refusalsOf(path, REFUSE)]).toContain(rule)
})

test.each([
  '/',
  '/a',
  'a',
  '/a/',
  '/a?//;#',
  '/a..b',
  '/.well-known/x',
  '/main...feature',
  '/100%25',
  '/%25zz',
  '/caf%C3%A9',
  '/a%20b',
  '/%7Eme',
  '/*',
  '/a:b',
  '/a:443',
  '/a/b:80',
  `/${'a'.repeat(8191)}`,
])('%j is accepted', (path) => {
  expect([...refusalsOf(path, REFUSE)]).toEqual([])
})

test.each([
  ['/a%2Fb', []],
  ['/a;b%3Bc%3Fd%23', []],
  ['/a%2F%2Fb', ['empty-segment']],
  ['/a/%2Fb', ['empty-segment']],
  ['/a%2F..', ['dot-segment']],
  ['/..;x', ['dot-segment']],
  ['/a/.%3Bx/b', ['dot-segment']],
  ['/a#b', ['fragment']],
])('with slashes and delimiters as data, %j breaks %j', (path, rules) => {
  expect([...refusalsOf(path, DATA)]).toEqual(rules)
})

describe('a decision', () => {
  const decide = (options: PlainOptions, patterns: readonly string[], path: string): boolean => {
    const document: PlainDocument = {
      $options: options,
      s: { label: 's', endpoints: patterns.map((text) => ({ [text]: 'GET' })) },
    }
    return referenceAuthorize(document, ['s'], 'GET', path)
  }
  const rows: readonly (readonly [
    options: PlainOptions,
    patterns: readonly string[],
    path: string,
    granted: boolean,
  ])[] = [
    [{}, ['workers/me'], '/workers/m%65', true],
    [{}, ['/workers/me'], 'workers/me?x', true],
    [{}, ['workers/me'], '/workers/Me', false],
    [{ caseSensitive: false }, ['workers/me'], '/Workers/ME', true],
    [{}, ['records/*/search'], '/records/a/b/search', true],
    [{}, ['records/*/search'], '/records/search', false],
    [{}, ['*0'], '/a%20', false],
    [{}, ['%C3*'], '/%C3%A9', false],
    [{}, ['caf%c3%a9'], '/caf%C3%A9', true],
    [{}, ['/'], '/', true],
    [{}, ['*'], '/', true],
    [{}, ['public/*'], '/public/', false],
    [{}, ['public/*', 'public'], '/public/', true],
    [{}, ['public/'], '/public/', true],
    [{}, ['public'], '/public/', false],
    [{ trailingSlash: 'ignore' }, ['public'], '/public/', true],
    [{ trailingSlash: 'ignore' }, ['public/*'], '/public/', false],
    [{ basePath: '/rest' }, ['a'], '/rest/a', true],
    [{ basePath: '/rest' }, ['*'], '/restless', false],
    [{ basePath: '/rest' }, ['*'], '/REST/a', false],
    [{ basePath: '/rest' }, ['/'], '/rest/', true],
    [{ extensions: ['json', 'xml'] }, ['a'], '/a.json.xml', true],
    [{ extensions: ['json'] }, ['a'], '/a.JSON', false],
    [{ extensions: ['gz', 'tar.gz'] }, ['a'], '/a.tar.gz', true],
    [{ extensions: ['json'] }, ['/'], '/.json', true],
    [{ extensions: ['json'] }, ['*'], '/a/..json', false],
    [{ extensions: ['json'] }, ['a', 'a.json/*'], '/a.json/', true],
    [{ extensions: ['json'] }, ['*/'], '/a.json/.json', true],
    [{ extensions: ['json'] }, ['*/'], '/..json/', false],
    [{ extensions: ['json'] }, ['*/'], '/..json/.json', false],
    [{ wildcard: 'segment' }, ['records/*/search'], '/records/a/b/search', false],
    [{ wildcard: 'segment' }, ['records/**'], '/records/a/.b', true],
    [{ wildcard: 'segment' }, ['{a,b}/[cd]'], '/b/d', true],
    [{ encodedSlash: 'data' }, ['projects/*'], '/projects/a%2Fb', true],
  ]
  test.each(rows)('with %j, patterns %j and path %j: %j', (options, patterns, path, granted) => {
    expect(decide(options, patterns, path)).toBe(granted)
  })

  test('heads, bare patterns and included scopes grant what they say', () => {
    const document: PlainDocument = {
      $options: { head: 'as-get', methods: ['GET', 'PUT'] },
      a: { label: 'a', endpoints: ['x'] },
      b: { label: 'b', includes: ['a'] },
      c: { label: 'c', includes: ['b'], endpoints: [{ y: 'post' }] },
    }
    const allowed = (scope: string, method: string, path: string): boolean =>
      referenceAuthorize(document, [scope], method, path)
    for (const scope of ['a', 'b', 'c']) {
      expect(['GET', 'HEAD', 'PUT', 'POST'].filter((method) => allowed(scope, method, '/x'))).toEqual([
        'GET',
        'HEAD',
        'PUT',
      ])
    }
    expect(allowed('c', 'POST', '/y')).toBe(true)
    expect(allowed('c', 'HEAD', '/y')).toBe(false)
    expect(allowed('b', 'POST', '/y')).toBe(false)
  })
})
