import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bestLanguage, directionOf, Languages, wantedLanguages } from '../../src/consent/view/language.ts'
import { runs } from '../arbitrary/settings.ts'

const TEXT = { en: 'Read', 'de-DE': 'Lesen', 'pt-PT': 'Ler', ar: 'قراءة', 'zh-Hant': '讀取' }

describe('the language of a string', () => {
  test.each([
    [{ locale: 'de-AT' }, 'de-DE'],
    [{ locale: 'pt-BR' }, 'pt-PT'],
    [{ locale: 'zh-TW' }, 'zh-Hant'],
    [{ locale: ['xx', 'ar-EG'] }, 'ar'],
    [{ locale: 'nl' }, 'en'],
    [{ locale: 'nl', defaultLocale: 'ar' }, 'ar'],
    [{}, 'en'],
    [{ acceptLanguage: 'fr, de;q=0.8, en;q=0.9' }, 'en'],
    [{ acceptLanguage: 'fr, de;q=0.9, en;q=0.8' }, 'de-DE'],
    [{ acceptLanguage: 'de;q=0, ar' }, 'ar'],
    [{ acceptLanguage: '*' }, 'en'],
    [{ acceptLanguage: ';;q=x, d_e, 💥, ar' }, 'ar'],
    [{ locale: 'de', acceptLanguage: 'ar' }, 'de-DE'],
    [{ locale: 'not a tag' }, 'en'],
    [{ locale: 'DE-de' }, 'de-DE'],
  ] as const)('for %j is %s', (options, lang) => {
    expect(new Languages(options).text(TEXT)).toMatchObject({ lang, text: TEXT[lang] })
  })

  test('falls back to what comes first, and says of a single text what the caller says', () => {
    expect(new Languages({ locale: 'en' }).text({ fr: 'Lire', de: 'Lesen' })).toMatchObject({ lang: 'fr' })
    expect(new Languages({ locale: 'de' }).text('Read')).toEqual({ text: 'Read', lang: '', dir: 'auto' })
    expect(new Languages({ defaultLocale: 'he' }).text('קריאה')).toMatchObject({ lang: 'he', dir: 'rtl' })
  })

  test('a tag of the document that Intl does not know is shown without one', () => {
    expect(new Languages({ locale: 'de' }).text({ 'x-klingon': 'laD' })).toEqual({
      text: 'laD',
      lang: '',
      dir: 'auto',
    })
  })

  test.each([
    ['ar', 'rtl'],
    ['he-IL', 'rtl'],
    ['fa', 'rtl'],
    ['ur', 'rtl'],
    ['ckb', 'rtl'],
    ['dv', 'rtl'],
    ['az-Arab', 'rtl'],
    ['ar-Latn', 'ltr'],
    ['de', 'ltr'],
    ['ja', 'ltr'],
    ['', 'auto'],
    ['??', 'auto'],
  ])('%s runs %s', (tag, dir) => {
    expect(directionOf(tag)).toBe(dir)
  })

  test('no header throws, and none makes much work', () => {
    const pieces = fc.array(
      fc.constantFrom('de', 'en', '-', '_', ',', ';', 'q=', '0.5', '*', ' ', 'é', '\0', 'x'),
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          pieces.map((list) => list.join('')),
        ),
        (header) => {
          const wanted = wantedLanguages({ acceptLanguage: header })
          for (const tag of wanted) expect(Intl.getCanonicalLocales(tag)).toEqual([tag])
          bestLanguage(wanted, ['en', 'de'])
          bestLanguage(['en'], [header])
        },
      ),
      runs(500),
    )
    expect(wantedLanguages({ acceptLanguage: 'de,'.repeat(1_000_000) })).toEqual(['de'])
    expect(wantedLanguages({ locale: Array.from({ length: 1000 }, (_, at) => `de-x-a${at}`) }).length).toBe(
      20,
    )
  })
})
