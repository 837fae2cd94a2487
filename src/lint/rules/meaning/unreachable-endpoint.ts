import type { RuleDefinition } from '../../rule.ts'

/** Reported by the loader. */
export const unreachableEndpoint: RuleDefinition = {
  id: 'unreachable-endpoint',
  severity: 'warning',
  summary: 'a pattern that no accepted path can match',
  why:
    'It grants nothing, whoever wrote it meant something else. Paths are compared as they travel on the wire: ' +
    'percent-encoded, without query, without empty or dot segments.',
  bad: `
files:
  label: Read your files
  endpoints:
    - files/my documents/*: GET
`,
  good: `
files:
  label: Read your files
  endpoints:
    - files/my%20documents/*: GET
`,
  fix: 'unsafe',
}
