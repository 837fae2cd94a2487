/**
 * Annotations on GitHub: one workflow command for each finding, on its own line.
 *
 * The runner reads a line that begins with `::` up to the next `::` as name and properties, separated by
 * commas, and the rest as the message; what would end a part is written as `%` and two hex digits. There are
 * no such escapes for other controls, so these are spelled out as in every text for people.
 *
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
import type { Diagnostic, Severity } from '../../diagnostic/diagnostic.ts'
import { noteLines } from './lines.ts'
import { lastLine, repositoryPath } from './place.ts'
import type { FileReport, ReportSettings } from './report.ts'
import { sanitize } from '../safe.ts'

const COMMAND = { error: 'error', warning: 'warning', info: 'notice' } as const satisfies Record<
  Severity,
  string
>

export function github(files: readonly FileReport[], settings: ReportSettings): string {
  const lines = files.flatMap(({ path, diagnostics }) => {
    const name = repositoryPath(path, settings)
    return diagnostics.map((found) => `${annotation(found, name)}\n`)
  })
  return lines.join('')
}

function annotation(found: Diagnostic<string>, path: string): string {
  const { start, end } = found.range
  const properties = [
    ['file', fileName(path)],
    ['line', start.line],
    ['endLine', lastLine(found.range)],
    // The runner takes columns of one line only.
    ...(start.line === end.line
      ? ([
          ['col', start.column],
          ['endColumn', end.column],
        ] as const)
      : []),
    ['title', `scope-policy (${sanitize(found.code)})`],
  ] as const
  const message = [sanitize(found.message), ...noteLines(found, path)].join('\n')
  const shown = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
  return `::${COMMAND[found.severity]} ${shown.join(',')}::${escapeData(message)}`
}

/** The runner strips spaces around the properties and `=` at the start of a value. */
function fileName(path: string): string {
  const shown = sanitize(path)
  return /^[\s=]/.test(shown) ? `./${shown}` : shown
}

function escapeData(text: string): string {
  return text.replace(/[%\r\n]/g, encodeURIComponent)
}

function escapeProperty(text: string): string {
  return text.replace(/[%\r\n:,]/g, encodeURIComponent)
}
