/** What a scope opens and how risky that is, in the words of the frame. */
import type { Frame } from '../strings/index.ts'
import type { ConsentStrings, PluralString } from '../strings/strings.ts'
import { isNameMethod, NAME_METHODS } from '../../language/scope-fields.ts'
import { toolKind } from '../../language/tool-names.ts'
import { type Kind, kindOf, KINDS } from '../view/method-kinds.ts'
import type { Access, AccessEndpoint, ConsentScope, ConsentTool, Widening } from '../view/types.ts'
import { counted } from './render-text.ts'

export function riskText(risk: NonNullable<ConsentScope['risk']>, strings: ConsentStrings): string {
  return { low: strings.riskLow, medium: strings.riskMedium, high: strings.riskHigh }[risk]
}

/** What a scope opens, in the words of the frame. */
export function accessTexts(
  { access, tools }: Pick<ConsentScope, 'access' | 'tools'>,
  frame: Frame,
): readonly string[] {
  const names = nameTexts(access, frame, tools)
  const paths = pathTexts(access, frame.strings)
  if (paths.length + names.length === 0) return [frame.strings.nothing]
  return [...paths, ...names]
}

type NamesAccess = Pick<Access, 'tools' | 'toolsThatChange' | 'resources' | 'prompts'>

function nameTexts(
  { tools = [], toolsThatChange = [], resources = [], prompts = [] }: NamesAccess,
  { strings, lang }: Frame,
  known?: readonly ConsentTool[],
): readonly string[] {
  const counts = [
    ['tools', tools],
    ['resources', resources],
    ['prompts', prompts],
  ] as const
  return counts.flatMap(([field, patterns]) => {
    if (patterns.length === 0) return []
    if (field === 'tools' && known !== undefined) return [knownToolsText(known, { strings, lang })]
    const text = countedNames(strings[field], patterns, lang)
    if (field !== 'tools' || toolsThatChange.length === 0) return [text]
    return [`${text} (${countedNames(strings.toolsChange, toolsThatChange, lang)})`]
  })
}

function knownToolsText(tools: readonly ConsentTool[], { strings, lang }: Frame): string {
  const changing = tools.filter(({ changes }) => changes).length
  const text = counted(strings.tools, tools.length, lang)
  return changing === 0 ? text : `${text} (${counted(strings.toolsChange, changing, lang)})`
}

/** The number of names of a pattern is unknown: then it is `3+`. */
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

/** What a scope allows now and did not then; empty where only a search ended undecided. */
export function widenedTexts({ added, witness }: Widening, frame: Frame): readonly string[] {
  const grants =
    added.length > 0 || witness === undefined
      ? added.map(({ endpoint, methods }) => ({ pattern: endpoint, methods }))
      : [{ pattern: witness.path, methods: [witness.method] }]
  const kinds = new Set<Kind>(
    grants.flatMap(({ methods }) => methods.filter((method) => !isNameMethod(method)).map(kindOf)),
  )
  const paths = KINDS.filter((kind) => kinds.has(kind)).map((kind) => frame.strings[kind])
  return [...paths, ...nameTexts(namesAmong(grants), frame)]
}

function namesAmong(grants: readonly AccessEndpoint[]): NamesAccess {
  const [tools = [], resources = [], prompts = []] = NAME_METHODS.map((name) =>
    grants.filter(({ methods }) => methods.includes(name)).map(({ pattern }) => pattern),
  )
  return { tools, resources, prompts, toolsThatChange: tools.filter((tool) => toolKind(tool) !== 'reads') }
}
