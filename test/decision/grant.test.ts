/**
 * A grant is the scopes of one token, resolved once: a snapshot, whatever happens to the argument later.
 */
import { describe, expect, test } from 'vitest'
import { policyOf } from './example.ts'

const policy = policyOf({ first: [{ a: 'GET' }], second: [{ 'b*': 'GET' }], third: '*' })

describe('a grant', () => {
  test('is a snapshot of an array', () => {
    const scopes = ['first']
    const grant = policy.grant(scopes)
    scopes.push('third')
    expect(grant.authorize('GET', '/c')).toBe(false)
    scopes.length = 0
    expect(grant.authorize('GET', '/a')).toBe(true)
  })

  test('is a snapshot of a Set', () => {
    const scopes = new Set(['first'])
    const grant = policy.grant(scopes)
    scopes.add('third')
    expect(grant.authorize('GET', '/c')).toBe(false)
    scopes.clear()
    expect(grant.authorize('GET', '/a')).toBe(true)
  })

  test('lists the scopes that the policy knows, each once, in document order', () => {
    expect(policy.grant(['third', 'x', 'first', 'third', '']).scopes).toEqual(['first', 'third'])
    expect(policy.grant('second first').scopes).toEqual(['first', 'second'])
    expect(policy.grant([]).scopes).toEqual([])
  })

  test('cannot be changed', () => {
    const grant = policy.grant(['first'])
    expect(Object.isFrozen(grant)).toBe(true)
    expect(Object.isFrozen(grant.scopes)).toBe(true)
    expect(() => {
      ;(grant.scopes as string[]).push('third')
    }).toThrow(TypeError)
    expect(grant.authorize('GET', '/c')).toBe(false)
  })

  test('of nothing grants nothing', () => {
    for (const nothing of [[], '', new Set<string>(), ['unknown'], null, undefined, 5]) {
      const grant = policy.grant(nothing as string[])
      for (const path of ['/a', '/b', '/', '/%61']) expect(grant.authorize('GET', path)).toBe(false)
    }
  })

  test('works when destructured, and for many requests', () => {
    const { authorize } = policy.grant(['first', 'second'])
    expect(['/a', '/b', '/bc', '/c', '/%61', '/a/'].filter((path) => authorize('GET', path))).toEqual([
      '/a',
      '/b',
      '/bc',
      '/%61',
    ])
  })

  test('of one policy is none of another', () => {
    const other = policyOf({ third: [{ x: 'GET' }], first: '*' })
    expect(policy.grant(['first']).authorize('GET', '/x')).toBe(false)
    expect(other.grant(['first']).authorize('GET', '/x')).toBe(true)
    expect(policy.grant(['first']).authorize('GET', '/a')).toBe(true)
  })
})
