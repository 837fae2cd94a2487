import { quote } from '../../../diagnostic/words.ts'
import { statesChange } from '../../../language/tool-names.ts'
import { withIncluded } from '../../../policy/includes.ts'
import type { RuleDefinition } from '../../rule.ts'
import { readingClaims } from '../../words/reading-claims.ts'

export const labelContradictsTools: RuleDefinition = {
  id: 'label-contradicts-tools',
  severity: 'warning',
  summary: 'a label that promises to read only, of a scope with tools whose names state a change',
  why:
    'People consent to what they read. Say in the label what an app may change, or leave these tools out. A tool ' +
    'counts where its name begins or ends with a verb that changes something: `delete_issue`, `issue_write`. ' +
    '`coverage --mcp` judges by the hints of the server instead.',
  bad: `
issues:read:
  label: Read your issues
  tools: [get_issue, delete_issue]
`,
  good: `
issues:read:
  label: Read your issues
  tools: [get_issue]
issues:
  label: Read and delete your issues
  tools: [get_issue, delete_issue]
`,
  check: (subject, report) => {
    const { data, holders } = subject
    const changing = new Map(
      holders.map(({ name, names }) => [
        name,
        names.filter(({ field, node }) => field === 'tools' && statesChange(node.text)),
      ]),
    )
    for (const { name, span, word } of readingClaims(subject)) {
      const found = withIncluded(name, data.scopes).flatMap((scope) =>
        (changing.get(scope) ?? []).map((tool) => ({ scope, node: tool.node })),
      )
      const [first] = found
      if (first === undefined) continue
      const where = first.scope === name ? '' : `, by way of scope ${quote(first.scope)}`
      const more = found.length === 1 ? '' : ` and ${found.length - 1} more`
      report({
        span,
        message: `the label says ${word}, but the scope grants the tool ${quote(first.node.text)}${more}${where}`,
        help: 'say in the label what an app may change, or leave these tools out',
        related: { message: 'the tool is granted here', span: first.node.span },
      })
    }
  },
}
