/**
 * Code quality on GitLab: a list of findings by file and line.
 *
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
import type { Severity } from '../../diagnostic/diagnostic.ts'
import { fingerprints } from './fingerprint.ts'
import { toJsonText } from './json.ts'
import { lastLine, repositoryPath } from './place.ts'
import type { FileReport, ReportSettings } from './report.ts'
import { sanitize, wellFormed } from '../safe.ts'

const SEVERITY = { error: 'major', warning: 'minor', info: 'info' } as const satisfies Record<
  Severity,
  string
>

export function gitlab(files: readonly FileReport[], settings: ReportSettings): string {
  const names = fingerprints(files, settings)
  const findings = files.flatMap(({ path, diagnostics }, file) =>
    diagnostics.map(({ code, severity, message, range }, at) => ({
      description: sanitize(message),
      check_name: sanitize(code),
      fingerprint: names[file]?.[at] ?? '',
      severity: SEVERITY[severity],
      location: {
        path: wellFormed(repositoryPath(path, settings)),
        lines: { begin: range.start.line, end: lastLine(range) },
      },
    })),
  )
  return toJsonText(findings)
}
