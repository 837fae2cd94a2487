/** What clients use, as tables for a pull request or a wiki. */
import { quote } from '../../diagnostic/words.ts'
import type { UsageReport } from '../../usage/usage.ts'
import { commandless } from '../safe.ts'

const MAX_ROWS = 200

export function usageMarkdown({
  clients,
  unusedEndpoints,
  lines,
  unparsed,
  unattributed,
}: UsageReport): string {
  const parts = [
    table(
      ['Client', 'Requests', 'Needs', 'Never used', 'No scope allows'],
      clients.map((one) => [
        code(one.client),
        String(one.requests),
        list(one.needed),
        list(one.unused),
        String(one.denied.reduce((sum, { count }) => sum + count, one.moreDenied)),
      ]),
    ),
    ...(unusedEndpoints.length === 0
      ? []
      : [
          '**Endpoints that no request used**',
          table(
            ['Scope', 'Endpoint', 'Methods'],
            unusedEndpoints.map(({ scope, endpoint, methods }) => [
              code(scope),
              code(endpoint),
              methods.join(', '),
            ]),
          ),
        ]),
    `${lines} lines, ${unattributed} of no client, ${unparsed} not understood.`,
  ]
  return `${parts.join('\n\n')}\n`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const shown = rows.slice(0, MAX_ROWS).map(line)
  const more = rows.length > MAX_ROWS ? [`\n${rows.length - MAX_ROWS} more`] : []
  return [line(head), line(head.map(() => '---')), ...shown, ...more].join('\n')
}

function list(names: readonly string[]): string {
  return names.length === 0 ? '–' : names.map(code).join(', ')
}

/** Text of a log in a cell of a table: nothing in it ends the cell or begins markup. */
function code(text: string): string {
  const safe = commandless(quote(text)).slice(1, -1).replaceAll('`', "'").replaceAll('|', '\\|')
  return `\`${safe}\``
}
