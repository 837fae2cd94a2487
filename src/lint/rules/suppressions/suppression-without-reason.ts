import type { RuleDefinition } from '../../rule.ts'

/** Reported where suppressions are read. */
export const suppressionWithoutReason: RuleDefinition = {
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
