import { describe, expect, test } from 'vitest'
import { policyOf } from '../decision/example.ts'

const get = (...paths: string[]): { method: string; path: string }[] =>
  paths.map((path) => ({ method: 'GET', path }))

describe('minimalScopes', () => {
  const policy = policyOf({
    all: '*',
    read: [{ '*': 'GET' }],
    users: [{ 'users/*': ['GET', 'POST'] }],
    me: [{ 'users/me': 'GET' }],
    groups: [{ 'groups/*': 'GET' }],
  })

  test('is the narrowest single scope where one is enough', () => {
    expect(policy.minimalScopes(get('/users/me'))).toEqual(['me'])
    expect(policy.minimalScopes(get('/users/me', '/users/you'))).toEqual(['users'])
    expect(policy.minimalScopes(get('/users/me', '/groups/a'))).toEqual(['read'])
  })

  test('needs no scope for no request, and finds none for what no scope allows', () => {
    expect(policy.minimalScopes([])).toEqual([])
    expect(policy.minimalScopes([{ method: 'TRACE', path: '/users/me' }])).toBeNull()
    expect(policy.minimalScopes(get('/users/../me'))).toBeNull()
    for (const wrong of [null, 'GET /', [null], [{}], [{ method: 1, path: '/' }]]) {
      expect(policy.minimalScopes(wrong as never)).toBeNull()
    }
  })

  test('counts two scopes that allow a path with a slash at its end only together', () => {
    const slashes = policyOf({ inside: 'a/*', itself: 'a', other: 'b' })
    expect(slashes.minimalScopes(get('/a/'))).toEqual(['inside', 'itself'])
  })

  test('prefers fewer grants, then the place in the document', () => {
    const equal = policyOf({ wide: ['a', 'b', 'c'], first: ['a', 'd'], second: ['a', 'e'] })
    expect(equal.minimalScopes(get('/a'))).toEqual(['first'])
  })

  test('is exact on hundreds of scopes', () => {
    const names = Array.from({ length: 60 }, (_, index) => `p${index}`)
    // Ten scopes are enough, and a greedy choice would begin with the wide ones.
    const exact = Array.from({ length: 10 }, (_, index) => [
      `exact${index}`,
      names.filter((_, at) => at % 10 === index),
    ])
    const wide = Array.from({ length: 6 }, (_, index) => [
      `wide${index}`,
      names.slice(index * 7, index * 7 + 8),
    ])
    const pairs = Array.from({ length: 200 }, (_, index) => [
      `pair${index}`,
      [names[index % 60], names[(index * 7) % 60]],
    ])
    const many = policyOf(Object.fromEntries([...wide, ...pairs, ...exact]) as Record<string, string[]>)
    expect(many.minimalScopes(get(...names.map((name) => `/${name}`)))?.length).toBe(10)
  })
})
