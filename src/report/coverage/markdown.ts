/**
 * What a policy opens of an API as a comment on a pull request. Text of the documents is in code spans, as
 * in `report/diff/markdown.ts`.
 */
import { formatNumber } from '../../diagnostic/words.ts'
import type { OperationCoverage } from '../../openapi/index.ts'
import {
  coverageHeadline,
  type CoverageReport,
  isOpen,
  isUnreached,
  isUnused,
  TITLES,
  undeclaredByScope,
} from './report.ts'
import { code } from '../diff/markdown.ts'
import { markdownSections, type Section } from './sections.ts'

export function coverageMarkdown(report: CoverageReport): string {
  const { coverage, placeOf } = report
  const { operations, endpoints } = coverage
  const sections: readonly Section[] = [
    [
      TITLES.unread,
      coverage.unread.map(({ code: kind, pointer = '' }) => `${kind} at ${code(`#${pointer}`)}`),
    ],
    [TITLES.unreached, operations.filter(isUnreached).map(request)],
    [TITLES.open, operations.filter(isOpen).map(request)],
    [
      TITLES.partly,
      operations
        .filter(({ reach }) => reach === 'partly')
        .map((operation) => {
          const { missing } = operation
          const not = missing === undefined ? '' : `, but not ${code(`${missing.method} ${missing.path}`)}`
          return `${request(operation)}${not}`
        }),
    ],
    [
      TITLES.unused,
      endpoints.filter(isUnused).map((endpoint) => {
        const { scope, methods } = endpoint
        return `${code(endpoint.endpoint)} for ${methods.map(code).join(', ')} in scope ${code(scope)}, ${code(placeOf(endpoint))}`
      }),
    ],
    [
      TITLES.undeclared,
      [...undeclaredByScope(coverage)].map(([scope, list]) => {
        const rest = list.length > 3 ? ` and ${formatNumber(list.length - 3)} more` : ''
        return `${code(scope)}: ${list.slice(0, 3).map(request).join(', ')}${rest}`
      }),
    ],
    [
      TITLES.unmet,
      operations.flatMap((operation) =>
        operation.unmet.map(({ scopes }) => `${request(operation)} by ${scopes.map(code).join(' and ')}`),
      ),
    ],
    [
      TITLES.scopes,
      operations.map((operation) => {
        const names = operation.scopes.map(({ scope, reach }) => {
          return `${code(scope)}${reach === 'partly' ? ' (in part)' : reach === 'undecided' ? ' (undecided)' : ''}`
        })
        return `${request(operation)}: ${names.length === 0 ? 'none' : names.join(', ')}`
      }),
    ],
  ]
  return markdownSections(report, `Scope policy and API: ${coverageHeadline(report)}`, sections)
}

function request({ method, path }: OperationCoverage): string {
  return code(`${method} ${path}`)
}
