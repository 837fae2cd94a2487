/**
 * Options of the page: from code, but filled from the registrations of clients. So what is wrong is thrown,
 * and said by the name of the option, before a page is made that people trust.
 */
import { isInvisible } from '../../diagnostic/words.ts'
import { describeGiven, givenOptions } from '../../policy/given-options.ts'
import type { PageOptions } from './options.ts'
import { redirectUrl, redirectOrRelativeUrl } from './urls.ts'

const NAMES = [
  ...(['action', 'client', 'hiddenFields', 'account', 'redirectUri', 'redirectsThrough'] as const),
  ...(['as', 'nonce', 'strings', 'endpoints', 'theme', 'darkTheme'] as const),
]

/** Throws `TypeError`. URLs of links, the nonce and the theme are checked where they are written. */
export function checkPageOptions(given: PageOptions): PageOptions {
  const options = givenOptions(given, NAMES)
  const { client, hiddenFields, account, redirectUri, redirectsThrough, endpoints, strings } = options
  check(isObject(client), 'client', 'an object with the name of the client', client)
  const { name } = client
  check(isText(name) && name !== '' && !isInvisible(name), 'client.name', 'a text that people can see', name)
  if (account !== undefined) check(isText(account), 'account', 'a text', account)
  if (hiddenFields !== undefined) {
    check(isObject(hiddenFields), 'hiddenFields', 'an object of texts', hiddenFields)
    for (const [field, value] of Object.entries(hiddenFields)) {
      check(isText(value), `hiddenFields[${JSON.stringify(field)}]`, 'a text', value)
    }
  }
  if (redirectUri !== undefined) redirectUrl(redirectUri, 'redirectUri')
  if (redirectsThrough !== undefined) {
    check(Array.isArray(redirectsThrough), 'redirectsThrough', 'a list of URLs', redirectsThrough)
    for (const url of redirectsThrough) redirectOrRelativeUrl(url, 'redirectsThrough')
  }
  const shape = options.as
  check(shape === undefined || shape === 'page' || shape === 'fragment', 'as', '`page` or `fragment`', shape)
  const isCount =
    endpoints === Number.POSITIVE_INFINITY || (Number.isInteger(endpoints) && Number(endpoints) >= 0)
  check(endpoints === undefined || isCount, 'endpoints', 'a whole number from 0 on', endpoints)
  if (strings !== undefined) {
    check(isObject(strings) && Object.values(strings).every(isTexts), 'strings', 'texts by language', strings)
  }
  for (const theme of ['theme', 'darkTheme'] as const) {
    check(
      options[theme] === undefined || isObject(options[theme]),
      theme,
      'an object of values',
      options[theme],
    )
  }
  return options as unknown as PageOptions
}

function check(holds: boolean, option: string, wanted: string, value: unknown): asserts holds {
  if (!holds) throw new TypeError(`option ${option} must be ${wanted}, not ${describeGiven(value)}`)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A text that is not given keeps ours. */
function isTexts(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((text) => text === undefined || isText(text))
}
