/**
 * From a source text to its diagnostics: those of the loader, and those of the rules.
 *
 * Rules look at documents that load. Of a document with errors only the loader's diagnostics are given:
 * what a rule would say of a policy that is not there would be a guess.
 */
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { CATALOGUE, type DiagnosticCode } from '../diagnostic/codes.ts'
import { withSeverity } from '../diagnostic/report.ts'
import { readPolicy, type ParseOptions, type PolicySource } from '../load.ts'
import type { RuleSeverity } from './rule.ts'
import { rules } from './rules/index.ts'
import { runRules, type Undecided } from './run-rules.ts'
import { DEFAULT_SETTINGS, type RuleSettings } from './settings.ts'
import { createSubject } from './subject.ts'

/** Options of {@link lint}, beside those of `parsePolicy`. */
export interface LintOptions extends ParseOptions {
  /** Severities by rule; rules that are not named keep theirs. */
  readonly rules?: Readonly<Record<string, RuleSeverity>> | undefined
  readonly settings?: Partial<RuleSettings> | undefined
}

export interface LintResult {
  /** In the order of the text. */
  readonly diagnostics: readonly Diagnostic<string>[]
  /** What bounds left open; see `--verbose`. */
  readonly undecided: readonly Undecided[]
}

/**
 * Everything there is to say about a document, in the order of the text. `code` is one of the loader's
 * codes or the id of a rule. Never throws on content; throws `TypeError` for options that are not what they
 * should be.
 */
export function lint(source: PolicySource, options: LintOptions = {}): readonly Diagnostic<string>[] {
  return lintDocument(source, options).diagnostics
}

/** The same, with what is not a finding. */
export function lintDocument(source: PolicySource, options: LintOptions): LintResult {
  const { rules: severities = {}, settings, ...parseOptions } = options
  const severityOf = (code: string): RuleSeverity => severities[code] ?? defaultSeverity(code)
  const { text, document, data, findings } = readPolicy(source, parseOptions)
  const ruled =
    document === null || data === null
      ? { findings: [], undecided: [] }
      : runRules(
          createSubject(text, document, data, { ...DEFAULT_SETTINGS, ...settings }),
          rules.filter(({ id }) => severityOf(id) !== 'off'),
        )
  const all = [...findings, ...ruled.findings].filter(({ code }) => severityOf(code) !== 'off')
  const diagnostics = withSeverity(all, text, (code) => {
    const severity = severityOf(code)
    return severity === 'off' ? 'info' : severity
  })
  return { diagnostics, undecided: ruled.undecided }
}

function defaultSeverity(code: string): RuleSeverity {
  return rules.find(({ id }) => id === code)?.severity ?? CATALOGUE[code as DiagnosticCode][0]
}
