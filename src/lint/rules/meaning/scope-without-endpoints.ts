import type { RuleDefinition } from '../../rule.ts'

/** Reported by the loader. */
export const scopeWithoutEndpoints: RuleDefinition = {
  id: 'scope-without-endpoints',
  severity: 'warning',
  summary: 'a scope that grants nothing at the API',
  why:
    'People consent to it, and then no request is allowed. Legal for scopes that are for the ' +
    'authorization server alone, such as `openid`: write `consent: implicit` there.',
  bad: `
invoices:
  label: Read your invoices
  endpoints: []
`,
  good: `
invoices:
  label: Read your invoices
  endpoints:
    - invoices/*: GET
`,
}
