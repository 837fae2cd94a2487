/** What clients use, as tables for a pull request or a wiki. */
import { formatNumber, quote } from '../../diagnostic/words.ts'
import type { ClientUsage, GrantedScope, UsageReport } from '../../usage/types.ts'
import { neutralizeCiCommands } from '../safe.ts'

const MAX_ROWS = 200

export function usageMarkdown(report: UsageReport): string {
  const { clients, unusedEndpoints, unusedMethods, lines, unparsed, unattributed, period } = report
  const granted = clients.flatMap(({ client, granted: scopes = [] }) =>
    scopes.map((scope) => [code(client), code(scope.scope), purpose(scope)]),
  )
  const range = period === undefined ? '' : ` from ${period.from} to ${period.to}`
  const parts = [
    table(['Client', 'Requests', 'Needs', 'Never used', 'No scope allows', 'Refused'], clients.map(row)),
    ...section('Granted scopes', ['Client', 'Scope', 'Use'], granted),
    ...endpointSection('Endpoints that no request used', unusedEndpoints),
    ...endpointSection('Methods that no request used', unusedMethods),
    `${formatNumber(lines)} lines${range}, ${formatNumber(unattributed)} of no client, ${formatNumber(unparsed)} not understood.`,
  ]
  return `${parts.join('\n\n')}\n`
}

function endpointSection(title: string, endpoints: UsageReport['unusedEndpoints']): readonly string[] {
  const rows = endpoints.map(({ scope, endpoint, methods }) => {
    return [code(scope), code(endpoint), methods.join(', ')]
  })
  return section(title, ['Scope', 'Endpoint', 'Methods'], rows)
}

function row(one: ClientUsage): readonly string[] {
  const total = (list: readonly { readonly count: number }[], more: number): string =>
    formatNumber(list.reduce((sum, { count: times }) => sum + times, more))
  return [
    code(one.client),
    formatNumber(one.requests),
    `${list(one.needed)}${one.isMinimal ? '' : ' (not proved to be the fewest)'}`,
    list(one.unused),
    total(one.denied, one.moreDenied),
    total(one.refused, one.moreRefused),
  ]
}

function purpose({ use, requests, lastUsed, unusedSince, replaceableBy = [] }: GrantedScope): string {
  const last = lastUsed === undefined ? '' : `, last ${lastUsed}`
  if (use === 'unused') return `never used${unusedSince === undefined ? '' : ` since ${unusedSince}`}`
  return use === 'needed'
    ? `needed, ${formatNumber(requests)} requests${last}`
    : `replaceable by ${list(replaceableBy)}, ${formatNumber(requests)} requests${last}`
}

function section(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  return rows.length === 0 ? [] : [`**${title}**`, table(head, rows)]
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const listed = rows.slice(0, MAX_ROWS).map(line)
  const more = rows.length > MAX_ROWS ? [`\n${rows.length - MAX_ROWS} more`] : []
  return [line(head), line(head.map(() => '---')), ...listed, ...more].join('\n')
}

function list(names: readonly string[]): string {
  return names.length === 0 ? '–' : names.map(code).join(', ')
}

/** Text of a log in a cell of a table: nothing in it ends the cell or begins markup. */
function code(text: string): string {
  const safe = neutralizeCiCommands(quote(text)).slice(1, -1).replaceAll('`', "'").replaceAll('|', '\\|')
  return `\`${safe}\``
}
