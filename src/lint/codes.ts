/**
 * Everything that a finding can have as its `code`: the rules, and the checks of the loader that are not
 * rules. What the loader reports as an error is none that could be chosen: such a document is not a policy.
 */
import { CATALOGUE } from '../language/codes.ts'
import { closest, quote } from '../diagnostic/words.ts'
import type { Rule, RuleGroup, RuleSeverity } from './rule.ts'
import { rules } from './rules/index.ts'

export interface CodeInfo {
  readonly id: string
  readonly group: RuleGroup | 'document'
  /** Of its findings where nothing is configured. */
  readonly severity: RuleSeverity
  readonly summary: string
  readonly fix: Rule['fix']
  /** True for errors of the loader: neither severity nor suppression applies. */
  readonly fatal: boolean
  /** Absent where there is no more to say than the summary. */
  readonly rule?: Rule
}

/** The errors of the loader that come with a fix. */
const FIXED: ReadonlySet<string> = new Set(['unquoted-star'])

/** By id: the rules in their order, then what only the loader reports, in the order of reading. */
export const CODES: ReadonlyMap<string, CodeInfo> = new Map([
  ...rules.map((rule): [string, CodeInfo] => {
    const { id, group, severity, summary, fix } = rule
    return [id, { id, group, severity, summary, fix, fatal: false, rule }]
  }),
  ...Object.entries(CATALOGUE)
    .filter(([id]) => !rules.some((rule) => rule.id === id))
    .map(([id, [severity, summary]]): [string, CodeInfo] => {
      const fix = FIXED.has(id) ? 'safe' : 'none'
      return [id, { id, group: 'document', severity, summary, fix, fatal: severity === 'error' }]
    }),
])

export const SEVERITIES: readonly RuleSeverity[] = ['off', 'info', 'warning', 'error']

/** A fact and what to write instead. */
export interface NameProblem {
  readonly message: string
  readonly help: string
}

/** What is wrong with naming `id` as a rule to configure or to suppress; undefined when nothing is. */
export function ruleProblem(id: string, verb: 'configured' | 'suppressed'): NameProblem | undefined {
  const known = CODES.get(id)
  if (known === undefined) return { message: `there is no rule ${quote(id)}`, help: suggestRule(id) }
  if (!known.fatal) return undefined
  return {
    message: `${quote(id)} is an error of the document and cannot be ${verb}`,
    help: 'correct the document; with an error it is not a policy',
  }
}

export function suggestRule(id: string, among: (info: CodeInfo) => boolean = (info) => !info.fatal): string {
  const ids = [...CODES.values()].filter(among).map((info) => info.id)
  const near = closest(id, ids)
  return near === undefined
    ? '`scope-policy lint --list-rules` lists the rules'
    : `did you mean ${quote(near)}?`
}

export function isSeverity(text: unknown): text is RuleSeverity {
  return (SEVERITIES as readonly unknown[]).includes(text)
}
