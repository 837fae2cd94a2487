/** A table held against its policy, as diagnostics of the table and as one case for each expectation. */
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { withSeverity } from '../diagnostic/report.ts'
import { severityOf, type TableCode, type TableFinding } from './codes.ts'
import type { Coverage } from './coverage.ts'
import { checkTable } from './expectations.ts'
import type { ReadTable } from './read-table.ts'
import type { Subject } from './subject.ts'
import { closest, oneOf, quote } from '../diagnostic/words.ts'
import type { RequestTable, Written } from './model.ts'

export interface JudgedTable {
  /** Whether the table itself has an error, so that nothing was expected of the policy. */
  readonly invalid: boolean
  /** How many expectations do not hold. */
  readonly failed: number
  /** In the order of the text. */
  readonly diagnostics: readonly Diagnostic<TableCode>[]
  /** Of a table without an error: every expectation, with its diagnostic if the policy decides otherwise. */
  readonly cases: readonly { readonly name: string; readonly diagnostics: readonly Diagnostic<TableCode>[] }[]
}

/** Reports to `coverage` what the table shows. Without a policy only the table's own errors are reported. */
export function judgeTable(
  { text, table, findings }: ReadTable,
  about: { readonly subject: Subject; readonly coverage: Coverage } | undefined,
  /** Why there is no policy to check against it. */
  problem?: string,
): JudgedTable {
  const diagnosed = (more: readonly TableFinding[]): readonly Diagnostic<TableCode>[] =>
    withSeverity([...findings, ...more], text, severityOf)
  if (table === null) return { invalid: true, failed: 0, diagnostics: diagnosed([]), cases: [] }
  if (about === undefined) {
    const span = table.policy?.span ?? { start: 0, end: 0 }
    const why: TableFinding[] = problem === undefined ? [] : [{ code: 'no-answer', span, message: problem }]
    return { invalid: false, failed: 0, diagnostics: diagnosed(why), cases: [] }
  }
  const unknownScopes = checkNames(table, about.subject.names)
  if (unknownScopes.length > 0)
    return { invalid: true, failed: 0, diagnostics: diagnosed(unknownScopes), cases: [] }
  const expectations = checkTable(table, about.subject, about.coverage)
  const diagnostics = diagnosed(expectations.flatMap(({ finding }) => finding ?? []))
  const byKey = new Map(diagnostics.map((found) => [`${found.span.start} ${found.message}`, found]))
  const cases = expectations.map(({ name, finding }) => {
    const found = finding && byKey.get(`${finding.span.start} ${finding.message}`)
    return { name, diagnostics: found === undefined ? [] : [found] }
  })
  const failed = expectations.filter(({ finding }) => finding !== undefined).length
  return { invalid: false, failed, diagnostics, cases }
}

/** Beyond so many unknown names nothing is suggested, since each is compared with all scopes. */
const MAX_SUGGESTIONS = 100
/** So few scopes are all named. */
const MAX_NAMES_SHOWN = 6

/** Reports the scopes of the table that the policy does not have: a misspelt one would be denied everything. */
function checkNames(table: RequestTable, scopes: readonly string[]): readonly TableFinding[] {
  const known = new Set(scopes)
  const findings: TableFinding[] = []
  const seen = new Set<readonly Written[]>()
  for (const row of table.rows) {
    // What `by` names is in the list of scopes, too.
    const list = row.kind === 'refused' ? [] : row.scopes
    if (seen.has(list)) continue
    seen.add(list)
    for (const { text, span } of list) {
      if (known.has(text)) continue
      const near = findings.length < MAX_SUGGESTIONS ? closest(text, scopes) : undefined
      const all =
        scopes.length <= MAX_NAMES_SHOWN && scopes.length > 0 ? `the scopes are ${oneOf(scopes)}` : undefined
      findings.push({
        code: 'unknown-scope',
        span,
        message: `there is no scope ${quote(text)} in the policy`,
        help: near === undefined ? (all ?? 'name a scope of the policy') : `did you mean ${quote(near)}?`,
      })
    }
  }
  return findings
}
