import { describe, expect, test } from 'vitest'
import { findingsOf, underlinedBy } from '../findings-of.ts'

const ID = 'label-missing-locale'

/** Scopes `s0`, `s1` … with these fields. */
function scopes(...fields: readonly string[]): string {
  return fields.map((field, index) => `s${index}:\n  ${field}\n  endpoints: [a]\n`).join('')
}

describe('by the other labels', () => {
  test('a missing translation is found at the name of the field', () => {
    expect(findingsOf(ID, scopes('label: { en: A, de: B }', 'label: { en: C }'))).toEqual([
      { underlined: 'label', message: '`label` has no text in `de`' },
    ])
  })

  test('a label without languages among translated ones is found', () => {
    expect(findingsOf(ID, scopes('label: { en: A, de: B }', 'label: C'))).toEqual([
      { underlined: 'label', message: '`label` is not translated: it has no text in `en`, `de`' },
    ])
  })

  test('also of description and group, where they are', () => {
    const text = scopes(
      'label: { en: A, de: B }\n  description: { en: D }',
      'label: { en: A, de: B }\n  group: { de: G }',
      'label: { en: A, de: B }\n  group: { de: G, en: H }',
    )
    expect(underlinedBy(ID, text)).toEqual(['description', 'group'])
  })

  test.each([
    ['a description for all languages', scopes('label: { en: A, de: B }\n  description: D')],
    ['labels without languages', scopes('label: A', 'label: B')],
    ['one language throughout', scopes('label: { en: A }', 'label: { EN: B }', 'label: C')],
    ['regions of one language', scopes('label: { en-US: A, de: B }', 'label: { en: C, de-AT: D }')],
    ['a language that few have', scopes('label: { en: A, fr: B }', 'label: { en: C }', 'label: { en: D }')],
    ['a translation that has been begun', scopes('label: { en: A, fr: B }', 'label: C', 'label: D')],
    ['a document without scopes', '$options: { preset: cerb }\n'],
  ])('nothing is said of %s', (_, text) => {
    expect(findingsOf(ID, text)).toEqual([])
  })

  test('scripts of one language do not stand for each other', () => {
    expect(findingsOf(ID, scopes('label: { zh-Hant: A }', 'label: { zh-Hans: C }'))).toEqual([
      { underlined: 'label', message: '`label` has no text in `zh-Hans`' },
      { underlined: 'label', message: '`label` has no text in `zh-Hant`' },
    ])
  })
})

describe('by the setting', () => {
  test('every language that is asked for is missed', () => {
    const text = scopes('label: { en: A }')
    expect(findingsOf(ID, text, { locales: ['en', 'de', 'fr-CA'] })).toEqual([
      { underlined: 'label', message: '`label` has no text in `de`, `fr-CA`' },
    ])
    expect(findingsOf(ID, text, { locales: ['en-GB'] })).toEqual([])
  })

  test('one text will do where one language is asked for', () => {
    expect(findingsOf(ID, scopes('label: A'), { locales: ['en'] })).toEqual([])
    expect(underlinedBy(ID, scopes('label: A\n  group: G'), { locales: ['en', 'de'] })).toEqual([
      'label',
      'group',
    ])
  })

  test('what other labels have does not count then', () => {
    expect(
      findingsOf(ID, scopes('label: { en: A, de: B }', 'label: { en: C }'), { locales: ['en'] }),
    ).toEqual([])
  })

  test('many languages are not all listed', () => {
    const locales = Array.from({ length: 26 }, (_, index) => `q${String.fromCharCode(97 + index)}`)
    expect(findingsOf(ID, scopes('label: { en: A }'), { locales })[0]?.message).toBe(
      '`label` has no text in `qa`, `qb`, `qc`, `qd`, `qe` and others',
    )
  })
})

test('thousands of languages are looked at in time', () => {
  const tags = Array.from({ length: 5_000 }, (_, index) => `en-x-${index}`)
  const label = `label: { ${tags.map((tag) => `${tag}: A`).join(', ')} }`
  expect(underlinedBy(ID, scopes(label, 'label: { de: A }'))).toEqual(['label', 'label'])
})
