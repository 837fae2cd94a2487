import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { consent, consentFields, resolveConsent } from '../../src/consent/index.ts'
import { loadPolicy } from '../../src/index.ts'
import { runs } from '../arbitrary/settings.ts'
import { policyOf } from '../properties/policy-of.ts'
import { BANK, screenDocument } from './documents.ts'

const policy = loadPolicy(BANK)
const view = consent(policy, 'accounts transactions payments payments.read sms')
const GOOD = { consent: 'allow', consent_view: view.id }

describe('resolveConsent', () => {
  test('allows what is required, with what is folded, and nothing unknown', () => {
    expect(resolveConsent(view, GOOD)).toEqual({
      decision: 'allow',
      scopes: ['accounts', 'payments', 'payments.read'],
      declined: ['transactions'],
    })
  })

  test.each([
    [new URLSearchParams({ ...GOOD, consent_scope: 'transactions' })],
    [{ ...GOOD, consent_scope: 'transactions' }],
    [{ ...GOOD, consent_scope: ['transactions'] }],
    [new Map(Object.entries({ ...GOOD, consent_scope: 'transactions' }))],
  ])('allows what was ticked: %o', (fields) => {
    expect(resolveConsent(view, fields)).toEqual({
      decision: 'allow',
      scopes: ['accounts', 'transactions', 'payments', 'payments.read'],
      declined: [],
    })
  })

  test('denies whatever was ticked', () => {
    expect(resolveConsent(view, { ...GOOD, consent: 'deny', consent_scope: 'transactions' })).toEqual({
      decision: 'deny',
      scopes: [],
    })
  })

  test('keeps what was granted before, where it was requested', () => {
    const again = consent(policy, 'accounts payments', { granted: 'accounts transactions' })
    expect(resolveConsent(again, { consent: 'allow', consent_view: again.id }).scopes).toEqual([
      'payments',
      'accounts',
    ])
  })

  test('accepts the hidden fields that it is told of', () => {
    const fields = { ...GOOD, csrf: 'x' }
    expect(resolveConsent(view, fields)).toMatchObject({ decision: 'invalid', reason: 'unknown-field' })
    expect(resolveConsent(view, fields, { hiddenFields: ['csrf'] }).decision).toBe('allow')
  })

  test.each([
    [{}, 'missing-field', 'the field `consent` is missing'],
    [{ consent: 'allow' }, 'missing-field', 'the field `consent_view` is missing'],
    [{ consent_view: view.id }, 'missing-field', 'the field `consent` is missing'],
    [{ ...GOOD, consent: 'ALLOW' }, 'unknown-value', 'the decision is neither `allow` nor `deny`'],
    [
      { ...GOOD, consent: ['deny', 'allow'] },
      'repeated-field',
      'the field `consent` is there more than once',
    ],
    [
      { ...GOOD, consent_view: [view.id, view.id] },
      'repeated-field',
      'the field `consent_view` is there more than once',
    ],
    [{ ...GOOD, consent_view: 'x' }, 'outdated', 'what is asked is not what the page has shown'],
    [{ ...GOOD, scope: 'admin' }, 'unknown-field', 'the page has no field `scope`'],
    [{ ...GOOD, 'consent_scope[]': 'admin' }, 'unknown-field', 'the page has no field `consent_scope[]`'],
    [
      { ...GOOD, consent_scope: 'admin' },
      'unknown-value',
      'the page does not offer to choose the scope `admin`',
    ],
    [
      { ...GOOD, consent_scope: 'payments' },
      'unknown-value',
      'the page does not offer to choose the scope `payments`',
    ],
    [{ ...GOOD, consent_scope: 'sms' }, 'unknown-value', 'the page does not offer to choose the scope `sms`'],
    [
      { ...GOOD, consent_scope: 'openid' },
      'unknown-value',
      'the page does not offer to choose the scope `openid`',
    ],
    [
      { ...GOOD, consent_scope: ['transactions', 'transactions'] },
      'repeated-field',
      'the field `consent_scope` is there more than once',
    ],
    [{ ...GOOD, '\u202e': 'x' }, 'unknown-field', 'the page has no field `\\u{202E}`'],
    [
      { ...GOOD, consent_scope: { x: 1 } },
      'invalid-form',
      'there is no form, or it has a field that is not a string',
    ],
    [null, 'invalid-form', 'there is no form, or it has a field that is not a string'],
    ['consent=allow', 'invalid-form', 'there is no form, or it has a field that is not a string'],
  ])('refuses %o as %s', (fields, reason, message) => {
    expect(resolveConsent(view, fields as never)).toEqual({
      decision: 'invalid',
      scopes: [],
      reason,
      message,
    })
  })

  test('a form that throws when it is read, or never ends, is none', () => {
    const fail = (): never => {
      throw new Error('no')
    }
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    const endless = {
      *[Symbol.iterator]() {
        for (;;) yield ['consent_scope', []]
      },
    }
    for (const form of [
      new Proxy({}, { ownKeys: fail }),
      new Proxy({}, { has: fail }),
      proxy,
      { consent: new Proxy([], { get: fail }) },
      { [Symbol.iterator]: fail },
      Object.defineProperty({}, 'consent', { get: fail, enumerable: true }),
      endless,
    ]) {
      expect(resolveConsent(view, form as never)).toMatchObject({ scopes: [], reason: 'invalid-form' })
    }
  })

  test.each([
    [{ hiddenFields: 'csrf' }, 'option hiddenFields must be a list of names, not "csrf"'],
    [{ hiddenFields: [5] }, 'option hiddenFields must be a list of names, not [5]'],
    [{ hidden: [] }, 'unknown option "hidden"'],
    [null, 'options cannot be null'],
  ])('options %o are refused', (options, message) => {
    expect(() => resolveConsent(view, GOOD, options as never)).toThrow(new TypeError(message))
  })

  test('an answer to a page of before a change counts for nothing', () => {
    const wider = consent(
      loadPolicy(BANK.replace('accounts: GET', 'accounts: [GET, POST]')),
      'accounts payments',
    )
    const before = consent(policy, 'accounts payments')
    expect(resolveConsent(wider, { consent: 'allow', consent_view: before.id })).toMatchObject({
      reason: 'outdated',
    })
  })

  test('never gives more than was requested, whatever is sent', () => {
    let allowed = 0
    fc.assert(
      fc.property(
        screenDocument,
        fc.nat({ max: 31 }),
        fc.array(fc.nat({ max: 8 })),
        fc.array(
          fc.tuple(
            fc.constantFrom('consent', 'consent_scope', 'consent_view', 'scope', '__proto__', 'csrf'),
            fc.constantFrom('allow', 'deny', 'api', 'profile', '__proto__', ''),
          ),
          { maxLength: 1 },
        ),
        ({ document }, bits, ticks, noise) => {
          const generated = policyOf(document)
          const names = [...generated.scopes.keys()]
          const requested = names.filter((_, index) => (bits >> index) & 1)
          const shown = consent(generated, requested)
          const form = new URLSearchParams([
            [consentFields.decision, 'allow'],
            [consentFields.view, shown.id],
            ...noise,
          ])
          for (const tick of new Set(ticks))
            if (names[tick] !== undefined) form.append('consent_scope', names[tick])
          const answer = resolveConsent(shown, form)
          for (const scope of answer.scopes) expect(requested).toContain(scope)
          if (answer.decision !== 'allow') return
          allowed += 1
          const ticked = form.getAll('consent_scope')
          for (const name of requested) {
            const asked = generated.scopes.get(name)?.optional !== true || ticked.includes(name)
            if (asked) expect(answer.scopes).toContain(name)
            expect(answer.scopes.includes(name)).toBe(!answer.declined.includes(name))
          }
        },
      ),
      runs(400),
    )
    expect(allowed).toBeGreaterThan(40)
  })
})
