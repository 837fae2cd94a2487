/**
 * Which scopes would allow a request, narrowest first; and which methods a token may use on a path.
 */
import { describe, expect, test } from 'vitest'
import { loadPolicy } from '../../src/index.ts'
import { policyOf } from './example.ts'

describe('scopesFor', () => {
  test('and methodsFor: what is no text has no answer, nor makes one throw', () => {
    const policy = policyOf({ all: '*' })
    for (const wrong of [undefined, null, 5, {}, ['GET'], ['/a']]) {
      expect(policy.scopesFor(wrong as never, '/a')).toEqual([])
      expect(policy.scopesFor('GET', wrong as never)).toEqual([])
      expect(policy.methodsFor(['all'], wrong as never)).toEqual([])
    }
  })

  test('puts a scope before every scope that grants all it grants and more', () => {
    const policy = policyOf({
      everything: '*',
      records: 'records/*',
      read: [{ '*': 'GET' }],
      'records:read': [{ 'records/*': 'GET' }],
      one: [{ 'records/1': 'GET' }],
    })
    expect(policy.scopesFor('GET', '/records/1')).toEqual([
      'one',
      'records:read',
      'records',
      'read',
      'everything',
    ])
    expect(policy.scopesFor('POST', '/records/1')).toEqual(['records', 'everything'])
    expect(policy.scopesFor('GET', '/x')).toEqual(['read', 'everything'])
  })

  test('keeps document order among scopes that cannot be compared, and among equal ones', () => {
    const policy = policyOf({
      b: [{ 'x*': 'GET' }],
      a: [{ '*x': 'GET' }],
      d: [{ '/x*': 'GET' }],
      c: [{ x: 'GET' }],
    })
    expect(policy.scopesFor('GET', '/x')).toEqual(['c', 'b', 'a', 'd'])
  })

  test('compares what is included, too', () => {
    const text = `
      all: {label: x, includes: [part], endpoints: ["b"]}
      wrapper: {label: x, includes: [part]}
      part: {label: x, endpoints: ["a"]}
    `
    expect(loadPolicy(text).scopesFor('GET', '/a')).toEqual(['wrapper', 'part', 'all'])
  })

  test('compares methods as well as paths', () => {
    const policy = policyOf({ two: [{ a: ['GET', 'PUT'] }], star: [{ '*': 'GET' }], one: [{ a: 'GET' }] })
    expect(policy.scopesFor('GET', '/a')).toEqual(['one', 'two', 'star'])
  })

  test('puts a scope whose other endpoints cannot match anything where the rest belongs', () => {
    const policy = policyOf({ wide: 'a*', dead: ['a', '../x'] })
    expect(policy.scopesFor('GET', '/a')).toEqual(['dead', 'wide'])
  })

  test('with wildcard: segment it is the same', () => {
    const policy = policyOf(
      { deep: '**', braces: '{a,b}/*', one: 'a/b', shallow: '*/*', files: 'a/*' },
      { wildcard: 'segment' },
    )
    expect(policy.scopesFor('GET', '/a/b')).toEqual(['one', 'files', 'braces', 'shallow', 'deep'])
  })

  test('is a list of the caller, every time another', () => {
    const policy = policyOf({ a: '*', b: '*' })
    const first = policy.scopesFor('GET', '/') as string[]
    first.length = 0
    expect(policy.scopesFor('GET', '/')).toEqual(['a', 'b'])
  })

  test('is empty for what is refused, outside of the base path, or for a method nobody grants', () => {
    const policy = policyOf({ a: '*' }, { basePath: '/rest' })
    expect(policy.scopesFor('GET', '/rest/../a')).toEqual([])
    expect(policy.scopesFor('GET', '/other')).toEqual([])
    expect(policy.scopesFor('TRACE', '/rest/a')).toEqual([])
    expect(policy.scopesFor('get', '/rest/a')).toEqual([])
  })

  test('has exactly the scopes that alone would allow the request', () => {
    const scopes = { a: 'x*', b: [{ x: 'GET' }], c: [{ 'x/': 'GET' }], d: [{ '*': 'PUT' }], e: ['%20', 'y'] }
    const policy = policyOf(scopes)
    for (const path of ['/x', '/x/', '/xy', '/%20', '/y', '/', '/%78', '/x.json']) {
      for (const method of ['GET', 'PUT', 'HEAD']) {
        const alone = Object.keys(scopes).filter((name) => policy.authorize([name], method, path))
        expect([...policy.scopesFor(method, path)].sort()).toEqual(alone)
      }
    }
  })

  test('goes over many scopes that allow the request', () => {
    const policy = policyOf(
      Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`s${index}`, [`a${index}*`, '*']])),
    )
    expect(policy.scopesFor('GET', '/a')).toHaveLength(300)
  })
})

describe('methodsFor', () => {
  const policy = policyOf({ a: [{ x: ['PUT', 'GET'] }, { 'x*': 'POST' }], b: [{ '*': 'DELETE' }] })

  test('is sorted, each method once, of all these scopes', () => {
    expect(policy.methodsFor(['a'], '/x')).toEqual(['GET', 'POST', 'PUT'])
    expect(policy.methodsFor(['b', 'a', 'a'], '/x')).toEqual(['DELETE', 'GET', 'POST', 'PUT'])
    expect(policy.methodsFor('b', '/anything')).toEqual(['DELETE'])
  })

  test('is empty for a path that is refused or not covered, and for no scopes', () => {
    expect(policy.methodsFor(['a'], '/y')).toEqual([])
    expect(policy.methodsFor(['a', 'b'], '/x/..')).toEqual([])
    expect(policy.methodsFor([], '/x')).toEqual([])
    expect(policy.methodsFor(['unknown'], '/x')).toEqual([])
  })

  test('sorts by code units, whatever the order of the tables', () => {
    const many = policyOf({
      s: [{ a: ['VERSION-CONTROL', 'PUT', 'ACL', 'GET', 'POST', 'BASELINE-CONTROL'] }],
    })
    expect(many.methodsFor(['s'], '/a')).toEqual([
      'ACL',
      'BASELINE-CONTROL',
      'GET',
      'POST',
      'PUT',
      'VERSION-CONTROL',
    ])
  })
})

test('many scopes that allow one request: the first 64 are sorted, the others follow in document order', () => {
  const wide = Array.from({ length: 1_999 }, (_, index) => [
    `s${index}`,
    { label: 'x', endpoints: ['a/*', `b${index}`] },
  ])
  const policy = loadPolicy(
    Object.fromEntries([
      ...wide.slice(0, 10),
      ['narrow', { label: 'x', endpoints: ['a/*'] }],
      ...wide.slice(10),
    ]) as object,
  )
  const scopes = policy.scopesFor('GET', '/a/x')
  expect(scopes).toHaveLength(2_000)
  expect(scopes.slice(0, 3)).toEqual(['narrow', 's0', 's1'])
  expect(scopes.at(-1)).toBe('s1998')
  // Denials are for anybody to cause: they must not be dear.
  for (let times = 0; times < 200; times++) policy.explain([], 'GET', '/a/x')
}, 20_000)
