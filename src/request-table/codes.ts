/** What can be found about a request table; codes of the loader mean the same here as there. */
import { type DiagnosticCode, CATALOGUE } from '../language/codes.ts'
import type { Severity } from '../diagnostic/diagnostic.ts'
import type { Finding } from '../diagnostic/report.ts'

type OwnCode =
  | 'invalid-request'
  | 'duplicate-request'
  | 'duplicate-scope'
  | 'expectation-failed'
  | 'uncovered-endpoint'
  | 'no-answer'

export type TableCode = DiagnosticCode | OwnCode
export type TableFinding = Finding<TableCode>
export type TableReport = (finding: TableFinding) => void

/** The codes that only tables have, with their severity and what each one means. */
export const TABLE_CODES: Readonly<Record<OwnCode, readonly [severity: Severity, summary: string]>> = {
  'invalid-request': ['error', 'a request that is not of the form `METHOD /path`'],
  'duplicate-request': ['error', 'a request that is expected twice'],
  'duplicate-scope': ['error', 'a scope that is listed twice'],
  'expectation-failed': ['error', 'the policy decides otherwise than the table expects'],
  'no-answer': ['error', 'a table that cannot be read, or whose policy cannot be used'],
  'uncovered-endpoint': ['info', 'an endpoint of which no table shows what it grants'],
}

export function severityOf(code: TableCode): Severity {
  return code in TABLE_CODES ? TABLE_CODES[code as OwnCode][0] : CATALOGUE[code as DiagnosticCode][0]
}
