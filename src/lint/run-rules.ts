/** Runs rules over a subject and gathers what they say. */
import type { Finding } from '../diagnostic/report.ts'
import type { Rule, RuleReport } from './rule.ts'
import type { Subject } from './subject.ts'

/** A question that a bound left open. */
export interface Undecided {
  readonly rule: string
  /** One clause: `whether … is …`. */
  readonly question: string
}

export interface RuleResults {
  readonly findings: readonly Finding<string>[]
  readonly undecided: readonly Undecided[]
}

export function runRules(subject: Subject, rules: readonly Rule[]): RuleResults {
  const findings: Finding<string>[] = []
  const undecided: Undecided[] = []
  for (const { id, check } of rules) {
    const report: RuleReport = Object.assign(
      (finding: Omit<Finding<string>, 'code'>) => {
        findings.push({ ...finding, code: id })
      },
      {
        undecided: (question: string) => {
          undecided.push({ rule: id, question })
        },
      },
    )
    check?.(subject, report)
  }
  return { findings, undecided }
}
