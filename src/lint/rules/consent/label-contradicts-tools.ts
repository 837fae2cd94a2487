import { quote } from '../../../diagnostic/words.ts'
import { statesChange } from '../../../language/tool-names.ts'
import { withIncluded } from '../../../policy/includes.ts'
import { spanInside } from '../../../yaml/node.ts'
import { labelTexts, maybeEnglish, repeatsName } from '../../labels.ts'
import type { Rule } from '../../rule.ts'
import { claimWords, readingClaim } from '../../words/reading-claim.ts'

export const labelContradictsTools: Rule = {
  id: 'label-contradicts-tools',
  group: 'consent',
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
  fix: 'none',
  check: ({ data, scopes, holders, settings }, report) => {
    const words = claimWords(settings)
    const changing = new Map(
      holders.map(({ name, names }) => [
        name,
        names.filter(({ field, node }) => field === 'tools' && statesChange(node.text)),
      ]),
    )
    for (const { name, value } of scopes) {
      for (const text of labelTexts(value)) {
        const judged = maybeEnglish(text) && !repeatsName(text.node.text, name)
        const claim = judged ? readingClaim(text.node.text, words) : undefined
        if (claim === undefined) continue
        const found = withIncluded(name, data.scopes).flatMap((scope) =>
          (changing.get(scope) ?? []).map((tool) => ({ scope, node: tool.node })),
        )
        const [first] = found
        if (first === undefined) continue
        const where = first.scope === name ? '' : `, by way of scope ${quote(first.scope)}`
        const more = found.length === 1 ? '' : ` and ${found.length - 1} more`
        report({
          span: spanInside(text.node, claim.start, claim.end),
          message:
            `the label says ${quote(text.node.text.slice(claim.start, claim.end))}, but the scope grants the tool ` +
            `${quote(first.node.text)}${more}${where}`,
          help: 'say in the label what an app may change, or leave these tools out',
          related: { message: 'the tool is granted here', span: first.node.span },
        })
      }
    }
  },
}
