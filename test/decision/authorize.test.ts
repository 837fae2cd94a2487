/**
 * The decision, as the specification words it. Each claim is put to every way of asking: `authorize`, a
 * grant, `explain`, `methodsFor` and `scopesFor` may never disagree.
 */
import { describe, expect, test } from 'vitest'
import { loadPolicy } from '../../src/index.ts'
import type { Policy } from '../../src/index.ts'
import { ALL_METHODS, EXAMPLE, policyOf } from './example.ts'

/** The one answer of all five; a difference is a failure. */
function decide(policy: Policy, scopes: readonly string[], method: string, path: string): boolean {
  const answer = policy.authorize(scopes, method, path)
  const others = [
    policy.authorize(new Set(scopes), method, path),
    policy.authorize(scopes.join(' '), method, path),
    policy.authorize(
      [...scopes, ...Array.from({ length: 80 }, (_, index) => `unknown${index}`)],
      method,
      path,
    ),
    policy.grant(scopes).authorize(method, path),
    policy.explain(scopes, method, path).allowed,
    policy.methodsFor(scopes, path).includes(method),
  ]
  expect(others, `${scopes.join(' ')} ${method} ${path}`).toEqual(others.map(() => answer))
  if (policy.scopesFor(method, path).some((scope) => scopes.includes(scope))) expect(answer).toBe(true)
  return answer
}

describe("the specification's example", () => {
  const policy = loadPolicy(EXAMPLE)
  const table: readonly (readonly [scopes: string, method: string, path: string, allowed: boolean])[] = [
    ['profile', 'GET', '/workers/me', true],
    ['profile', 'GET', 'workers/me', true],
    ['profile', 'GET', '/workers/m%65', true],
    ['profile', 'GET', '/workers/me?expand=all', true],
    ['profile', 'POST', '/workers/me', false],
    ['profile', 'GET', '/workers/you', false],
    ['profile', 'GET', '/workers/me/', false],
    ['profile', 'get', '/workers/me', false],
    ['search', 'GET', '/records/ticket/search', true],
    ['search', 'GET', '/records/ticket/5/links/search', true],
    ['search', 'GET', '/records/search', false],
    ['search', 'GET', '/records//search', false],
    ['search', 'POST', '/records/ticket/search', false],
    ['api:read-only', 'GET', '/anything/at/all', true],
    ['api:read-only', 'GET', '/', true],
    ['api:read-only', 'HEAD', '/anything', false],
    ['api:read-only', 'DELETE', '/anything', false],
    ['api', 'DELETE', '/anything', true],
    ['api', 'OPTIONS', '/anything', false],
    ['api', 'GET', '/../etc', false],
    ['profile search', 'GET', '/records/a/search', true],
    ['profile search', 'GET', '/records/a', false],
    ['unknown', 'GET', '/workers/me', false],
    ['', 'GET', '/workers/me', false],
  ]
  for (const [scopes, method, path, allowed] of table) {
    test(`${allowed ? 'allows' : 'denies'} ${method} ${path} to "${scopes}"`, () => {
      expect(decide(policy, scopes.split(' '), method, path)).toBe(allowed)
    })
  }
})

describe('a method', () => {
  const policy = policyOf({ all: '*', get: [{ '*': 'GET' }] })

  test('is granted by a bare pattern when it is one of the API', () => {
    for (const method of ALL_METHODS) expect(decide(policy, ['all'], method, '/a')).toBe(true)
    for (const method of ['HEAD', 'OPTIONS', 'TRACE', 'CONNECT', 'PROPFIND']) {
      expect(decide(policy, ['all'], method, '/a')).toBe(false)
    }
  })

  test('in any other spelling is granted nowhere', () => {
    for (const method of [
      'get',
      'Get',
      'GET ',
      ' GET',
      'GET\n',
      'GE\u0422',
      'PO\u017fT',
      '',
      '*',
      'ANY',
      'ALL',
    ]) {
      expect(decide(policy, ['all', 'get'], method, '/a'), method).toBe(false)
    }
  })

  test('that objects have by themselves is granted nowhere', () => {
    for (const method of ['__proto__', 'constructor', 'toString', 'length', '0', 'indexOf']) {
      expect(decide(policy, ['all'], method, '/a')).toBe(false)
    }
  })

  test('HEAD and OPTIONS are granted where they are listed', () => {
    const listed = policyOf({ s: [{ a: ['HEAD', 'OPTIONS'] }, { b: ['GET'] }] })
    expect(decide(listed, ['s'], 'HEAD', '/a')).toBe(true)
    expect(decide(listed, ['s'], 'OPTIONS', '/a')).toBe(true)
    expect(decide(listed, ['s'], 'GET', '/a')).toBe(false)
    expect(decide(listed, ['s'], 'HEAD', '/b')).toBe(false)
  })

  test('HEAD is granted where GET is with head: as-get, and nothing else changes', () => {
    const asGet = policyOf({ s: [{ a: 'GET' }, { b: 'POST' }, 'c'] }, { head: 'as-get' })
    expect(asGet.methodsFor(['s'], '/a')).toEqual(['GET', 'HEAD'])
    expect(asGet.methodsFor(['s'], '/b')).toEqual(['POST'])
    expect(asGet.methodsFor(['s'], '/c')).toEqual(['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'])
  })

  test('head: as-get does not grant GET where HEAD is', () => {
    const asGet = policyOf({ s: [{ a: 'HEAD' }] }, { head: 'as-get' })
    expect(asGet.methodsFor(['s'], '/a')).toEqual(['HEAD'])
  })

  test('$options.methods are what a bare pattern grants', () => {
    const own = policyOf({ s: ['a', { b: 'DELETE' }] }, { methods: ['QUERY', 'GET'] })
    expect(own.methodsFor(['s'], '/a')).toEqual(['GET', 'QUERY'])
    expect(own.methodsFor(['s'], '/b')).toEqual(['DELETE'])
  })

  test('each of 40 in one policy keeps to its own endpoint', () => {
    const methods =
      'ACL BIND CHECKIN CHECKOUT CONNECT COPY DELETE GET HEAD LABEL LINK LOCK MERGE MKACTIVITY MKCALENDAR MKCOL MKREDIRECTREF MKWORKSPACE MOVE OPTIONS ORDERPATCH PATCH POST PRI PROPFIND PROPPATCH PUT QUERY REBIND REPORT SEARCH TRACE UNBIND UNCHECKOUT UNLINK UNLOCK UPDATE'.split(
        ' ',
      )
    const each = policyOf({ s: methods.map((method) => ({ [`p/${method}`]: method })) })
    for (const method of methods) {
      for (const other of methods) expect(each.authorize(['s'], method, `/p/${other}`)).toBe(method === other)
    }
  })
})

describe('what is refused is granted nowhere, whatever the policy', () => {
  const wide = policyOf({ s: ['*', '/', '**', '*/', '*a*', 'a*', '*b', 'a/*/b', 'a%20b', '%C3%A9*', 'a/b/'] })
  const segment = policyOf(
    { s: ['**', '/', '*', '**/*', 'a*', 'a%20b', '[!x]*', '?*'] },
    { wildcard: 'segment' },
  )
  const data = policyOf({ s: ['*', 'a;b', 'a%2Fb', 'a%23*'] }, { encodedSlash: 'data', delimiters: 'data' })
  const paths = [
    ...['', '?', '?a=b', '*', '*?a', 'https://host/a', 'http://a', 'host:443', 'a:1', `/${'a'.repeat(8192)}`],
    ...[
      '//',
      '//a',
      '/a//b',
      '/a//',
      '/.',
      '/..',
      '/a/.',
      '/a/..',
      '/a/./b',
      '/a/../b',
      '/%2e',
      '/a/%2E%2e/b',
      '/.%2e',
    ],
    ...[
      '/a\\b',
      '/a#b',
      '/a b',
      '/ ',
      '/a\u0000',
      '/a\nb',
      '/a\r',
      '/a\tb',
      '/a\u007f',
      '/\u0080',
      '/a\u00a0b',
      '/caf\u00e9',
    ],
    ...[
      '/\uff0e\uff0e/a',
      '/a\u2028b',
      '/\ud800',
      '/a\udfff',
      '/\u{1f600}',
      '/a\u012e',
      '/\ufeff',
      '/\ufffe',
    ],
    ...['/%', '/a%4', '/a%zz/b', '/%u002e', '/a%', '/%5C', '/a%5cb', '/%00', '/a%0d%0ab', '/%7F'],
    ...['/%2541', '/%252e%252e/', '/%25%34%31', '/%C3', '/%C0%AF', '/%ED%A0%80', '/%F4%90%80%80', '/a%FFb'],
  ]

  test('with stars of both kinds, and with slashes and delimiters as data', () => {
    for (const policy of [wide, segment, data]) {
      for (const path of paths) {
        for (const method of ALL_METHODS)
          expect(decide(policy, ['s'], method, path), path.slice(0, 20)).toBe(false)
      }
    }
  })

  test('`;` and the escapes of `/ ; ? #` are, where they are not data', () => {
    for (const policy of [wide, segment]) {
      for (const path of ['/a;b', '/a%2Fb', '/a%2f', '/a%3Bb', '/a%3fb', '/a%23b']) {
        expect(decide(policy, ['s'], 'GET', path), path).toBe(false)
      }
    }
  })

  test('a raw character that only stands for an escape inside the library is none outside', () => {
    const inside = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(0xe000 + byte))
    const literal = policyOf({ s: ['a%20b', 'a%20b/*', 'a%C3%A9'] })
    expect(decide(literal, ['s'], 'GET', '/a%20b')).toBe(true)
    for (const path of ['/a\ue020b', '/a\ue020b/x', '/a\ue0c3\ue0a9', 'a\ue020b']) {
      expect(decide(literal, ['s'], 'GET', path), path).toBe(false)
    }
    for (const character of inside) {
      for (const path of [
        `/a${character}b`,
        `/${character}`,
        `/a/${character}`,
        `/${character}/b`,
        `a${character}b`,
      ]) {
        for (const policy of [wide, segment, data]) expect(decide(policy, ['s'], 'GET', path)).toBe(false)
      }
    }
  })

  test('a base path is no exception', () => {
    const based = policyOf({ s: ['*', 'x'] }, { basePath: '/a%20b' })
    expect(decide(based, ['s'], 'GET', '/a%20b/x')).toBe(true)
    expect(decide(based, ['s'], 'GET', '/a\ue020b/x')).toBe(false)
    expect(decide(based, ['s'], 'GET', '/a%20b/../x')).toBe(false)
    expect(decide(based, ['s'], 'GET', '/a%20b//x')).toBe(false)
  })
})

describe('a plain union', () => {
  const policy = policyOf({ a: [{ x: 'GET' }], b: [{ 'x*': 'POST' }], c: [{ 'x*': 'GET' }, { y: 'GET' }] })

  test('one more scope never takes access away, and order does not matter', () => {
    const names = ['a', 'b', 'c', 'unknown']
    for (const path of ['/x', '/xy', '/y', '/z']) {
      for (const method of ['GET', 'POST', 'PUT']) {
        const alone = names.filter((name) => decide(policy, [name], method, path))
        for (const first of names) {
          for (const second of names) {
            const expected = alone.includes(first) || alone.includes(second)
            expect(decide(policy, [first, second], method, path)).toBe(expected)
          }
        }
      }
    }
  })

  test('equal patterns in one scope add their methods', () => {
    const twice = policyOf({ s: [{ a: 'GET' }, { '/a': 'POST' }, { '%61': 'PUT' }] })
    expect(twice.methodsFor(['s'], '/a')).toEqual(['GET', 'POST', 'PUT'])
  })
})

describe('names that objects have by themselves', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'length', 'prototype']

  test('are scopes like any other', () => {
    const text = names.map((name) => `${name}: {label: x, endpoints: ["${name}/x"]}`).join('\n')
    const policy = loadPolicy(text)
    expect([...policy.scopes.keys()]).toEqual(names)
    for (const name of names) {
      for (const other of names) expect(decide(policy, [name], 'GET', `/${other}/x`)).toBe(name === other)
    }
  })

  test('that are no scopes grant nothing', () => {
    const policy = loadPolicy(EXAMPLE)
    for (const name of names) expect(decide(policy, [name], 'GET', '/workers/me')).toBe(false)
    expect(policy.explain(names, 'GET', '/workers/me').unknownScopes).toEqual(names)
  })
})

describe('destructured', () => {
  test('the members work', () => {
    const { authorize, grant, explain, scopesFor, methodsFor, scopes, fingerprint, toJSON } =
      loadPolicy(EXAMPLE)
    const { authorize: granted } = grant(['profile'])
    expect(authorize(['profile'], 'GET', '/workers/me')).toBe(true)
    expect(granted('GET', '/workers/me')).toBe(true)
    expect(explain(['profile'], 'GET', '/workers/me').allowed).toBe(true)
    expect(scopesFor('GET', '/workers/me')).toEqual(['profile', 'api:read-only', 'api'])
    expect(methodsFor(['profile'], '/workers/me')).toEqual(['GET'])
    expect(scopes.size).toBe(4)
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/)
    expect(JSON.stringify(toJSON())).toContain('workers/me')
  })
})
