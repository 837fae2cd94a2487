/** One line of the screen: what the document says, and beside it the truth about what it opens. */
import { counted } from './render-text.ts'
import type { Frame } from '../strings/index.ts'
import type { ConsentStrings } from '../strings/strings.ts'
import { isNameMethod } from '../../language/scope-fields.ts'
import { grantsIn } from '../view/access.ts'
import type {
  Access,
  AccessEndpoint,
  AccessPaths,
  ConsentItem,
  ConsentScope,
  ConsentText,
  Widening,
} from '../view/types.ts'
import { FIELDS } from './fields.ts'
import { type Content, type Html, markup } from './html.ts'
import type { Related } from './related.ts'
import { type ItemTexts, itemTexts } from './texts.ts'

export interface Shown {
  readonly frame: Frame
  readonly paths: AccessPaths
  /** How many endpoints to list; 0 leaves technical details out. */
  readonly endpoints: number
  /** Whether boxes show earlier decisions. */
  readonly review: boolean
  readonly related: Related
}

export function renderItem(item: ConsentItem, id: string, shown: Shown): Html {
  const { frame, related, review } = shown
  const texts = itemTexts(item, frame, related, review)
  const risk =
    texts.risk !== undefined &&
    markup`<li class="consent-chip consent-risk consent-risk-${item.risk}">${texts.risk}</li>`
  return markup`<li class="consent-item" id="${id}-item"><div class="consent-line">${renderLabel(item, texts, id)}</div>
<div id="${id}-about">${renderText(item.description)}
<ul class="consent-chips">${[
    ...texts.marks.map((mark) => markup`<li class="consent-chip consent-mark">${mark}</li>`),
    risk,
    ...texts.access.map((text) => markup`<li class="consent-chip">${text}</li>`),
  ]}</ul>${renderWidening(item.widened, texts, shown)}${renderIncludedIn(texts)}</div>
${renderIncludes(texts, frame.strings)}${renderTools(texts, id, frame)}${renderEndpoints(item.access, id, shown)}</li>
`
}

function renderLabel(
  { scope, label, lang, dir, optional }: ConsentItem,
  { checked }: ItemTexts,
  id: string,
): Html {
  const name = `${id}-label`
  if (!optional) return markup`<p class="consent-label" id="${name}" lang="${lang}" dir="${dir}">${label}</p>`
  return markup`<input class="consent-box" type="checkbox" id="${id}" name="${FIELDS.scope}" value="${scope}" aria-describedby="${id}-about"${checked && markup` checked`}><label class="consent-label" id="${name}" for="${id}" lang="${lang}" dir="${dir}">${label}</label>`
}

function renderText(text: ConsentText | undefined): Content {
  return text && markup`<p class="consent-text" lang="${text.lang}" dir="${text.dir}">${text.text}</p>`
}

function renderWidening(
  widened: Widening | undefined,
  { widened: texts }: ItemTexts,
  { frame, paths, endpoints: max }: Shown,
): Content {
  if (widened === undefined || texts.length === 0) return undefined
  const { strings, lang } = frame
  const lines = widened.added
    .slice(0, max)
    .map(({ endpoint, methods }) => renderEndpoint({ pattern: endpoint, methods }, paths))
  const rest = widened.added.length - lines.length
  if (lines.length > 0 && rest > 0) lines.push(markup`<li>${counted(strings.more, rest, lang)}</li>`)
  return markup`<div class="consent-sub"><h3>${strings.widenedBy}</h3><ul>${texts.map((text) => markup`<li>${text}</li>`)}${lines}</ul></div>`
}

function renderIncludes({ includes }: ItemTexts, strings: ConsentStrings): Content {
  if (includes.length === 0) return undefined
  const lines = includes.map((scope) => markup`<li>${renderName(scope)}${renderText(scope.description)}</li>`)
  return markup`<div class="consent-sub"><h3>${strings.includes}</h3><ul>${lines}</ul></div>`
}

/** Part of what describes the box: who leaves it empty should know what ticks it all the same. */
function renderIncludedIn({ includedIn, includedInHeading }: ItemTexts): Content {
  if (includedIn.length === 0) return undefined
  const lines = includedIn.map((together) => {
    return markup`<li>${together.map((scope, index) => [index > 0 && ' + ', renderName(scope)])}</li>`
  })
  return markup`<div class="consent-sub"><h3>${includedInHeading}</h3><ul>${lines}</ul></div>`
}

export function renderName({ label, lang, dir }: Pick<ConsentScope, 'label' | 'lang' | 'dir'>): Html {
  return markup`<span lang="${lang}" dir="${dir}">${label}</span>`
}

/** For all readers, unlike endpoints: titles are written for people. */
function renderTools({ tools, toolsHeading }: ItemTexts, id: string, { strings, lang }: Frame): Content {
  if (tools.length === 0) return undefined
  const lines = tools
    .slice(0, MAX_TOOLS)
    .map(({ title, mark }) => markup`<li><bdi>${title}</bdi>${mark !== undefined && [' · ', mark]}</li>`)
  const rest = tools.length - lines.length
  const more = rest > 0 && markup`<li>${counted(strings.more, rest, lang)}</li>`
  return markup`<details class="consent-details"><summary id="${id}-tools" aria-labelledby="${id}-tools ${id}-label">${toolsHeading}</summary><ul>${lines}${more}</ul></details>`
}

const MAX_TOOLS = 100

/** Each disclosure is named by its label, or a list of them would be twenty times the same words. */
function renderEndpoints(access: Access, id: string, { frame, paths, endpoints: max }: Shown): Content {
  const endpoints = grantsIn(access)
  if (endpoints.length === 0 || max === 0) return undefined
  const { strings, lang } = frame
  const lines = endpoints.slice(0, max).map((endpoint) => renderEndpoint(endpoint, paths))
  const rest = endpoints.length - lines.length
  const more = rest > 0 && markup`<li>${counted(strings.more, rest, lang)}</li>`
  return markup`<details class="consent-details"><summary id="${id}-details" aria-labelledby="${id}-details ${id}-label">${strings.details}</summary><ul>${lines}${more}</ul></details>`
}

function renderEndpoint(endpoint: AccessEndpoint, { basePath }: AccessPaths): Html {
  return markup`<li class="consent-code" dir="ltr"><span class="consent-method">${endpoint.methods.join(', ')}</span> ${shownPath(endpoint, basePath)}</li>`
}

/** The pattern where it is in a request; a name as it is. */
export function shownPath({ pattern, methods }: AccessEndpoint, basePath: string): string {
  if (methods.some(isNameMethod)) return pattern
  return basePath + (pattern.startsWith('/') ? pattern : `/${pattern}`)
}
