/** The patterns of a policy with the rows that have them. */
import { describe, expect, test } from 'vitest'
import { policyData } from '../../src/analysis/policy-data.ts'
import { loadPolicy } from '../../src/index.ts'
import { EndpointList } from '../../src/openapi/compare/endpoint-list.ts'

const listOf = (text: string): EndpointList => new EndpointList(policyData(loadPolicy(text)))
const rows = (
  found: ReadonlyMap<number, readonly number[]>,
): readonly (readonly [number, readonly number[]])[] => [...found]

const SCOPES = `
a: { label: A, endpoints: [x: GET, y: [GET, POST], x: POST] }
b: { label: B, includes: [a], endpoints: [z: GET, y: GET] }
`.replace('x: POST', 'w: POST')

describe('a policy of scopes', () => {
  const list = listOf(SCOPES)

  test('has each pattern once, and the endpoints of each scope as written', () => {
    expect(list.scopes).toEqual(['a', 'b'])
    expect(list.patterns.map(({ text }) => text)).toEqual(['x', 'y', 'w', 'z'])
    expect(list.own.map(({ scope, endpoint: { pattern } }) => `${scope} ${pattern}`)).toEqual([
      'a x',
      'a y',
      'a w',
      'b z',
      'b y',
    ])
  })

  test('finds the endpoints of a pattern that grant a method', () => {
    expect(list.withPattern(1, 'GET')).toEqual([1, 4])
    expect(list.withPattern(1, 'POST')).toEqual([1])
    expect(list.withPattern(3, 'GET')).toEqual([3])
    expect(list.withPattern(3, 'POST')).toEqual([])
    expect(list.withPattern(9, 'GET')).toEqual([])
  })

  test('finds the rows of patterns, with what scopes include, each pattern once', () => {
    expect(rows(list.byRow([0, 1, 2, 3], 'GET'))).toEqual([
      [0, [0, 1]],
      [1, [0, 1, 3]],
    ])
    expect(rows(list.byRow([1], 'GET'))).toEqual([
      [0, [1]],
      [1, [1]],
    ])
    expect(rows(list.byRow([0, 1, 2, 3], 'POST'))).toEqual([
      [0, [1, 2]],
      [1, [1, 2]],
    ])
    expect(rows(list.byRow([3], 'GET'))).toEqual([[1, [3]]])
    expect(rows(list.byRow([9], 'GET'))).toEqual([])
  })

  test('a token has what its scopes have, ascending and each once', () => {
    const byRow = list.byRow([0, 1, 2, 3], 'GET')
    expect(list.heldBy([1, 0], byRow)).toEqual([0, 1, 3])
    expect(list.heldBy([0], byRow)).toEqual([0, 1])
    expect(list.heldBy([], byRow)).toEqual([])
    expect(list.heldBy([0], new Map())).toEqual([])
    expect(list.heldByAll(byRow)).toEqual([0, 1, 3])
    expect(list.addedBy(1, byRow)).toEqual([0, 1, 3])
    expect(list.addedBy(1, new Map())).toEqual([])
  })

  test('patterns are in ascending order of their numbers, not of their digits', () => {
    const many = listOf(
      `s: { label: S, endpoints: [${Array.from({ length: 12 }, (_, at) => `p${at}`).join()}] }`,
    )
    const ids = [...Array(12).keys()]
    expect(many.heldByAll(many.byRow([11, 2, 10, 1, 0, 3, 4, 5, 6, 7, 8, 9], 'GET'))).toEqual(ids)
  })

  test('only scopes with a row for the method may add something', () => {
    expect(list.candidates(list.byRow([3], 'GET'))).toEqual([1])
    expect(list.candidates(new Map())).toEqual([])
  })

  test('a scope has its number', () => {
    expect([list.numberOf('a'), list.numberOf('b'), list.numberOf('c')]).toEqual([0, 1, undefined])
  })
})

test('rows are in the order of the policy', () => {
  const text = Array.from(
    { length: 12 },
    (_, at) => `s${at}: { label: S, endpoints: [${at < 11 ? 'b' : 'a'}] }`,
  )
  const list = listOf(text.join('\n'))
  expect([...list.byRow([1, 0], 'GET').keys()]).toEqual([...Array(12).keys()])
})

describe('a policy with combinations, aliases and a baseline', () => {
  const list = listOf(`
$baseline: { endpoints: [health: GET] }
a: { label: A, aliases: [a-old], endpoints: [x: GET] }
b: { label: B, endpoints: [y: GET] }
both: { label: Both, includes: [a, b] }
"a b": { endpoints: [z: GET] }
`)
  const id = (text: string): number => list.patterns.findIndex((pattern) => pattern.text === text)
  const all = list.byRow([...list.patterns.keys()], 'GET')

  test('an alias has the number of its scope', () => {
    expect(list.numberOf('a-old')).toBe(list.numberOf('a'))
  })

  test('endpoints of combinations and of the baseline are listed by their keys', () => {
    expect(list.own.map(({ scope, endpoint: { pattern } }) => `${scope} ${pattern}`)).toEqual([
      'a x',
      'b y',
      'a b z',
      '$baseline health',
    ])
  })

  test('a token has what its scopes have together, and the baseline', () => {
    const held = (...scopes: number[]): readonly string[] =>
      list.heldBy(scopes, all).map((one) => list.patterns[one]?.text ?? '')
    expect(held()).toEqual(['health'])
    expect(held(0)).toEqual(['x', 'health'])
    expect(held(0, 1)).toEqual(['x', 'y', 'z', 'health'])
    expect(held(2)).toEqual(['x', 'y', 'z', 'health'])
  })

  test('a scope adds the combinations that it holds alone, not the baseline', () => {
    const added = (scope: number): readonly string[] =>
      list.addedBy(scope, all).map((one) => list.patterns[one]?.text ?? '')
    expect(added(0)).toEqual(['x'])
    expect(added(2)).toEqual(['x', 'y', 'z'])
  })

  test('every scope may add something where a combination has a row, but not where only the baseline has', () => {
    expect(list.candidates(list.byRow([id('z')], 'GET'))).toEqual([0, 1, 2])
    expect(list.candidates(list.byRow([id('health')], 'GET'))).toEqual([])
    expect(list.candidates(list.byRow([id('health'), id('y')], 'GET'))).toEqual([1, 2])
  })
})

test('without a baseline the last row is one like the others', () => {
  const list = listOf('a: { label: A, endpoints: [x: GET] }\nb: { label: B, endpoints: [y: GET] }\n')
  expect(list.addedBy(1, list.byRow([1], 'GET'))).toEqual([1])
})

test('a baseline without combinations is not a scope that may add something', () => {
  const list = listOf('$baseline: { endpoints: [health: GET] }\na: { label: A, endpoints: [x: GET] }\n')
  expect(list.candidates(list.byRow([0, 1], 'GET'))).toEqual([0])
})
