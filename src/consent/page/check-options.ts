/**
 * Options of the pages: from code, but filled from the registrations of clients. So what is wrong is thrown,
 * and said by the name of the option, before a page is made that people trust.
 *
 * What comes out has every member, and names of others in a form that is fit to be shown: the renderer has
 * nothing left to check, and reads nothing from a prototype.
 */
import { isInvisible } from '../../diagnostic/words.ts'
import { checkOption, givenOptions } from '../../policy/given-options.ts'
import { isObject, isText, ownCopy } from '../own.ts'
import type { OwnStrings } from '../strings/index.ts'
import { cleanName } from '../client-text.ts'
import type { PageOptions } from './options.ts'
import type { ConsentThemes } from './theme.ts'
import { checkSchemes, imageUrl, redirectOrRelativeUrl, redirectUrl, safeUrl } from './urls.ts'

export const FRAME_NAMES = [
  'action',
  'service',
  'account',
  'hiddenFields',
  'as',
  'nonce',
  'strings',
  'theme',
  'darkTheme',
] as const
const PAGE_NAMES = [
  ...FRAME_NAMES,
  ...(['client', 'redirectUri', 'redirectsThrough', 'allowSchemes', 'manage', 'details'] as const),
  ...(['endpoints', 'preview'] as const),
]

export interface CheckedClient {
  readonly name: string
  readonly logo: string | undefined
  readonly verified: boolean
  readonly owner: string | undefined
  readonly id: string | undefined
  readonly uri: string | undefined
  readonly policy: string | undefined
  readonly terms: string | undefined
}

export interface CheckedFrame extends ConsentThemes {
  readonly action: string
  readonly service: { readonly name: string; readonly logo: string | undefined } | undefined
  readonly account: { readonly name: string; readonly switchUrl: string | undefined } | undefined
  readonly hiddenFields: readonly (readonly [name: string, value: string])[]
  readonly as: 'page' | 'fragment'
  readonly nonce: string | undefined
  readonly strings: OwnStrings
  readonly theme: ConsentThemes['theme']
  readonly darkTheme: ConsentThemes['darkTheme']
}

export interface CheckedPage extends CheckedFrame {
  readonly client: CheckedClient
  readonly redirectUri: string | undefined
  readonly redirectsThrough: readonly string[]
  readonly manage: string | undefined
  /** How many endpoints to list for each scope. */
  readonly endpoints: number
  readonly preview: boolean
}

const DEFAULT_ENDPOINTS = 20
/** Of an account: the longest e-mail addresses are longer, and cut. */
const MAX_ACCOUNT_LENGTH = 100

/** Throws `TypeError`. The theme and the nonce are checked where they are written. */
export function checkPageOptions(given: PageOptions): CheckedPage {
  const options = ownCopy(givenOptions(given, PAGE_NAMES))
  const { client, redirectUri, redirectsThrough = [], allowSchemes, manage, details, endpoints } = options
  const { preview = false } = options
  if (allowSchemes !== undefined) checkSchemes(allowSchemes)
  const schemes = allowSchemes as readonly string[] | undefined
  if (redirectUri !== undefined) redirectUrl(redirectUri, 'redirectUri', schemes)
  checkOption(Array.isArray(redirectsThrough), 'redirectsThrough', 'a list of URLs', redirectsThrough)
  for (const url of redirectsThrough) redirectOrRelativeUrl(url, 'redirectsThrough', schemes)
  checkBoolean(details, 'details')
  checkBoolean(preview, 'preview')
  const isCount =
    endpoints === Number.POSITIVE_INFINITY || (Number.isInteger(endpoints) && Number(endpoints) >= 0)
  checkOption(endpoints === undefined || isCount, 'endpoints', 'a whole number from 0 on', endpoints)
  const wantsDetails: unknown = details === undefined ? endpoints !== undefined : details
  return {
    ...checkFrame(options),
    client: checkClient(client, 'client'),
    redirectUri: redirectUri as string | undefined,
    redirectsThrough: redirectsThrough as readonly string[],
    manage: manage === undefined ? undefined : safeUrl(manage, 'manage'),
    endpoints: wantsDetails === true ? ((endpoints as number | undefined) ?? DEFAULT_ENDPOINTS) : 0,
    preview: preview as boolean,
  }
}

/** Of options that were copied without prototypes. Throws `TypeError`. */
export function checkFrame(options: Partial<Record<(typeof FRAME_NAMES)[number], unknown>>): CheckedFrame {
  const { action, service, account, hiddenFields = {}, as = 'page', nonce, strings = {} } = options
  checkOption(isObject(hiddenFields), 'hiddenFields', 'an object of strings', hiddenFields)
  const fields = Object.entries(hiddenFields).map(([name, value]) => {
    checkOption(isText(value), `hiddenFields[${JSON.stringify(name)}]`, 'a string', value)
    return [name, value] as const
  })
  checkOption(as === 'page' || as === 'fragment', 'as', '`page` or `fragment`', as)
  checkOption(
    isObject(strings) && Object.values(strings).every(isStrings),
    'strings',
    'strings by language',
    strings,
  )
  for (const name of ['theme', 'darkTheme'] as const) {
    checkOption(
      options[name] === undefined || isObject(options[name]),
      name,
      'an object of values',
      options[name],
    )
  }
  return {
    action: safeUrl(action, 'action'),
    service: service === undefined ? undefined : checkService(service),
    account: account === undefined ? undefined : checkAccount(account),
    hiddenFields: fields,
    as,
    nonce: nonce as string | undefined,
    strings: strings as OwnStrings,
    theme: options.theme as ConsentThemes['theme'],
    darkTheme: options.darkTheme as ConsentThemes['darkTheme'],
  }
}

/** `given` without a prototype. */
export function checkClient(given: unknown, option: string): CheckedClient {
  checkOption(isObject(given), option, 'an object with the name of the client', given)
  const { name, logo, verified = false, owner, id } = given
  const shownName = checkName(name, `${option}.name`)
  checkBoolean(verified, `${option}.verified`)
  return {
    name: shownName,
    logo: logo === undefined ? undefined : imageUrl(logo, `${option}.logo`),
    verified: verified as boolean,
    owner: owner === undefined ? undefined : checkName(owner, `${option}.owner`),
    id: id === undefined ? undefined : checkName(id, `${option}.id`),
    uri: checkLink(given['uri'], `${option}.uri`),
    policy: checkLink(given['policy'], `${option}.policy`),
    terms: checkLink(given['terms'], `${option}.terms`),
  }
}

function checkService(given: unknown): CheckedFrame['service'] {
  checkOption(isObject(given), 'service', 'an object with the name of the service', given)
  const { name, logo } = given
  return {
    name: checkName(name, 'service.name'),
    logo: logo === undefined ? undefined : imageUrl(logo, 'service.logo'),
  }
}

function checkAccount(given: unknown): CheckedFrame['account'] {
  checkOption(isText(given) || (isObject(given) && isText(given['name'])), 'account', 'a string', given)
  if (isText(given)) return { name: cleanName(given, MAX_ACCOUNT_LENGTH), switchUrl: undefined }
  return {
    name: cleanName(given['name'] as string, MAX_ACCOUNT_LENGTH),
    switchUrl: checkLink(given['switchUrl'], 'account.switchUrl'),
  }
}

function checkName(name: unknown, option: string): string {
  const isShown = isText(name) && name !== '' && !isInvisible(name)
  const clean = isShown ? cleanName(name) : ''
  checkOption(clean !== '', option, 'a string that people can see', name)
  return clean
}

function checkLink(url: unknown, option: string): string | undefined {
  return url === undefined ? undefined : safeUrl(url, option)
}

function checkBoolean(value: unknown, option: string): void {
  checkOption(value === undefined || typeof value === 'boolean', option, 'true or false', value)
}

/** A string that is not given keeps ours. */
function isStrings(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((one) => one === undefined || isString(one))
}

/** One, or one for each plural category with `other` among them. */
function isString(value: unknown): boolean {
  if (isText(value)) return true
  return isObject(value) && isText(value['other']) && Object.values(value).every(isText)
}
