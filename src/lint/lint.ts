/**
 * From a source text to its diagnostics: those of the loader, those of the rules, without those that a
 * comment suppresses.
 *
 * Rules look at documents that load. Of a document with errors only the loader's diagnostics are given:
 * what a rule would say of a policy that is not there would be a guess.
 */
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { type Finding, withSeverity } from '../diagnostic/report.ts'
import { readPolicy, type PolicySource, type ReadPolicy } from '../load.ts'
import { type CheckedLintOptions, checkLintOptions, type LintOptions } from './check-options.ts'
import { CODES } from './codes.ts'
import { foreignFinding } from './foreign-document.ts'
import type { RuleFinding, RuleReport, RuleSeverity } from './rule.ts'
import { rules } from './rules/index.ts'
import { createSubject } from './subject.ts'
import { suppress } from './suppress/suppress.ts'

export type { LintOptions }

/** A question that a bound left open. */
export interface Undecided {
  readonly rule: string
  /** One clause: `whether … is …`. */
  readonly question: string
}

export interface LintResult {
  /** In the order of the text. */
  readonly diagnostics: readonly Diagnostic<string>[]
  /** What bounds left open; see `--verbose`. */
  readonly undecided: readonly Undecided[]
}

/**
 * Everything there is to say about a document, in the order of the text. `code` is one of the loader's
 * codes or the id of a rule. Never throws on content.
 *
 * Throws `TypeError` for options that are not what they should be: an unknown rule, setting or option, a
 * value it cannot have, or a severity for an error of the loader.
 */
export function lint(source: PolicySource, options: LintOptions = {}): readonly Diagnostic<string>[] {
  return lintDocument(source, options).diagnostics
}

/** The same, with what is not a finding. */
export function lintDocument(source: PolicySource, options: LintOptions): LintResult {
  const checked = checkLintOptions(options)
  return lintRead(readPolicy(source, checked.parse), checked)
}

/** The same for a document that has been read. */
export function lintRead(read: ReadPolicy, { severities, settings }: CheckedLintOptions): LintResult {
  const severityOf = (code: string): RuleSeverity => {
    return severities.get(code) ?? CODES.get(code)?.severity ?? 'error'
  }
  const { text, document, data } = read
  const foreign = foreignFinding(read)
  if (foreign !== undefined)
    return { diagnostics: withSeverity([foreign], text, () => 'error'), undecided: [] }
  const found: Finding<string>[] = [...read.findings]
  const undecided: Undecided[] = []
  if (document !== null && data !== null) {
    const subject = createSubject(text, document, data, settings)
    for (const { id, check } of rules) {
      if (check === undefined || severityOf(id) === 'off') continue
      const add = (finding: RuleFinding): void => {
        found.push({ ...finding, code: id })
      }
      const addOpen: RuleReport['undecided'] = (question) => {
        undecided.push({ rule: id, question })
      }
      check(subject, Object.assign(add, { undecided: addOpen }))
    }
  }
  const open = new Set(undecided.map(({ rule }) => rule))
  const findings = suppress(
    text,
    found,
    (rule) => data !== null && severityOf(rule) !== 'off' && !open.has(rule),
  )
  const wanted = findings.filter(({ code }) => severityOf(code) !== 'off')
  const diagnostics = withSeverity(wanted, text, (code) => {
    const severity = severityOf(code)
    return severity === 'off' ? 'info' : severity
  })
  return { diagnostics, undecided }
}
