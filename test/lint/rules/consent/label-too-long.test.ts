import { expect, test } from 'vitest'
import { findingsOf, HOSTILE_LABELS, labelled, underlinedBy } from '../findings-of.ts'

const ID = 'label-too-long'
const FAMILY = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'

test('what is too much is underlined', () => {
  expect(findingsOf(ID, labelled('"Read your invoices"'), { labelLength: 10 })).toEqual([
    { underlined: 'invoices', message: '`label` has 18 characters, more than 10' },
  ])
})

test('120 characters are the limit, if nothing else is set', () => {
  expect(findingsOf(ID, labelled('a'.repeat(120)))).toEqual([])
  expect(underlinedBy(ID, labelled('a'.repeat(121)))).toEqual(['a'])
})

test('characters are counted as a person does', () => {
  for (const character of [FAMILY, 'e\u0301', '\u{1f1e9}\u{1f1ea}', 'ก็', '각']) {
    expect(findingsOf(ID, labelled(character.repeat(10)), { labelLength: 10 })).toEqual([])
    expect(underlinedBy(ID, labelled(character.repeat(11)), { labelLength: 10 })).toEqual([character])
  }
})

test('every language and the group are looked at, the description is not', () => {
  const text = labelled('{ en: abcd, de: abcde }', '[a]', '  description: abcdefgh\n  group: abcdef\n')
  expect(underlinedBy(ID, text, { labelLength: 4 })).toEqual(['e', 'ef'])
})

test('a string that is not as typed is underlined as a whole', () => {
  expect(underlinedBy(ID, labelled('"abcd\\u0065"'), { labelLength: 4 })).toEqual(['"abcd\\u0065"'])
})

test('of a very long text nobody counts to the end', () => {
  expect(findingsOf(ID, labelled('ab '.repeat(1_000_000)))[0]?.message).toBe(
    '`label` has more than 10,000 characters, more than 120',
  )
  for (const label of HOSTILE_LABELS) findingsOf(ID, labelled(JSON.stringify(label)))
})
