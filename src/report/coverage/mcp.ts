/** Drift between a policy and an MCP server as a report. A format is a function, and a row of the table below. */
import { formatNumber, quote } from '../../diagnostic/words.ts'
import type { McpCoverage, McpItemCoverage, UnusedPattern } from '../../mcp/coverage/types.ts'
import { code } from '../diff/markdown.ts'
import { toJsonText } from '../findings/json.ts'
import type { Colors } from '../findings/report.ts'
import { neutralizeCiCommands, sanitize, sanitizePath } from '../safe.ts'

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

const MAX_LINES = 30
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
  const term = (text: string): string => neutralizeCiCommands(quote(text))
  const heading = `${sanitizePath(report.policy)} → ${sanitizePath(report.document)}: ${headline(report)}`
  const lines = [colors.bold(heading)]
  for (const { title, rows } of sections(report, { term, place: sanitize, plain: sanitize })) {
    const color =
      title === TITLES.unreached ? colors.red : title === TITLES.scopes ? colors.bold : colors.yellow
    const { first, more } = shown(rows, report.verbose)
    lines.push('', color(title), ...first.map((row) => `  ${row}`))
    if (more > 0) lines.push(`  and ${formatNumber(more)} more; --verbose lists them`)
  }
  return `${lines.join('\n')}\n`
}

function markdown(report: McpCoverageReport): string {
  const lines = [
    `### Scope policy and MCP server: ${headline(report)}`,
    '',
    `${code(report.policy)} → ${code(report.document)}`,
  ]
  for (const { title, rows } of sections(report, { term: code, place: code, plain: code })) {
    const { first, more } = shown(rows, report.verbose)
    lines.push('', `**${title}**`, '', ...first.map((row) => `- ${row}`))
    if (more > 0) lines.push(`- … and ${formatNumber(more)} more`)
  }
  return `${lines.join('\n')}\n`
}

/** How a format shows names, places and words. */
interface Wording {
  readonly term: (text: string) => string
  readonly place: (text: string) => string
  readonly plain: (text: string) => string
}

/** The sections that have something to say. */
function sections(
  { coverage, placeOf }: McpCoverageReport,
  { term, place, plain }: Wording,
): readonly { readonly title: string; readonly rows: readonly string[] }[] {
  const { items, unused, misleading } = coverage
  const named = ({ kind, name }: McpItemCoverage): string => `${KINDS[kind]} ${term(name)}`
  const all = [
    {
      title: TITLES.unreached,
      rows: items
        .filter(isUnreached)
        .map(
          (item) => `${named(item)}${item.reach === 'refused' ? ': its name has more than one reading' : ''}`,
        ),
    },
    {
      title: TITLES.unused,
      rows: unused.map(
        (one) => `${place(placeOf(one))}: ${one.kind} ${term(one.pattern)} (scope ${term(one.scope)})`,
      ),
    },
    {
      title: TITLES.misleading,
      rows: misleading.map(
        ({ scope, label, tool }) => `${term(scope)} says ${term(label)}, and opens ${term(tool)}`,
      ),
    },
    {
      title: TITLES.scopes,
      rows: items.map((item) => `${named(item)}: ${scopesText(item, plain)}`),
    },
  ]
  return all.filter(({ rows }) => rows.length > 0)
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

function shown(
  rows: readonly string[],
  verbose: boolean,
): { readonly first: readonly string[]; readonly more: number } {
  const first = verbose ? rows : rows.slice(0, MAX_LINES)
  return { first, more: rows.length - first.length }
}
