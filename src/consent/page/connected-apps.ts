/**
 * The page of connected apps: what a person has granted, in the words that the consent page had then, and a button
 * for each app that ends its access. It is made from records alone, so it needs no policy and shows no label that
 * the person has not seen.
 *
 * The page is one form without a script. Its buttons carry the ids of clients; `resolveConnectedApps` accepts only
 * those of the apps that were shown.
 */
import { checkOption, describeGiven, givenOptions } from '../../policy/given-options.ts'
import { quote } from '../../diagnostic/words.ts'
import { isText, ownCopy, ownMembers } from '../own.ts'
import { grantsOf, isLive, readRecords, type StoredGrant } from '../record/read.ts'
import { type Frame, frameFor } from '../strings/index.ts'
import { checkReaderOptions } from '../view/check-options.ts'
import { directionOf, type LanguageOptions, wantedLanguages } from '../view/language.ts'
import type { ConsentRecord } from '../view/types.ts'
import {
  type CheckedClient,
  type CheckedFrame,
  checkClient,
  checkFrame,
  FRAME_NAMES,
} from './check-options.ts'
import { renderDocument } from './document.ts'
import { REVOKE_FIELD } from './fields.ts'
import { type FormFields, hiddenNames, pairsOf, type ResolveOptions } from './form-fields.ts'
import { type Html, markup } from './html.ts'
import type { ConsentClient, FrameOptions } from './options.ts'
import { renderName } from './render-item.ts'
import { renderAccount, renderHidden, renderIdentity, renderLogo } from './render-parts.ts'
import { withValues } from './render-text.ts'
import { policyFor } from './style-source.ts'

/** One client, and what the person decided about it. */
export interface ConnectedApp {
  /** As on the consent page; the `id` is what an answer names. */
  readonly client: ConsentClient & { readonly id: string }
  readonly record: ConsentRecord | readonly ConsentRecord[]
}

export interface AppsOptions extends FrameOptions, Pick<LanguageOptions, 'locale' | 'acceptLanguage'> {
  /** Of dates, as `Intl` names it. Default: `UTC`. */
  readonly timeZone?: string | undefined
  /** The time by which grants have ended or not. Default: now. */
  readonly at?: Date | undefined
}

export type AppsAnswer =
  | {
      readonly decision: 'revoke'
      /** The id of the client: end its grant and its tokens, and store `withdrawScopes` of its records. */
      readonly client: string
    }
  | {
      readonly decision: 'invalid'
      /** What is wrong, as one clause for a log. */
      readonly message: string
    }

/**
 * The page, in the order of `apps`. Apps whose grants have all ended are left out.
 *
 * Throws `TypeError` for options that are wrong or would not be safe in a page, for two apps with the same id, and
 * for a record that cannot be read, which it names by the id of the client.
 */
export function renderConnectedApps(apps: readonly ConnectedApp[], options: AppsOptions): string {
  const page = checkAppsOptions(options)
  const shown = checkApps(apps).filter(({ grants }) => grants.some((grant) => isLive(grant, page.time)))
  const frame = frameFor(page.languages, page.strings)
  const { lang, strings } = frame
  const cards = shown.map((app, index) => renderApp(app, index, page, frame))
  const empty = markup`<section class="consent-card"><p class="consent-note">${strings.noApps}</p></section>\n`
  const form = markup`<form class="consent consent-apps" method="post" action="${page.action}" lang="${lang}" dir="${directionOf(lang)}" aria-labelledby="consent-title">
<div hidden>${renderHidden([], [REVOKE_FIELD], page)}</div>
<header class="consent-card">${renderLogo(page.service?.logo)}<h1 class="consent-title" id="consent-title">${strings.apps}</h1>
${page.service !== undefined && markup`<p class="consent-note"><bdi>${page.service.name}</bdi></p>\n`}${renderAccount(page, strings)}</header>
${cards.length === 0 ? empty : cards}</form>`
  if (page.as === 'fragment') return form.toString()
  return renderDocument(form, { title: strings.apps, lang }, page).toString()
}

/** The value of the `Content-Security-Policy` header for the same page. */
export function connectedAppsPolicy(apps: readonly ConnectedApp[], options: AppsOptions): string {
  const page = checkAppsOptions(options)
  return policyFor(page, [page.service?.logo, ...checkApps(apps).map(({ client }) => client.logo)], [])
}

/** Which access to end. Never throws on what a form brings; whatever the page did not offer is invalid. */
export function resolveConnectedApps(
  apps: readonly ConnectedApp[],
  fields: FormFields,
  options: ResolveOptions = {},
): AppsAnswer {
  const names = hiddenNames(options)
  const pairs = pairsOf(fields)
  if (pairs === null) return invalid('there is no form, or it has a field that is not a string')
  const other = pairs.find(([name]) => name !== REVOKE_FIELD && !names.includes(name))
  if (other !== undefined) return invalid(`the page has no field ${quote(other[0])}`)
  const [chosen, ...more] = pairs.filter(([name]) => name === REVOKE_FIELD)
  if (chosen === undefined) return invalid(`the field ${quote(REVOKE_FIELD)} is missing`)
  if (more.length > 0) return invalid(`the field ${quote(REVOKE_FIELD)} is there more than once`)
  const client = checkApps(apps).find(({ id }) => id === chosen[1])
  if (client === undefined) return invalid(`the page has no app ${quote(chosen[1])}`)
  return { decision: 'revoke', client: client.id }
}

function invalid(message: string): AppsAnswer {
  return { decision: 'invalid', message }
}

interface CheckedApp {
  /** As given. */
  readonly id: string
  readonly client: CheckedClient
  readonly grants: readonly StoredGrant[]
}

function checkApps(apps: readonly ConnectedApp[]): readonly CheckedApp[] {
  if (!Array.isArray(apps)) throw new TypeError(`apps must be a list, not ${describeGiven(apps)}`)
  const ids = new Set<string>()
  return apps.map((given: ConnectedApp, index) => {
    const { client, record } = ownMembers(given)
    const checked = checkClient(ownCopy(client), `apps[${index}].client`)
    const { id } = ownMembers(client)
    checkOption(isText(id) && id !== '', `apps[${index}].client.id`, 'a string', id)
    if (ids.has(id)) throw new TypeError(`two apps have the id ${JSON.stringify(id)}`)
    ids.add(id)
    return { id, client: checked, grants: grantsFor(id, record) }
  })
}

function grantsFor(id: string, record: ConnectedApp['record']): readonly StoredGrant[] {
  try {
    return grantsOf(readRecords(record))
  } catch (error) {
    throw new TypeError(`the record of the client ${JSON.stringify(id)} cannot be read`, { cause: error })
  }
}

interface CheckedAppsPage extends CheckedFrame {
  readonly languages: readonly string[]
  readonly timeZone: string
  /** In milliseconds. */
  readonly time: number
}

function checkAppsOptions(given: AppsOptions): CheckedAppsPage {
  const { at, ...rest } = givenOptions(given, [
    ...FRAME_NAMES,
    ...(['locale', 'acceptLanguage', 'timeZone', 'at'] as const),
  ])
  const options = ownCopy(rest)
  const { timeZone = 'UTC', locale, acceptLanguage } = options
  checkReaderOptions({ locale, acceptLanguage, at })
  checkOption(isTimeZone(timeZone), 'timeZone', 'a time zone', timeZone)
  return {
    ...checkFrame(options),
    languages: wantedLanguages({ locale, acceptLanguage } as LanguageOptions),
    timeZone,
    time: ((at as Date | undefined) ?? new Date()).getTime(),
  }
}

function isTimeZone(value: unknown): value is string {
  try {
    return typeof value === 'string' && new Intl.DateTimeFormat('en', { timeZone: value }) instanceof Object
  } catch {
    return false
  }
}

function renderApp(
  { id, client, grants }: CheckedApp,
  index: number,
  page: CheckedAppsPage,
  frame: Frame,
): Html {
  const { strings } = frame
  const name = `consent-app-${index}`
  const live = grants.filter((grant) => isLive(grant, page.time))
  return markup`<section class="consent-card" aria-labelledby="${name}">${renderLogo(client.logo)}<h2 class="consent-title" id="${name}"><bdi>${client.name}</bdi></h2>
${renderIdentity({ client }, frame)}
${byDate(live).map((group) => renderDecision(group, page, frame))}<button class="consent-button consent-revoke" name="${REVOKE_FIELD}" value="${id}" id="${name}-revoke" aria-labelledby="${name}-revoke ${name}">${strings.withdraw}</button>
</section>
`
}

/** Grants of one decision, newest first. */
function byDate(grants: readonly StoredGrant[]): readonly (readonly [StoredGrant, ...StoredGrant[]])[] {
  const groups = new Map<string, [StoredGrant, ...StoredGrant[]]>()
  for (const grant of grants) {
    const key = `${grant.time} ${grant.origin.expires ?? ''}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [grant])
    else group.push(grant)
  }
  return [...groups.values()].sort(([a], [b]) => b.time - a.time)
}

/** Scopes without a label were granted without being listed. */
function renderDecision(
  grants: readonly [StoredGrant, ...StoredGrant[]],
  { timeZone }: CheckedAppsPage,
  { strings, lang }: Frame,
): Html {
  const format = new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone })
  const date = (iso: string): Html =>
    markup`<time datetime="${new Date(iso).toISOString()}">${format.format(new Date(iso))}</time>`
  const { at, expires } = grants[0].origin
  const lines = grants.flatMap(({ label }) => {
    if (label === undefined) return []
    const { text, lang: language } = label
    return [markup`<li>${renderName({ label: text, lang: language, dir: directionOf(language) })}</li>`]
  })
  return markup`<div class="consent-sub"><h3>${withValues(strings.allowedOn, { date: date(at) })}${
    expires !== undefined && markup` · ${withValues(strings.allowedUntil, { date: date(expires) })}`
  }</h3>${lines.length > 0 && markup`<ul>${lines}</ul>`}</div>
`
}
