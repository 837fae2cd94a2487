/**
 * What a policy opens of an API as a comment on a pull request. Text of the documents is in code spans, as
 * in `diff-markdown.ts`.
 */
import { formatNumber } from '../../diagnostic/words.ts'
import type { OperationCoverage } from '../../openapi/index.ts'
import {
  coverageHeadline,
  type CoverageReport,
  isOpen,
  isUnreached,
  isUnused,
  shown,
  TITLES,
  undeclaredByScope,
} from './report.ts'
import { code } from '../diff/markdown.ts'

export function coverageMarkdown(report: CoverageReport): string {
  const { coverage, placeOf, verbose } = report
  const { operations, endpoints } = coverage
  const lines = [
    `### Scope policy and API: ${coverageHeadline(report)}`,
    '',
    `${code(report.policy)} → ${code(report.document)}`,
  ]
  const section = (title: string, rows: readonly string[]): void => {
    if (rows.length === 0) return
    const { first, more } = shown(rows, verbose)
    lines.push('', `**${title}**`, '', ...first.map((row) => `- ${row}`))
    if (more > 0) lines.push(`- … and ${formatNumber(more)} more`)
  }
  section(
    TITLES.unread,
    coverage.unread.map(({ code: kind, pointer = '' }) => `${kind} at ${code(`#${pointer}`)}`),
  )
  section(TITLES.unreached, operations.filter(isUnreached).map(request))
  section(TITLES.open, operations.filter(isOpen).map(request))
  section(
    TITLES.partly,
    operations
      .filter(({ reach }) => reach === 'partly')
      .map((operation) => {
        const { missing } = operation
        const not = missing === undefined ? '' : `, but not ${code(`${missing.method} ${missing.path}`)}`
        return `${request(operation)}${not}`
      }),
  )
  section(
    TITLES.unused,
    endpoints.filter(isUnused).map((endpoint) => {
      const { scope, methods } = endpoint
      return `${code(endpoint.endpoint)} for ${methods.map(code).join(', ')} in scope ${code(scope)}, ${code(placeOf(endpoint))}`
    }),
  )
  section(
    TITLES.undeclared,
    [...undeclaredByScope(coverage)].map(([scope, list]) => {
      const rest = list.length > 3 ? ` and ${formatNumber(list.length - 3)} more` : ''
      return `${code(scope)}: ${list.slice(0, 3).map(request).join(', ')}${rest}`
    }),
  )
  section(
    TITLES.unmet,
    operations.flatMap((operation) =>
      operation.unmet.map(({ scopes }) => `${request(operation)} by ${scopes.map(code).join(' and ')}`),
    ),
  )
  section(
    TITLES.scopes,
    operations.map((operation) => {
      const names = operation.scopes.map(({ scope, reach }) => {
        return `${code(scope)}${reach === 'partly' ? ' (in part)' : reach === 'undecided' ? ' (undecided)' : ''}`
      })
      return `${request(operation)}: ${names.length === 0 ? 'none' : names.join(', ')}`
    }),
  )
  return `${lines.join('\n')}\n`
}

function request({ method, path }: OperationCoverage): string {
  return code(`${method} ${path}`)
}
