/**
 * What a denial says, and what it may cost: anybody with a token can ask for it again and again, so it is
 * bounded by counted steps, on any policy within the limits and the first time, too.
 */
import { describe, expect, test } from 'vitest'
import { createPolicyAuthorizer } from '../../src/decision/policy-authorizer.ts'
import { denialOf } from '../../src/decision/denial-of.ts'
import { FIND_STEPS, SORT_STEPS } from '../../src/decision/explain.ts'
import { createQueries } from '../../src/decision/queries.ts'
import { automatonInclusion } from '../../src/decision/automaton-inclusion.ts'
import { treeInclusion } from '../../src/decision/tree-inclusion.ts'
import { fromCompiled, toCompiled } from '../../src/compiled/index.ts'
import { buildTables } from '../../src/matcher/build.ts'
import { readPath } from '../../src/pattern/request-path.ts'
import { dataOf, type Grants } from '../matcher/tables-of.ts'
import { loadPolicy } from '../../src/index.ts'
import { policyOf } from './example.ts'

const METHODS = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT']

describe('denialOf', () => {
  const policy = policyOf({ all: '*', some: [{ 'a/*': ['GET', 'PUT'] }], one: [{ 'a/b': 'GET' }] })
  const compiled = fromCompiled(toCompiled(policy))

  test('says what `explain` says, loaded and compiled', () => {
    const requests: readonly (readonly [unknown, string, string])[] = [
      [['some'], 'POST', '/a/b'],
      [['one'], 'GET', '/x'],
      [[], 'GET', '/a/b'],
      ['one', 'GET', '/a//b'],
      [5, 'GET', '/a/b'],
      [['all'], 'GET', '/a'],
    ]
    for (const [scopes, method, path] of requests) {
      const { reason, refusal, scopesThatWouldAllow, setsThatWouldAllow, methodsAllowed } = policy.explain(
        scopes as string,
        method,
        path,
      )
      const expected = { reason, refusal, scopesThatWouldAllow, setsThatWouldAllow, methodsAllowed }
      for (const one of [policy, compiled]) {
        const { refusal: found, ...denial } = denialOf(one, scopes as string, method, path)
        expect({ ...denial, refusal: found }).toEqual(expected)
      }
    }
  })

  test('looks for no near miss', () => {
    expect(policy.explain(['one'], 'GET', '/A/b')).toHaveProperty('nearest')
    expect(denialOf(policy, ['one'], 'GET', '/A/b')).not.toHaveProperty('nearest')
  })

  test('asks `explain` of what is not a policy of this package, or is a changed copy of one', () => {
    const explain = (): never => {
      throw new Error('asked')
    }
    expect(() => denialOf({ explain }, [], 'GET', '/')).toThrow('asked')
    expect(() => denialOf({ ...policy, explain }, [], 'GET', '/')).toThrow('asked')
    const inherited = Object.assign(Object.create(policy) as object, {})
    Object.defineProperty(inherited, 'explain', { value: explain })
    expect(() => denialOf(inherited as typeof policy, [], 'GET', '/')).toThrow('asked')
  })

  test('is not reached through a polluted prototype', () => {
    const symbol = Symbol.for('scope-policy.denial')
    const prototype = Object.prototype as unknown as Record<symbol, unknown>
    prototype[symbol] = () => ({ reason: 'granted' })
    try {
      const other = { explain: () => ({ reason: 'no-scope-covers-path' }) as never }
      expect(denialOf(other, [], 'GET', '/').reason).toBe('no-scope-covers-path')
    } finally {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- written above
      delete prototype[symbol]
    }
  })
})

type Wildcard = 'any' | 'segment'

interface Hostile {
  readonly wildcard: Wildcard
  readonly scopes: number
  readonly endpoints: number
  readonly pattern: (scope: number, endpoint: number) => string
  /** A pattern that only its scope has. */
  readonly own?: string
  readonly paths: readonly string[]
}

const LONG = `/${Array.from({ length: 24 }, () => 's'.repeat(338)).join('/')}`
const HOSTILE: Readonly<Record<string, Hostile>> = {
  '16 scopes with the same 25 segment patterns': {
    wildcard: 'segment',
    scopes: 16,
    endpoints: 25,
    pattern: (_, endpoint) => `/v1/res${endpoint}/*/sub${endpoint}/*`,
    paths: ['/v1/res1/x/sub1/y', LONG],
  },
  '64 scopes with overlapping segment patterns': {
    wildcard: 'segment',
    scopes: 64,
    endpoints: 25,
    pattern: (scope, endpoint) => `/v1/**/*${'ab'.charAt(scope % 2)}*${endpoint}*/**`,
    paths: ['/v1/a/ab1/x', `/v1/${'ab0123456789'.repeat(600)}`, LONG],
  },
  '300 scopes with globstars': {
    wildcard: 'segment',
    scopes: 300,
    endpoints: 3,
    pattern: (scope, endpoint) => `/**/*s${'s'.repeat(endpoint)}*x${scope}/**`,
    paths: ['/a/sssx1/y', LONG],
  },
  '64 scopes with the same 200 patterns': {
    wildcard: 'any',
    scopes: 64,
    endpoints: 200,
    pattern: (_, endpoint) => `/v1/res${endpoint}/*/sub${endpoint}/*`,
    paths: ['/v1/res1/x/sub1/y', LONG],
  },
  '64 scopes with overlapping patterns': {
    wildcard: 'any',
    scopes: 64,
    endpoints: 50,
    pattern: (scope, endpoint) => `/*a*${endpoint}*${scope}*b*`,
    paths: [`/a${Array.from({ length: 200 }, (_, at) => at).join('')}b`, `/${'a'.repeat(8000)}b`],
  },
  '2 scopes with 1,000 globstars': {
    wildcard: 'segment',
    scopes: 2,
    endpoints: 1000,
    pattern: (scope, endpoint) => `/**/${scope}r${endpoint}*a*/**/s${endpoint}/**`,
    paths: [LONG],
  },
  '16 scopes with 300 stars in a segment': {
    wildcard: 'segment',
    scopes: 16,
    endpoints: 1,
    pattern: (scope) => `/${'*a'.repeat(300)}*${scope}*b`,
    paths: [`/${'a'.repeat(8000)}b`],
  },
  '16 scopes with a thousand stars': {
    wildcard: 'any',
    scopes: 16,
    endpoints: 10,
    pattern: (scope, endpoint) => `/${'*a'.repeat(1000)}*${endpoint}*${scope}`,
    paths: [`/${'a0'.repeat(4000)}`],
  },
  '2,000 scopes of runs between stars': {
    wildcard: 'any',
    scopes: 2000,
    endpoints: 5,
    pattern: (scope, endpoint) => `/*/res${endpoint}/*/sub${scope % 10}/*`,
    paths: ['/x/res1/x/sub1/y', LONG],
  },
}

test('a denial by combinations lists whole sets only, however many there are', () => {
  const count = 40
  const name = (at: number): string => `s${at % count}`
  const policy = loadPolicy({
    ...Object.fromEntries(
      Array.from({ length: count }, (_, at) => [
        name(at),
        { label: 'Scope', endpoints: [], ...(at > 8 && { includes: [name(at % 8)] }) },
      ]),
    ),
    ...Object.fromEntries(
      Array.from({ length: 100 }, (_, at) => [
        [...new Set(Array.from({ length: 8 }, (_, one) => name(at + one * (1 + (at % 3)))))].join(' '),
        { endpoints: ['both/*'] },
      ]),
    ),
  })
  for (const path of ['/both/x', '/both/x/']) {
    const { reason, setsThatWouldAllow } = denialOf(policy, [], 'GET', path)
    expect(reason).toBe('no-scope-covers-path')
    for (const set of setsThatWouldAllow) expect(policy.authorize(set, 'GET', path)).toBe(true)
  }
})

test('what a decision costs is not cut short by a budget that has ended before', () => {
  const policy = policyOf({ a: Array.from({ length: 300 }, (_, at) => `*x${at}*y*`), b: '*' })
  const path = `/${'x299'.repeat(1000)}y`
  expect(denialOf(policy, [], 'GET', `/${'z'.repeat(8000)}`).reason).toBe('no-scope-covers-path')
  expect(policy.authorize(['a'], 'GET', path)).toBe(true)
  expect(policy.explain(['a'], 'GET', path).allowed).toBe(true)
})

describe('a denial takes a bounded number of steps', () => {
  test.each(Object.entries(HOSTILE))('%s', (_, { wildcard, scopes, endpoints, pattern, paths }) => {
    const grants: Grants = {
      ...Object.fromEntries(
        Array.from({ length: scopes }, (_, scope) => [
          `scope${scope}`,
          [
            ...Array.from({ length: endpoints }, (_, endpoint) => [pattern(scope, endpoint), ...METHODS]),
            [`/own${scope}/*`, ...METHODS],
          ],
        ]),
      ),
      low: [['/low/*', 'GET']],
    }
    const data = dataOf(grants, { wildcard })
    const tables = buildTables(data)
    const authorizer = createPolicyAuthorizer(tables, data.rules)
    const { effort } = authorizer
    const { judge, idsOf, scopesFor } = createQueries(tables.scopes, tables.methods, authorizer, {
      inclusion: (wildcard === 'segment' ? automatonInclusion : treeInclusion)(tables, authorizer),
      granting: () => [],
    })
    // What the budget cannot stop in the middle: one comparison of patterns.
    const longest = 300_000
    for (const path of paths) {
      const steps: number[] = []
      const answers: unknown[] = []
      for (let turn = 0; turn < 3; turn++) {
        for (const ask of [
          () => judge(idsOf(['low']), 'GET', readPath(path, data.rules)),
          () => judge([], 'POST', readPath(path, data.rules)),
          () => scopesFor('GET', path),
        ]) {
          const before = effort.steps
          answers.push(ask())
          steps.push(effort.steps - before)
        }
      }
      expect(Math.max(...steps)).toBeLessThanOrEqual(2 * FIND_STEPS + SORT_STEPS + longest)
      // The same answer whatever was asked before, and for no more.
      expect(steps.slice(6)).toEqual(steps.slice(3, 6))
      expect(answers.slice(3, 6)).toEqual(answers.slice(0, 3))
      expect(answers.slice(6)).toEqual(answers.slice(0, 3))
    }
  })

  test('what took too long to sort is not sorted again', () => {
    const grants: Grants = Object.fromEntries(
      Array.from({ length: 64 }, (_, scope) => [
        `scope${scope}`,
        Array.from({ length: 25 }, (_, endpoint) => [`/v1/res${endpoint}/*/sub${endpoint}/**`, ...METHODS]),
      ]),
    )
    const data = dataOf(grants, { wildcard: 'segment' })
    const tables = buildTables(data)
    const authorizer = createPolicyAuthorizer(tables, data.rules)
    const inclusion = automatonInclusion(tables, authorizer)
    const { scopesFor } = createQueries(tables.scopes, tables.methods, authorizer, {
      inclusion,
      granting: () => [],
    })
    const ask = (): number => {
      const before = authorizer.effort.steps
      expect(scopesFor('GET', '/v1/res1/x/sub1/y')).toEqual(Object.keys(grants))
      return authorizer.effort.steps - before
    }
    expect(ask()).toBeGreaterThan(SORT_STEPS)
    expect(ask()).toBeLessThan(FIND_STEPS)
  })

  test('a policy as people write it is sorted within a third of them', () => {
    const data = dataOf(
      Object.fromEntries(
        Array.from({ length: 20 }, (_, scope) => [
          `s${scope}`,
          Array.from({ length: 10 }, (_, endpoint) => [
            `/api/${endpoint}/*`,
            ...METHODS.slice(0, 1 + (scope % 5)),
          ]),
        ]),
      ) as unknown as Grants,
      { wildcard: 'segment' },
    )
    const tables = buildTables(data)
    const authorizer = createPolicyAuthorizer(tables, data.rules)
    const inclusion = automatonInclusion(tables, authorizer)
    const endpoints = { inclusion, granting: () => [] }
    const { judge } = createQueries(tables.scopes, tables.methods, authorizer, endpoints)
    const before = authorizer.effort.steps
    // Scopes with the same methods are equal, and those with more of them wider.
    expect(judge([], 'GET', readPath('/api/1/x', data.rules)).scopesThatWouldAllow.slice(0, 5)).toEqual([
      's1',
      's6',
      's11',
      's16',
      's2',
    ])
    expect(authorizer.effort.steps - before).toBeLessThan((FIND_STEPS + SORT_STEPS) / 3)
  })
})
