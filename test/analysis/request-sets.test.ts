/** What the scopes and tokens of a policy may do, made once for each policy. */
import { describe, expect, test } from 'vitest'
import { RequestSets, requestSetsOf } from '../../src/analysis/request-sets.ts'
import { loadPolicy } from '../../src/index.ts'

const POLICY = loadPolicy({
  a: { label: 'a', endpoints: ['x', { y: 'GET' }], aliases: ['old-a'], tools: ['t', 'u*'] },
  b: { label: 'b', endpoints: ['z'], includes: ['a'], prompts: ['p'] },
  c: { label: 'c', endpoints: [], includes: ['b'] },
  d: { label: 'd', endpoints: ['x'] },
  'a d': { endpoints: ['both'], tools: ['v'] },
  $baseline: { endpoints: ['open'] },
})
const PLAIN = loadPolicy({ a: { label: 'a', endpoints: ['x'] }, b: { label: 'b', endpoints: ['y'] } })

const patterns = (items: readonly { readonly endpoint: { readonly pattern: string } }[]): readonly string[] =>
  items.map(({ endpoint }) => endpoint.pattern)

test('are kept with their policy', () => {
  expect(requestSetsOf(POLICY)).toBe(requestSetsOf(POLICY))
  expect(requestSetsOf(POLICY)).not.toBe(requestSetsOf(PLAIN))
  expect(requestSetsOf(PLAIN).policy).toBe(PLAIN)
  expect(() => requestSetsOf({ ...PLAIN })).toThrow(TypeError)
})

describe('the request sets of a policy', () => {
  const sets = new RequestSets(POLICY)

  test('know its scopes, in document order', () => {
    expect(sets.names).toEqual(['a', 'b', 'c', 'd'])
    expect(['a', 'd', 'old-a', 'a d', '$baseline', 'e'].map((name) => sets.has(name))).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ])
  })

  test('the rows of a token: scopes by name or alias, what it holds together, the baseline', () => {
    expect(sets.rows(['a'])).toEqual(['a', '$baseline'])
    expect(sets.rows(['d', 'old-a', 'a'])).toEqual(['d', 'a', 'a d', '$baseline'])
    expect(sets.rows(['c', 'd'])).toEqual(['c', 'd', 'a d', '$baseline'])
    expect(sets.rows(['e'])).toEqual(['$baseline'])
    expect(sets.rows([])).toEqual(['$baseline'])
    const plain = requestSetsOf(PLAIN)
    expect([plain.rows(['b', 'a', 'b', 'e']), plain.rows(['e'])]).toEqual([['b', 'a'], []])
  })

  test('the scopes that hold a scope', () => {
    expect(sets.providersOf('a')).toEqual(['a', 'b', 'c'])
    expect(sets.providersOf('c')).toEqual(['c'])
    expect(sets.providersOf('e')).toEqual([])
  })

  test('the endpoints of a row, with those that are included', () => {
    expect(patterns(sets.itemsOf('b'))).toEqual(['z', 'x', 'y'])
    expect(patterns(sets.itemsOf('a d'))).toEqual(['both'])
    expect(sets.itemsOf('e')).toEqual([])
  })

  test('an endpoint that is included is one with the endpoint of its scope', () => {
    const [a, b, d] = ['a', 'b', 'd'].map((row) => sets.itemsOf(row))
    expect(b?.slice(1)).toEqual(a)
    expect(b?.[1]).toBe(a?.[0])
    expect(b?.[2]).toBe(a?.[1])
    expect(a?.[0]).not.toBe(a?.[1])
    expect(d?.[0]).not.toBe(a?.[0])
    expect(sets.itemsOf('d')[0]).toBe(d?.[0])
  })

  test('what a token may do is decided by the policy', () => {
    const token = sets.token(['a', 'd'])
    expect(patterns(token.items)).toEqual(['x', 'y', 'x', 'both', 'open'])
    expect(token.rules).toBe(sets.data.rules)
    expect([token.allows('GET', '/both'), token.allows('PUT', '/y'), token.allows('GET', '/z')]).toEqual([
      true,
      false,
      false,
    ])
    expect(token.allows('tools/call', 'v')).toBe(true)
    expect(sets.token(['d']).allows('GET', '/both')).toBe(false)
  })

  test('the set of a scope is made once', () => {
    expect(sets.of('a')).toBe(sets.of('a'))
    expect(sets.of('a')).not.toBe(sets.of('b'))
    expect(patterns(sets.of('a').items)).toEqual(['x', 'y', 'open'])
    expect(() => sets.of('old-a')).toThrow(new RangeError('the policy has no scope "old-a"'))
  })

  test('automata of a token are kept for the next one with its endpoints', () => {
    const [one, other] = [sets.of('b'), sets.of('b')]
    expect(one.automaton('GET')).toBe(other.automaton('GET'))
    const [item] = sets.itemsOf('a')
    expect(item?.automaton).toBe(sets.itemsOf('b')[1]?.automaton)
  })

  test('the names that rows grant, made once', () => {
    expect(patterns(sets.namesOf(['b']))).toEqual(['p', 't', 'u*'])
    expect(patterns(sets.namesOf(['a d', 'b']))).toEqual(['v', 'p', 't', 'u*'])
    expect(sets.namesOf(['d', '$baseline', 'e'])).toEqual([])
    expect(sets.namesOf(['a'])[0]).toBe(sets.namesOf(['a'])[0])
    expect(requestSetsOf(PLAIN).namesOf(['a'])).toEqual([])
  })
})
