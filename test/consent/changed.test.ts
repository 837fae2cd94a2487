import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changedSince, consent, consentRecord, type ConsentRecord } from '../../src/consent/index.ts'
import { loadPolicy, type Policy } from '../../src/index.ts'
import { recipes, toRequest } from '../arbitrary/request.ts'
import { runs } from '../arbitrary/settings.ts'
import { policyOf } from '../properties/policy-of.ts'
import { BANK, screenDocument } from './documents.ts'

const AT = new Date('2026-11-20T12:00:00Z')
const stored = (policy: Policy, scopes: readonly string[]): ConsentRecord => {
  const view = consent(policy, scopes, { locale: 'de' })
  return JSON.parse(JSON.stringify(consentRecord(view, scopes, { at: AT }))) as ConsentRecord
}
const changed = (from: string, to: string, scopes: string): ReturnType<typeof changedSince> =>
  changedSince(stored(loadPolicy(BANK), scopes.split(' ')), loadPolicy(BANK.replace(from, to)))

describe('consentRecord', () => {
  test('holds what was shown, and survives JSON', () => {
    const policy = loadPolicy(BANK)
    const record = stored(policy, ['accounts', 'payments'])
    expect(record).toEqual({
      version: 1,
      fingerprint: policy.fingerprint,
      scopes: ['accounts', 'payments'],
      labels: {
        accounts: { text: 'Ihre Konten ansehen', lang: 'de' },
        payments: { text: 'Prepare payments', lang: '' },
      },
      locale: 'de',
      paths: {
        basePath: '',
        extensions: [],
        caseSensitive: true,
        trailingSlash: 'strict',
        wildcard: 'any',
        encodedSlash: 'refuse',
        delimiters: 'refuse',
        pathLength: 8192,
      },
      access: {
        accounts: [
          { pattern: 'accounts', methods: ['GET'] },
          { pattern: 'accounts/*/balances', methods: ['GET'] },
        ],
        payments: [
          { pattern: 'payments', methods: ['GET', 'POST'] },
          { pattern: 'payments/*', methods: ['DELETE', 'GET'] },
        ],
      },
      at: '2026-11-20T12:00:00.000Z',
    })
  })

  test('is made of nothing that was not asked for', () => {
    const view = consent(loadPolicy(BANK), 'accounts')
    expect(() => consentRecord(view, ['payments'])).toThrow(
      new RangeError('the scope "payments" was not asked for'),
    )
  })

  test('a scope may be called as a part of every object', () => {
    const policy = policyOf(JSON.parse('{"__proto__": {"label": "x", "endpoints": ["a"]}}'))
    const record = stored(policy, ['__proto__'])
    expect(changedSince(record, policy).askAgain).toBe(false)
    const wider = policyOf(JSON.parse('{"__proto__": {"label": "x", "endpoints": ["a", "b"]}}'))
    expect(changedSince(record, wider).witness).toEqual({ method: 'GET', path: '/b' })
  })
})

describe('changedSince', () => {
  test('says what is new, with a request as evidence', () => {
    expect(changed('accounts: GET', 'accounts: [GET, PUT]', 'accounts openid')).toEqual({
      askAgain: true,
      change: 'more',
      witness: { method: 'PUT', path: '/accounts' },
      scopes: [
        {
          scope: 'accounts',
          added: [{ endpoint: 'accounts', methods: ['PUT'], witness: { method: 'PUT', path: '/accounts' } }],
          witness: { method: 'PUT', path: '/accounts' },
        },
      ],
      relabelled: [],
      removed: [],
    })
  })

  test.each([
    ['the same policy', 'accounts: GET', 'accounts: GET', 'accounts', {}],
    ['another layout', 'endpoints: [accounts: GET, ', 'endpoints: [ accounts: [GET],  ', 'accounts', {}],
    ['less', 'accounts: GET, ', '', 'accounts', {}],
    ['more in a scope that was not agreed to', 'payments/*: GET', 'payments/*: PUT', 'accounts', {}],
    [
      'another spelling of the same',
      'accounts: GET',
      'accounts: GET, accounts/*/balances: GET',
      'accounts',
      {},
    ],
    ['another label', 'Ihre Konten ansehen', 'Ihre Konten sehen', 'accounts', { relabelled: ['accounts'] }],
    ['a label in another language', 'See your accounts', 'View accounts', 'accounts', {}],
    ['a scope that is gone', '\naccounts:', '\nkonten:', 'accounts', { removed: ['accounts'] }],
  ])('does not ask again for %s', (_, from, to, scopes, more) => {
    const none = { askAgain: false, change: 'none', scopes: [], relabelled: [], removed: [] }
    expect(changed(from, to, scopes)).toEqual({ ...none, ...more })
  })

  test('options count by what they let in', () => {
    const record = stored(loadPolicy(BANK), ['accounts'])
    const ignoring = changedSince(record, loadPolicy(BANK, { caseSensitive: false }))
    expect(ignoring).toMatchObject({ askAgain: true, change: 'more' })
    expect(
      changedSince(stored(loadPolicy(BANK, { caseSensitive: false }), ['accounts']), loadPolicy(BANK)),
    ).toMatchObject({
      askAgain: false,
    })
    expect(changedSince(record, loadPolicy(BANK, { basePath: '/v2' })).askAgain).toBe(true)
  })

  test('two scopes that allow something only together count together', () => {
    const options = { $options: { wildcard: 'segment' } }
    const scope = (...patterns: string[]): object => ({
      label: 'x',
      endpoints: patterns.map((one) => ({ [one]: 'GET' })),
    })
    const before = loadPolicy({ ...options, p: scope('a/b'), q: scope('a') })
    const after = loadPolicy({ ...options, p: scope('a/{b,}'), q: scope('a') })
    const { witness, askAgain } = changedSince(stored(before, ['p', 'q']), after)
    expect(askAgain).toBe(true)
    expect(after.authorize('p q', 'GET', witness?.path ?? '')).toBe(true)
    expect(before.authorize('p q', 'GET', witness?.path ?? '')).toBe(false)
  })

  test('where the budget ends the answer is to ask again', () => {
    const hard = (tail: string): Policy => {
      const endpoints = Array.from({ length: 12 }, (_, at) => `**/${'?'.repeat(at + 3)}a*/**/x${tail}{b,c}*`)
      return loadPolicy({ $options: { wildcard: 'segment' }, a: { label: 'x', endpoints } })
    }
    const change = changedSince(stored(hard('y?'), ['a']), hard('?'), { states: 5 })
    expect(change.askAgain).toBe(true)
    const view = consent(hard('?'), 'a', { granted: stored(hard('y?'), ['a']) })
    expect(view.granted).toEqual([])
  })

  test.each([
    ['null', () => null],
    ['another version', (record: object) => ({ ...record, version: 2 })],
    ['no scopes', (record: object) => ({ ...record, scopes: 'accounts' })],
    ['no access', (record: object) => ({ ...record, access: {} })],
    [
      'broken access',
      (record: object) => ({ ...record, access: { accounts: [{ pattern: 5, methods: [] }] } }),
    ],
    ['no paths', (record: object) => ({ ...record, paths: { wildcard: 'any' } })],
    [
      'a base path that cannot be',
      (record: ConsentRecord) => ({ ...record, paths: { ...record.paths, basePath: '/..' } }),
    ],
    [
      'a pattern that cannot be',
      (record: ConsentRecord) => ({
        ...record,
        paths: { ...record.paths, wildcard: 'segment' },
        access: { accounts: [{ pattern: '(?=a)b', methods: ['GET'] }] },
      }),
    ],
  ])('%s is no record, and throws', (_, change) => {
    const record = change(stored(loadPolicy(BANK), ['accounts']))
    expect(() => changedSince(record as never, loadPolicy(BANK))).toThrow(/^not a consent record: /)
  })

  test('asks again exactly where something is allowed that was not', () => {
    let asked = 0
    fc.assert(
      fc.property(screenDocument, screenDocument, recipes, (one, two, list) => {
        // The same options as far as patterns are of one dialect; names are few, so scopes are often the same.
        const alike = one.parts.options.wildcard === two.parts.options.wildcard
        const before = policyOf(one.document)
        const after = policyOf(alike ? { ...two.document, $options: one.parts.options } : two.document)
        const names = [...before.scopes.keys()]
        const { askAgain, witness, scopes, change } = changedSince(stored(before, names), after)
        expect(change).not.toBe('undecided')
        expect(askAgain).toBe(witness !== undefined)
        if (witness !== undefined) {
          asked += 1
          expect(after.authorize(names, witness.method, witness.path)).toBe(true)
          expect(before.authorize(names, witness.method, witness.path)).toBe(false)
        }
        for (const { scope, added } of scopes) {
          for (const { witness: own } of added) {
            expect(after.authorize([scope], own.method, own.path)).toBe(true)
            expect(before.authorize([scope], own.method, own.path)).toBe(false)
          }
        }
        if (askAgain) return
        for (const chosen of list) {
          for (const { parts } of [one, two]) {
            const { method, path } = toRequest(parts, chosen)
            if (after.authorize(names, method, path)) expect(before.authorize(names, method, path)).toBe(true)
          }
        }
      }),
      runs(150),
    )
    expect(asked).toBeGreaterThan(10)
  })
})
