/** Scopes with `consent: implicit`: granted with the others, and nobody is asked about them. */
import { describe, expect, test } from 'vitest'
import {
  changedSince,
  consent,
  consentRecord,
  type ConsentView,
  renderConsent,
  resolveConsent,
} from '../../src/consent/index.ts'
import { loadPolicy, parsePolicy } from '../../src/index.ts'

const TEXT = `
openid: { label: Know who you are, consent: implicit, endpoints: [] }
userinfo: { label: See your name, consent: implicit, endpoints: [userinfo: GET] }
mail: { label: Read your mail, endpoints: [mail/*: GET] }
send: { label: Send mail, optional: true, endpoints: [mail: POST] }
`
const policy = loadPolicy(TEXT)
const PAGE = { action: '/consent', client: { name: 'Budget' } }

const allow = (view: ConsentView): ReturnType<typeof resolveConsent> =>
  resolveConsent(view, { consent: 'allow', consent_view: view.id })

describe('consent: implicit', () => {
  test('is never listed, and granted with what the person allows', () => {
    const view = consent(policy, 'openid userinfo mail')
    expect(view.groups.flatMap(({ items }) => items).map(({ scope }) => scope)).toEqual(['mail'])
    expect(view.implicit.map(({ scope }) => scope)).toEqual(['openid', 'userinfo'])
    const html = renderConsent(view, PAGE)
    expect(html).not.toMatch(/Know who you are|See your name|openid|userinfo/)
    expect(allow(view)).toMatchObject({ scopes: ['mail', 'openid', 'userinfo'] })
    expect(resolveConsent(view, { consent: 'deny', consent_view: view.id }).scopes).toEqual([])
  })

  test('is not granted where it is not requested', () => {
    expect(allow(consent(policy, 'mail')).scopes).toEqual(['mail'])
  })

  test('alone leaves nothing to ask, also when earlier decisions are reviewed', () => {
    expect(consent(policy, 'openid')).toMatchObject({ nothingToAsk: true, groups: [] })
    const record = consentRecord(consent(policy, 'openid mail'), ['openid', 'mail'])
    const review = consent(policy, 'openid mail', { granted: record, review: true })
    expect(review.groups.flatMap(({ items }) => items).map(({ scope }) => scope)).toEqual(['mail'])
    expect(consent(policy, 'openid mail', { granted: record }).nothingToAsk).toBe(true)
  })

  test('is in the record without a label, because nobody has seen one', () => {
    const record = consentRecord(consent(policy, 'openid mail'), ['mail', 'openid'])
    expect(record.scopes).toEqual(['mail', 'openid'])
    expect(Object.keys(record.labels)).toEqual(['mail'])
    const stored = JSON.parse(JSON.stringify(record)) as typeof record
    expect(changedSince(stored, policy)).toMatchObject({ askAgain: false, relabelled: [] })
  })

  test('a scope that is implicit today asks nobody again when it grows, and another one does', () => {
    const record = consentRecord(consent(policy, 'userinfo mail'), ['userinfo', 'mail'])
    const grown = loadPolicy(TEXT.replace('userinfo: GET', 'userinfo: [GET, POST]'))
    expect(changedSince(record, grown)).toMatchObject({ askAgain: false, change: 'none', scopes: [] })
    expect(consent(grown, 'userinfo mail', { granted: record }).nothingToAsk).toBe(true)
    const both = loadPolicy(
      TEXT.replace('userinfo: GET', 'userinfo: [GET, POST]').replace('mail/*: GET', 'mail/*: [GET, DELETE]'),
    )
    expect(changedSince(record, both)).toMatchObject({
      askAgain: true,
      scopes: [{ scope: 'mail', added: [{ endpoint: 'mail/*', methods: ['DELETE'] }] }],
    })
  })

  test('a combination of an implicit and another scope that opens more is asked about', () => {
    const record = consentRecord(consent(policy, 'openid mail'), ['openid', 'mail'])
    const combined = loadPolicy(`${TEXT}\nopenid mail: { endpoints: [drafts: DELETE] }\n`)
    expect(changedSince(record, combined)).toMatchObject({
      askAgain: true,
      witness: { method: 'DELETE', path: '/drafts' },
    })
  })

  test('a scope that was implicit and is asked about today is asked about', () => {
    const record = consentRecord(consent(policy, 'userinfo mail'), ['userinfo', 'mail'])
    const asks = loadPolicy(
      TEXT.replace(
        'See your name, consent: implicit, endpoints: [userinfo: GET]',
        'Your name, endpoints: [userinfo: [GET, PUT]]',
      ),
    )
    const view = consent(asks, 'userinfo mail', { granted: record })
    expect(view.groups.flatMap(({ items }) => items).map(({ scope }) => scope)).toEqual(['userinfo'])
  })

  test('tells apart the fingerprints of policies, and `explicit` is the same as nothing', () => {
    const plain = TEXT.replaceAll(' consent: implicit,', '')
    expect(loadPolicy(plain).fingerprint).not.toBe(policy.fingerprint)
    expect(loadPolicy(TEXT.replaceAll('implicit', 'explicit')).fingerprint).toBe(
      loadPolicy(plain).fingerprint,
    )
    // As it was before the field existed.
    expect(loadPolicy('a: { label: A, endpoints: [x: GET] }').fingerprint).toBe(
      'f2e9e820b884b085492390ddd438f22f59e545ff8ff7b9e65c10c9453d67c851',
    )
  })

  test('a polluted prototype makes no scope implicit', () => {
    const prototype = Object.prototype as unknown as Record<string, unknown>
    prototype['consent'] = 'implicit'
    try {
      expect(consent(policy, 'mail').implicit).toEqual([])
    } finally {
      delete prototype['consent']
    }
  })

  test('other values are errors that name the choices', () => {
    const { diagnostics } = parsePolicy('a: { label: A, consent: implied, endpoints: [x: GET] }')
    expect(diagnostics.map(({ code, message, help }) => [code, message, help])).toEqual([
      ['invalid-value', '`consent` cannot be `implied`', 'write `explicit` or `implicit`'],
    ])
  })
})
