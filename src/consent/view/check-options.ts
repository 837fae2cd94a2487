import { describeGiven, givenOptions } from '../../policy/given-options.ts'
import type { ConsentOptions } from './consent.ts'

/** Throws `TypeError` for options of unknown names or of the wrong kind; `granted` is read elsewhere. */
export function checkConsentOptions(given: ConsentOptions | undefined): ConsentOptions {
  const options = givenOptions(given, ['locale', 'acceptLanguage', 'defaultLocale', 'granted'])
  const { locale, acceptLanguage, defaultLocale } = options
  if (locale !== undefined && !isText(locale) && !(Array.isArray(locale) && locale.every(isText))) {
    throw new TypeError(
      `option locale must be a language tag or a list of them, not ${describeGiven(locale)}`,
    )
  }
  if (acceptLanguage !== undefined && acceptLanguage !== null && !isText(acceptLanguage)) {
    throw new TypeError(
      `option acceptLanguage must be the text of a header, not ${describeGiven(acceptLanguage)}`,
    )
  }
  if (defaultLocale !== undefined && !isText(defaultLocale)) {
    throw new TypeError(`option defaultLocale must be a language tag, not ${describeGiven(defaultLocale)}`)
  }
  return options as ConsentOptions
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
