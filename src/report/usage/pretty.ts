/** What clients use, for people at a terminal. */
import { count, quote } from '../../diagnostic/words.ts'
import type { ClientUsage, UsageReport } from '../../usage/usage.ts'
import type { Colors } from '../report.ts'
import { commandless, harmless } from '../safe.ts'

/** Denied requests and endpoints that are listed before the rest is counted. */
const MAX_LISTED = 10

export function usagePretty(report: UsageReport, colors: Colors): string {
  const lines = report.clients.flatMap((client) => [...clientLines(client, colors), ''])
  const { unusedEndpoints, lines: all, unparsed, unattributed, examples } = report
  if (unusedEndpoints.length > 0) {
    lines.push(colors.bold(`${counted(unusedEndpoints.length, 'endpoint')} that no request used`))
    for (const { scope, endpoint, methods } of unusedEndpoints.slice(0, MAX_LISTED))
      lines.push(`  ${term(endpoint)} of ${term(scope)} for ${methods.join(', ')}`)
    lines.push(...rest(unusedEndpoints.length), '')
  }
  lines.push(
    `${counted(all, 'line')}, ${count(unattributed)} of no client, ${count(unparsed)} not understood`,
  )
  for (const example of examples.unparsed) lines.push(`  not understood: ${commandless(harmless(example))}`)
  for (const example of examples.unattributed) lines.push(`  of no client: ${commandless(harmless(example))}`)
  return `${lines.join('\n')}\n`
}

function clientLines(
  { client, requests, needed, granted, denied, moreDenied, deprecated }: ClientUsage,
  colors: Colors,
): string[] {
  const lines = [
    colors.bold(`${commandless(harmless(client))}: ${counted(requests, 'request')}`),
    `  needs ${needed.length === 0 ? 'no scope' : needed.map(term).join(', ')}`,
  ]
  for (const { scope, use, requests: allowed, lastUsed } of granted ?? []) {
    const last = lastUsed === undefined ? '' : `, last ${harmless(lastUsed)}`
    const what = {
      needed: `needed for ${counted(allowed, 'request')}${last}`,
      replaceable: `replaceable: the scopes above allow its ${counted(allowed, 'request')} too${last}`,
      unused: colors.yellow('never used'),
    }
    lines.push(`  granted ${term(scope)}: ${what[use]}`)
  }
  if (deprecated.length > 0) lines.push(`  deprecated in use: ${deprecated.map(term).join(', ')}`)
  for (const one of denied.slice(0, MAX_LISTED)) {
    const times = one.count === 1 ? '' : ` (${count(one.count)} times)`
    const request = commandless(harmless(`${one.method} ${one.path}`))
    lines.push(`  ${colors.red('no scope allows')} ${request}${times}: ${one.reason}`)
  }
  lines.push(...rest(denied.length + moreDenied))
  return lines
}

function rest(total: number): string[] {
  return total > MAX_LISTED ? [`  and ${count(total - MAX_LISTED)} more`] : []
}

function counted(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`
}

function term(text: string): string {
  return commandless(quote(text))
}
