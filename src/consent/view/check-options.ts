import { checkOption, givenOptions } from '../../policy/given-options.ts'
import type { ScopesArgument } from '../../decision/types.ts'
import { isText, isTexts, ownCopy, ownMembers } from '../own.ts'
import type { ConsentRecord, McpTool } from './types.ts'
import type { LanguageOptions } from './language.ts'

export interface ConsentOptions extends LanguageOptions {
  /**
   * What this person decided before about this client: names of granted scopes, or better the records of it,
   * which also state what was declined, how long that counts, and whether a scope has come to mean more.
   */
  readonly granted?: ScopesArgument | ConsentRecord | readonly ConsentRecord[] | undefined
  /** Scopes that the person may refuse on their own here, beside those that the document marks. */
  readonly optional?: readonly string[] | undefined
  /**
   * The tools of the MCP server, as its `tools/list` has them: the page then states how many a scope opens, with their
   * titles. Of a list that is not yours the annotations are a claim: leave them out.
   */
  readonly tools?: readonly McpTool[] | undefined
  /** Shows earlier decisions again, to be changed or withdrawn: for `prompt=consent` (OpenID Connect Core §3.1.2.1). */
  readonly review?: boolean | undefined
  /** The time by which records count. Default: now. */
  readonly at?: Date | undefined
}

/** Throws `TypeError` for options of unknown names or of the wrong kind; `granted` is read elsewhere. */
export function checkConsentOptions(given: ConsentOptions | undefined): ConsentOptions {
  const options = givenOptions(given, [
    ...(['locale', 'acceptLanguage', 'defaultLocale'] as const),
    ...(['granted', 'optional', 'tools', 'review', 'at'] as const),
  ])
  const { defaultLocale, optional, tools, review } = options
  checkReaderOptions(options)
  const isLocale = defaultLocale === undefined || isText(defaultLocale)
  checkOption(isLocale, 'defaultLocale', 'a language tag', defaultLocale)
  const isNames = optional === undefined || isTexts(optional)
  checkOption(isNames, 'optional', 'a list of scope names', optional)
  const areTools = tools === undefined || (Array.isArray(tools) && tools.every(isTool))
  checkOption(areTools, 'tools', 'a list of tools with their names', tools)
  const isSwitch = review === undefined || typeof review === 'boolean'
  checkOption(isSwitch, 'review', 'true or false', review)
  return ownMembers({ ...options, tools: ownCopy(tools) }) as ConsentOptions
}

interface Given {
  readonly locale?: unknown
  readonly acceptLanguage?: unknown
  readonly at?: unknown
}

/** Throws `TypeError`. */
export function checkReaderOptions({ locale, acceptLanguage, at }: Given): void {
  const isLocale = locale === undefined || isText(locale) || isTexts(locale)
  checkOption(isLocale, 'locale', 'a language tag or a list of them', locale)
  const isHeader = acceptLanguage === undefined || acceptLanguage === null || isText(acceptLanguage)
  checkOption(isHeader, 'acceptLanguage', 'the text of a header', acceptLanguage)
  const isDate = at === undefined || (at instanceof Date && !Number.isNaN(at.getTime()))
  checkOption(isDate, 'at', 'a date', at)
}

function isTool(tool: unknown): boolean {
  if (typeof tool !== 'object' || tool === null) return false
  const { name, title, annotations } = ownCopy(tool) as Readonly<Record<string, unknown>>
  return (
    isText(name) &&
    (title === undefined || isText(title)) &&
    (annotations === undefined || isAnnotations(annotations))
  )
}

function isAnnotations(annotations: unknown): boolean {
  if (typeof annotations !== 'object' || annotations === null) return false
  const { title } = annotations as Readonly<Record<string, unknown>>
  return title === undefined || isText(title)
}
