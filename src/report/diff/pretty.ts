/** The comparison of two policies for people at a terminal. */
import type { ChangedEndpoint } from '../../analysis/index.ts'
import { formatNumber } from '../../diagnostic/words.ts'
import {
  type DiffReport,
  changedScopes,
  headline,
  labelText,
  MAX_ENDPOINTS,
  SAME_LABEL,
  statusText,
} from './report.ts'
import type { Colors } from '../findings/report.ts'
import { sanitize, sanitizePath, term } from '../safe.ts'

export function diffPretty(report: DiffReport, colors: Colors): string {
  const { before, after, comparison } = report
  const title = `${sanitizePath(before)} → ${sanitizePath(after)}: ${headline(report)}`
  const lines = [colors.bold(title)]
  if (comparison.options.length > 0) lines.push(`options changed: ${comparison.options.join(', ')}`)
  for (const scope of changedScopes(report)) {
    const { added, removed, relabelled, sameLabelMoreAccess } = scope
    lines.push('', `scope ${term(scope.scope)}: ${statusText(scope, term)}`)
    lines.push(...entries('+', added, colors.green), ...entries('-', removed, colors.red))
    const label = term(labelText(report.labelOf(scope.scope)))
    if (relabelled) lines.push(`  label changed: ${label}`)
    if (sameLabelMoreAccess) lines.push(colors.yellow(`  ! ${SAME_LABEL}: ${label}`))
  }
  for (const { scopes, change, witness } of comparison.combined) {
    const verb = change === 'widened' ? 'now allow' : 'no longer allow'
    const request = `${sanitize(witness.method)} ${sanitize(witness.path)}`
    lines.push('', `scopes ${scopes.map(term).join(' and ')} together ${verb} ${request}`)
  }
  return `${lines.join('\n')}\n`
}

function entries(
  sign: '+' | '-',
  endpoints: readonly ChangedEndpoint[],
  color: (text: string) => string,
): readonly string[] {
  const shown = endpoints.slice(0, MAX_ENDPOINTS)
  const methods = shown.map((entry) => entry.methods.map(sanitize).join(', '))
  const patterns = shown.map(({ endpoint }) => term(endpoint))
  const widths = [methods, patterns].map((column) => Math.max(0, ...column.map((text) => text.length)))
  const lines = shown.map(({ witness }, index) => {
    const method = (methods[index] ?? '').padEnd(widths[0] ?? 0)
    const pattern = (patterns[index] ?? '').padEnd(widths[1] ?? 0)
    const example = `${sanitize(witness.method)} ${sanitize(witness.path)}`
    return `${color(`  ${sign} ${method}  ${pattern}`)}  such as ${example}`
  })
  const more = endpoints.length - shown.length
  return more > 0 ? [...lines, `  ${sign} and ${formatNumber(more)} more`] : lines
}
