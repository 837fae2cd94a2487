import { describeGiven, givenOptions } from '../../policy/given-options.ts'
import type { ScopesArgument } from '../../decision/types.ts'
import { ownCopy, ownMembers } from '../own.ts'
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
  if (defaultLocale !== undefined && !isText(defaultLocale)) {
    throw new TypeError(`option defaultLocale must be a language tag, not ${describeGiven(defaultLocale)}`)
  }
  if (optional !== undefined && !isTexts(optional)) {
    throw new TypeError(`option optional must be a list of scope names, not ${describeGiven(optional)}`)
  }
  if (tools !== undefined && !(Array.isArray(tools) && tools.every(isTool))) {
    throw new TypeError(`option tools must be a list of tools with their names, not ${describeGiven(tools)}`)
  }
  if (review !== undefined && typeof review !== 'boolean') {
    throw new TypeError(`option review must be true or false, not ${describeGiven(review)}`)
  }
  return ownMembers({ ...options, tools: ownCopy(tools) }) as ConsentOptions
}

interface Given {
  readonly locale?: unknown
  readonly acceptLanguage?: unknown
  readonly at?: unknown
}

/** Throws `TypeError`. */
export function checkReaderOptions({ locale, acceptLanguage, at }: Given): void {
  if (locale !== undefined && !isText(locale) && !isTexts(locale)) {
    throw new TypeError(
      `option locale must be a language tag or a list of them, not ${describeGiven(locale)}`,
    )
  }
  if (acceptLanguage !== undefined && acceptLanguage !== null && !isText(acceptLanguage)) {
    throw new TypeError(
      `option acceptLanguage must be the text of a header, not ${describeGiven(acceptLanguage)}`,
    )
  }
  if (at !== undefined && !(at instanceof Date && !Number.isNaN(at.getTime()))) {
    throw new TypeError(`option at must be a date, not ${describeGiven(at)}`)
  }
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

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText)
}
