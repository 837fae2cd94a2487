/** A scope document as text to edit. */
import { yamlComment, yamlText } from '../../document/yaml-text.ts'
import { readElsewhereAs } from '../../document/ambiguity.ts'

export interface DraftEndpoint {
  readonly pattern: string
  readonly methods: readonly string[]
  /** Other scopes that it takes as well, so that it stands there as a comment only. */
  readonly together?: readonly string[]
}

export interface DraftScope {
  readonly name: string
  readonly label: string
  readonly description?: string
  readonly endpoints: readonly DraftEndpoint[]
}

export interface Draft {
  /** Lines of the comment at the top. */
  readonly about: readonly string[]
  readonly basePath: string
  /** Base paths to choose from, where `basePath` is left open. */
  readonly choices: readonly string[]
  readonly wildcard: 'any' | 'segment'
  readonly scopes: readonly DraftScope[]
}

export function printPolicy({ about, basePath, choices, wildcard, scopes }: Draft): string {
  const options = [
    ...(basePath === '' ? [] : [`  basePath: ${patternKey(basePath)}`]),
    ...(wildcard === 'any' ? [] : ['  wildcard: segment']),
  ]
  const open = choices.map((path) => `  # basePath: ${yamlComment(patternKey(path === '' ? '/' : path))}`)
  return [
    '# yaml-language-server: $schema=node_modules/scope-policy/schema/scope-policy.schema.json',
    '#',
    ...about.map((line) => `# ${yamlComment(line)}`.trimEnd()),
    ...(options.length === 0 ? open.map((line) => line.trimStart()) : ['$options:', ...options, ...open]),
    ...scopes.flatMap(printScope),
    '',
  ].join('\n')
}

function printScope({ name, label, description, endpoints }: DraftScope): readonly string[] {
  const granted = endpoints.filter(({ together }) => together === undefined)
  return [
    '',
    `${key(name)}:`,
    `  label: ${prose(label)}`,
    ...(description === undefined ? [] : [`  description: ${prose(description)}`]),
    granted.length === 0 ? '  endpoints: []' : '  endpoints:',
    ...endpoints.flatMap(printEndpoint),
  ]
}

/** YAML lets a key without a mark of its own have at most 1,024 characters. */
const LONGEST_KEY = 1000

function printEndpoint({ pattern, methods, together }: DraftEndpoint): readonly string[] {
  const text = patternKey(pattern)
  const list = `[${methods.join(', ')}]`
  if (together !== undefined) {
    const others = together.map((scope) => yamlText(scope)).join(', ')
    return [`    # - ${yamlComment(text)}: ${list} # takes ${yamlComment(others)} as well`]
  }
  return text.length > LONGEST_KEY ? [`    - ? ${text}`, `      : ${list}`] : [`    - ${text}: ${list}`]
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
  return text.length > LONGEST_KEY ? `? ${text}\n` : text
}
