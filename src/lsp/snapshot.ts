/**
 * One state of one document with everything that requests of an editor ask about it.
 *
 * A keystroke makes a new snapshot; what was computed for the last one is dropped. The tree is read at once,
 * findings of the rules and the subject only when they are asked for, so that hovering waits for no rule and
 * the first diagnostics wait for no hover. Cost: the YAML that changed is parsed; the rest of the loader is
 * linear in the text (2,000 endpoints: some 10 ms).
 */
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { toDiagnostics } from '../diagnostic/report.ts'
import type { IncrementalParser } from '../yaml/incremental.ts'
import type { MapNode } from '../yaml/node.ts'
import { checkLintOptions, type CheckedLintOptions } from '../lint/check-options.ts'
import { type LintOptions, lintRead } from '../lint/lint.ts'
import { createSubject, type Subject } from '../lint/subject.ts'
import { readPolicy, type ReadPolicy } from '../load.ts'

export interface Snapshot {
  readonly text: string
  readonly read: ReadPolicy
  /** The mapping from names to scopes; undefined while there is none. */
  readonly root: MapNode | undefined
  /** Findings of the loader alone, which need no rule to run. */
  readonly loaderDiagnostics: readonly Diagnostic[]
  /** All findings, as `lint` gives them. */
  readonly diagnostics: readonly Diagnostic<string>[]
  /** What the rules look at; undefined while the document has an error. */
  readonly subject: Subject | undefined
}

/** `parser` is that of the document, which keeps its last text. */
export function createSnapshot(text: string, options: LintOptions, parser: IncrementalParser): Snapshot {
  const checked: CheckedLintOptions = checkLintOptions(options)
  const read = readPolicy(text, checked.parse, parser.parse)
  let diagnostics: readonly Diagnostic<string>[] | undefined
  let subject: Subject | undefined
  return {
    text,
    read,
    root: read.document?.root.kind === 'map' ? read.document.root : undefined,
    get loaderDiagnostics() {
      return toDiagnostics(read.findings, text)
    },
    get diagnostics() {
      return (diagnostics ??= lintRead(read, checked).diagnostics)
    },
    get subject() {
      const { document, data } = read
      if (document === null || data === null) return undefined
      return (subject ??= createSubject(text, document, data, checked.settings))
    },
  }
}
