/**
 * The comparison of two policies as a comment on a pull request: what a reviewer must know first, one
 * example request each.
 *
 * Everything that comes from the documents is in code spans, where neither HTML nor links, mentions
 * or emphasis mean anything, and which are fenced with more backticks than the text has in a row.
 */
import type { ChangedEndpoint, ScopeChange } from '../../analysis/index.ts'
import { formatNumber } from '../../diagnostic/words.ts'
import {
  type DiffReport,
  changedScopes,
  headline,
  labelText,
  MAX_ENDPOINTS,
  MAX_SCOPES,
  SAME_LABEL,
  statusText,
} from './report.ts'
import { sanitize } from '../safe.ts'

const MAX_LABEL_LENGTH = 200

export function diffMarkdown(report: DiffReport): string {
  const { comparison } = report
  const lines = [`### Scope policy: ${headline(report)}`, '']
  lines.push(`${code(report.before)} → ${code(report.after)}`)
  if (comparison.options.length > 0)
    lines.push('', `Options changed: ${comparison.options.map(code).join(', ')}`)
  // What people consented to without being asked again comes first.
  const scopes = [...changedScopes(report)].sort((a, b) => rank(a) - rank(b))
  for (const scope of scopes.slice(0, MAX_SCOPES)) lines.push('', ...section(scope, report))
  if (scopes.length > MAX_SCOPES)
    lines.push('', `… and ${formatNumber(scopes.length - MAX_SCOPES)} more scopes`)
  for (const { scopes: pair, change, witness } of comparison.combined.slice(0, MAX_SCOPES)) {
    const verb = change === 'widened' ? 'now allow' : 'no longer allow'
    lines.push(
      '',
      `${pair.map(code).join(' and ')} together ${verb} ${code(`${witness.method} ${witness.path}`)}`,
    )
  }
  return `${lines.join('\n')}\n`
}

function rank({ sameLabelMoreAccess, added, removed }: ScopeChange): number {
  if (sameLabelMoreAccess) return 0
  return added.length > 0 ? 1 : removed.length > 0 ? 2 : 3
}

function section(scope: ScopeChange, report: DiffReport): readonly string[] {
  const { added, removed, relabelled, sameLabelMoreAccess } = scope
  const label = code(labelText(report.labelOf(scope.scope)))
  return [
    `**${code(scope.scope)}**: ${statusText(scope, code)}`,
    ...(sameLabelMoreAccess ? [`- ⚠️ ${SAME_LABEL}: ${label}`] : []),
    ...(relabelled ? [`- the label changed: ${label}`] : []),
    ...entries('now allows', added),
    ...entries('no longer allows', removed),
  ]
}

function entries(verb: string, endpoints: readonly ChangedEndpoint[]): readonly string[] {
  const lines = endpoints.slice(0, MAX_ENDPOINTS).map(({ endpoint, methods, witness }) => {
    const example = code(`${witness.method} ${witness.path}`)
    return `- ${verb} ${methods.map(code).join(', ')} on ${code(endpoint)}, such as ${example}`
  })
  const more = endpoints.length - lines.length
  return more > 0 ? [...lines, `- ${verb} ${formatNumber(more)} more endpoints`] : lines
}

/** A code span whose text is exactly this, on one line; GFM §6.1. */
export function code(text: string): string {
  const shown =
    text.length > MAX_LABEL_LENGTH ? `${text.slice(0, MAX_LABEL_LENGTH - 40)}…${text.slice(-39)}` : text
  const safe = sanitize(shown).trim() || ' '
  const runs = [...safe.matchAll(/`+/g)].map(([run]) => run.length)
  const fence = '`'.repeat(Math.max(0, ...runs) + 1)
  const space = safe.startsWith('`') || safe.endsWith('`') ? ' ' : ''
  return `${fence}${space}${safe}${space}${fence}`
}
