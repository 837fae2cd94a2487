/**
 * What clients use, as one page without script and without requests: scopes over time, use by client, and
 * the lists of the other formats.
 *
 * Everything that a log states is text of the page; its content security policy allows its own style by the
 * hash, and nothing else. Plots are inline SVG, drawn in the colors of the page, light or dark.
 */
import { createHash } from 'node:crypto'
import { formatNumber, visible } from '../../diagnostic/words.ts'
import type {
  ClientUsage,
  CountedRequest,
  GrantedScope,
  UsageReport,
  UsageTimeline,
} from '../../usage/types.ts'
import { plotTimeline } from './plot.ts'

const MAX_CLIENTS = 500
const MAX_MATRIX = 40
const MAX_SCOPES = 40
const MAX_LISTED = 8
const MAX_ROWS = 1_000

const STYLE = `:root{color-scheme:light dark;--ink:light-dark(#1b1f24,#e6e8eb);--soft:light-dark(#57606a,#9aa4ae);--line:light-dark(#d8dee4,#343b44);--page:light-dark(#fff,#14181d);--mark:light-dark(#2563a8,#6cb0f2);--bad:light-dark(#a40e26,#ff8f8f);--warn:light-dark(#8a5300,#e7b45c)}
body{background:var(--page);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}
h1{font-size:1.6rem;margin:0}h2{font-size:1.2rem;margin:2.5rem 0 .5rem}p{margin:.3rem 0}
.scroll{overflow-x:auto}table{border-collapse:collapse}th,td{border-bottom:1px solid var(--line);padding:.35rem .6rem;text-align:left;vertical-align:top}
thead th{color:var(--soft);font-weight:600}tbody th{font-weight:600;min-width:7rem}.n{text-align:right;font-variant-numeric:tabular-nums}
code{font:.88em ui-monospace,monospace;overflow-wrap:anywhere}ul{margin:.2rem 0;padding-left:1.1rem}.soft{color:var(--soft)}.bad{color:var(--bad)}.warn{color:var(--warn)}
svg{display:block}svg text{fill:var(--soft);font:12px system-ui,sans-serif}svg .label{fill:var(--ink)}svg .bar{fill:var(--mark)}svg .axis{stroke:var(--line);stroke-width:1}
.matrix thead th{font-weight:400;height:8rem;vertical-align:bottom}.matrix thead th span{writing-mode:vertical-rl;transform:rotate(180deg)}
.matrix td{text-align:center;padding:.2rem .3rem;font-variant-numeric:tabular-nums}
.q1{background:color-mix(in srgb,var(--mark) 12%,transparent)}.q2{background:color-mix(in srgb,var(--mark) 26%,transparent)}.q3{background:color-mix(in srgb,var(--mark) 42%,transparent)}
.needed{box-shadow:inset 0 0 0 2px var(--mark)}.unused{box-shadow:inset 0 0 0 2px var(--warn)}`

const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`

export function usageHtml(report: UsageReport): string {
  const { clients, lines, unparsed, unattributed, period, timeline } = report
  const range = period === undefined ? '' : `, from ${text(period.from)} to ${text(period.to)}`
  const examples = [
    ...report.examples.unparsed.map((one) => `<li>not understood: ${code(one)}</li>`),
    ...report.examples.unattributed.map((one) => `<li>of no client: ${code(one)}</li>`),
  ].join('')
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>Use of scopes</title><style>${STYLE}</style></head><body>
<h1>Use of scopes</h1>
<p>${formatNumber(clients.length)} clients, ${formatNumber(lines)} lines${range}: ${formatNumber(unattributed)} of no client, ${formatNumber(unparsed)} not understood.</p>
${examples === '' ? '' : `<ul class="soft">${examples}</ul>`}
${timelineSection(timeline)}
${matrixSection(clients)}
${clientSection(clients)}
${endpointSection('Endpoints that no request used', report.unusedEndpoints)}
${endpointSection('Methods that no request used', report.unusedMethods)}
</body></html>
`
}

function timelineSection(timeline: UsageTimeline | undefined): string {
  if (timeline === undefined) return ''
  const { scopes } = timeline
  const more = rest(scopes.length, MAX_SCOPES, 'scopes')
  return `<h2>Scopes over time</h2>
<p class="soft">Requests that each scope allows, each row to its own scale, with its highest bar on the right. A request that several scopes allow counts for each.</p>
<div class="scroll">${plotTimeline(timeline, MAX_SCOPES, text)}</div>${more}`
}

function matrixSection(clients: readonly ClientUsage[]): string {
  const columns = [
    ...new Set(clients.flatMap(({ scopes, unused }) => [...scopes.map(({ scope }) => scope), ...unused])),
  ]
  if (columns.length === 0) return ''
  const listed = columns.slice(0, MAX_SCOPES)
  const rows = [...clients].sort((a, b) => b.requests - a.requests).slice(0, MAX_MATRIX)
  const head = listed.map((scope) => `<th scope="col"><span>${code(scope)}</span></th>`).join('')
  const body = rows.map((client) => {
    const requests = new Map(client.scopes.map((one) => [one.scope, one.requests]))
    const cells = listed.map((scope) => {
      const number = requests.get(scope) ?? 0
      const level = number === 0 ? '' : `q${Math.min(3, Math.ceil((3 * number) / client.requests))}`
      const mark = client.needed.includes(scope) ? ' needed' : client.unused.includes(scope) ? ' unused' : ''
      const shown = number === 0 ? (mark === ' unused' ? 'never' : '') : short(number)
      return `<td class="${`${level}${mark}`.trim()}">${shown}</td>`
    })
    return `<tr><th scope="row">${code(client.client)}</th><td class="n">${formatNumber(client.requests)}</td>${cells.join('')}</tr>`
  })
  return `<h2>Use by client</h2>
<p class="soft">Requests that each scope allows, darker for a larger share of the client's requests. Framed: <span class="needed">&nbsp;needed&nbsp;</span> <span class="unused">&nbsp;granted and never used&nbsp;</span></p>
<div class="scroll"><table class="matrix"><thead><tr><th scope="col">Client</th><th scope="col">Requests</th>${head}</tr></thead>
<tbody>${body.join('\n')}</tbody></table></div>${rest(clients.length, MAX_MATRIX, 'clients')}${rest(columns.length, MAX_SCOPES, 'scopes')}`
}

function clientSection(clients: readonly ClientUsage[]): string {
  const rows = clients.slice(0, MAX_CLIENTS).map((client) => {
    const { needed, isMinimal, granted, unused, deprecated, denied, moreDenied, refused, moreRefused } =
      client
    const refusals = [
      ...denied
        .slice(0, MAX_LISTED)
        .map((one) => `<li>${request(one)}: <span class="bad">${text(one.reason)}</span></li>`),
      ...refused
        .slice(0, MAX_LISTED)
        .map((one) => `<li>${request(one)}: refused with ${one.status}, allowed by ${sets(one.scopes)}</li>`),
      ...(client.notGranted ?? []).map(
        (one) => `<li>${request(one)}: <span class="warn">not granted, and not refused</span></li>`,
      ),
    ]
    const left =
      Math.max(0, denied.length - MAX_LISTED) +
      moreDenied +
      Math.max(0, refused.length - MAX_LISTED) +
      moreRefused
    if (left > 0) refusals.push(`<li>and ${formatNumber(left)} more</li>`)
    const honest = isMinimal ? '' : ' <span class="warn">enough; not proved to be the fewest</span>'
    const scopes = granted === undefined ? names(unused) : `<ul>${granted.map(grantedItem).join('')}</ul>`
    const old = deprecated.length === 0 ? '' : `<p class="warn">deprecated in use: ${names(deprecated)}</p>`
    return `<tr><th scope="row">${code(client.client)}</th><td class="n">${formatNumber(client.requests)}</td><td>${names(needed)}${honest}${old}</td><td>${scopes}</td><td>${refusals.length === 0 ? '' : `<ul>${refusals.join('')}</ul>`}</td></tr>`
  })
  return `<h2>Clients</h2>
<div class="scroll"><table><thead><tr><th scope="col">Client</th><th scope="col">Requests</th><th scope="col">Needs</th><th scope="col">Granted</th><th scope="col">Denied or refused</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>${rest(clients.length, MAX_CLIENTS, 'clients')}`
}

function grantedItem({
  scope,
  use,
  requests,
  lastUsed,
  unusedSince,
  neededFor = [],
  replaceableBy = [],
}: GrantedScope): string {
  const last = lastUsed === undefined ? '' : `, last ${text(lastUsed)}`
  const purpose = {
    needed: `needed for ${formatNumber(requests)} requests${last}${neededFor.map((one) => `<br>${request(one)}`).join('')}`,
    replaceable: `replaceable by ${names(replaceableBy)} for its ${formatNumber(requests)} requests${last}`,
    unused: `<span class="warn">never used${unusedSince === undefined ? '' : ` since ${text(unusedSince)}`}</span>`,
  }
  return `<li>${code(scope)}: ${purpose[use]}</li>`
}

function endpointSection(title: string, endpoints: UsageReport['unusedEndpoints']): string {
  if (endpoints.length === 0) return ''
  const items = endpoints
    .slice(0, MAX_ROWS)
    .map(
      ({ scope, endpoint, methods }) =>
        `<tr><td>${code(scope)}</td><td>${code(endpoint)}</td><td>${text(methods.join(', '))}</td></tr>`,
    )
  return `<h2>${title}</h2><div class="scroll"><table><thead><tr><th scope="col">Scope</th><th scope="col">Endpoint</th><th scope="col">Methods</th></tr></thead><tbody>${items.join('\n')}</tbody></table></div>${rest(endpoints.length, MAX_ROWS, 'endpoints')}`
}

function request({ method, path, count: times }: CountedRequest): string {
  return `${code(`${method} ${path}`)}${times === 1 ? '' : ` ${formatNumber(times)} times`}`
}

function sets(list: readonly (readonly string[])[]): string {
  return list.length === 0 ? 'every token' : list.map((set) => set.map(code).join(' and ')).join(', or ')
}

function names(list: readonly string[]): string {
  return list.length === 0 ? '–' : list.map(code).join(', ')
}

function rest(total: number, listed: number, noun: string): string {
  return total > listed ? `<p class="soft">${formatNumber(total - listed)} more ${noun}.</p>` : ''
}

/** At most four characters. */
function short(number: number): string {
  if (number < 1_000) return String(number)
  const [unit, name] = number < 1e6 ? [1e3, 'k'] : number < 1e9 ? [1e6, 'M'] : [1e9, 'G']
  const value = number / unit
  return `${value < 10 ? Math.floor(value * 10) / 10 : Math.floor(value)}${name}`
}

function code(value: string): string {
  return `<code>${text(value)}</code>`
}

function text(value: string): string {
  return visible(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
