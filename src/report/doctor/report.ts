/** What a report of `doctor` is made from, and the words that all formats share. */
import { formatNumber } from '../../diagnostic/words.ts'
import type { PlacedFinding } from '../../doctor/places.ts'
import { DOCTOR_FINDINGS, type DoctorFindingKind, type Finding, type SourceKind } from '../../doctor/types.ts'

/** A document and what differs from the policy. */
export interface DoctorSource {
  readonly kind: SourceKind
  /** The name or address to show. */
  readonly path: string
  /** How many scopes it has. */
  readonly scopes: number
  readonly findings: readonly PlacedFinding[]
}

export interface DoctorReport {
  /** The name of the policy to show. */
  readonly policy: string
  readonly sources: readonly DoctorSource[]
}

export const SOURCE_TITLES: Readonly<Record<SourceKind, string>> = {
  as: 'authorization server metadata',
  resource: 'resource metadata',
  openapi: 'OpenAPI document',
  mcp: 'MCP server',
  authzen: 'AuthZEN configuration',
}

const ITEMS: Readonly<Record<string, string>> = { resourceTemplate: 'template' }

export function doctorCounts({ sources }: DoctorReport): Readonly<Record<DoctorFindingKind, number>> {
  const all = sources.flatMap(({ findings }) => findings)
  const counts = DOCTOR_FINDINGS.map((kind) => [kind, all.filter((one) => one.kind === kind).length] as const)
  return Object.fromEntries(counts) as Record<DoctorFindingKind, number>
}

/** One clause about all. */
export function doctorHeadline({ sources }: DoctorReport): string {
  const number = sources.reduce((sum, { findings }) => sum + findings.length, 0)
  if (number === 0) return 'nothing differs'
  const wrong = sources.filter(({ findings }) => findings.length > 0).length
  const documents = `${formatNumber(wrong)} of ${formatNumber(sources.length)} ${sources.length === 1 ? 'document' : 'documents'}`
  return `${formatNumber(number)} ${number === 1 ? 'difference' : 'differences'} in ${documents}`
}

/** A finding as one clause; `term` shows text of the documents. */
export function doctorText(finding: Finding, term: (text: string) => string): string {
  switch (finding.kind) {
    case 'missing': {
      const { scope, requestAs } = finding
      return `${term(scope)} is missing${requestAs === undefined ? '' : `, which clients ask for as ${term(requestAs)}`}`
    }
    case 'extra':
      return finding.isCombination === true
        ? `${term(finding.listed)} is a combination in the policy; list each of its scopes`
        : `${term(finding.listed)} is not in the policy`
    case 'renamed':
      return `${term(finding.listed)} is not in the policy; did you mean ${term(finding.scope)}?`
    case 'described':
      return `${term(finding.listed)} is described as ${term(finding.text)}, and its label is ${term(finding.label)}`
    case 'unlisted':
      return 'it lists no scopes'
    case 'unread': {
      const { text, pointer } = finding
      return `not understood: ${term(text)}${pointer === undefined ? '' : ` at ${term(`#${pointer}`)}`}`
    }
    case 'address':
      return `the address ${term(finding.listed)} does not agree with ${finding.expected.map(term).join(', ')}`
    case 'unreached':
      return `no token may use the ${itemText(finding.item)} ${term(finding.listed)}`
    case 'unused':
      return `the ${itemText(finding.item)} ${term(finding.pattern)} of ${term(finding.scope)} matches nothing here`
  }
}

function itemText(item: string): string {
  return ITEMS[item] ?? item
}

/** The document with line and column of a finding, as editors and terminals open it. */
export function placeOf({ path }: DoctorSource, { line, column }: PlacedFinding): string {
  return line === undefined || column === undefined ? path : `${path}:${line}:${column}`
}
