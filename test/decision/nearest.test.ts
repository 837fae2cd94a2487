/**
 * What a denied request was closest to: one thing changed, and named rightly.
 */
import { describe, expect, test } from 'vitest'
import type { ParseOptions } from '../../src/index.ts'
import { policyOf } from './example.ts'

type Items = Parameters<typeof policyOf>[0][string]

function nearest(items: Items, method: string, path: string, options: ParseOptions = {}): unknown {
  const policy = policyOf({ s: items, other: '*' }, options)
  const decision = policy.explain(['s'], method, path)
  expect(decision.allowed).toBe(false)
  return decision.nearest
}

describe('nearest', () => {
  test('method', () => {
    expect(nearest([{ a: 'GET' }], 'POST', '/a')).toEqual({
      scope: 's',
      endpoint: 'a',
      differs: 'method',
      hint: 'GET is granted there, not `POST`',
    })
    expect(nearest([{ a: ['GET', 'PUT'] }], 'POST', '/a')).toMatchObject({
      hint: 'GET, PUT are granted there, not `POST`',
    })
    expect(nearest([{ a: 'GET' }], 'get', '/a')).toMatchObject({
      differs: 'method',
      hint: 'methods are upper case: `GET` is granted',
    })
    expect(nearest([{ a: 'GET' }], 'HEAD', '/a')).toMatchObject({ differs: 'method' })
  })

  test('case', () => {
    expect(nearest([{ 'Users/*': 'GET' }], 'GET', '/users/1')).toEqual({
      scope: 's',
      endpoint: 'Users/*',
      differs: 'case',
      hint: 'letter case differs from `Users/*`',
    })
    expect(nearest([{ 'users/*': 'GET' }], 'GET', '/USERS/1')).toMatchObject({ differs: 'case' })
  })

  test('case, with wildcard: segment, too', () => {
    const segment = { wildcard: 'segment' } as const
    expect(nearest([{ 'users/*': 'GET' }], 'GET', '/USERS/1', segment)).toMatchObject({ differs: 'case' })
    expect(nearest([{ 'Users/*': 'GET' }], 'GET', '/users/1', segment)).toMatchObject({ differs: 'case' })
  })

  test('trailing-slash', () => {
    expect(nearest([{ a: 'GET' }], 'GET', '/a/')).toEqual({
      scope: 's',
      endpoint: 'a',
      differs: 'trailing-slash',
      hint: 'without the slash at its end it is granted',
    })
    expect(nearest([{ 'a/': 'GET' }], 'GET', '/a')).toEqual({
      scope: 's',
      endpoint: 'a/',
      differs: 'trailing-slash',
      hint: 'with a slash at its end it is granted',
    })
  })

  test('trailing-slash, only where a slash would be granted', () => {
    const ignore = { trailingSlash: 'ignore' } as const
    expect(nearest([{ '*/*': 'GET' }], 'GET', '/search', ignore)).toBeUndefined()
    expect(nearest([{ 'public/*': 'GET' }], 'GET', '/public')).toBeUndefined()
  })

  test('segment, only where the path would be granted with it', () => {
    expect(nearest([{ 'public/*': 'GET' }], 'GET', '/publik/')).toBeUndefined()
    expect(nearest([{ 'public/*/': 'GET' }], 'GET', '/publik/a/')).toMatchObject({ differs: 'segment' })
    expect(nearest([{ 'public/*': 'GET' }], 'GET', '/publik/a/')).toMatchObject({ differs: 'segment' })
  })

  test('extension', () => {
    expect(nearest([{ a: 'GET' }], 'GET', '/a.json')).toEqual({
      scope: 's',
      endpoint: 'a',
      differs: 'extension',
      hint: 'without the extension it is granted',
    })
  })

  test('base-path', () => {
    expect(nearest([{ a: 'GET' }], 'GET', '/a', { basePath: '/rest' })).toEqual({
      scope: 's',
      endpoint: 'a',
      differs: 'base-path',
      hint: 'the request path does not begin with `/rest`',
    })
  })

  test('segment', () => {
    expect(nearest([{ 'workers/*/notes': 'GET' }], 'GET', '/worker/5/notes')).toEqual({
      scope: 's',
      endpoint: 'workers/*/notes',
      differs: 'segment',
      hint: '`worker` stands where the pattern has `workers`',
    })
  })

  test('nothing where nothing is close', () => {
    expect(nearest([{ 'workers/me': 'GET' }], 'GET', '/a/b/c/d')).toBeUndefined()
    expect(nearest([], 'GET', '/a')).toBeUndefined()
    expect(nearest([{ a: 'GET' }], 'GET', '/a/../b')).toBeUndefined()
  })

  test('looks only at the scopes of the token', () => {
    const policy = policyOf({ s: [{ a: 'GET' }], t: [{ b: 'PUT' }] })
    expect(policy.explain(['s'], 'GET', '/b').nearest?.scope).not.toBe('t')
    expect(policy.explain([], 'GET', '/a').nearest).toBeUndefined()
  })

  test('never says that the method differs where it does not', () => {
    // `public/` is denied for its slash: the endpoint that matches it grants GET.
    expect(nearest([{ 'public/*': 'GET' }], 'GET', '/public/')).not.toMatchObject({ differs: 'method' })
  })

  test('names a change that would really be granted', () => {
    const documents: readonly Items[] = [
      [{ a: 'GET' }],
      [{ 'a/*': 'GET' }],
      [{ 'a/': 'GET' }],
      [{ 'A/b': 'GET' }],
      [{ 'a.json': 'GET' }],
    ]
    const paths = ['/a', '/a/', '/a/b', '/a/b/', '/A/B', '/a.json', '/a.xml', '/b', '/ab', '/a/b.json/']
    for (const items of documents) {
      const policy = policyOf({ s: items })
      for (const path of paths) {
        const { nearest: near } = policy.explain(['s'], 'GET', path)
        const changed =
          near?.differs === 'trailing-slash'
            ? path.endsWith('/')
              ? path.slice(0, -1)
              : `${path}/`
            : near?.differs === 'extension'
              ? path.replace(/\.[a-z]+$/, '')
              : undefined
        if (changed !== undefined)
          expect(policy.authorize('s', 'GET', changed), `${path} ${near?.endpoint ?? ''}`).toBe(true)
      }
    }
  })

  test('says in one clause without a line break', () => {
    const policy = policyOf({ s: [{ 'a/b': 'GET' }] })
    for (const [method, path] of [
      ['A\nB', '/a/b'],
      ['\u202e', '/a/b'],
      ['x'.repeat(500), '/a/b'],
      ['GET', '/a/c'],
    ] as const) {
      const hint = policy.explain(['s'], method, path).nearest?.hint ?? ''
      expect(hint).not.toMatch(/[\n\r\u202e]/)
      expect(hint.length).toBeLessThan(200)
    }
  })

  test('stays quick on long paths and many endpoints', () => {
    const many = policyOf({
      s: Array.from({ length: 3000 }, (_, index) => ({ [`x/${index}/y/*/z`]: 'GET' })),
    })
    const begun = performance.now()
    many.explain(['s'], 'GET', `/${'a/'.repeat(4000)}b`)
    many.explain(['s'], 'GET', '/x/q/y/1/w')
    expect(performance.now() - begun).toBeLessThan(1000)
  })
})
