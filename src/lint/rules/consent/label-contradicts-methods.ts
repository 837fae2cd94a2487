import { quote } from '../../../diagnostic/words.ts'
import { withIncluded } from '../../../policy/includes.ts'
import type { RuleDefinition } from '../../rule.ts'
import type { LintScope } from '../../subject.ts'
import { readingClaims } from '../../words/reading-claims.ts'
import { firstChange, ownChanges } from '../../words/changes.ts'

export const labelContradictsMethods: RuleDefinition = {
  id: 'label-contradicts-methods',
  severity: 'warning',
  summary: 'a label that promises to read only, of a scope that can change something',
  why:
    'People consent to what they read. Say in the label what an app may change, or grant the reading methods ' +
    'only. Labels in English are understood; `readingWords` and `writingWords` add to the words. POST to a ' +
    'path such as `search` or `getSchedule` is taken for a question, since GET has no body.',
  bad: `
invoices:read:
  label: Read your invoices
  endpoints:
    - invoices/*: [GET, DELETE]
`,
  good: `
invoices:read:
  label: Read your invoices
  endpoints:
    - invoices/*: GET
    - invoices/search: POST
invoices:
  label: Read and delete your invoices
  endpoints:
    - invoices/*: [GET, DELETE]
`,
  check: (subject, report) => {
    const { data, scopes } = subject
    const byName = new Map(scopes.map((scope) => [scope.name, scope]))
    const known = new Map<LintScope, ReturnType<typeof ownChanges>>()
    const changesOf = (name: string): ReturnType<typeof ownChanges> => {
      const scope = byName.get(name)
      if (scope === undefined) return []
      const changes = known.get(scope) ?? ownChanges(scope)
      known.set(scope, changes)
      return changes
    }
    for (const { name, span, word } of readingClaims(subject)) {
      const changes = withIncluded(name, data.scopes).flatMap(changesOf)
      const first = firstChange(changes)
      if (first === undefined) continue
      const methods = [...new Set(changes.map(({ method }) => method))].sort()
      const such = methods.length === 1 ? '' : `${methods.join(', ')}, such as `
      const where = first.scope.name === name ? '' : `, by way of scope ${quote(first.scope.name)}`
      report({
        span,
        message:
          `the label says ${word}, but the scope grants ${such}${first.method} on ` +
          `${quote(first.endpoint.pattern.text)}${where}`,
        help: 'say in the label what an app may change, or leave these methods out',
        related: { message: `${first.method} is granted here`, span: first.node.span },
      })
    }
  },
}
