/**
 * Findings for programs: one JSON document, described by `schema/lint-report.schema.json`. `version` changes
 * only when a reader of the present form would be misled by the new one; added members do not change it.
 */
import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import { sanitizeJson } from '../safe.ts'
import { summarize } from './report.ts'
import type { FileReport } from './report.ts'

export function json(files: readonly FileReport[]): string {
  return toJsonText({
    version: 1,
    files: files.map(({ path, diagnostics }) => ({ path, diagnostics: diagnostics.map(members) })),
    summary: summarize(files),
  })
}

/** A value as indented JSON that is safe to show in a terminal, ending in a line end. */
export function toJsonText(value: unknown): string {
  return `${sanitizeJson(JSON.stringify(value, null, 2))}\n`
}

/** The members in a fixed order, whatever order the diagnostic was built in. */
function members(found: Diagnostic<string>): Diagnostic<string> {
  const { code, severity, message, help, span, range, related, fix } = found
  return {
    code,
    severity,
    message,
    ...(help === undefined ? {} : { help }),
    span,
    range,
    ...(related === undefined ? {} : { related }),
    ...(fix === undefined ? {} : { fix }),
  }
}
