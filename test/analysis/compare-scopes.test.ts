/** How what two scopes allow alone compares, with requests that show it. */
import { describe, expect, test } from 'vitest'
import {
  comparePolicies,
  compareScopes,
  redundantEndpoints,
  type Comparison,
  type Relation,
} from '../../src/analysis/index.ts'
import { loadPolicy, type ParseOptions } from '../../src/index.ts'
import { policyOf } from '../decision/example.ts'

type Endpoints = NonNullable<Parameters<typeof policyOf>[0][string]>
type Row = readonly [a: Endpoints, b: Endpoints, relation: Relation, options?: ParseOptions]

const TABLE: readonly Row[] = [
  ['users/me', 'users/me', 'equal'],
  ['users/*', 'users/me', 'superset'],
  ['users/*', 'groups/*', 'disjoint'],
  ['users/*', '*/me', 'partial'],
  [[{ a: 'GET' }], [{ a: 'POST' }], 'disjoint'],
  [[{ a: ['GET', 'POST'] }], [{ a: 'POST' }], 'superset'],
  ['a%7eb', 'a~b', 'equal'],
  ['*0', 'a%20', 'disjoint'],
  ['*%20', 'a%20', 'superset'],
  ['A', 'a', 'disjoint'],
  ['A', 'a', 'equal', { caseSensitive: false }],
  // Only together do the two of the second cover the first.
  [['{a,b}/x?'], ['a/x?', 'b/x?'], 'equal', { wildcard: 'segment' }],
  // picomatch also takes a pattern for its own text, which is a path, too.
  [['{a,b}/*'], ['a/*', 'b/*'], 'superset', { wildcard: 'segment' }],
  [['?x'], ['[^a]x', 'ax'], 'subset', { wildcard: 'segment' }],
  [['*'], ['**'], 'subset', { wildcard: 'segment' }],
  // No path that a star of `any` cannot match itself is left over.
  [['a*b'], ['a*', '*b'], 'subset'],
  // A path with a slash at its end needs both.
  [['a/*'], ['a/*', 'a'], 'subset'],
  [['a', 'a/'], ['a', 'a*'], 'subset'],
  [['a/'], ['a/*', 'a'], 'subset'],
  [['a/'], ['a/*'], 'disjoint'],
  [['a/'], ['a'], 'disjoint', { trailingSlash: 'ignore' }],
  // The extension is stripped, so that one is never reached.
  [['a', 'a.json'], ['a'], 'equal', { extensions: ['json'] }],
  [['..'], ['a//b'], 'equal'],
]

const MIRROR = { superset: 'subset', subset: 'superset' } as const

describe('compareScopes', () => {
  test.each(TABLE.map((row) => ({ row })))('$row', ({ row: [a, b, relation, options] }) => {
    const policy = policyOf({ a, b }, options)
    const mirrored = relation === 'superset' || relation === 'subset' ? MIRROR[relation] : relation
    expect(compareScopes(policy, 'a', 'b').relation).toBe(relation)
    expect(compareScopes(policy, 'b', 'a').relation).toBe(mirrored)
    expect(compareScopes(policy, 'a', 'a').relation).toBe('equal')
  })

  test('gives readable witnesses with base path, the shortest there are', () => {
    const policy = policyOf(
      { a: 'users/*/mail', b: 'users/*' },
      { basePath: '/api', methods: ['GET', 'PUT'] },
    )
    expect(compareScopes(policy, 'a', 'b')).toEqual({
      relation: 'subset',
      onlyInB: { method: 'GET', path: '/api/users/a' },
      inBoth: { method: 'GET', path: '/api/users/a/mail' },
    })
  })

  test('refuses scopes and policies that it does not know', () => {
    const policy = policyOf({ a: 'a' })
    expect(() => compareScopes(policy, 'a', 'nobody')).toThrow(
      new RangeError('the policy has no scope "nobody"'),
    )
    expect(() => compareScopes({ ...policy }, 'a', 'a')).toThrow(TypeError)
    expect(() => compareScopes(null as never, 'a', 'a')).toThrow(TypeError)
    expect(() => compareScopes(policy, 'a', 'a', { states: -1 })).toThrow(TypeError)
  })

  test('up to the budget of states it is decided by what was found', () => {
    const open = 'the budget of 3 states is used up'
    const get = (path: string): object => ({ method: 'GET', path })
    const put = { method: 'PUT', path: '/a' }
    const long = { abcdefg: 'GET' }
    const compare = (a: Endpoints, b: Endpoints): Comparison =>
      compareScopes(policyOf({ a, b }, { wildcard: 'segment' }), 'a', 'b', { states: 3 })
    const both = (a: Endpoints, b: Endpoints): readonly [Comparison, Comparison] => [
      compare(a, b),
      compare(b, a),
    ]
    // Without a common request one that only one of them allows is enough.
    expect(both([long], [{ a: 'PUT' }])).toStrictEqual([
      { relation: 'disjoint', onlyInB: put },
      { relation: 'disjoint', onlyInA: put },
    ])
    const undecided = { relation: 'undecided', reason: open }
    expect(both([long], [])).toStrictEqual([undecided, undecided])
    expect(compare([long], [{ abcdefg: 'PUT' }])).toStrictEqual(undecided)
    // Equal, but perhaps both allow nothing.
    expect(compare([long], [long])).toStrictEqual({ relation: 'equal', reason: open })
    expect(compare([long], [{ 'abcdef{g,h}': 'GET' }])).toStrictEqual(undecided)
    expect(both([{ a: 'GET' }, long], [long])).toStrictEqual([
      { ...undecided, onlyInA: get('/a') },
      { ...undecided, onlyInB: get('/a') },
    ])
    expect(both([{ a: 'PUT' }, long], [{ a: 'PUT' }])).toStrictEqual([
      { ...undecided, inBoth: put },
      { ...undecided, inBoth: put },
    ])
    expect(compare([long, { a: 'PUT' }], [long, { b: 'PUT' }])).toStrictEqual({
      ...undecided,
      onlyInA: put,
      onlyInB: { method: 'PUT', path: '/b' },
    })
  })
})

describe('names', () => {
  interface Grants {
    readonly endpoints?: readonly object[]
    readonly tools?: readonly string[]
    readonly resources?: readonly string[]
  }
  const compare = (a: Grants, b: Grants, states = 1000): Comparison => {
    const scope = (grants: Grants): object => ({ label: 'x', endpoints: [], ...grants })
    const policy = loadPolicy({ a: scope(a), b: scope(b) }, { wildcard: 'segment' })
    return compareScopes(policy, 'a', 'b', { states })
  }
  const tool = (path: string): object => ({ method: 'tools/call', path })
  const uri = (path: string): object => ({ method: 'resources/read', path })
  const [x, y] = [{ x: 'GET' }, { y: 'GET' }]

  test('answer where no path does', () => {
    expect(compare({ tools: ['a', 'b'] }, { tools: ['b', 'c'] })).toStrictEqual({
      relation: 'partial',
      onlyInA: tool('a'),
      onlyInB: tool('c'),
      inBoth: tool('b'),
    })
    expect(compare({ tools: ['a*'] }, { tools: ['ab'] })).toStrictEqual({
      relation: 'superset',
      onlyInA: tool('a'),
      inBoth: tool('ab'),
    })
    expect(compare({ tools: ['ab'] }, { tools: ['a*'] })).toStrictEqual({
      relation: 'subset',
      onlyInB: tool('a'),
      inBoth: tool('ab'),
    })
    expect(compare({ tools: ['a'] }, { tools: ['b'] }).relation).toBe('disjoint')
    expect(compare({ tools: ['a'] }, { resources: ['x:a'] }).relation).toBe('disjoint')
    expect(compare({ tools: ['a'] }, {})).toStrictEqual({ relation: 'disjoint', onlyInA: tool('a') })
    expect(compare({}, { tools: ['a'] })).toStrictEqual({ relation: 'disjoint', onlyInB: tool('a') })
    expect(compare({ tools: ['a'] }, { tools: ['a'] })).toStrictEqual({
      relation: 'equal',
      inBoth: tool('a'),
    })
  })

  test('beside paths, which come first', () => {
    expect(
      compare({ endpoints: [x, y], tools: ['a', 'b'] }, { endpoints: [y], tools: ['b', 'c'] }),
    ).toStrictEqual({
      relation: 'partial',
      onlyInA: { method: 'GET', path: '/x' },
      onlyInB: tool('c'),
      inBoth: { method: 'GET', path: '/y' },
    })
    expect(compare({ endpoints: [x], tools: ['b'] }, { endpoints: [y], tools: ['b', 'c'] })).toStrictEqual({
      relation: 'partial',
      onlyInA: { method: 'GET', path: '/x' },
      onlyInB: { method: 'GET', path: '/y' },
      inBoth: tool('b'),
    })
  })

  test('decide what a search of paths leaves open', () => {
    const long = { abcdefg: 'GET' }
    const found = compare(
      { endpoints: [long], tools: ['a', 'b'] },
      { endpoints: [long], tools: ['b', 'c'] },
      3,
    )
    expect(found).toStrictEqual({
      relation: 'partial',
      onlyInA: tool('a'),
      onlyInB: tool('c'),
      inBoth: tool('b'),
    })
    const other = { 'abcdef{g,h}': 'GET' }
    expect(
      compare({ endpoints: [long], tools: ['b'] }, { endpoints: [other], tools: ['b'] }, 3),
    ).toStrictEqual({
      relation: 'undecided',
      inBoth: tool('b'),
      reason: 'the budget of 3 states is used up',
    })
    expect(
      compare({ endpoints: [long], tools: ['b'] }, { endpoints: [long], tools: ['b'] }, 3),
    ).toStrictEqual({ relation: 'equal', inBoth: tool('b') })
  })

  test('without an example they are undecided, with the first reason', () => {
    const none = (patterns: string): string => `no example of ${patterns} was found`
    expect(compare({ resources: ['a/*'] }, {})).toStrictEqual({ relation: 'undecided', reason: none('a/*') })
    expect(compare({}, { resources: ['a/*'] })).toStrictEqual({ relation: 'undecided', reason: none('a/*') })
    expect(compare({ resources: ['a/*'] }, { resources: ['b/*'] })).toStrictEqual({
      relation: 'undecided',
      reason: none('a/*'),
    })
    expect(compare({ resources: ['a/*'] }, { resources: ['x:a'] })).toStrictEqual({
      relation: 'disjoint',
      onlyInB: uri('x:a'),
    })
    const states = 'the budget of 3 states is used up'
    const long: Grants = { endpoints: [{ abcdefg: 'GET' }] }
    expect(compare(long, { resources: ['a/*'] }, 3).reason).toBe(states)
    expect(compare({ resources: ['a/*'] }, long, 3).reason).toBe(none('a/*'))
    // Equal, but perhaps both allow nothing.
    expect(compare({ resources: ['a/*'] }, { resources: ['a/*'] })).toStrictEqual({
      relation: 'equal',
      reason: none('a/* and a/*'),
    })
    expect(compare({ resources: ['x:a', 'a/*'] }, { resources: ['a/*'] })).toStrictEqual({
      relation: 'undecided',
      onlyInA: uri('x:a'),
      reason: none('a/* and a/*'),
    })
  })
})

test.each([
  [null, 'budget limits cannot be null'],
  [5, 'budget limits cannot be 5'],
  [{ foo: 1 }, 'unknown budget limit "foo"'],
  [{ states: -1 }, 'budget limit states must be a number from 0 on, not -1'],
  [{ milliseconds: 'x' }, 'budget limit milliseconds must be a number from 0 on, not "x"'],
])('%o is no budget', (budget, message) => {
  const own = loadPolicy({ a: { label: 'x', endpoints: ['a'] }, b: { label: 'x', endpoints: ['b'] } })
  expect(() => compareScopes(own, 'a', 'b', budget as never)).toThrow(new TypeError(message))
  expect(() => comparePolicies(own, own, budget as never)).toThrow(new TypeError(message))
  expect(() => redundantEndpoints(own, budget as never)).toThrow(new TypeError(message))
  expect(compareScopes(own, 'a', 'b', { states: undefined } as never).relation).toBe('disjoint')
})
