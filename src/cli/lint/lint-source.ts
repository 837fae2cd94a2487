/** One source: its bytes, what there is to say about them, and the bytes with the fixes. */
import { fix, type FixResult } from '../../lint/fix/fix.ts'
import { lintDocument, type LintOptions, type LintResult } from '../../lint/lint.ts'
import { byPlace, type FileReport, summarize, type Summary } from '../../report/findings/report.ts'
import { decodeUtf8 } from '../../source/decode.ts'
import { shownText } from '../load.ts'

/** Findings of one source that are shown: a report must end, whatever the source. Errors go first. */
const MAX_SHOWN = 10_000

export interface Linted extends FileReport {
  /** Of all findings, also of those that are not shown. */
  readonly summary: Summary
  readonly undecided: LintResult['undecided']
  readonly fixes?: Fixes
}

interface Fixes {
  readonly before: string
  readonly after: string
  readonly count: number
  readonly refused: FixResult['refused']
}

/** The loader gets the bytes, because only it checks whether they are UTF-8. */
export function lintBytes(path: string, bytes: Uint8Array, options: LintOptions): Linted {
  const { diagnostics, undecided } = lintDocument(bytes, options)
  return { ...reportOf(path, shownText(bytes), diagnostics), undecided }
}

/** What is left after the fixes, and the fixes. Bytes that are not UTF-8 are never fixed. */
export function fixBytes(path: string, bytes: Uint8Array, options: LintOptions, unsafe: boolean): Linted {
  const decoded = decodeUtf8(bytes)
  if (!('text' in decoded)) return lintBytes(path, bytes, options)
  const { text, diagnostics, undecided, fixed, refused } = fix(decoded.text, { ...options, unsafe })
  const fixes = { before: decoded.text, after: text, count: fixed, refused }
  return { ...reportOf(path, text, diagnostics), undecided, fixes }
}

export function reportOf(
  path: string,
  text: string,
  all: FileReport['diagnostics'],
): FileReport & { summary: Summary } {
  const summary = summarize([{ path, text, diagnostics: all }])
  if (all.length <= MAX_SHOWN) return { path, text, diagnostics: [...all].sort(byPlace), summary }
  const errors = all.filter(({ severity }) => severity === 'error')
  const others = all.filter(({ severity }) => severity !== 'error')
  return { path, text, diagnostics: [...errors, ...others].slice(0, MAX_SHOWN).sort(byPlace), summary }
}
