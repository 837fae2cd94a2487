import type { RuleDefinition } from '../../rule.ts'

/** Reported where suppressions are read. */
export const unknownSuppression: RuleDefinition = {
  id: 'unknown-suppression',
  severity: 'warning',
  summary: 'a suppression that names no rule, or an error of the document',
  why:
    'It suppresses nothing. A suppression names the rules it is about, since one that excuses everything ' +
    'would also suppress findings of the future; errors of the document cannot be excused at all.',
  bad: `
openid:
  label: Know who you are
  # scope-policy-disable-next-line scope-with-out-endpoints
  endpoints: []
`,
  good: `
openid:
  label: Know who you are
  # scope-policy-disable-next-line scope-without-endpoints
  endpoints: []
`,
}
