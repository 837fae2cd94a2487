/**
 * A slash at the end that a server may drop: with `strict` it is granted only where a pattern asks for it,
 * or where the path without it is granted as well.
 */
import { describe, expect, test } from 'vitest'
import { policyOf } from './example.ts'

function allows(patterns: readonly string[], path: string, options = {}): boolean {
  const policy = policyOf({ s: patterns.map((pattern) => ({ [pattern]: 'GET' })) }, options)
  const answer = policy.authorize(['s'], 'GET', path)
  expect(policy.explain(['s'], 'GET', path).allowed).toBe(answer)
  expect(policy.grant(['s']).authorize('GET', path)).toBe(answer)
  expect(policy.scopesFor('GET', path)).toEqual(answer ? ['s'] : [])
  return answer
}

describe('trailingSlash: strict', () => {
  test('`public/*` does not open `public` by way of `public/`', () => {
    expect(allows(['public/*'], '/public/')).toBe(false)
    expect(allows(['public/*'], '/public')).toBe(false)
    expect(allows(['public/*'], '/public/a/')).toBe(true)
  })

  test('both written open both', () => {
    expect(allows(['public/*', 'public'], '/public/')).toBe(true)
    expect(allows(['public*'], '/public/')).toBe(true)
  })

  test('the path without the slash alone does not open the one with it', () => {
    expect(allows(['public'], '/public/')).toBe(false)
    expect(allows(['public', 'other/*'], '/public/')).toBe(false)
  })

  test('a pattern that spells the slash asks for it', () => {
    expect(allows(['public/'], '/public/')).toBe(true)
    expect(allows(['public/'], '/public')).toBe(false)
    expect(allows(['*/'], '/a/b/')).toBe(true)
    expect(allows(['a/*/'], '/a/')).toBe(false)
  })

  test('the two readings may be granted by different scopes and endpoints, but for the same method', () => {
    const policy = policyOf({ inside: [{ 'public/*': ['GET', 'PUT'] }], itself: [{ public: ['GET'] }] })
    expect(policy.authorize(['inside', 'itself'], 'GET', '/public/')).toBe(true)
    expect(policy.authorize(['inside', 'itself'], 'PUT', '/public/')).toBe(false)
    expect(policy.authorize(['inside'], 'GET', '/public/')).toBe(false)
    expect(policy.methodsFor(['inside', 'itself'], '/public/')).toEqual(['GET'])
    expect(policy.scopesFor('GET', '/public/')).toEqual([])
  })

  test('the root is the empty path and ends in no slash', () => {
    expect(allows(['*'], '/')).toBe(true)
    expect(allows(['/'], '/')).toBe(true)
    expect(allows(['a'], '/')).toBe(false)
  })

  test('the base path with a slash behind it is the root', () => {
    expect(allows(['/'], '/rest/', { basePath: '/rest' })).toBe(true)
    expect(allows(['/'], '/rest', { basePath: '/rest' })).toBe(true)
    expect(allows(['a/*'], '/rest/a/', { basePath: '/rest' })).toBe(false)
  })

  test('extensions are taken off both readings', () => {
    const json = { extensions: ['json'] }
    expect(allows(['a/*'], '/a/.json', json)).toBe(false)
    expect(allows(['a/*', 'a'], '/a/.json', json)).toBe(true)
    expect(allows(['a*'], '/a.json/', json)).toBe(true)
    expect(allows(['a.*'], '/a.json/', json)).toBe(false)
  })

  test('one level only', () => {
    expect(allows(['*'], '/a/.json/', { extensions: ['json'] })).toBe(false)
    expect(allows(['*/'], '/a/.json/', { extensions: ['json'] })).toBe(true)
  })

  test('escapes in the path change nothing', () => {
    expect(allows(['public/*'], '/publi%63/')).toBe(false)
    expect(allows(['public*'], '/publi%63/')).toBe(true)
    expect(allows(['caf%C3%A9/'], '/caf%c3%a9/')).toBe(true)
  })

  test('with wildcard: segment it is the same', () => {
    const segment = { wildcard: 'segment' }
    expect(allows(['public/*'], '/public/', segment)).toBe(false)
    expect(allows(['public/'], '/public/', segment)).toBe(true)
    expect(allows(['a/*/'], '/a/b/', segment)).toBe(true)
    expect(allows(['a/**'], '/a/b/', segment)).toBe(true)
  })
})

describe('trailingSlash: ignore', () => {
  const ignore = { trailingSlash: 'ignore' }

  test('drops one slash before anything is compared', () => {
    expect(allows(['public'], '/public/', ignore)).toBe(true)
    expect(allows(['public/*'], '/public/', ignore)).toBe(false)
    expect(allows(['public/*'], '/public/a/', ignore)).toBe(true)
    expect(allows(['public/'], '/public/', ignore)).toBe(false)
  })

  test('does not make two slashes one', () => {
    expect(allows(['*'], '/public//', ignore)).toBe(false)
  })
})
