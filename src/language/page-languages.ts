/** Tags of the languages for which the consent page has strings. */
export const PAGE_LANGUAGES = [
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

export type PageLanguage = (typeof PAGE_LANGUAGES)[number]
