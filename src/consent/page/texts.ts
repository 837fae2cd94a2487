/**
 * What the page says, as plain strings: for templates in React and the like, which show the same as `renderConsent`
 * without deciding again what to show.
 */
import { ownMembers } from '../own.ts'
import { type Frame, frameFor } from '../strings/index.ts'
import type { ConsentStrings } from '../strings/strings.ts'
import { directionOf } from '../view/language.ts'
import { readView } from '../view/read-view.ts'
import type { ConsentItem, ConsentScope, ConsentText, ConsentView } from '../view/types.ts'
import { type CheckedFrame, type CheckedPage, checkPageOptions } from './check-options.ts'
import { cleanName, mayImitate } from '../client-text.ts'
import type { PageOptions } from './options.ts'
import { Related } from './related.ts'
import { counted, filled } from './render-text.ts'
import { accessTexts, riskText, widenedTexts } from './scope-texts.ts'
import { shownTarget } from './urls.ts'

/** A string of the frame and what to put into it. */
export interface Template {
  readonly string: string
  readonly values: Readonly<Record<string, string>>
}

/** What is said of one scope of `view.groups`, beside its label and description. */
export interface ItemTexts {
  /** Such as "New" and "Optional". */
  readonly marks: readonly string[]
  readonly risk?: string
  /** What it opens: "Reads", "May use 12 tools (3 of them change data)". */
  readonly access: readonly string[]
  /** The tools that it opens, where `consent` was given the list of the server; `mark` where one may change data. */
  readonly tools: readonly { readonly title: string; readonly mark?: string }[]
  readonly toolsHeading: string
  /** What it allows now and did not when the person agreed; empty where it did not widen. */
  readonly widened: readonly string[]
  /** Scopes that are granted with it; under the heading `strings.includes`. */
  readonly includes: readonly ConsentScope[]
  /** Of a scope that others include: each list does so together. */
  readonly includedIn: readonly (readonly ConsentScope[])[]
  /** The heading of `includedIn`. */
  readonly includedInHeading: string
  /** Whether the box is ticked when the page opens: on a review, what was granted before. */
  readonly checked: boolean
}

/** Strings of a page. Names of clients, accounts and hosts are isolated by U+2068 and U+2069. */
export interface ConsentTexts {
  /** The language of the strings, as a BCP 47 tag. */
  readonly lang: string
  readonly dir: ConsentText['dir']
  readonly strings: ConsentStrings
  readonly title: string
  /** Who the client is, as far as the server knows; `warns` marks what speaks against it. */
  readonly identity: readonly { readonly text: string; readonly warns: boolean }[]
  /** Where the person goes afterwards; absent without `redirectUri`. */
  readonly target?: string
  readonly account?: string
  readonly hints: readonly string[]
  /** How many requested scopes are unknown; absent where there is none. */
  readonly unknown?: string
  /** By scope, without a prototype. */
  readonly items: Readonly<Record<string, ItemTexts>>
  /** The text of the button that allows. */
  readonly allow: string
  /** Whether there is something to withdraw. */
  readonly canWithdraw: boolean
}

/**
 * The strings of a page with these options; see {@link PageOptions}. `contentSecurityPolicy` takes the same options.
 * Throws `TypeError` for options that are wrong or would not be safe in a page.
 */
export function consentTexts(given: ConsentView, options: PageOptions): ConsentTexts {
  const page = checkPageOptions(options)
  const view = readView(given)
  const frame = frameFor(view.languages, page.strings)
  const { lang, strings } = frame
  const { redirectUri, account } = page
  const unknown = view.unknown.length
  const items = Object.create(null) as Record<string, ItemTexts>
  const related = new Related(view)
  for (const item of itemsOf(view)) items[item.scope] = itemTexts(item, frame, related, view.review === true)
  return ownMembers<ConsentTexts>({
    lang,
    dir: directionOf(lang),
    strings,
    title: text(titleOf(page, strings)),
    identity: identityOf(page, frame).map(({ warns, ...template }) => ({ text: text(template), warns })),
    ...(redirectUri !== undefined && { target: text(targetOf(redirectUri, strings)) }),
    ...(account !== undefined && { account: text(accountOf(account, strings)) }),
    hints: hintsOf(view, strings),
    ...(unknown > 0 && { unknown: counted(strings.unknownCount, unknown, lang) }),
    items,
    allow: view.nothingToAsk ? strings.continue : strings.allow,
    canWithdraw: canWithdraw(view),
  })
}

function text({ string, values }: Template): string {
  return filled(string, values)
}

export function itemsOf({ groups }: ConsentView): readonly ConsentItem[] {
  return groups.flatMap(({ items }) => items)
}

export function itemTexts(item: ConsentItem, frame: Frame, related: Related, review: boolean): ItemTexts {
  const { strings } = frame
  const { optional, risk, widened, includedIn = [] } = item
  return ownMembers<ItemTexts>({
    marks: marksOf(item, strings),
    ...(risk !== undefined && { risk: riskText(risk, strings) }),
    access: accessTexts(item, frame),
    tools: toolTexts(item, strings),
    toolsHeading: counted(strings.tools, item.tools?.length ?? 0, frame.lang),
    widened: widened === undefined ? [] : widenedTexts(widened, frame),
    includes: [...item.includes, ...related.includedIn(item)],
    includedIn: includedIn.map((together) => together.flatMap((name) => related.scope(name) ?? [])),
    includedInHeading: optional ? strings.grantedWith : strings.includedIn,
    // Ticked is only what the person ticked before, and what still means the same.
    checked: review && item.earlier === 'granted' && widened === undefined,
  })
}

function toolTexts({ tools = [] }: ConsentItem, { changes }: ConsentStrings): ItemTexts['tools'] {
  return tools.map((given) => {
    const tool = ownMembers(given)
    const title = tool.title ?? cleanName(tool.name)
    return ownMembers({ title, ...(tool.changes && { mark: changes }) })
  })
}

function marksOf(item: ConsentItem, strings: ConsentStrings): readonly string[] {
  const earlier = { granted: strings.allowedBefore, declined: strings.declinedBefore }
  return [
    ...(item.new === true ? [strings.new] : []),
    ...(item.widened !== undefined
      ? [strings.widened]
      : item.earlier === undefined
        ? []
        : [earlier[item.earlier]]),
    ...(item.optional ? [strings.optional] : []),
  ]
}

export function titleOf(
  { client, service }: Pick<CheckedPage, 'client' | 'service'>,
  strings: ConsentStrings,
): Template {
  return {
    string: service === undefined ? strings.title : strings.titleService,
    values: { client: client.name, service: service?.name ?? '' },
  }
}

/** Who the client is: what the server knows, not what the client says. */
export function identityOf(
  { client }: Pick<CheckedPage, 'client'>,
  { strings, lang }: Frame,
): readonly (Template & { readonly warns: boolean })[] {
  const { verified, owner, id, name } = client
  const line = (
    string: string,
    values: Template['values'],
    warns: boolean,
  ): Template & { warns: boolean } => {
    return { string, values, warns }
  }
  return [
    line(verified ? strings.verified : strings.unverified, {}, !verified),
    ...(mayImitate(name, lang) ? [line(strings.lookalike, {}, true)] : []),
    ...(owner === undefined ? [] : [line(strings.owner, { owner }, false)]),
    ...(verified || id === undefined ? [] : [line(strings.clientId, { id }, false)]),
  ]
}

export function targetOf(redirectUri: string, strings: ConsentStrings): Template {
  const { text: host, onDevice } = shownTarget(redirectUri, 'redirectUri')
  return { string: onDevice ? strings.redirectDevice : strings.redirect, values: { host } }
}

export function accountOf({ name }: NonNullable<CheckedFrame['account']>, strings: ConsentStrings): Template {
  return { string: strings.account, values: { account: name } }
}

export function hintsOf(view: ConsentView, strings: ConsentStrings): readonly string[] {
  return [
    ...(view.review === true && !view.nothingToAsk ? [strings.review] : []),
    ...(view.nothingToAsk ? [strings.nothingNew] : []),
    ...(itemsOf(view).some(({ optional }) => optional) ? [strings.optionalHint] : []),
  ]
}

export function canWithdraw(view: ConsentView): boolean {
  return view.review === true && itemsOf(view).some(({ earlier }) => earlier === 'granted')
}
