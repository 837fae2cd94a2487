/** Which scopes of a policy overlap or are equivalent, and endpoints that no path reaches. */
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { equivalentScopes, overlaps, unreachable } from '../../src/analysis/index.ts'
import { SearchBudget } from '../../src/automaton/search-budget.ts'
import { loadPolicy, type ParseOptions } from '../../src/index.ts'
import { policyOf } from '../decision/example.ts'

const SEGMENT = { wildcard: 'segment', methods: ['GET'] } as const

describe('overlaps', () => {
  test('lists each pair of scopes that allow a request both, in order', () => {
    const policy = policyOf(
      { a: ['x', 'y'], b: ['z'], c: ['x'], d: ['z*', 'x'], e: [], f: [] },
      { methods: ['GET'] },
    )
    const x = { method: 'GET', path: '/x' }
    const [onlyY, z] = [
      { method: 'GET', path: '/y' },
      { method: 'GET', path: '/z' },
    ]
    expect(overlaps(policy)).toStrictEqual([
      { a: 'a', b: 'c', comparison: { relation: 'superset', onlyInA: onlyY, inBoth: x } },
      { a: 'a', b: 'd', comparison: { relation: 'partial', onlyInA: onlyY, onlyInB: z, inBoth: x } },
      {
        a: 'b',
        b: 'd',
        comparison: { relation: 'subset', onlyInB: { method: 'GET', path: '/x' }, inBoth: z },
      },
      { a: 'c', b: 'd', comparison: { relation: 'subset', onlyInB: z, inBoth: x } },
    ])
  })

  test('equal scopes overlap where they allow something', () => {
    const found = overlaps(policyOf({ a: ['x'], b: ['x'], c: [], d: ['x//y'] }))
    expect(found.map(({ a, b, comparison }) => [a, b, comparison.relation])).toEqual([['a', 'b', 'equal']])
  })

  test('and so do pairs that a budget leaves open', () => {
    const policy = policyOf({ a: ['abcdefg'], b: ['abcdefg'], c: [{ x: 'PUT' }] }, { wildcard: 'segment' })
    const found = overlaps(policy, { states: 3 })
    expect(found.map(({ a, b, comparison }) => [a, b, comparison.relation])).toEqual([
      // Equal, but perhaps both allow nothing.
      ['a', 'b', 'equal'],
      ['a', 'c', 'undecided'],
      ['b', 'c', 'undecided'],
    ])
    expect(overlaps(policy).map(({ a, b }) => [a, b])).toEqual([['a', 'b']])
    const uris = { label: 'x', resources: ['a/*'] }
    expect(overlaps(loadPolicy({ a: uris, b: uris })).map(({ comparison }) => comparison)).toEqual([
      { relation: 'equal', reason: 'no example of a/* and a/* was found' },
    ])
  })
})

test('equivalent scopes are grouped, within the budget', () => {
  const policy = policyOf({ a: ['xyz?'], b: ['y'], c: ['xyz{?,?}'], d: ['y'] }, SEGMENT)
  expect(equivalentScopes(policy)).toEqual([
    ['a', 'c'],
    ['b', 'd'],
  ])
  expect(equivalentScopes(policy, { states: 3 })).toEqual([['b', 'd']])
})

describe('unreachable', () => {
  const list = (
    scopes: Parameters<typeof policyOf>[0],
    options: ParseOptions = SEGMENT,
    states = 1000,
  ): readonly string[] =>
    unreachable(policyOf(scopes, options), { states }).map(
      ({ scope, endpoint, methods }) => `${scope}: ${methods.join()} ${endpoint}`,
    )

  test('lists endpoints that no accepted path matches, with their methods', () => {
    const scopes = { a: [{ '..': ['GET', 'PUT'] }, 'x', { '..': 'DELETE' }], b: ['y', 'x//y'], c: [] }
    const expected = ['a: GET,PUT ..', 'a: DELETE ..', 'b: GET x//y']
    expect(list({ ...scopes, b: ['y', { 'x//y': 'GET' }] }, {})).toEqual(expected)
    expect(list({ ...scopes, b: ['y', { 'x//y': 'GET' }] }, { wildcard: 'segment' })).toEqual(expected)
  })

  test('also where the pattern alone does not show it', () => {
    expect(list({ a: ['../?', '?', './?'], b: ['../?'] })).toEqual(['a: GET ../?', 'b: GET ../?'])
    expect(list({ a: ['a/'] }, { trailingSlash: 'ignore', methods: ['GET'] })).toEqual(['a: GET a/'])
  })

  test('a match is enough, though the endpoint alone allows nothing', () => {
    // Where another endpoint grants `/xa`, `/xa/` is granted.
    expect(list({ a: ['{?a/,?b/}'] })).toEqual([])
  })

  test('a path longer than the limit is not accepted', () => {
    const limits = { limits: { pathLength: 3 } }
    expect(list({ a: ['ab', 'abc'] }, { ...SEGMENT, ...limits })).toEqual(['a: GET abc'])
    expect(list({ a: ['ab', 'abc'] }, { methods: ['GET'], ...limits })).toEqual(['a: GET abc'])
  })

  test('only endpoints of the scope itself', () => {
    const policy = loadPolicy({
      a: { label: 'a', endpoints: ['x'], includes: ['b'] },
      b: { label: 'b', endpoints: [{ '..': 'GET' }] },
    })
    expect(unreachable(policy)).toEqual([{ scope: 'b', endpoint: '..', methods: ['GET'] }])
  })

  test('what the budget leaves open is not listed', () => {
    expect(list({ a: ['abcdefg/../?', '../?'] })).toEqual(['a: GET abcdefg/../?', 'a: GET ../?'])
    expect(list({ a: ['abcdefg/../?', '../?'] }, SEGMENT, 4)).toEqual(['a: GET ../?'])
    // Some patterns show it without a search.
    const policy = policyOf({ a: ['x//y', 'x'] })
    expect(unreachable(policy, { milliseconds: 0 }).map(({ endpoint }) => endpoint)).toEqual(['x//y'])
  })

  test('other errors are not taken for the end of a budget', () => {
    const tick = vi.spyOn(SearchBudget.prototype, 'tick').mockImplementation(() => {
      throw new Error('broken')
    })
    onTestFinished(() => {
      tick.mockRestore()
    })
    expect(() => list({ a: ['abc?'] })).toThrow('broken')
  })
})
