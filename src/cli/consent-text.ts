/** A consent screen in a terminal: the same words as the page, with the names that developers look for. */
import { counted } from '../consent/page/render-text.ts'
import { visible } from '../diagnostic/words.ts'
import type { Risk } from '../policy/model.ts'
import { Related } from '../consent/page/related.ts'
import { grantsIn } from '../consent/view/access.ts'
import { shownPath } from '../consent/page/render-item.ts'
import { accessTexts, riskText } from '../consent/page/scope-texts.ts'
import type { Frame } from '../consent/strings/index.ts'
import type { ConsentGroup, ConsentItem, ConsentScope, ConsentView } from '../consent/view/types.ts'
import type { Colors } from '../report/findings/report.ts'
import { sanitize } from '../report/safe.ts'

/** Enough to see what a scope is about; `--json` has them all. */
const SHOWN_ENDPOINTS = 5
const SHOWN_UNKNOWN = 20
const MAX_NAME_LENGTH = 100

const PAINT = (colors: Colors): Readonly<Record<Risk, (text: string) => string>> => ({
  low: colors.green,
  medium: colors.yellow,
  high: colors.red,
})

export function consentText(
  view: ConsentView,
  client: string,
  { lang, strings }: Frame,
  colors: Colors,
): string {
  const related = new Related(view)
  const named = ({ label, scope }: ConsentScope): string =>
    `${sanitize(label)} ${colors.dim(`[${sanitize(scope)}]`)}`

  const item = (one: ConsentItem): readonly string[] => {
    const { access, description, includedIn = [], optional, risk } = one
    const includes = [...one.includes, ...related.includedIn(one)]
    const hosts = includedIn.map((together) =>
      together.flatMap((name) => related.scope(name) ?? []).map(named),
    )
    const why = optional ? strings.grantedWith : strings.includedIn
    const facts = [
      ...(optional ? [strings.optional] : []),
      ...(risk === undefined ? [] : [PAINT(colors)[risk](riskText(risk, strings))]),
    ]
    const endpoints = grantsIn(access)
    const shown = endpoints.slice(0, SHOWN_ENDPOINTS)
    const rest = endpoints.length - shown.length
    return [
      `  ${optional ? '[ ]' : '•'} ${named(one)}`,
      ...(description === undefined ? [] : [`    ${sanitize(description.text)}`]),
      `    ${[...facts, ...accessTexts(one, { strings, lang })].join(' · ')}`,
      ...hosts.map((together) => `    ${why}: ${together.join(' + ')}`),
      ...shown.map((endpoint) => {
        return `    ${endpoint.methods.join(', ')} ${sanitize(shownPath(endpoint, view.paths.basePath))}`
      }),
      ...(rest > 0 ? [`    ${counted(strings.more, rest, lang)}`] : []),
      ...includes.map((folded) => `    ${strings.includes}: ${named(folded)}`),
    ]
  }
  const group = ({ label, items }: ConsentGroup): readonly string[] => {
    return [
      '',
      colors.bold(label === undefined ? strings.permissions : sanitize(label.text)),
      ...items.flatMap(item),
    ]
  }
  const title = strings.title.replace('{client}', () => sanitize(client))
  // A preview names them; a page only counts them.
  const unknown = view.unknown
    .slice(0, SHOWN_UNKNOWN)
    .map((name) => `  • ${visible(name.slice(0, MAX_NAME_LENGTH))}`)
  return [
    colors.bold(title),
    ...(view.nothingToAsk ? ['', strings.nothingNew] : []),
    ...view.groups.flatMap(group),
    ...(unknown.length === 0 ? [] : ['', colors.bold(strings.unknown), ...unknown]),
    '',
  ].join('\n')
}
