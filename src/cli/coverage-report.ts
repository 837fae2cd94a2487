/** Coverage of policies by their tables, as one line for people and as findings in the policies. */
import { withSeverity } from '../diagnostic/report.ts'
import { quote } from '../diagnostic/words.ts'
import type { FileReport } from '../report/findings/report.ts'
import { percentOf } from '../request-table/index.ts'
import type { CoverageSummary, Uncovered } from '../request-table/index.ts'
import type { CoveredPolicy } from './judge-tables.ts'

/** `83 % (10 of 12 grants)` */
export function coverageText(summary: CoverageSummary): string {
  return `${percentOf(summary)} % (${summary.covered} of ${summary.total} grants)`
}

export function isBelow({ covered, total }: CoverageSummary, percent: number): boolean {
  return 100 * covered < percent * total
}

/** What is not covered, where it is in the policy. */
export function uncovered(
  { path, text, tables }: CoveredPolicy,
  { uncovered: missing }: CoverageSummary,
  severity: 'error' | 'info',
): FileReport {
  const where = tables.length === 1 ? quote(tables[0] ?? '') : `${tables.length} tables`
  const findings = missing.map(({ needs, endpoint, methods }: Uncovered) => ({
    code: 'uncovered-endpoint',
    span: endpoint.span ?? { start: 0, end: 0 },
    message: `no request in ${where} shows that ${holder(needs)} ${methods.join(', ')} here`,
    help: `add a request that ${quote(endpoint.pattern)} matches, ${howToShow(needs)}`,
  }))
  return { path, text, diagnostics: withSeverity(findings, text, () => severity) }
}

function holder(needs: readonly string[]): string {
  const [scope] = needs
  if (scope === undefined) return 'every token may'
  return needs.length === 1
    ? `scope ${quote(scope)} allows`
    : `${needs.map(quote).join(' and ')} together allow`
}

function howToShow(needs: readonly string[]): string {
  const [scope] = needs
  return needs.length === 1 && scope !== undefined
    ? `with ${quote(scope)} in its list`
    : `with \`scopes: [${needs.join(', ')}]\` and \`expect: allow\``
}
