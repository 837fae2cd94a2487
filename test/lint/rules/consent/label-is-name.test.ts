import { expect, test } from 'vitest'
import { findingsOf, underlinedBy } from '../findings-of.ts'

const ID = 'label-is-name'

function named(name: string, label: string): string {
  return `${JSON.stringify(name)}: { label: ${label}, endpoints: [a] }\n`
}

test('a label that is the name is found, whatever stands between the letters', () => {
  expect(findingsOf(ID, named('invoices:read', 'Invoices Read'))).toEqual([
    { underlined: 'Invoices Read', message: 'label `Invoices Read` only repeats the name of the scope' },
  ])
})

test.each([
  ['invoices:read', 'invoices:read'],
  ['invoices:read', '"invoices_read!"'],
  ['search', 'Search.'],
  ['***', '"***"'],
  ['https://example.org/auth/x', 'https://example.org/auth/x'],
])('%s and %s', (name, label) => {
  expect(underlinedBy(ID, named(name, label))).toEqual([label])
})

test.each([
  ['invoices:read', 'Read your invoices'],
  ['search', 'Search records'],
  ['***', '"---"'],
  ['a', '"\u00e4"'],
  ['read', '"קריאה"'],
])('%s and %s differ', (name, label) => {
  expect(findingsOf(ID, named(name, label))).toEqual([])
})

test('each language is looked at', () => {
  expect(underlinedBy(ID, named('search', '{ en: Search, de: Datensätze suchen, fr: SEARCH }'))).toEqual([
    'Search',
    'SEARCH',
  ])
})
