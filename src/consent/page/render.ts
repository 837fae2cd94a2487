/**
 * The consent screen as HTML, for a browser that runs no script: one form, its groups as fieldsets, a
 * checkbox for what is optional, two buttons alike.
 *
 * Deny stands first, so that Enter in a checkbox, which presses the first button of a form, never allows
 * anything. Optional scopes are not ticked: to leave something is no agreement.
 */
import { checkPageOptions } from './check-options.ts'
import { FIELDS } from './fields.ts'
import { type Content, type Html, markup } from './html.ts'
import { directionOf } from '../view/language.ts'
import type { PageOptions } from './options.ts'
import { Related } from './related.ts'
import { renderItem, type Shown } from './render-item.ts'
import { withText } from './render-text.ts'
import { type Frame, frameFor } from '../strings/index.ts'
import { pageStyle } from './style-source.ts'
import type { ConsentGroup, ConsentView } from '../view/types.ts'
import { safeUrl, shownHost } from './urls.ts'

const SHOWN_ENDPOINTS = 20

/** Throws `TypeError` for options that are wrong or would not be safe in a page; see {@link PageOptions}. */
export function renderConsent(view: ConsentView, given: PageOptions): string {
  const options = checkPageOptions(given)
  const frame = frameFor(view.languages, options.strings)
  const form = renderForm(view, options, frame)
  return (options.as === 'fragment' ? form : renderPage(form, options, frame)).toString()
}

function renderPage(form: Html, options: PageOptions, { lang, strings }: Frame): Html {
  const { attributes, text } = pageStyle(options)
  // A title has no elements; U+2068 and U+2069 isolate where there are none.
  const title = strings.title.replace('{client}', () => `\u2068${options.client.name}\u2069`)
  return markup`<!doctype html>
<html lang="${lang}" dir="${directionOf(lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<style${attributes}>${text}</style>
</head>
<body class="consent consent-body">
<main class="consent-page">
${form}
</main>
</body>
</html>
`
}

function renderForm(view: ConsentView, options: PageOptions, frame: Frame): Html {
  const { lang, strings } = frame
  const { action, redirectUri, endpoints = SHOWN_ENDPOINTS } = options
  const shown: Shown = { frame, paths: view.paths, endpoints, related: new Related(view) }
  const redirect =
    redirectUri !== undefined &&
    markup`<p class="consent-note">${withText(strings.redirect, 'host', shownHost(redirectUri, 'redirectUri'))}</p>`
  return markup`<form class="consent consent-card" method="post" action="${safeUrl(action, 'action')}" lang="${lang}" dir="${directionOf(lang)}" aria-labelledby="consent-title">
<div hidden>${renderHidden(view, options)}</div>
${renderHead(view, options, frame)}
${view.groups.map((group, index) => renderGroup(group, index, shown))}
${renderRest(view, frame)}
${redirect}
<div class="consent-actions"><button class="consent-button consent-deny" type="submit" name="${FIELDS.decision}" value="deny">${strings.deny}</button>
<button class="consent-button consent-allow" type="submit" name="${FIELDS.decision}" value="allow">${strings.allow}</button></div>
${renderLinks(options, frame)}</form>`
}

function renderHidden({ id }: ConsentView, { hiddenFields = {} }: PageOptions): Content {
  const own: readonly string[] = Object.values(FIELDS)
  const fields = Object.entries(hiddenFields)
  const taken = fields.find(([name]) => own.includes(name))
  if (taken !== undefined) throw new TypeError(`the page has a field ${JSON.stringify(taken[0])} of its own`)
  return [...fields, [FIELDS.view, id] as const].map(
    ([name, value]) => markup`<input type="hidden" name="${name}" value="${value}">`,
  )
}

function renderHead({ groups }: ConsentView, { client, account }: PageOptions, { strings }: Frame): Html {
  const optional = groups.some(({ items }) => items.some((item) => item.optional))
  const logo =
    client.logo !== undefined &&
    markup`<img class="consent-logo" src="${safeUrl(client.logo, 'client.logo')}" alt="" width="56" height="56" referrerpolicy="no-referrer">`
  return markup`<header class="consent-head">${logo}
<h1 class="consent-title" id="consent-title">${withText(strings.title, 'client', client.name)}</h1>
${account !== undefined && markup`<p class="consent-note">${withText(strings.account, 'account', account)}</p>`}
${optional && markup`<p class="consent-note">${strings.optionalHint}</p>`}</header>`
}

function renderGroup({ label, items }: ConsentGroup, index: number, shown: Shown): Html {
  const heading =
    label === undefined
      ? markup`<h2>${shown.frame.strings.permissions}</h2>`
      : markup`<h2 lang="${label.lang}" dir="${label.dir}">${label.text}</h2>`
  const lines = items.map((item, place) => renderItem(item, `consent-${index}-${place}`, shown))
  return markup`<fieldset class="consent-group"><legend class="consent-heading">${heading}</legend>
<ul class="consent-list">${lines}</ul></fieldset>
`
}

function renderRest({ granted, unknown }: ConsentView, { strings }: Frame): Content {
  const section = (heading: string, lines: readonly Html[]): Content =>
    lines.length > 0 && markup`<section class="consent-sub"><h2>${heading}</h2><ul>${lines}</ul></section>`
  return [
    section(
      strings.granted,
      granted.map(
        ({ label, lang, dir }) => markup`<li><span lang="${lang}" dir="${dir}">${label}</span></li>`,
      ),
    ),
    section(
      strings.unknown,
      unknown.map((name) => markup`<li><bdi class="consent-code">${name}</bdi></li>`),
    ),
  ]
}

function renderLinks({ client: { uri, policy, terms } }: PageOptions, { strings }: Frame): Content {
  const links = [
    link(uri, 'client.uri', uri === undefined ? '' : shownHost(uri, 'client.uri')),
    link(policy, 'client.policy', strings.privacy),
    link(terms, 'client.terms', strings.terms),
  ].filter((one) => one !== undefined)
  return links.length > 0 && markup`<ul class="consent-links">${links}</ul>`
}

function link(url: string | undefined, what: string, text: string): Html | undefined {
  if (url === undefined) return undefined
  return markup`<li><a href="${safeUrl(url, what)}" rel="noopener noreferrer"><bdi>${text}</bdi></a></li>`
}
