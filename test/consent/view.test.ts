import { describe, expect, test } from 'vitest'
import { fromCompiled, toCompiled } from '../../src/compiled/index.ts'
import { changedSince, consent, consentRecord } from '../../src/consent/index.ts'
import { loadPolicy } from '../../src/index.ts'
import { BANK } from './documents.ts'

const policy = loadPolicy(BANK)
const ALL = 'openid payments.read payments transactions accounts'

describe('consent', () => {
  test('groups in the order of the document, whatever the order of the request', () => {
    const view = consent(policy, ALL, { locale: 'de' })
    expect(
      view.groups.map(({ label, items }) => [
        label?.text,
        items.map(({ scope, label, lang, includes }) => [
          scope,
          label,
          lang,
          includes.map((one) => one.scope),
        ]),
      ]),
    ).toEqual([
      [
        'Ihre Konten',
        [
          ['accounts', 'Ihre Konten ansehen', 'de', []],
          ['transactions', 'Ihre Umsätze ansehen', 'de', []],
        ],
      ],
      [
        undefined,
        [
          ['payments', 'Prepare payments', '', ['payments.read']],
          ['openid', 'Know who you are', '', []],
        ],
      ],
    ])
  })

  test.each([[ALL], [ALL.split(' ')], [new Set(ALL.split(' '))], [`${ALL} ${ALL}`]])('takes %o', (scopes) => {
    expect(consent(policy, scopes)).toEqual(consent(policy, ALL))
  })

  test('is JSON, and the same for the same question', () => {
    const view = consent(policy, ALL, { locale: 'ar' })
    expect(JSON.parse(JSON.stringify(view))).toEqual(view)
    expect(consent(loadPolicy(BANK), ALL).id).toBe(view.id)
    expect(consent(policy, 'accounts').id).not.toBe(view.id)
    expect(consent(loadPolicy(BANK.replace('accounts: GET', 'accounts: [GET, POST]')), ALL).id).not.toBe(
      view.id,
    )
  })

  test('lists unknown names apart, and takes no part of an object for a scope', () => {
    const view = consent(policy, 'nope accounts __proto__ toString  accounts')
    expect(view.unknown).toEqual(['nope', '__proto__', 'toString'])
    expect(view.groups.flatMap(({ items }) => items.map(({ scope }) => scope))).toEqual(['accounts'])
    expect(consent(policy, '').groups).toEqual([])
  })

  test('texts of one item may come in different languages, each with its own tag and direction', () => {
    const [item] = consent(policy, 'accounts', { locale: 'ar-EG' }).groups[0]?.items ?? []
    expect(item).toMatchObject({ lang: 'ar', dir: 'rtl', description: { lang: 'en', dir: 'ltr' } })
  })

  test('refuses what has no labels, and what is no list of scopes', () => {
    const compiled = fromCompiled(toCompiled(policy))
    expect(() => consent(compiled as never, 'accounts')).toThrow(
      new TypeError('consent needs a policy with labels, as loadPolicy and parsePolicy give it'),
    )
    for (const wrong of [null, undefined, 1, {}])
      expect(() => consent(policy, wrong as never)).toThrow(TypeError)
    expect(() => consent(policy, 'accounts', { granted: 5 as never })).toThrow(TypeError)
  })
})

describe('options of consent', () => {
  test.each([
    [{ locale: 5 }, 'option locale must be a language tag or a list of them, not 5'],
    [{ locale: ['de', 5] }, 'option locale must be a language tag or a list of them, not ["de",5]'],
    [{ acceptLanguage: 5 }, 'option acceptLanguage must be the text of a header, not 5'],
    [{ defaultLocale: {} }, 'option defaultLocale must be a language tag, not {}'],
    [{ granted: null }, 'granted must be an array, a Set or a string of scope names'],
    [{ foo: 1 }, 'unknown option "foo"'],
    [null, 'options cannot be null'],
    [5, 'options cannot be 5'],
  ])('%o are refused', (options, message) => {
    expect(() => consent(policy, 'accounts', options as never)).toThrow(new TypeError(message))
  })

  test('undefined is not given, nor is a header that is not there', () => {
    const given = { locale: undefined, acceptLanguage: null, granted: undefined }
    expect(consent(policy, 'accounts', given)).toEqual(consent(policy, 'accounts'))
  })
})

describe('incremental consent', () => {
  test('asks only for what was not granted before', () => {
    const view = consent(policy, ALL, { granted: ['accounts', 'openid', 'gone'] })
    const items = view.groups.flatMap((group) => group.items)
    expect(items.map((item) => [item.scope, item.new, item.widened])).toEqual([
      ['transactions', true, undefined],
      ['payments', true, undefined],
    ])
    expect(view.granted.map(({ scope }) => scope)).toEqual(['accounts', 'openid'])
  })

  test('asks again for what has come to mean more, by the record', () => {
    const record = consentRecord(consent(policy, 'accounts openid'), ['accounts', 'openid'])
    const wider = loadPolicy(BANK.replace('accounts: GET', 'accounts: [GET, PUT]'))
    const view = consent(wider, 'accounts openid', { granted: JSON.parse(JSON.stringify(record)) as never })
    expect(view.granted.map(({ scope }) => scope)).toEqual(['openid'])
    expect(view.groups.flatMap((group) => group.items)).toMatchObject([
      {
        scope: 'accounts',
        widened: {
          added: [{ endpoint: 'accounts', methods: ['PUT'], witness: { method: 'PUT', path: '/accounts' } }],
        },
      },
    ])
    expect(consent(policy, 'accounts openid', { granted: record }).groups).toEqual([])
  })

  test('does not ask again where another granted scope allowed the same', () => {
    const before = loadPolicy({ a: { label: 'x', endpoints: ['x'] }, b: { label: 'x', endpoints: ['y'] } })
    const after = loadPolicy({
      a: { label: 'x', endpoints: ['x', 'y'] },
      b: { label: 'x', endpoints: ['y'] },
    })
    const record = consentRecord(consent(before, 'a b'), ['a', 'b'])
    expect(changedSince(record, after)).toMatchObject({
      askAgain: false,
      change: 'none',
      scopes: [{ scope: 'a' }],
    })
    expect(consent(after, 'a b', { granted: record }).groups).toEqual([])
  })
})
