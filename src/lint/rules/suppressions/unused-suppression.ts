import type { RuleDefinition } from '../../rule.ts'

/** Reported where suppressions are applied. */
export const unusedSuppression: RuleDefinition = {
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
