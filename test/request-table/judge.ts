/** Tables and policies as text, judged without the command line. */
import { loadPolicy } from '../../src/index.ts'
import type { ParseOptions, Policy } from '../../src/index.ts'
import {
  Coverage,
  generateTable,
  judgeTable,
  percentOf,
  readTable,
  Subject,
} from '../../src/request-table/index.ts'
import { LineIndex } from '../../src/source/line-index.ts'

export const SCOPES = `"profile":
  label: Access your profile information
  endpoints:
    - workers/me: GET
"search":
  label: Search records on your behalf
  endpoints:
    - records/*/search: [GET]
"api:read-only":
  label: Make any read-only API request on your behalf
  endpoints:
    - "*": [GET]
"api":
  label: Make any API request on your behalf
  endpoints:
    - "*"
`

export interface Judged {
  readonly invalid: boolean
  readonly failed: number
  /** \`code: text underlined: message\`, and the help behind an arrow. */
  readonly findings: readonly string[]
  readonly names: readonly string[]
  readonly percent: number
  readonly uncovered: readonly string[]
}

export function judge(
  table: string | Uint8Array,
  document: string = SCOPES,
  options: ParseOptions = {},
): Judged {
  return judgeFor(table, loadPolicy(document, options), document)
}

export function judgeFor(table: string | Uint8Array, policy: Policy, document = ''): Judged {
  const lines = new LineIndex(document)
  const subject = new Subject(policy, ({ start }) => {
    const { line, column } = lines.position(start)
    return `p:${line}:${column}`
  })
  const coverage = new Coverage(subject)
  const read = readTable(table)
  const { invalid, failed, diagnostics, cases } = judgeTable(read, { subject, coverage })
  const summary = coverage.summary()
  return {
    invalid,
    failed,
    findings: diagnostics.map(({ code, span, message, help }) => {
      const underlined = read.text.slice(span.start, span.end)
      return `${code}: ${underlined}: ${message}${help === undefined ? '' : ` -> ${help}`}`
    }),
    names: cases.map(({ name }) => name),
    percent: percentOf(summary),
    uncovered: summary.uncovered.map(
      ({ row, endpoint, methods }) => `${row} ${endpoint.pattern} ${methods.join(' ')}`,
    ),
  }
}

/** A table with these rows. */
export function tableOf(...rows: readonly string[]): string {
  return `requests:\n${rows.map((row) => `  - ${row}\n`).join('')}`
}

export function generated(policy: Policy): string {
  return generateTable(policy, { policy: 'p.yaml' })
}

/** A row in YAML that holds only ASCII, so that no character of a path is refused in the table itself. */
export function asRow(value: object): string {
  return JSON.stringify(value).replace(
    /[^ -~]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
