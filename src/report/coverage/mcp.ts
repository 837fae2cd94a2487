/** Drift between a policy and an MCP server as a report. A format is a function, and a row of the table below. */
import { formatNumber } from '../../diagnostic/words.ts'
import type { McpCoverage, McpItemCoverage, UnusedPattern } from '../../mcp/coverage/types.ts'
import { code } from '../diff/markdown.ts'
import { toJsonText } from '../findings/json.ts'
import type { Colors } from '../findings/report.ts'
import { sanitize, term as shownTerm } from '../safe.ts'
import { markdownSections, prettySections, type Section } from './sections.ts'

export interface McpCoverageReport {
  /** The names of the sources to show. */
  readonly policy: string
  readonly document: string
  readonly coverage: McpCoverage
  /** Where a pattern is, as in `scopes.yaml:4:7`. */
  readonly placeOf: (pattern: UnusedPattern) => string
  /** Whether to list everything. */
  readonly verbose: boolean
}

/** What can be found wrong; each can fail a build by itself. */
export const MCP_FINDINGS = ['unreached', 'unused', 'misleading'] as const
export type McpFinding = (typeof MCP_FINDINGS)[number]

type Counts = Readonly<Record<McpFinding | 'items', number>>

export function mcpCountsOf({ items, unused, misleading }: McpCoverage): Counts {
  return {
    items: items.length,
    unreached: items.filter(isUnreached).length,
    unused: unused.length,
    misleading: misleading.length,
  }
}

export type McpCoverageFormat = 'pretty' | 'json' | 'markdown'

export const MCP_COVERAGE_FORMATS: Readonly<
  Record<McpCoverageFormat, (report: McpCoverageReport, colors: Colors) => string>
> = { pretty, json, markdown }

const TITLES = {
  unreached: 'used by no token',
  unused: 'patterns that match nothing',
  misleading: 'labels that promise to read only, and tools that change something',
  scopes: 'scopes of each name',
} as const

const KINDS = { tool: 'tool', prompt: 'prompt', resource: 'resource', resourceTemplate: 'template' } as const

function json({ policy, document, coverage }: McpCoverageReport): string {
  return toJsonText({ version: 1, policy, document, ...coverage, summary: mcpCountsOf(coverage) })
}

function pretty(report: McpCoverageReport, colors: Colors): string {
  const wording = { term: shownTerm, place: sanitize, plain: sanitize }
  return prettySections(report, headline(report), sections(report, wording), colors)
}

function markdown(report: McpCoverageReport): string {
  const wording = { term: code, place: code, plain: code }
  return markdownSections(
    report,
    `Scope policy and MCP server: ${headline(report)}`,
    sections(report, wording),
  )
}

/** How a format shows names, places and words. */
interface Wording {
  readonly term: (text: string) => string
  readonly place: (text: string) => string
  readonly plain: (text: string) => string
}

function sections(
  { coverage, placeOf }: McpCoverageReport,
  { term, place, plain }: Wording,
): readonly Section[] {
  const { items, unused, misleading } = coverage
  const named = ({ kind, name }: McpItemCoverage): string => `${KINDS[kind]} ${term(name)}`
  return [
    [
      TITLES.unreached,
      items
        .filter(isUnreached)
        .map(
          (item) => `${named(item)}${item.reach === 'refused' ? ': its name has more than one reading' : ''}`,
        ),
      'red',
    ],
    [
      TITLES.unused,
      unused.map(
        (one) => `${place(placeOf(one))}: ${one.kind} ${term(one.pattern)} (scope ${term(one.scope)})`,
      ),
    ],
    [
      TITLES.misleading,
      misleading.map(
        ({ scope, label, tool }) => `${term(scope)} says ${term(label)}, and opens ${term(tool)}`,
      ),
    ],
    [TITLES.scopes, items.map((item) => `${named(item)}: ${scopesText(item, plain)}`), 'bold'],
  ]
}

function scopesText({ reach, sets }: McpItemCoverage, plain: (text: string) => string): string {
  if (reach === 'baseline') return 'every valid token'
  return sets.length === 0 ? 'none' : sets.map((set) => set.map(plain).join(' + ')).join(', ')
}

function headline({ coverage }: McpCoverageReport): string {
  const { items, unreached, unused, misleading } = mcpCountsOf(coverage)
  if (items === 0) return 'the lists are empty'
  const parts = [
    unreached === 0 ? '' : `${formatNumber(unreached)} of ${formatNumber(items)} names used by no token`,
    unused === 0
      ? ''
      : `${formatNumber(unused)} ${unused === 1 ? 'pattern matches' : 'patterns match'} nothing`,
    misleading === 0 ? '' : `${formatNumber(misleading)} misleading ${misleading === 1 ? 'label' : 'labels'}`,
  ].filter((part) => part !== '')
  return parts.length > 0 ? parts.join(', ') : `all ${formatNumber(items)} names are reached`
}

function isUnreached({ reach }: McpItemCoverage): boolean {
  return reach === 'none' || reach === 'refused'
}
