/** One line of the screen: what the document says, and beside it the truth about what it opens. */
import { FIELDS } from './fields.ts'
import { type Content, type Html, markup } from './html.ts'
import { KINDS } from '../view/method-kinds.ts'
import type { Related } from './related.ts'
import { withText } from './render-text.ts'
import type { Frame } from '../strings/index.ts'
import type { ConsentStrings } from '../strings/strings.ts'
import type {
  Access,
  AccessEndpoint,
  AccessPaths,
  ConsentItem,
  ConsentScope,
  ConsentText,
} from '../view/types.ts'

export interface Shown {
  readonly frame: Frame
  readonly paths: AccessPaths
  /** How many endpoints to list. */
  readonly endpoints: number
  readonly related: Related
}

export function renderItem(item: ConsentItem, id: string, shown: Shown): Html {
  const { strings } = shown.frame
  const risk = markup`<li class="consent-chip consent-risk consent-risk-${item.risk}">${riskText(item, strings)}</li>`
  return markup`<li class="consent-item"><div class="consent-line">${renderLabel(item, id)}</div>
<div id="${id}-about">${renderText(item.description)}
<ul class="consent-chips">${[
    ...marks(item, strings).map((mark) => markup`<li class="consent-chip consent-mark">${mark}</li>`),
    risk,
    ...accessTexts(item.access, strings).map((text) => markup`<li class="consent-chip">${text}</li>`),
  ]}</ul>${renderIncludedIn(item, shown)}</div>
${renderIncludes([...item.includes, ...shown.related.includedIn(item)], strings)}${renderEndpoints(item.access, shown)}</li>
`
}

function renderLabel({ scope, label, lang, dir, optional }: ConsentItem, id: string): Html {
  if (!optional) return markup`<p class="consent-label" lang="${lang}" dir="${dir}">${label}</p>`
  return markup`<input class="consent-box" type="checkbox" id="${id}" name="${FIELDS.scope}" value="${scope}" aria-describedby="${id}-about"><label class="consent-label" for="${id}" lang="${lang}" dir="${dir}">${label}</label>`
}

function renderText(text: ConsentText | undefined): Content {
  return text && markup`<p class="consent-text" lang="${text.lang}" dir="${text.dir}">${text.text}</p>`
}

function marks(item: ConsentItem, strings: ConsentStrings): readonly string[] {
  return [
    ...(item.new === true ? [strings.new] : []),
    ...(item.widened === undefined ? [] : [strings.widened]),
    ...(item.optional ? [strings.optional] : []),
  ]
}

export function riskText({ risk }: Pick<ConsentScope, 'risk'>, strings: ConsentStrings): string {
  return { low: strings.riskLow, medium: strings.riskMedium, high: strings.riskHigh }[risk]
}

/** What a scope opens, in the words of the frame. */
export function accessTexts(access: Access, strings: ConsentStrings): readonly string[] {
  if (access.everything) return [strings.everything]
  const texts = KINDS.flatMap((kind) =>
    access[kind] === 'nothing' ? [] : [access[kind] === 'everything' ? strings[`${kind}All`] : strings[kind]],
  )
  return texts.length === 0 ? [strings.nothing] : texts
}

function renderIncludes(includes: readonly ConsentScope[], strings: ConsentStrings): Content {
  if (includes.length === 0) return undefined
  const lines = includes.map((scope) => markup`<li>${renderName(scope)}${renderText(scope.description)}</li>`)
  return markup`<div class="consent-sub"><h3>${strings.includes}</h3><ul>${lines}</ul></div>`
}

/** Part of what describes the box: who leaves it empty should know what ticks it all the same. */
function renderIncludedIn({ optional, includedIn = [] }: ConsentItem, { frame, related }: Shown): Content {
  if (includedIn.length === 0) return undefined
  const lines = includedIn.map((together) => {
    const labels = together.flatMap((scope) => related.scope(scope) ?? []).map(renderName)
    return markup`<li>${labels.map((label, index) => (index === 0 ? label : [' + ', label]))}</li>`
  })
  const heading = optional ? frame.strings.grantedWith : frame.strings.includedIn
  return markup`<div class="consent-sub"><h3>${heading}</h3><ul>${lines}</ul></div>`
}

function renderName({ label, lang, dir }: ConsentScope): Html {
  return markup`<span lang="${lang}" dir="${dir}">${label}</span>`
}

function renderEndpoints({ endpoints }: Access, { frame, paths, endpoints: most }: Shown): Content {
  if (endpoints.length === 0) return undefined
  const { strings, lang } = frame
  const lines = endpoints.slice(0, most).map((endpoint) => renderEndpoint(endpoint, paths))
  const rest = endpoints.length - lines.length
  const more = rest > 0 && markup`<li>${withText(strings.more, 'count', rest.toLocaleString(lang))}</li>`
  return markup`<details class="consent-details"><summary>${strings.details}</summary><ul>${lines}${more}</ul></details>`
}

function renderEndpoint({ pattern, methods }: AccessEndpoint, { basePath }: AccessPaths): Html {
  return markup`<li class="consent-code" dir="ltr"><span class="consent-method">${methods.join(', ')}</span> ${shownPath(pattern, basePath)}</li>`
}

/** The pattern where it stands in a request. */
export function shownPath(pattern: string, basePath: string): string {
  return basePath + (pattern.startsWith('/') ? pattern : `/${pattern}`)
}
