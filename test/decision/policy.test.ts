/** What a policy adds to the answers: hints, smallest sets, its fingerprint, its document and its internals. */
import { MINIMAL } from '../../src/decision/minimal-of.ts'
import { describe, expect, test, vi } from 'vitest'
import { policyData } from '../../src/analysis/policy-data.ts'
import { DENIAL } from '../../src/decision/denial-of.ts'
import { INTERNALS, INTERNALS_VERSION, type Internals, internalsOf } from '../../src/decision/internals.ts'
import { loadPolicy, parsePolicy, type Policy } from '../../src/index.ts'
import { fingerprint } from '../../src/policy/fingerprint.ts'
import { policyOf } from './example.ts'

vi.mock('../../src/policy/fingerprint.ts', { spy: true })

const DOCUMENT = {
  $options: { basePath: '/rest', extensions: ['json'], head: 'as-get' },
  notes: {
    label: { en: 'Notes', de: 'Notizen' },
    description: 'All of them',
    risk: 'high',
    endpoints: [{ 'notes/*': ['GET', 'PUT'] }],
  },
  all: { label: 'All', group: 'More', optional: true, includes: ['notes'], endpoints: ['*'] },
}

describe('explain', () => {
  const policy = policyOf({ s: [{ a: 'GET' }, { 'a/b': 'GET' }], t: [{ a: 'PUT' }] })

  test('names what is nearest to a request that no scope covers', () => {
    expect(policy.explain(['s'], 'GET', '/a.json')).toMatchObject({
      reason: 'no-scope-covers-path',
      nearest: { scope: 's', endpoint: 'a', differs: 'extension' },
    })
  })

  test('names what is nearest to a method that is not granted', () => {
    expect(policy.explain(['s'], 'PUT', '/a')).toMatchObject({
      reason: 'method-not-granted',
      nearest: { scope: 's', endpoint: 'a', differs: 'method' },
    })
  })

  test('looks at the known scopes in the order of the token', () => {
    expect(policy.explain(['unknown', 't', 's'], 'DELETE', '/a').nearest?.scope).toBe('t')
  })

  test('has no member where nothing is near', () => {
    expect(policy.explain(['s'], 'GET', '/x/y/z')).not.toHaveProperty('nearest')
  })

  test('has none where a request is granted, refused, or no request', () => {
    expect(policy.explain(['s'], 'GET', '/a')).not.toHaveProperty('nearest')
    expect(policy.explain(['s'], 'GET', '/a//b')).not.toHaveProperty('nearest')
    expect(policy.explain(5 as unknown as string, 'GET', '/a')).not.toHaveProperty('nearest')
  })
})

describe('minimalScopes', () => {
  const policy = policyOf({
    methods: [{ a: ['GET', 'POST', 'PUT'] }],
    paths: [{ a: 'GET' }, { b: 'GET' }],
    c: [{ c: 'GET' }],
  })

  test('of equally few scopes are those with fewer pairs of endpoint and method', () => {
    expect(policy.minimalScopes([{ method: 'GET', path: '/a' }])).toEqual(['paths'])
  })

  test('are of equally many pairs the first of the document', () => {
    const equal = policyOf({ one: [{ a: ['GET', 'PUT'] }], two: [{ a: 'GET' }, { b: 'GET' }] })
    expect(equal.minimalScopes([{ method: 'GET', path: '/a' }])).toEqual(['one'])
  })

  test('count what they include', () => {
    const including = loadPolicy({
      base: { label: 'Base', endpoints: [{ b: ['GET', 'PUT'] }] },
      wide: { label: 'Wide', includes: ['base'], endpoints: [{ a: 'GET' }] },
      plain: { label: 'Plain', endpoints: [{ a: ['GET', 'PUT'] }, { c: 'DELETE' }, { d: 'DELETE' }] },
      narrow: { label: 'Narrow', endpoints: [{ e: 'GET' }] },
      // As many narrower scopes as `wide` has, and one pair more.
      other: { label: 'Other', includes: ['narrow'], endpoints: [{ a: ['GET', 'PUT', 'POST'] }] },
    })
    expect(including.minimalScopes([{ method: 'GET', path: '/a' }])).toEqual(['plain'])
    expect(
      including.minimalScopes([
        { method: 'GET', path: '/a' },
        { method: 'GET', path: '/b' },
      ]),
    ).toEqual(['wide'])
  })

  test('are in document order', () => {
    expect(
      policy.minimalScopes([
        { method: 'GET', path: '/c' },
        { method: 'GET', path: '/b' },
      ]),
    ).toEqual(['paths', 'c'])
    expect(policy.minimalScopes([])).toEqual([])
  })

  test('are null where all scopes together do not allow a request', () => {
    expect(policy.minimalScopes([{ method: 'DELETE', path: '/a' }])).toBeNull()
    expect(policy.minimalScopes(null as unknown as [])).toBeNull()
  })
})

describe('fingerprint', () => {
  test('is made when it is asked for, and once', () => {
    vi.mocked(fingerprint).mockClear()
    const policy = loadPolicy(DOCUMENT)
    policy.explain(['notes'], 'GET', '/rest/note/1')
    expect(fingerprint).not.toHaveBeenCalled()
    const first = policy.fingerprint
    expect(policy.fingerprint).toBe(first)
    expect(first).toMatch(/^[0-9a-f]{64}$/)
    expect(fingerprint).toHaveBeenCalledOnce()
  })

  test('differs with what is granted', () => {
    expect(policyOf({ s: 'a' }).fingerprint).toBe(policyOf({ s: '/a' }).fingerprint)
    expect(policyOf({ s: 'a' }).fingerprint).not.toBe(policyOf({ s: 'b' }).fingerprint)
  })
})

describe('toJSON', () => {
  test('gives a document that is read as the same policy', () => {
    const policy = loadPolicy(DOCUMENT)
    const json = policy.toJSON()
    expect(json).toMatchObject({
      ...DOCUMENT,
      notes: { ...DOCUMENT.notes, endpoints: expect.any(Array) as [] },
      all: { endpoints: expect.any(Array) as [] },
    })
    const { policy: again, diagnostics } = parsePolicy(JSON.parse(JSON.stringify(policy)) as object)
    expect(diagnostics).toEqual([])
    expect(again?.toJSON()).toEqual(json)
    expect(again?.fingerprint).toBe(policy.fingerprint)
  })

  test('gives another object each time', () => {
    const policy = loadPolicy(DOCUMENT)
    expect(policy.toJSON()).not.toBe(policy.toJSON())
  })
})

describe('a policy', () => {
  test('has its scopes in document order', () => {
    expect([...loadPolicy(DOCUMENT).scopes.keys()]).toEqual(['notes', 'all'])
  })

  test('is frozen', () => {
    const policy = loadPolicy(DOCUMENT)
    expect(Object.isFrozen(policy)).toBe(true)
    expect(Reflect.set(policy, 'authorize', () => true)).toBe(false)
    expect(Reflect.set(policy, 'fingerprint', '')).toBe(false)
  })
})

describe('the internals of a policy', () => {
  const of = (policy: Policy): Internals => internalsOf(policy) as Internals

  test('are its tables and data, with the number of their layout', () => {
    const { layout, tables, data } = of(loadPolicy(DOCUMENT))
    expect(layout).toBe(INTERNALS_VERSION)
    expect(tables().scopes).toEqual(['notes', 'all'])
    expect([...data.scopes.keys()]).toEqual(['notes', 'all'])
  })

  test('are not listed among its members', () => {
    const policy = loadPolicy(DOCUMENT)
    expect(Object.getOwnPropertySymbols({ ...policy })).toEqual([])
    expect(Object.getOwnPropertySymbols(policy)).toEqual([DENIAL, INTERNALS, MINIMAL])
  })

  test('have copies of the tables, made when asked for: to change them changes no decision', () => {
    const policy = loadPolicy(DOCUMENT)
    expect(of(policy)).toBe(of(policy))
    expect(Object.isFrozen(of(policy))).toBe(true)
    const tables = of(policy).tables()
    tables.code.fill(0)
    tables.roots.fill(-1)
    expect(policy.authorize('notes', 'GET', '/rest/notes/1')).toBe(true)
    expect([...of(policy).tables().roots]).not.toContain(-1)
  })

  test('of another version are refused, by analysis too', () => {
    const other = Object.defineProperty({}, INTERNALS, { value: { layout: INTERNALS_VERSION - 1, data: {} } })
    expect(() => internalsOf(other)).toThrow('the policy comes from another version of scope-policy')
    expect(() => policyData(other as Policy)).toThrow('the policy comes from another version of scope-policy')
    expect(internalsOf(Object.create(loadPolicy(DOCUMENT)))).toBeUndefined()
  })
})
