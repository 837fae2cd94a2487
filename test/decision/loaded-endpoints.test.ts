/** Which endpoints stand behind a decision, and that matchers are made once. */
import { describe, expect, test } from 'vitest'
import { loadedEndpoints, patternMatchers } from '../../src/decision/loaded-endpoints.ts'
import type { Endpoints } from '../../src/decision/answers.ts'
import { dataOf } from '../matcher/tables-of.ts'
import { readPattern } from '../../src/pattern/pattern.ts'
import { RULES } from '../pattern/rules.ts'
import { policyOf } from './example.ts'

function endpointsOf(data: ReturnType<typeof dataOf>): Endpoints {
  return loadedEndpoints(data, [...data.grants.keys()], patternMatchers(), () => false)
}

describe('granting', () => {
  const endpoints = endpointsOf(
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
    expect(endpoints.granting(1, 'GET', 'a')).toStrictEqual([{ endpoint: '/a' }, { endpoint: '/*' }])
    expect(endpoints.granting(1, 'PUT', 'b')).toEqual([{ endpoint: '/*' }])
    expect(endpoints.granting(1, 'POST', 'a')).toEqual([])
    expect(endpoints.granting(0, 'GET', 'b')).toEqual([])
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

test('a matcher is made once for each meaning', () => {
  const matchers = patternMatchers()
  const [a, b] = [readPattern('a*', RULES).meaning, readPattern('b*', RULES).meaning]
  expect(matchers(a)).toBe(matchers(a))
  expect(matchers(a)).not.toBe(matchers(b))
  expect([matchers(a)('ax'), matchers(a)('bx')]).toEqual([true, false])
})
