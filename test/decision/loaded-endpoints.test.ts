/** Which endpoints stand behind a decision, and that matchers are made once. */
import { describe, expect, test } from 'vitest'
import { createEffort } from '../../src/automaton/effort.ts'
import { grantingEndpoints, patternMatchers } from '../../src/decision/loaded-endpoints.ts'
import { dataOf } from '../matcher/tables-of.ts'
import { RULES } from '../pattern/rules.ts'
import { policyOf } from './example.ts'

function grantingOf(
  data: ReturnType<typeof dataOf>,
): (scope: number, method: string, path: string) => readonly unknown[] {
  const effort = createEffort()
  const granting = grantingEndpoints(
    data,
    [...data.grants.keys()],
    patternMatchers(data.rules, effort),
    effort,
  )
  return (scope, method, path) => granting(scope, method, path, () => true)
}

describe('granting', () => {
  const granting = grantingOf(
    dataOf({
      other: [['/a', 'GET']],
      s: [
        ['/a', 'GET'],
        ['/a', 'PUT'],
        ['/b', 'GET'],
        ['/*', 'GET', 'PUT'],
      ],
    }),
  )

  test('are those of the scope that grant the method on the path, in document order', () => {
    expect(granting(1, 'GET', 'a')).toStrictEqual([{ endpoint: '/a' }, { endpoint: '/*' }])
    expect(granting(1, 'PUT', 'b')).toEqual([{ endpoint: '/*' }])
    expect(granting(1, 'POST', 'a')).toEqual([])
    expect(granting(0, 'GET', 'b')).toEqual([])
  })

  test('are explained by the endpoints that match, not by all', () => {
    const policy = policyOf({ s: [{ a: 'GET' }, { a: 'PUT' }, { 'a*': ['GET', 'PUT'] }, { b: 'GET' }] })
    const by = (method: string, path: string): readonly string[] =>
      policy.explain(['s'], method, path).grantedBy.map(({ endpoint }) => endpoint)
    expect(by('GET', '/a')).toEqual(['a', 'a*'])
    expect(by('PUT', '/ab')).toEqual(['a*'])
    expect(by('GET', '/b')).toEqual(['b'])
    expect(by('PUT', '/b')).toEqual([])
  })
})

describe('inclusion', () => {
  test('leaves out what cannot match, with each wildcard', () => {
    for (const wildcard of ['any', 'segment'] as const) {
      const policy = policyOf({ dead: ['a', 'a//b'], wide: 'a*' }, { wildcard })
      expect(policy.scopesFor('GET', '/a'), wildcard).toEqual(['dead', 'wide'])
    }
  })

  test('of the root, which is text with each wildcard', () => {
    const policy = policyOf({ both: ['/', 'a/*'], root: '/' }, { wildcard: 'segment' })
    expect(policy.scopesFor('GET', '/')).toEqual(['root', 'both'])
  })
})

test('a matcher is made once for each pattern, and costs as much each time', () => {
  for (const wildcard of ['any', 'segment'] as const) {
    const effort = createEffort()
    const matcherOf = patternMatchers({ ...RULES, wildcard }, effort)
    expect(matcherOf('a*')).toBe(matcherOf('a*'))
    expect(matcherOf('a*')).not.toBe(matcherOf('b*'))
    expect([matcherOf('a*').matches('ax'), matcherOf('a*').matches('bx')]).toEqual([true, false])
    const before = effort.steps
    matcherOf('new')
    const first = effort.steps - before
    matcherOf('new')
    expect(effort.steps - before).toBe(2 * first)
    expect(first).toBeGreaterThan(0)
  }
})
