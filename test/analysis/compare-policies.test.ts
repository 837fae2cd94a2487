import { describe, expect, test } from 'vitest'
import { comparePolicies } from '../../src/analysis/index.ts'
import { loadPolicy } from '../../src/index.ts'
import { EXAMPLE, policyOf } from '../decision/example.ts'
import { documentOf, edited, pick, policyFrom, randomFrom, worldOf } from './small-policies.ts'

describe('comparePolicies', () => {
  test('lists what is new, for which methods, with an example, and that the label says the same', () => {
    const before = loadPolicy(EXAMPLE)
    const after = loadPolicy(
      EXAMPLE.replace('workers/me: GET', 'workers/*: [GET, PUT]').replace('Search', 'Find'),
    )
    const { change, scopes } = comparePolicies(before, after)
    expect(change).toBe('widened')
    expect(scopes.filter((scope) => scope.change !== 'equal' || scope.relabelled)).toEqual([
      {
        scope: 'profile',
        status: 'kept',
        change: 'widened',
        added: [
          { endpoint: 'workers/*', methods: ['GET', 'PUT'], witness: { method: 'GET', path: '/workers/a' } },
        ],
        removed: [],
        relabelled: false,
        sameLabelMoreAccess: true,
      },
      {
        scope: 'search',
        status: 'kept',
        change: 'equal',
        added: [],
        removed: [],
        relabelled: true,
        sameLabelMoreAccess: false,
      },
    ])
  })

  test('scopes that come and go count, and so do those that are included', () => {
    const scope = (endpoints: string[], includes: string[] = []): object => ({
      label: 'l',
      includes,
      endpoints,
    })
    const before = loadPolicy({ a: scope(['x']), b: scope([], ['a']), old: scope(['y']) })
    const after = loadPolicy({ a: scope(['x', 'z']), b: scope([], ['a']), new: scope(['y']) })
    expect(
      comparePolicies(before, after).scopes.map(({ scope: name, status, change }) => [name, status, change]),
    ).toEqual([
      ['a', 'kept', 'widened'],
      ['b', 'kept', 'widened'],
      ['new', 'added', 'widened'],
      ['old', 'removed', 'narrowed'],
    ])
  })

  test.each([
    [{ basePath: '/api' }, 'mixed', '/api/a/a'],
    [{ caseSensitive: false }, 'widened', '/A/a'],
    [{ trailingSlash: 'ignore' }, 'equal', undefined],
    [{ extensions: ['json'] }, 'narrowed', undefined],
    [{ encodedSlash: 'data' }, 'widened', '/a/a%2F'],
    [{ delimiters: 'data' }, 'widened', '/a/;'],
    [{ wildcard: 'segment' }, 'narrowed', undefined],
    [{ head: 'as-get' }, 'widened', '/a/a'],
  ] as const)('a change of the option %j is %s', (options, change, example) => {
    const comparison = comparePolicies(policyOf({ s: 'a/*' }), policyOf({ s: 'a/*' }, options))
    const [witness] = comparison.scopes.flatMap(({ added }) => added.map((entry) => entry.witness))
    expect(comparison.options).toEqual(Object.keys(options))
    expect([comparison.change, witness?.path]).toEqual([change, example])
  })

  test('what two scopes allow only together counts', () => {
    const options = { wildcard: 'segment', methods: ['GET'] } as const
    const before = policyOf({ one: ['a'], two: ['{?x,a/b}'] }, options)
    const after = policyOf({ one: ['a'], two: ['{?x,a/b,a/}'] }, options)
    const { change, scopes, combined } = comparePolicies(before, after)
    expect(scopes.map((scope) => scope.change)).toEqual(['equal', 'equal'])
    expect([change, combined]).toEqual([
      'widened',
      [{ scopes: ['two', 'one'], change: 'widened', witness: { method: 'GET', path: '/a/' } }],
    ])
    expect(after.authorize(['one', 'two'], 'GET', '/a/')).toBe(true)
  })

  test('a policy equals itself, and an edited one that is equal decides a million requests alike', () => {
    let requests = 0
    for (let seed = 1; requests < 1_000_000; seed++) {
      const random = randomFrom(seed)
      const world = worldOf(random)
      const document = documentOf(random, world, 3)
      const before = policyFrom(document, world.options)
      const after = policyFrom(edited(random, world, document), world.options)
      if (before === null || after === null) continue
      expect(comparePolicies(before, before).change).toBe('equal')
      if (comparePolicies(before, after).change !== 'equal') continue
      for (let index = 0; index < 20_000; index++, requests++) {
        const length = Math.floor(random() * 7)
        const path = `/${Array.from({ length }, () => pick(random, world.alphabet)).join('')}`
        const scopes = ['s0', 's1', 's2', 's9'].filter(() => random() < 0.5)
        const method = pick(random, ['GET', 'POST'])
        if (before.authorize(scopes, method, path) !== after.authorize(scopes, method, path)) {
          expect.fail(`seed ${seed}: ${scopes.join()} ${method} ${path}`)
        }
      }
    }
  })

  test('12,000 grants are compared with an edited copy in less than a second of computing', () => {
    const document = (edit: number): object =>
      Object.fromEntries(
        Array.from({ length: 300 }, (_, scope) => [
          `scope${scope}`,
          {
            label: 'label',
            endpoints: Array.from({ length: 40 }, (_, index) => ({
              [`v1/resource${scope}/*/part${index + (scope % 10 === 0 && index === 7 ? edit : 0)}/*`]: 'GET',
            })),
          },
        ]),
      )
    const [before, after] = [loadPolicy(document(0)), loadPolicy(document(100))]
    const start = process.cpuUsage()
    const { change, scopes } = comparePolicies(before, after)
    expect(process.cpuUsage(start).user).toBeLessThan(1_000_000)
    expect([change, scopes.filter((scope) => scope.change === 'mixed').length]).toEqual(['mixed', 30])
  })
})
