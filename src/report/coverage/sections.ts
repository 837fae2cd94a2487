/** Sections of a report about a policy and a document, at a terminal and in a pull request; empty ones are left out. */
import { formatNumber } from '../../diagnostic/words.ts'
import { code } from '../diff/markdown.ts'
import type { Colors } from '../findings/report.ts'
import { sanitizePath } from '../safe.ts'

export type Section = readonly [title: string, rows: readonly string[], color?: keyof Colors]

interface Compared {
  /** The names of the sources to show. */
  readonly policy: string
  readonly document: string
  /** Whether to list everything. */
  readonly verbose: boolean
}

/** Lines of one section, unless everything is listed. */
const MAX_LINES = 30

export function prettySections(
  { policy, document, verbose }: Compared,
  headline: string,
  sections: readonly Section[],
  colors: Colors,
): string {
  const lines = [colors.bold(`${sanitizePath(policy)} → ${sanitizePath(document)}: ${headline}`)]
  for (const [title, rows, color = 'yellow'] of sections) {
    if (rows.length === 0) continue
    const first = verbose ? rows : rows.slice(0, MAX_LINES)
    const more = rows.length - first.length
    lines.push('', colors[color](title), ...first.map((row) => `  ${row}`))
    if (more > 0) lines.push(`  and ${formatNumber(more)} more; --verbose lists them`)
  }
  return `${lines.join('\n')}\n`
}

export function markdownSections(
  { policy, document, verbose }: Compared,
  title: string,
  sections: readonly Section[],
): string {
  const lines = [`### ${title}`, '', `${code(policy)} → ${code(document)}`]
  for (const [heading, rows] of sections) {
    if (rows.length === 0) continue
    const first = verbose ? rows : rows.slice(0, MAX_LINES)
    const more = rows.length - first.length
    lines.push('', `**${heading}**`, '', ...first.map((row) => `- ${row}`))
    if (more > 0) lines.push(`- … and ${formatNumber(more)} more`)
  }
  return `${lines.join('\n')}\n`
}
