/** A generated table as text: sections for scopes, rows on one line where they fit. */
import { quote } from '../diagnostic/words.ts'
import { type GivenOptions, OPTION_NAMES } from '../language/options.ts'
import { yamlComment, yamlRequest, yamlText } from '../yaml/yaml-text.ts'

export interface Section {
  /** For a comment. */
  readonly title: string
  readonly endpoints: readonly {
    readonly pattern: string
    /** Empty where an earlier endpoint has shown it all; null where no request can. */
    readonly rows: readonly Row[] | null
  }[]
}

/** A row with the scopes that allow the request, each alone, or about one token. */
export interface Row {
  readonly methods: readonly string[]
  readonly target: string
  readonly scopes?: readonly string[]
  readonly token?: readonly string[]
  readonly comment?: string
}

const WIDTH = 110
/** YAML lets a key without its own mark have at most 1,024 characters. */
const MAX_KEY_LENGTH = 1000

export function printTable(sections: readonly Section[], policy: string, options: GivenOptions): string {
  const given = OPTION_NAMES.flatMap((name) => {
    const value = options[name]
    return value === undefined ? [] : [`  ${name}: ${optionText(value)}`]
  })
  const isEmpty = sections.every(({ endpoints }) => endpoints.every(({ rows }) => (rows ?? []).length === 0))
  return [
    '# yaml-language-server: $schema=node_modules/scope-policy/schema/request-table.schema.json',
    '#',
    '# Each request is listed with the scopes that allow it, each alone; every other scope is expected to be',
    '# denied. `scope-policy test` checks the policy against it.',
    `policy: ${yamlText(policy)}`,
    ...(given.length > 0 ? ['$options:', ...given] : []),
    '',
    'requests:',
    ...(isEmpty
      ? ['  # Nothing is granted. This is refused whatever the policy says.', '  - GET /..: refused']
      : []),
    ...sections.flatMap(printSection).slice(isEmpty ? 0 : 1),
    '',
  ].join('\n')
}

function printSection({ title, endpoints }: Section): readonly string[] {
  const lines = endpoints.flatMap(({ pattern, rows }) => {
    if (rows === null) return [`  # no request found that ${yamlComment(quote(pattern))} allows`]
    return rows.length === 0 ? [] : [`  # ${yamlComment(quote(pattern))}`, ...rows.flatMap(printRow)]
  })
  return lines.length === 0 ? [] : ['', `  # ${yamlComment(title)}`, '', ...lines]
}

function printRow({ methods, target, scopes, token, comment }: Row): readonly string[] {
  const key = yamlRequest(`${methods.join(', ')} ${target}`)
  const remark = comment === undefined ? '' : ` # ${comment}`
  if (token !== undefined) {
    return [`  - request: ${key}`, `    scopes: [${token.map(yamlText).join(', ')}]`, '    expect: allow']
  }
  const names = (scopes ?? []).map(yamlText)
  const list = `[${names.join(', ')}]`
  if (key.length > MAX_KEY_LENGTH) return [`  - ? ${key}${remark}`, `    : ${list}`]
  const line = `  - ${key}: ${list}${remark}`
  if (line.length <= WIDTH || names.length === 0) return [line]
  return [`  - ${key}:${remark}`, ...names.map((name) => `      - ${name}`)]
}

function optionText(value: NonNullable<GivenOptions[keyof GivenOptions]>): string {
  if (typeof value === 'boolean') return String(value)
  return typeof value === 'string' ? yamlText(value) : `[${value.map(yamlText).join(', ')}]`
}
