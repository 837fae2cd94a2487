/** Tags of the languages that the page has strings for. A module by itself, because the linter needs no more of them. */
export const CONSENT_LANGUAGES = [
  'en',
  'de',
  'fr',
  'es',
  'pt',
  'it',
  'nl',
  'sv',
  'pl',
  'cs',
  'ru',
  'uk',
  'tr',
  'id',
  'vi',
  'ar',
  'he',
  'hi',
  'ja',
  'ko',
  'zh-Hans',
  'zh-Hant',
] as const

export type ConsentLanguage = (typeof CONSENT_LANGUAGES)[number]
