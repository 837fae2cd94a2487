/** What a policy opens of an API, for people at a terminal. */
import { pluralize } from '../../diagnostic/words.ts'
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
import type { Colors } from '../findings/report.ts'
import { sanitize, term } from '../safe.ts'
import { prettySections, type Section } from './sections.ts'

export function coveragePretty(report: CoverageReport, colors: Colors): string {
  const { coverage, placeOf } = report
  const { operations, endpoints } = coverage
  const sections: readonly Section[] = [
    [
      TITLES.unread,
      coverage.unread.map(({ message, pointer }) => {
        return pointer === undefined ? sanitize(message) : `${sanitize(message)} (${term(`#${pointer}`)})`
      }),
      'red',
    ],
    [TITLES.unreached, operations.filter(isUnreached).map(named), 'red'],
    [TITLES.open, operations.filter(isOpen).map(named), 'dim'],
    [
      TITLES.partly,
      operations
        .filter(({ reach }) => reach === 'partly')
        .map((operation) => `${request(operation)}, but not ${example(operation)}`),
      'yellow',
    ],
    [
      TITLES.unused,
      endpoints.filter(isUnused).map((endpoint) => {
        const methods = endpoint.methods.map(sanitize).join(', ')
        return `${sanitize(placeOf(endpoint))}: ${term(endpoint.endpoint)} for ${methods} (scope ${term(endpoint.scope)})`
      }),
      'yellow',
    ],
    [
      TITLES.undeclared,
      [...undeclaredByScope(coverage)].map(([scope, list]) => {
        const [first] = list
        const such = first === undefined ? '' : `, such as ${request(first)}`
        return `${term(scope)}: ${list.length === 1 && first !== undefined ? request(first) : `${pluralize(list.length, 'operation')}${such}`}`
      }),
      'yellow',
    ],
    [
      TITLES.unmet,
      operations.flatMap((operation) =>
        operation.unmet.map(({ scopes, reach, missing, unknown }) => {
          const asked = scopes.map(term).join(' and ')
          const why =
            unknown.length > 0
              ? `the policy has no scope ${unknown.map(term).join(', ')}`
              : reach === 'partly' && missing !== undefined
                ? `not ${sanitize(missing.method)} ${sanitize(missing.path)}`
                : reach === 'undecided'
                  ? 'undecided, the budget is used up'
                  : 'no request of it'
          return `${request(operation)} by ${asked}: ${why}`
        }),
      ),
      'yellow',
    ],
    [TITLES.scopes, table(operations), 'bold'],
  ]
  return prettySections(report, coverageHeadline(report), sections, colors)
}

function table(operations: readonly OperationCoverage[]): readonly string[] {
  const requests = operations.map(request)
  const width = Math.min(60, Math.max(0, ...requests.map((text) => text.length)))
  return operations.map(({ scopes, reach }, index) => {
    const names = scopes.map((scope) => {
      const marks = { full: '', partly: ' (in part)', undecided: ' (undecided)' }
      return `${sanitize(scope.scope)}${marks[scope.reach]}`
    })
    const none = reach === 'undecided' ? 'undecided' : '-'
    return `${(requests[index] ?? '').padEnd(width)}  ${names.length === 0 ? none : names.join(', ')}`
  })
}

function named(operation: OperationCoverage): string {
  const { operationId } = operation
  return operationId === undefined ? request(operation) : `${request(operation)} (${sanitize(operationId)})`
}

function request({ method, path }: OperationCoverage): string {
  return `${sanitize(method)} ${sanitize(path)}`
}

function example({ missing }: OperationCoverage): string {
  return missing === undefined ? 'all of it' : `${sanitize(missing.method)} ${sanitize(missing.path)}`
}
