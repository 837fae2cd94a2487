import type { RuleDefinition } from '../../rule.ts'

/** Reported by the loader. */
export const widenedByComment: RuleDefinition = {
  id: 'widened-by-comment',
  severity: 'info',
  summary: 'a bare pattern whose comment lists methods',
  why:
    'Commenting a list of methods out does not take methods away: a bare pattern grants all methods of the API. ' +
    'Write the list, or say in the comment what you mean.',
  bad: `
api:
  label: Make any API request on your behalf
  endpoints:
    - "*" #[GET]
`,
  good: `
api:
  label: Make any API request on your behalf
  endpoints:
    - "*": [GET]
`,
}
