/** Rules about the comments that suppress findings, in order. */
import { inGroup, type Rule, type RuleDefinition } from '../rule.ts'

/** Reported where suppressions are applied. */
const unusedSuppression: RuleDefinition = {
  id: 'unused-suppression',
  severity: 'warning',
  summary: 'a suppression of something that is not there',
  why:
    'What it once excused is gone, and the next defect on that line would be excused unseen. Nothing is ' +
    'said of rules that are off, nor while the document has errors.',
  bad: `
# scope-policy-disable-next-line scope-without-endpoints -- for the authorization server
invoices:
  label: Read your invoices
  endpoints:
    - invoices/*: GET
`,
  good: `
openid:
  label: Know who you are
  # scope-policy-disable-next-line scope-without-endpoints -- for the authorization server
  endpoints: []
`,
  fix: 'safe',
}

/** Reported where suppressions are read. */
const unknownSuppression: RuleDefinition = {
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

/** Reported where suppressions are read. */
const suppressionWithoutReason: RuleDefinition = {
  id: 'suppression-without-reason',
  severity: 'off',
  summary: 'a suppression that does not say why',
  why: 'Whoever reads the document next has to find out again whether the excuse still holds.',
  bad: `
openid:
  label: Know who you are
  # scope-policy-disable-next-line scope-without-endpoints
  endpoints: []
`,
  good: `
openid:
  label: Know who you are
  # scope-policy-disable-next-line scope-without-endpoints -- for the authorization server
  endpoints: []
`,
}

export const SUPPRESSION_RULES: readonly Rule[] = inGroup('suppressions', [
  unusedSuppression,
  unknownSuppression,
  suppressionWithoutReason,
])
