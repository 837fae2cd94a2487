import { quote } from '../../../diagnostic/words.ts'
import { eachText, repeatsName } from '../../labels.ts'
import type { RuleDefinition } from '../../rule.ts'

export const labelIsName: RuleDefinition = {
  id: 'label-is-name',
  severity: 'warning',
  summary: 'a label that only repeats the name of the scope',
  why: 'The person who consents does not know the names of scopes. Say in their words what an app may do.',
  bad: `
invoices:read:
  label: invoices:read
  endpoints:
    - invoices/*: GET
`,
  good: `
invoices:read:
  label: Read your invoices
  endpoints:
    - invoices/*: GET
`,
  check: ({ scopes }, report) => {
    for (const { scope, node } of eachText(scopes, ['label'])) {
      if (!repeatsName(node.text, scope.name)) continue
      report({
        span: node.span,
        message: `label ${quote(node.text)} only repeats the name of the scope`,
        help: 'say in words what an app may do with it',
      })
    }
  },
}
