/**
 * What an editor offers for findings: the fix of each, all safe fixes at once (proved to change no decision,
 * as `lint --fix` does), and a comment that suppresses a finding.
 */
import type { Diagnostic, Edit } from '../diagnostic/diagnostic.ts'
import { CODES } from '../lint/codes.ts'
import { fix } from '../lint/fix/fix.ts'
import type { LintOptions } from '../lint/lint.ts'
import { DIRECTIVE } from '../lint/suppress/read-suppressions.ts'
import type { Span } from '../source/span.ts'
import type { Snapshot } from './snapshot.ts'

export interface Action {
  readonly title: string
  readonly kind: 'quickfix' | 'source.fixAll'
  readonly edits: readonly Edit[]
  readonly diagnostic?: Diagnostic<string>
  readonly isPreferred?: boolean
}

export function actionsFor(snapshot: Snapshot, range: Span): readonly Action[] {
  const touched = snapshot.diagnostics.filter(
    ({ span }) => span.start <= range.end && range.start <= span.end,
  )
  return touched.flatMap((diagnostic) => [
    ...(diagnostic.fix === undefined ? [] : [fixAction(diagnostic, diagnostic.fix)]),
    ...suppression(snapshot.text, diagnostic),
  ])
}

/** The whole text anew, so that the client applies one edit; undefined where nothing can be fixed. */
export function fixAll(snapshot: Snapshot, options: LintOptions): Action | undefined {
  const { text, fixed } = fix(snapshot.text, options)
  if (fixed === 0) return undefined
  const edits = [{ span: { start: 0, end: snapshot.text.length }, text }]
  return { title: 'Fix everything that changes no decision', kind: 'source.fixAll', edits }
}

function fixAction(
  diagnostic: Diagnostic<string>,
  { title, edits, unsafe }: NonNullable<Diagnostic['fix']>,
): Action {
  const changes = unsafe === true ? ' (changes what the policy allows)' : ''
  const capital = title.charAt(0).toUpperCase() + title.slice(1)
  return {
    title: `${capital}${changes}`,
    kind: 'quickfix',
    edits,
    diagnostic,
    isPreferred: unsafe !== true,
  }
}

/** Nothing for errors of the loader, which no comment suppresses. */
function suppression(text: string, diagnostic: Diagnostic<string>): Action[] {
  const { code, span } = diagnostic
  if (CODES.get(code)?.fatal !== false) return []
  const lineStart =
    Math.max(text.lastIndexOf('\n', span.start - 1), text.lastIndexOf('\r', span.start - 1)) + 1
  const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? ''
  const end = text.includes('\r\n') ? '\r\n' : '\n'
  const comment = `${indent}# ${DIRECTIVE} ${code} -- write the reason here${end}`
  return [
    {
      title: `Suppress ${code} for this line`,
      kind: 'quickfix',
      edits: [{ span: { start: lineStart, end: lineStart }, text: comment }],
      diagnostic,
    },
  ]
}
