/** Documents for consent screens: generated ones with everything a screen shows, and one to read. */
import fc from 'fast-check'
import { plainDocument, toDocument, type DocumentParts } from '../arbitrary/document.ts'
import type { PlainDocument } from '../reference/document.ts'

export interface ScreenParts {
  readonly parts: DocumentParts
  readonly document: PlainDocument
}

/** A generated policy whose scopes are optional, risky and grouped at random. */
export const screenDocument: fc.Arbitrary<ScreenParts> = fc
  .tuple(
    plainDocument,
    fc.array(
      fc.record(
        {
          optional: fc.constantFrom(true, false, false),
          risk: fc.constantFrom('low', 'high'),
          group: fc.constantFrom('One', 'Two'),
        },
        { requiredKeys: [] },
      ),
      { minLength: 5, maxLength: 5 },
    ),
  )
  .map(([parts, extras]) => {
    const scopes = parts.scopes.map(([name, scope], index) => [name, { ...scope, ...extras[index] }] as const)
    return { parts, document: toDocument({ ...parts, scopes }) }
  })

export const BANK = `
accounts:
  group: { en: Your accounts, de: Ihre Konten, ar: حساباتك }
  label: { en: See your accounts, de: Ihre Konten ansehen, ar: عرض حساباتك }
  description: { en: Names and balances. }
  endpoints: [accounts: GET, accounts/*/balances: GET]
transactions:
  group: { en: Your accounts, de: Ihre Konten, ar: حساباتك }
  label: { en: See your transactions, de: Ihre Umsätze ansehen, ar: عرض معاملاتك }
  optional: true
  endpoints: [accounts/*/transactions: GET]
payments:
  label: Prepare payments
  endpoints: [payments: [GET, POST], payments/*: [GET, DELETE]]
payments.read:
  label: See payments
  endpoints: [payments/*: GET]
openid:
  label: Know who you are
  endpoints: []
`
