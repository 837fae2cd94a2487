/** A scope document as text to edit. */
import { yamlComment, yamlText } from '../../yaml/yaml-text.ts'
import { readElsewhereAs } from '../../yaml/ambiguity.ts'

export interface DraftEndpoint {
  readonly pattern: string
  readonly methods: readonly string[]
  /** Other scopes that it takes as well, so that it is only a comment. */
  readonly together?: readonly string[]
}

export interface DraftScope {
  readonly name: string
  readonly label: string
  readonly description?: string
  readonly endpoints: readonly DraftEndpoint[]
  /** Scopes whose grants it also has. */
  readonly includes?: readonly string[]
  /** Why it is known to grant nothing. */
  readonly grantsNothing?: string
}

export interface Draft {
  /** Lines of the comment at the top. */
  readonly about: readonly string[]
  readonly basePath: string
  readonly wildcard: 'any' | 'segment'
  readonly scopes: readonly DraftScope[]
}

export function printPolicy({ about, basePath, wildcard, scopes }: Draft): string {
  const options = [
    ...(basePath === '' ? [] : [`  basePath: ${patternKey(basePath)}`]),
    ...(wildcard === 'any' ? [] : ['  wildcard: segment']),
  ]
  return [
    '# yaml-language-server: $schema=node_modules/scope-policy/schema/scope-policy.schema.json',
    '#',
    ...about.map((line) => `# ${yamlComment(line)}`.trimEnd()),
    ...(options.length === 0 ? [] : ['$options:', ...options]),
    ...scopes.flatMap(printScope),
    '',
  ].join('\n')
}

/** What the linter would otherwise report of each scope that is not for the API. */
const SUPPRESSION = '  # scope-policy-disable-next-line scope-without-endpoints --'

function printScope({
  name,
  label,
  description,
  endpoints,
  includes,
  grantsNothing,
}: DraftScope): readonly string[] {
  const granted = endpoints.filter(({ together }) => together === undefined)
  return [
    '',
    `${key(name)}:`,
    `  label: ${prose(label)}`,
    ...(description === undefined ? [] : [`  description: ${prose(description)}`]),
    ...(includes === undefined ? [] : [`  includes: [${includes.map((one) => yamlText(one)).join(', ')}]`]),
    ...(grantsNothing === undefined ? [] : [`${SUPPRESSION} ${grantsNothing}`]),
    granted.length === 0 ? '  endpoints: []' : '  endpoints:',
    ...endpoints.flatMap(printEndpoint),
  ]
}

/** YAML limits a key without an indicator (`?`) to 1,024 characters. */
const MAX_KEY_LENGTH = 1000

function printEndpoint({ pattern, methods, together }: DraftEndpoint): readonly string[] {
  const text = patternKey(pattern)
  const list = `[${methods.join(', ')}]`
  if (together !== undefined) {
    const others = together.map((scope) => yamlText(scope)).join(', ')
    return [`    # - ${yamlComment(text)}: ${list} # takes ${yamlComment(others)} as well`]
  }
  return text.length > MAX_KEY_LENGTH ? [`    - ? ${text}`, `      : ${list}`] : [`    - ${text}: ${list}`]
}

const PLAIN_PATTERN = /^[A-Za-z0-9_./][\w./~*+%@=$()!-]*$/

/** In single quotes where it has backslashes, which mean nothing there. */
function patternKey(pattern: string): string {
  if (PLAIN_PATTERN.test(pattern) && readElsewhereAs(pattern) === undefined) return pattern
  return /^[ -~]*$/.test(pattern) && !pattern.includes('##')
    ? `'${pattern.replaceAll("'", "''")}'`
    : JSON.stringify(pattern).replaceAll('##', '#\\x23')
}

/** Words for people, plain where that is safe. */
function prose(text: string): string {
  return /^[A-Za-z][\w ,./()'’–-]*$/.test(text) && !text.endsWith(' ') && readElsewhereAs(text) === undefined
    ? text
    : quoted(text)
}

function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('##', '#\\x23')
}

/** As in the examples of the format: names with a colon are quoted. */
function key(name: string): string {
  const text = yamlText(name)
  return text.length > MAX_KEY_LENGTH ? `? ${text}\n` : text
}
