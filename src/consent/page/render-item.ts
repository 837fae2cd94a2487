/** One line of the screen: what the document says, and beside it the truth about what it opens. */
import { counted } from './render-text.ts'
import type { Frame } from '../strings/index.ts'
import type { ConsentStrings, PluralString } from '../strings/strings.ts'
import { isNameMethod } from '../../language/scope-fields.ts'
import { grantsIn } from '../view/access.ts'
import { type Kind, KINDS } from '../view/method-kinds.ts'
import { kindOfGrant } from '../view/grant-kind.ts'
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
  const { strings } = shown.frame
  const risk =
    item.risk !== undefined &&
    markup`<li class="consent-chip consent-risk consent-risk-${item.risk}">${riskText(item.risk, strings)}</li>`
  return markup`<li class="consent-item" id="${id}-item"><div class="consent-line">${renderLabel(item, id, shown)}</div>
<div id="${id}-about">${renderText(item.description)}
<ul class="consent-chips">${[
    ...marks(item, strings).map((mark) => markup`<li class="consent-chip consent-mark">${mark}</li>`),
    risk,
    ...accessTexts(item.access, shown.frame).map((text) => markup`<li class="consent-chip">${text}</li>`),
  ]}</ul>${renderWidening(item.widened, shown)}${renderIncludedIn(item, shown)}</div>
${renderIncludes([...item.includes, ...shown.related.includedIn(item)], strings)}${renderEndpoints(item.access, id, shown)}</li>
`
}

function renderLabel(
  { scope, label, lang, dir, optional, earlier, widened }: ConsentItem,
  id: string,
  { review }: Shown,
): Html {
  const name = `${id}-label`
  if (!optional) return markup`<p class="consent-label" id="${name}" lang="${lang}" dir="${dir}">${label}</p>`
  // Ticked is only what the person ticked before, and what still means the same.
  const checked = review && earlier === 'granted' && widened === undefined && markup` checked`
  return markup`<input class="consent-box" type="checkbox" id="${id}" name="${FIELDS.scope}" value="${scope}" aria-describedby="${id}-about"${checked}><label class="consent-label" id="${name}" for="${id}" lang="${lang}" dir="${dir}">${label}</label>`
}

function renderText(text: ConsentText | undefined): Content {
  return text && markup`<p class="consent-text" lang="${text.lang}" dir="${text.dir}">${text.text}</p>`
}

function marks(item: ConsentItem, strings: ConsentStrings): readonly string[] {
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

export function riskText(risk: NonNullable<ConsentScope['risk']>, strings: ConsentStrings): string {
  return { low: strings.riskLow, medium: strings.riskMedium, high: strings.riskHigh }[risk]
}

/** What a scope opens, in the words of the frame. */
export function accessTexts(access: Access, frame: Frame): readonly string[] {
  const names = nameTexts(access, frame)
  const paths = pathTexts(access, frame.strings)
  if (paths.length + names.length === 0) return [frame.strings.nothing]
  return [...paths, ...names]
}

function nameTexts(
  { tools = [], toolsThatChange = [], resources = [], prompts = [] }: Access,
  { strings, lang }: Frame,
): readonly string[] {
  const counts = [
    ['tools', tools],
    ['resources', resources],
    ['prompts', prompts],
  ] as const
  return counts.flatMap(([field, patterns]) => {
    if (patterns.length === 0) return []
    const text = countedNames(strings[field], patterns, lang)
    if (field !== 'tools' || toolsThatChange.length === 0) return [text]
    return [`${text} (${countedNames(strings.toolsChange, toolsThatChange, lang)})`]
  })
}

/** Nobody knows how many names a pattern has: then it is `3+`. */
function countedNames(string: PluralString, patterns: readonly string[], lang: string): string {
  const isExact = !patterns.some((pattern) => pattern.includes('*'))
  return counted(string, patterns.length, lang, !isExact)
}

function pathTexts(access: Access, strings: ConsentStrings): readonly string[] {
  if (access.everything) return [strings.everything]
  return KINDS.flatMap((kind) =>
    access[kind] === 'nothing' ? [] : [access[kind] === 'everything' ? strings[`${kind}All`] : strings[kind]],
  )
}

/** The kinds of what a scope allows now and did not then; empty where only a search ended undecided. */
function widenedTexts({ added, witness }: Widening, strings: ConsentStrings): readonly string[] {
  const kinds = new Set<Kind>(
    added.flatMap(({ endpoint, methods }) => methods.map((method) => kindOfGrant(method, endpoint))),
  )
  if (added.length === 0 && witness !== undefined) kinds.add(kindOfGrant(witness.method, witness.path))
  return KINDS.filter((kind) => kinds.has(kind)).map((kind) => strings[kind])
}

function renderWidening(widened: Widening | undefined, { frame, paths, endpoints: max }: Shown): Content {
  if (widened === undefined) return undefined
  const { strings, lang } = frame
  const texts = widenedTexts(widened, strings)
  if (texts.length === 0) return undefined
  const lines = widened.added
    .slice(0, max)
    .map(({ endpoint, methods }) => renderEndpoint({ pattern: endpoint, methods }, paths))
  const rest = widened.added.length - lines.length
  if (lines.length > 0 && rest > 0) lines.push(markup`<li>${counted(strings.more, rest, lang)}</li>`)
  return markup`<div class="consent-sub"><h3>${strings.widenedBy}</h3><ul>${texts.map((text) => markup`<li>${text}</li>`)}${lines}</ul></div>`
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

export function renderName({ label, lang, dir }: Pick<ConsentScope, 'label' | 'lang' | 'dir'>): Html {
  return markup`<span lang="${lang}" dir="${dir}">${label}</span>`
}

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

/** The pattern where it stands in a request; a name as it is. */
export function shownPath({ pattern, methods }: AccessEndpoint, basePath: string): string {
  if (methods.some(isNameMethod)) return pattern
  return basePath + (pattern.startsWith('/') ? pattern : `/${pattern}`)
}
