/**
 * The consent screen as HTML, for a browser that runs no script: one form, its groups as fieldsets, a
 * checkbox for what is optional, two buttons alike.
 *
 * Deny is the first button, so that Enter in a checkbox, which presses the first button of a form, never allows
 * anything. Optional scopes are not ticked: to leave something is not an agreement. Only a page that shows earlier
 * decisions ticks what the person ticked before.
 *
 * A client may ask for hundreds of scopes. Then a summary comes first, what is of high risk is named in it, groups
 * fold, and the buttons stay at the lower edge of the window.
 */
import { type Frame, frameFor } from '../strings/index.ts'
import type { ConsentStrings } from '../strings/strings.ts'
import { directionOf } from '../view/language.ts'
import { readView } from '../view/read-view.ts'
import type { ConsentGroup, ConsentScope, ConsentView } from '../view/types.ts'
import { type CheckedPage, checkPageOptions } from './check-options.ts'
import { renderDocument } from './document.ts'
import { FIELDS } from './fields.ts'
import { groupKey } from './group-key.ts'
import { type Content, type Html, markup } from './html.ts'
import type { PageOptions } from './options.ts'
import { Related } from './related.ts'
import { renderAccount, renderHidden, renderIdentity, renderLogo, renderTemplate } from './render-parts.ts'
import { renderItem, renderName, type Shown } from './render-item.ts'
import { counted, filled } from './render-text.ts'
import { canWithdraw, hintsOf, itemsOf, targetOf, titleOf } from './texts.ts'
import { shownTarget } from './urls.ts'

/** From so many lines on a page has a summary and folds. */
const MANY_ITEMS = 15
/** Scopes of high risk that the summary names. */
const MAX_NAMED = 20

/** Throws `TypeError` for options that are wrong or would not be safe in a page; see {@link PageOptions}. */
export function renderConsent(given: ConsentView, options: PageOptions): string {
  const page = checkPageOptions(options)
  const view = readView(given)
  const frame = frameFor(view.languages, page.strings)
  const form = renderForm(view, page, frame)
  if (page.as === 'fragment') return form.toString()
  const { lang, strings } = frame
  const { preview } = page
  const { string, values } = titleOf(page, strings)
  // A title has no elements.
  const title = filled(string, values)
  const head = preview && markup`<meta http-equiv="Content-Security-Policy" content="form-action 'none'">\n`
  return renderDocument(form, { title, lang, head }, page).toString()
}

function renderForm(view: ConsentView, page: CheckedPage, frame: Frame): Html {
  const { lang, strings } = frame
  const { review = false } = view
  const shown: Shown = {
    frame,
    paths: view.paths,
    endpoints: page.endpoints,
    review,
    related: new Related(view),
  }
  const isMany = itemsOf(view).length >= MANY_ITEMS
  // Outside of a dialog a form of this method does nothing at all (HTML, form submission algorithm).
  const target = page.preview ? markup` method="dialog"` : markup` method="post" action="${page.action}"`
  return markup`<form class="consent consent-card${isMany && ' consent-many'}"${target} lang="${lang}" dir="${directionOf(lang)}" aria-labelledby="consent-title">
<div hidden>${renderHidden([[FIELDS.view, view.id]], Object.values(FIELDS), page)}</div>
${page.preview && markup`<p class="consent-note consent-preview">${strings.preview}</p>\n`}${renderHead(view, page, frame)}
${isMany && renderSummary(view, frame)}${view.groups.map((group, index) => renderGroup(group, index, shown, isMany))}
${renderRest(view, frame)}
${page.manage !== undefined && markup`<p class="consent-note">${strings.manage} <a href="${page.manage}">${strings.manageLink}</a></p>\n`}${renderActions(view, page, strings)}
${renderLinks(page, frame)}</form>`
}

function renderHead(view: ConsentView, page: CheckedPage, frame: Frame): Html {
  const { strings } = frame
  const { client, service, redirectUri } = page
  return markup`<header class="consent-head">${renderLogo(service?.logo)}${renderLogo(client.logo)}
<h1 class="consent-title" id="consent-title">${renderTemplate(titleOf(page, strings))}</h1>
${renderIdentity(page, frame)}
${redirectUri !== undefined && markup`<p class="consent-note consent-target">${renderTemplate(targetOf(redirectUri, strings))}</p>`}
${renderAccount(page, strings)}
${hintsOf(view, strings).map((hint) => markup`<p class="consent-note">${hint}</p>`)}</header>`
}

/** How much it is, and what of it matters most. */
function renderSummary(view: ConsentView, { strings, lang }: Frame): Html {
  const items = view.groups.flatMap(({ items: all }, group) =>
    all.map((item, place) => ({ item, id: itemId(group, place) })),
  )
  const high = items.filter(({ item }) => item.risk === 'high')
  const named = high
    .slice(0, MAX_NAMED)
    .map(({ item, id }) => markup`<li><a href="#${id}-item">${renderName(item)}</a></li>`)
  const rest = high.length - named.length
  if (rest > 0) named.push(markup`<li>${counted(strings.more, rest, lang)}</li>`)
  return markup`<section class="consent-sub consent-summary"><h2>${counted(strings.summary, items.length, lang)}</h2>${
    high.length > 0 &&
    markup`<h3 class="consent-risk-high">${counted(strings.summaryHigh, high.length, lang)}</h3><ul>${named}</ul>`
  }</section>
`
}

function itemId(group: number, place: number): string {
  return `consent-${group}-${place}`
}

function renderGroup(group: ConsentGroup, index: number, shown: Shown, folds: boolean): Html {
  const { label, items } = group
  const { strings, lang } = shown.frame
  const heading =
    label === undefined
      ? markup`<h2>${strings.permissions}</h2>`
      : markup`<h2 lang="${label.lang}" dir="${label.dir}">${label.text}</h2>`
  const lines = items.map((item, place) => renderItem(item, itemId(index, place), shown))
  const list = markup`<ul class="consent-list">${lines}</ul>`
  const id = `consent-group-${index}`
  const high = items.filter(({ risk }) => risk === 'high').length
  const count = [
    counted(strings.groupCount, items.length, lang),
    high > 0 && markup` <span class="consent-risk-high">(${counted(strings.summaryHigh, high, lang)})</span>`,
  ]
  const body = folds
    ? markup`<details class="consent-fold"><summary id="${id}-fold" aria-labelledby="${id}-fold ${id}">${count}</summary>
${list}</details>`
    : list
  return markup`<fieldset class="consent-group"><legend class="consent-heading" id="${id}">${heading}</legend>
${renderGroupBox(group, id, shown)}${body}</fieldset>
`
}

function renderGroupBox(group: ConsentGroup, id: string, { frame }: Shown): Content {
  const key = groupKey(group)
  if (key === undefined) return undefined
  const count = group.items.filter(({ optional }) => optional).length
  const text = counted(frame.strings.selectGroup, count, frame.lang)
  return markup`<div class="consent-line consent-all"><input class="consent-box" type="checkbox" id="${id}-all" name="${FIELDS.group}" value="${key}" aria-describedby="${id}"><label class="consent-label" for="${id}-all">${text}</label></div>
`
}

function renderRest({ granted, declined, unknown }: ConsentView, { strings, lang }: Frame): Content {
  const section = (heading: string, scopes: readonly ConsentScope[]): Content =>
    scopes.length > 0 &&
    markup`<section class="consent-sub"><h2>${heading}</h2><ul>${scopes.map((scope) => markup`<li>${renderName(scope)}</li>`)}</ul></section>`
  return [
    section(strings.granted, granted),
    section(strings.declined, declined),
    // Names of unknown scopes are strings that the client chose: a page only counts them.
    unknown.length > 0 &&
      markup`<p class="consent-note">${counted(strings.unknownCount, unknown.length, lang)}</p>`,
  ]
}

function renderActions(view: ConsentView, { preview }: CheckedPage, strings: ConsentStrings): Html {
  const button = (value: string, text: string): Html =>
    markup`<button class="consent-button consent-${value}" type="${preview ? 'button' : 'submit'}" name="${FIELDS.decision}" value="${value}">${text}</button>`
  return markup`<div class="consent-actions">${button('deny', strings.deny)}
${button('allow', view.nothingToAsk ? strings.continue : strings.allow)}${canWithdraw(view) && ['\n', button('withdraw', strings.withdraw)]}</div>`
}

function renderLinks({ client: { uri, policy, terms } }: CheckedPage, { strings }: Frame): Content {
  const links = [
    link(uri, uri === undefined ? '' : shownTarget(uri, 'client.uri').text),
    link(policy, strings.privacy),
    link(terms, strings.terms),
  ].filter((one) => one !== undefined)
  return links.length > 0 && markup`<ul class="consent-links">${links}</ul>`
}

function link(url: string | undefined, text: string): Html | undefined {
  if (url === undefined) return undefined
  return markup`<li><a href="${url}" rel="noopener noreferrer"><bdi>${text}</bdi></a></li>`
}
