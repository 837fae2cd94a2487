/**
 * What a lint rule is: one defect of a document, with everything there is to say about it in one place.
 *
 * A rule is in its own file, named after the defect, and is listed in `rules/index.ts`. What it
 * says of itself is shown by `--list-rules` and `--explain`; its examples are run by a test.
 */
import type { Severity } from '../diagnostic/diagnostic.ts'
import type { Finding } from '../diagnostic/report.ts'
import type { Subject } from './subject.ts'

/** How a rule reports: `off` means that it is not run. */
export type RuleSeverity = Severity | 'off'

/**
 * `meaning`: what the policy allows. `consent`: what people read. `portability`: what other readers see.
 * `suppressions`: the comments that suppress findings.
 */
export type RuleGroup = 'meaning' | 'consent' | 'portability' | 'suppressions'

export interface Rule {
  /** Kebab-case, named after the defect; the `code` of its findings. */
  readonly id: string
  readonly group: RuleGroup
  readonly severity: RuleSeverity
  /** The defect in one clause: lower-case start, no final period. */
  readonly summary: string
  /** Why it matters and what to do, in sentences. */
  readonly why: string
  /** A document with the defect, and the same without. YAML. */
  readonly bad: string
  readonly good: string
  /** What `--fix` does about it: `unsafe` changes decisions and needs `--fix-unsafe`. */
  readonly fix: 'safe' | 'unsafe' | 'none'
  /** Absent where the loader reports it already, under the same code. */
  readonly check?: (subject: Subject, report: RuleReport) => void
}

/** A rule as its file states it: the group is that of the list which names it, and many rules have no fix. */
export type RuleDefinition = Omit<Rule, 'group' | 'fix'> & Partial<Pick<Rule, 'fix'>>

export function inGroup(group: RuleGroup, rules: readonly RuleDefinition[]): readonly Rule[] {
  return rules.map(({ id, check, fix = 'none', ...texts }) => {
    return { id, group, ...texts, fix, ...(check && { check }) }
  })
}

/** What a rule says of a place; code and severity are those of the rule. */
export type RuleFinding = Omit<Finding<string>, 'code'>

/** How a rule reports. */
export interface RuleReport {
  (finding: RuleFinding): void
  /**
   * A question that a bound left open, as one clause: `whether … is …`. The rule stays silent about it;
   * `--verbose` shows it.
   */
  readonly undecided: (question: string) => void
}
