/**
 * What clients use, as one page without script and without requests: a table, and a bar for each client.
 *
 * Everything that a log says is text of the page; a policy in the page forbids anything but its own style.
 */
import { visible } from '../../diagnostic/words.ts'
import type { ClientUsage, UsageReport } from '../../usage/usage.ts'

const MAX_CLIENTS = 500

const STYLE = `:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #8886}
code{font-size:.9em}svg{display:block;height:.6rem;width:100%}rect{fill:#3b82c4}.bad{color:light-dark(#a40e26,#ff8f8f)}`

export function usageHtml(report: UsageReport): string {
  const { clients, unusedEndpoints, lines, unparsed, unattributed } = report
  const most = Math.max(1, ...clients.map(({ requests }) => requests))
  const rows = clients.slice(0, MAX_CLIENTS).map((client) => row(client, most))
  const more = clients.length > MAX_CLIENTS ? `<p>${clients.length - MAX_CLIENTS} more clients.</p>` : ''
  const endpoints = unusedEndpoints
    .map(
      ({ scope, endpoint, methods }) =>
        `<li>${code(endpoint)} of ${code(scope)} for ${text(methods.join(', '))}</li>`,
    )
    .join('')
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Use of scopes</title><style>${STYLE}</style></head><body>
<h1>Use of scopes</h1>
<p>${lines} lines, ${unattributed} of no client, ${unparsed} not understood.</p>
<table><thead><tr><th scope="col">Client</th><th scope="col">Requests</th><th scope="col">Needs</th><th scope="col">Never used</th><th scope="col">No scope allows</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table>${more}
${endpoints === '' ? '' : `<h2>Endpoints that no request used</h2><ul>${endpoints}</ul>`}
</body></html>
`
}

function row({ client, requests, needed, unused, denied, moreDenied }: ClientUsage, most: number): string {
  const width = Math.max(1, Math.round((100 * requests) / most))
  const bar = `<svg role="img" aria-label="${requests} requests" viewBox="0 0 100 4" preserveAspectRatio="none"><rect width="${width}" height="4"/></svg>`
  const refused = denied.map((one) => `<li>${code(`${one.method} ${one.path}`)}, ${one.count}</li>`)
  if (moreDenied > 0) refused.push(`<li>and ${moreDenied} more</li>`)
  return `<tr><th scope="row">${text(client)}</th><td>${requests}${bar}</td><td>${names(needed)}</td><td class="bad">${names(unused)}</td><td><ul>${refused.join('')}</ul></td></tr>`
}

function names(list: readonly string[]): string {
  return list.map(code).join(', ')
}

function code(value: string): string {
  return `<code>${text(value)}</code>`
}

function text(value: string): string {
  return visible(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
