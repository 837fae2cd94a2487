/**
 * Findings for programs: one JSON document, described by `schema/lint-report.schema.json`. `version` changes
 * only when a reader of the present form would be misled by the new one; added members do not change it.
 */
import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import { sanitizeJson } from '../safe.ts'
import { summarize, type FileReport } from './report.ts'

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

/** The same text in pieces, one for each item of a list that is a member: a long report never is one string. */
export function* toJsonPieces(value: object): Generator<string> {
  let separator = '{'
  for (const [name, member] of Object.entries(value) as [string, unknown][]) {
    if (member === undefined) continue
    const key = `${separator}\n  ${JSON.stringify(name)}: `
    separator = ','
    if (!Array.isArray(member) || member.length === 0) {
      yield sanitizeJson(key + indented(member, 2))
      continue
    }
    yield sanitizeJson(`${key}[`)
    for (const [index, item] of member.entries())
      yield sanitizeJson(`${index === 0 ? '' : ','}\n    ${indented(item, 4)}`)
    yield '\n  ]'
  }
  yield separator === '{' ? '{}\n' : '\n}\n'
}

/** The lines after the first with `spaces` more before them; inside of strings JSON has no line end. */
function indented(value: unknown, spaces: number): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${' '.repeat(spaces)}`)
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
