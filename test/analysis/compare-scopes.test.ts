import { describe, expect, test } from 'vitest'
import {
  comparePolicies,
  compareScopes,
  equivalentScopes,
  overlaps,
  redundantEndpoints,
  unreachable,
} from '../../src/analysis/index.ts'
import type { Relation } from '../../src/analysis/index.ts'
import { loadPolicy, type ParseOptions } from '../../src/index.ts'
import { policyOf } from '../decision/example.ts'
import { documentOf, pick, policyFrom, randomFrom, worldOf } from './small-policies.ts'

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

  test('is undecided, with the reason, when the budget ends', () => {
    const hard = (tail: string): string[] =>
      Array.from(
        { length: 20 },
        (_, index) => `*a${'[ab]'.repeat(18)}${'ab'.charAt(index % 2)}*b${'[ab]'.repeat(index)}*${tail}`,
      )
    const policy = policyOf(
      { a: hard('a'), b: hard('a').slice(1).concat('*a*b*c') },
      { wildcard: 'segment', methods: ['GET'] },
    )
    const comparison = compareScopes(policy, 'a', 'b', { milliseconds: 500 })
    expect(comparison.relation).toBe('undecided')
    expect(comparison.reason).toMatch(/^the budget of (?:500 ms|200000 states) is used up$/)
  })

  test('decides twenty patterns with three stars each at once where stars cross slashes', () => {
    const random = randomFrom(1)
    const word = (): string => Array.from({ length: 3 }, () => pick(random, ['a', 'b'])).join('')
    const many = (): string[] => Array.from({ length: 20 }, () => `*${word()}*${word()}*${word()}`)
    const [first, second] = [many(), many()]
    const policy = policyOf({ a: first, b: second, c: [...first, ...second], d: '*' }, { methods: ['GET'] })
    expect(compareScopes(policy, 'a', 'c').relation).toBe('subset')
    expect(compareScopes(policy, 'c', 'd').relation).toBe('subset')
    expect(compareScopes(policy, 'a', 'b', { milliseconds: 2000 }).relation).toBe('partial')
  })
})

test('inclusion is transitive, and both ways it is equality', () => {
  for (let seed = 1; seed <= 150; seed++) {
    const random = randomFrom(seed)
    const world = worldOf(random)
    const policy = policyFrom(documentOf(random, world, 3), world.options)
    if (policy === null) continue
    const includes = (a: string, b: string): boolean => compareScopes(policy, a, b).onlyInB === undefined
    if (includes('s0', 's1') && includes('s1', 's2')) expect(includes('s0', 's2')).toBe(true)
    const equal = compareScopes(policy, 's0', 's1').relation === 'equal'
    expect(includes('s0', 's1') && includes('s1', 's0')).toBe(equal)
  }
})

describe('a policy alone', () => {
  const policy = policyOf(
    {
      all: [{ '*': 'GET' }, { 'users/*': ['GET', 'POST'] }, { 'users/me': 'POST' }],
      also: [{ '*': 'GET' }, { 'users/*': 'POST' }],
      users: [{ 'users/*': 'GET' }, { '..': 'GET' }],
      nothing: [],
    },
    {},
  )

  test('redundant endpoints are listed with the methods and what covers them', () => {
    expect(redundantEndpoints(policy)).toEqual([
      { scope: 'all', endpoint: 'users/*', methods: ['GET'], coveredBy: ['*'] },
      { scope: 'all', endpoint: 'users/me', methods: ['POST'], coveredBy: ['users/*'] },
    ])
  })

  test('an endpoint that several others cover together is redundant', () => {
    const union = policyOf(
      { a: [{ 'x/[^a]': 'GET' }, { 'x/a': 'GET' }, { 'x/?': 'GET' }] },
      { wildcard: 'segment' },
    )
    expect(redundantEndpoints(union)).toEqual([
      { scope: 'a', endpoint: 'x/?', methods: ['GET'], coveredBy: ['x/[^a]', 'x/a'] },
    ])
  })

  test('overlaps, equivalent scopes and unreachable endpoints are found', () => {
    expect(equivalentScopes(policy)).toEqual([['all', 'also']])
    expect(overlaps(policy).map(({ a, b, comparison }) => [a, b, comparison.relation])).toEqual([
      ['all', 'also', 'equal'],
      ['all', 'users', 'superset'],
      ['also', 'users', 'superset'],
    ])
    expect(unreachable(policy)).toEqual([{ scope: 'users', endpoint: '..', methods: ['GET'] }])
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
