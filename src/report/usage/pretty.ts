/** What clients use, for people at a terminal. */
import { formatNumber, pluralize } from '../../diagnostic/words.ts'
import type { ClientUsage, CountedRequest, GrantedScope, UsageReport } from '../../usage/types.ts'
import type { Colors } from '../findings/report.ts'
import { neutralizeCiCommands, sanitize, term } from '../safe.ts'

/** Requests and endpoints that are listed before the rest is counted. */
const MAX_LISTED = 10

export function usagePretty(report: UsageReport, colors: Colors): string {
  const lines = report.clients.flatMap((client) => [...clientLines(client, colors), ''])
  const { unusedEndpoints, unusedMethods, lines: all, unparsed, unattributed, examples, period } = report
  for (const [unused, what, colon] of [
    [unusedEndpoints, 'that no request used', ' for'],
    [unusedMethods, 'with methods that no request used', ':'],
  ] as const) {
    if (unused.length === 0) continue
    lines.push(colors.bold(`${pluralize(unused.length, 'endpoint')} ${what}`))
    for (const { scope, endpoint, methods } of unused.slice(0, MAX_LISTED))
      lines.push(`  ${term(endpoint)} of ${term(scope)}${colon} ${methods.join(', ')}`)
    lines.push(...rest(unused.length), '')
  }
  const range = period === undefined ? '' : ` from ${period.from} to ${period.to}`
  lines.push(
    `${pluralize(all, 'line')}${range}, ${formatNumber(unattributed)} of no client, ${formatNumber(unparsed)} not understood`,
  )
  if (report.beyondClientLimit > 0)
    lines.push(`  ${pluralize(report.beyondClientLimit, 'request')} of clients beyond the limit`)
  for (const example of examples.unparsed) lines.push(`  not understood: ${shown(example)}`)
  for (const example of examples.unattributed) lines.push(`  of no client: ${shown(example)}`)
  return `${lines.join('\n')}\n`
}

function clientLines(client: ClientUsage, colors: Colors): string[] {
  const { needed, isMinimal, granted, denied, moreDenied, refused, moreRefused, deprecated } = client
  const honest = isMinimal ? '' : ' (enough; not proved to be the fewest)'
  const lines = [
    colors.bold(`${shown(client.client)}: ${pluralize(client.requests, 'request')}`),
    `  needs ${needed.length === 0 ? 'no scope' : needed.map(term).join(', ')}${honest}`,
  ]
  for (const one of granted ?? []) lines.push(`  granted ${term(one.scope)}: ${purpose(one, colors)}`)
  if (deprecated.length > 0) lines.push(`  deprecated in use: ${deprecated.map(term).join(', ')}`)
  for (const one of client.notGranted ?? [])
    lines.push(`  ${colors.yellow('not granted, and not refused')} ${request(one)}`)
  for (const one of denied.slice(0, MAX_LISTED))
    lines.push(`  ${colors.red('no scope allows')} ${request(one)}: ${one.reason}`)
  lines.push(...rest(denied.length + moreDenied))
  for (const one of refused.slice(0, MAX_LISTED)) {
    const sets = one.scopes.map((set) => set.map(term).join(' and '))
    const allowed = sets.length === 0 ? 'every token' : sets.join(', or ')
    lines.push(`  ${colors.yellow(`refused with ${one.status}`)} ${request(one)}: allowed by ${allowed}`)
  }
  lines.push(...rest(refused.length + moreRefused))
  return lines
}

function purpose(granted: GrantedScope, colors: Colors): string {
  const { use, requests, lastUsed, unusedSince, neededFor = [], replaceableBy = [] } = granted
  const last = lastUsed === undefined ? '' : `, last ${lastUsed}`
  if (use === 'unused')
    return colors.yellow(`never used${unusedSince === undefined ? '' : ` since ${unusedSince}`}`)
  if (use === 'replaceable') {
    const by = replaceableBy.length === 0 ? 'nothing: every token may' : replaceableBy.map(term).join(', ')
    return `replaceable by ${by} for its ${pluralize(requests, 'request')}${last}`
  }
  const examples = neededFor.map(request)
  const list = examples.length === 0 ? '' : `, such as ${examples.join(', ')}`
  return `needed for ${pluralize(requests, 'request')}${list}${last}`
}

function request({ method, path, count: times }: CountedRequest): string {
  return `${shown(`${method} ${path}`)}${times === 1 ? '' : ` (${formatNumber(times)} times)`}`
}

function rest(total: number): string[] {
  return total > MAX_LISTED ? [`  and ${formatNumber(total - MAX_LISTED)} more`] : []
}

function shown(text: string): string {
  return neutralizeCiCommands(sanitize(text))
}
