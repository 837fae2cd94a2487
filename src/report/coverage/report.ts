/** What a report about a policy and an API is made from, and the words that all formats share. */
import { formatNumber, pluralize } from '../../diagnostic/words.ts'
import type { Coverage, EndpointCoverage, OperationCoverage, OpenApiNote } from '../../openapi/index.ts'

export interface CoverageReport {
  /** The names of the sources to show. */
  readonly policy: string
  readonly document: string
  readonly coverage: Coverage
  /** Where an endpoint is, as in `scopes.yaml:4:7`. */
  readonly placeOf: (endpoint: EndpointCoverage) => string
  /** Whether to list everything. */
  readonly verbose: boolean
}

/** What can be found wrong; each can fail a build by itself. */
export const FINDINGS = ['unreached', 'partly', 'unused', 'undeclared', 'unmet', 'unread'] as const
export type CoverageFinding = (typeof FINDINGS)[number]

export interface Counts extends Readonly<Record<CoverageFinding, number>> {
  readonly operations: number
  readonly endpoints: number
  readonly undecided: number
}

export function countsOf({ operations, endpoints, unread }: Coverage): Counts {
  const number = (test: (operation: OperationCoverage) => boolean): number => operations.filter(test).length
  return {
    operations: operations.length,
    endpoints: endpoints.length,
    unreached: number(isUnreached),
    partly: number(({ reach }) => reach === 'partly'),
    unused: endpoints.filter(isUnused).length,
    undeclared: number(({ undeclared }) => undeclared.length > 0),
    unmet: number(({ unmet }) => unmet.some(({ reach }) => reach !== 'undecided')),
    unread: unread.length,
    undecided:
      number(
        ({ reach, scopes, unmet }) =>
          reach === 'undecided' || [...scopes, ...unmet].some((one) => one.reach === 'undecided'),
      ) + endpoints.filter(({ undecided }) => undecided !== undefined).length,
  }
}

/** Not where the document itself asks for no token. */
export function isUnreached(operation: OperationCoverage): boolean {
  return operation.reach === 'none' && !asksForNone(operation)
}

export function isOpen(operation: OperationCoverage): boolean {
  return operation.reach === 'none' && asksForNone(operation)
}

function asksForNone({ asks }: OperationCoverage): boolean {
  return asks === 'nothing' || asks === 'other'
}

export function isUnused({ operations, undecided }: EndpointCoverage): boolean {
  return operations === 0 && undecided === undefined
}

/** One clause about all: whatever is not known to be reached in full is counted. */
export function coverageHeadline({ coverage }: CoverageReport): string {
  const { operations, endpoints, unreached, partly, unused, unread, undecided } = countsOf(coverage)
  const open = coverage.operations.filter(isOpen).length
  const parts = [
    unreached === 0
      ? ''
      : `${formatNumber(unreached)} of ${pluralize(operations, 'operation')} reached by no scope`,
    partly === 0 ? '' : `${formatNumber(partly)} in part`,
    unused === 0 ? '' : `${formatNumber(unused)} of ${pluralize(endpoints, 'endpoint')} without an operation`,
    undecided === 0 ? '' : `${formatNumber(undecided)} undecided`,
    unread === 0 ? '' : `${pluralize(unread, 'part')} of the document not understood`,
  ].filter((part) => part !== '')
  if (parts.length > 0) return parts.join(', ')
  if (operations === 0) return 'the document has no operations'
  if (open > 0) {
    const others = operations === open ? '' : ', the others reached in full'
    return `${formatNumber(open)} of ${pluralize(operations, 'operation')} without a token${others}`
  }
  return operations === 1
    ? '1 operation, reached in full'
    : `${pluralize(operations, 'operation')}, all reached in full`
}

/** For each scope that reaches operations which do not ask for it, those operations. */
export function undeclaredByScope({
  operations,
}: Coverage): ReadonlyMap<string, readonly OperationCoverage[]> {
  const found = new Map<string, OperationCoverage[]>()
  for (const operation of operations) {
    for (const scope of operation.undeclared) {
      const list = found.get(scope)
      if (list === undefined) found.set(scope, [operation])
      else list.push(operation)
    }
  }
  return found
}

/** Notes of one kind, in the order in which the kinds come up. */
export function notesByCode(notes: readonly OpenApiNote[]): ReadonlyMap<string, readonly OpenApiNote[]> {
  const found = new Map<string, OpenApiNote[]>()
  for (const note of notes) found.set(note.code, [...(found.get(note.code) ?? []), note])
  return found
}

export const TITLES = {
  unreached: 'reached by no scope',
  open: 'reached by no scope, and the document asks for no token',
  partly: 'reached in part',
  unused: 'endpoints that reach no operation',
  undeclared: 'reached by scopes that the document does not ask for',
  unmet: 'not reached by the scopes that the document asks for',
  unread: 'parts of the document that are not understood',
  scopes: 'scopes of each operation',
} as const
