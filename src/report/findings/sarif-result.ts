/** One finding as a `result` of SARIF (§3.27), with its places, fix and fingerprint. */
import { isAbsolute } from 'node:path'
import type { Diagnostic, Fix, Severity } from '../../diagnostic/diagnostic.ts'
import { LineIndex } from '../../source/line-index.ts'
import type { Range } from '../../source/span.ts'
import type { FileReport } from './report.ts'
import { sanitize, wellFormed } from '../safe.ts'

export const LEVEL: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' }

/** A file among the `artifacts` of the run. */
interface ArtifactLocation {
  readonly uri: string
  readonly index: number
}

export function sarifResults(
  { text, diagnostics }: FileReport,
  artifactLocation: ArtifactLocation,
  ruleIndexes: ReadonlyMap<string, number>,
  fingerprints: readonly string[],
): readonly object[] {
  const lines = diagnostics.some(({ fix }) => fix !== undefined) ? new LineIndex(text) : undefined
  const location = (range: Range): object => ({
    physicalLocation: { artifactLocation, region: region(range) },
  })
  const fixes = ({ fix }: Diagnostic<string>): object => {
    // A viewer applies a fix at a click, so one that changes the meaning of the policy is not offered.
    if (lines === undefined || fix === undefined || fix.unsafe === true) return {}
    return { fixes: [sarifFix(fix, artifactLocation, lines)] }
  }
  return diagnostics.map((found, at) => ({
    ruleId: sanitize(found.code),
    ruleIndex: ruleIndexes.get(found.code) ?? -1,
    level: LEVEL[found.severity],
    message: message(found.message, ...(found.help === undefined ? [] : [found.help])),
    locations: [location(found.range)],
    ...(found.related === undefined
      ? {}
      : {
          relatedLocations: found.related.map((other, id) => ({
            id,
            ...location(other.range),
            message: message(other.message),
          })),
        }),
    // §3.27.17 requires a version in the name: it changes with what the fingerprint is made from.
    partialFingerprints: { 'scopePolicyFinding/v1': fingerprints[at] ?? '' },
    ...fixes(found),
  }))
}

/** Lines as a message in which no brace begins a placeholder (§3.11.5) and no bracket a link (§3.11.6). */
export function message(...lines: readonly string[]): { readonly text: string } {
  const text = lines.map(sanitize).join('\n')
  return { text: text.replace(/[{}]/g, '$&$&').replaceAll('](', '] (') }
}

/**
 * A name as a URI reference (RFC 3986 §4.1), relative where the name is. Node's `pathToFileURL` is not used,
 * because it loses control characters at the end of a name.
 */
export function artifactUri(path: string): string {
  const encoded = wellFormed(path).split('/').map(encodeURIComponent).join('/')
  if (!isAbsolute(path)) return encoded
  // A drive letter keeps its colon (RFC 8089 appendix E.2).
  return `file://${encoded.replace(/^([A-Za-z])%3A/, '/$1:')}`
}

function sarifFix({ title, edits }: Fix, artifactLocation: ArtifactLocation, lines: LineIndex): object {
  const replacements = edits.map(({ span, text }) => ({
    deletedRegion: region(lines.range(span)),
    insertedContent: { text: wellFormed(text) },
  }))
  return { description: message(title), artifactChanges: [{ artifactLocation, replacements }] }
}

function region({ start, end }: Range): object {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column }
}
