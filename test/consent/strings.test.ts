/** The strings of the page: every language has every one, with its placeholders and its plural forms. */
import { describe, expect, test } from 'vitest'
import {
  consent,
  consentLanguages,
  consentStrings,
  type ConsentStrings,
  renderConsent,
} from '../../src/consent/index.ts'
import { counted } from '../../src/consent/page/render-text.ts'
import { loadPolicy } from '../../src/index.ts'
import { BANK } from './documents.ts'

type Name = keyof ConsentStrings
const ENGLISH = consentStrings('en')
const NAMES = Object.keys(ENGLISH).filter((name): name is Name => name !== 'lang' && name !== 'dir')
/** Words that are the same in another language. */
const SAME = new Set(['optional', 'prompts', 'tools', 'clientId'])

const placeholders = (text: string): readonly string[] => (text.match(/\{\w+\}/g) ?? []).sort()
/** The categories of whole numbers that a page can count. */
const categories = (lang: string): readonly string[] => {
  const rules = new Intl.PluralRules(lang)
  return [...new Set(Array.from({ length: 2_000 }, (_, count) => rules.select(count)))]
}

test('there are the languages that people asked for', () => {
  const wanted = 'de fr es pt ja ar zh-Hans zh-Hant ko it nl pl tr ru uk sv cs he hi vi id'.split(' ')
  expect(wanted.filter((lang) => !(consentLanguages as readonly string[]).includes(lang))).toEqual([])
})

describe.each([...consentLanguages])('%s', (lang) => {
  const strings = consentStrings(lang)

  test('is found by its tag, with its direction', () => {
    expect(strings.lang).toBe(lang)
    expect(strings.dir).toBe(['ar', 'he'].includes(lang) ? 'rtl' : 'ltr')
  })

  test('has every string, translated, with the same placeholders', () => {
    for (const name of NAMES) {
      const [own, english] = [strings[name], ENGLISH[name]]
      const forms = typeof own === 'string' ? [own] : Object.values(own)
      const wanted = placeholders(typeof english === 'string' ? english : english.other)
      for (const form of forms) {
        expect(placeholders(form), `${name}: ${form}`).toEqual(wanted)
        expect(form.trim(), name).toBe(form)
        expect(form, name).not.toBe('')
        if (lang !== 'en' && !SAME.has(name)) expect(form, name).not.toBe(english)
      }
    }
  })

  test('has a form for each plural category that a count can have', () => {
    for (const name of NAMES) {
      const own = strings[name]
      if (typeof own === 'string') {
        if (placeholders(own).includes('{count}')) expect(categories(lang), name).toEqual(['other'])
        continue
      }
      expect(Object.keys(own), name).toEqual(expect.arrayContaining([...categories(lang)]))
    }
  })

  test('is the language of a whole page', () => {
    const html = renderConsent(consent(loadPolicy(BANK), 'payments transactions', { locale: lang }), {
      action: '/consent',
      client: { name: 'Budget' },
    })
    expect(html).toContain(`<html lang="${lang}" dir="${strings.dir}">`)
    for (const name of ['allow', 'deny', 'riskHigh', 'optionalHint'] as const) {
      expect(html).toContain(strings[name].replaceAll("'", '&#39;'))
    }
  })
})

test('counts in the plural form of the language', () => {
  const forms = (lang: string): readonly string[] =>
    [1, 2, 5, 21, 1_234].map((count) => counted(consentStrings(lang).groupCount, count, lang))
  expect(forms('ru')).toEqual([
    '1 разрешение',
    '2 разрешения',
    '5 разрешений',
    '21 разрешение',
    '1\u00a0234 разрешения',
  ])
  expect(forms('en')).toEqual([
    '1 permission',
    '2 permissions',
    '5 permissions',
    '21 permissions',
    '1,234 permissions',
  ])
})

describe('consentStrings', () => {
  test('has the strings of the language that renderConsent chooses for the view, for templates of your own', () => {
    const view = consent(loadPolicy(BANK), 'accounts', { acceptLanguage: 'sv, de;q=0.5' })
    expect(consentStrings(view)).toMatchObject({ lang: 'sv', allow: 'Tillåt' })
    expect(consentStrings(['fi', 'nl'])).toMatchObject({ lang: 'nl', deny: 'Weigeren' })
    expect(consentStrings('fi')).toMatchObject({ lang: 'en', deny: 'Deny' })
  })

  test('takes strings of your own, plural forms included', () => {
    const own = { fi: { allow: 'Salli', more: { one: '{count} muu', other: '{count} muuta' } } }
    const strings = consentStrings('fi-FI', own)
    expect(strings).toMatchObject({ lang: 'fi', allow: 'Salli', deny: 'Deny' })
    expect(counted(strings.more, 1, 'fi')).toBe('1 muu')
    const page = { action: '/c', client: { name: 'x' } }
    const view = consent(loadPolicy(BANK), 'accounts', { locale: 'fi' })
    expect(renderConsent(view, { ...page, strings: own })).toContain('>Salli</button>')
    const wrong = { fi: { more: { one: 'x' } } }
    expect(() => renderConsent(view, { ...page, strings: wrong as never })).toThrow(TypeError)
  })
})
