import type { RuleDefinition } from '../../rule.ts'

/** Reported by the loader. */
export const methodCase: RuleDefinition = {
  id: 'method-case',
  severity: 'warning',
  summary: 'a method that is not in upper case',
  why:
    'Methods are case-sensitive (RFC 9110 §9.1). It is read as its upper-case form here, but the reference ' +
    'implementation and others compare it verbatim, and then it grants nothing.',
  bad: `
profile:
  label: Access your profile information
  endpoints:
    - workers/me: get
`,
  good: `
profile:
  label: Access your profile information
  endpoints:
    - workers/me: GET
`,
  fix: 'safe',
}
