import { spanInside } from '../../../yaml/node.ts'
import { quote } from '../../../diagnostic/words.ts'
import { withIncluded } from '../../../policy/includes.ts'
import { labelTexts, maybeEnglish, repeatsName } from '../../labels.ts'
import type { Rule } from '../../rule.ts'
import type { LintScope } from '../../subject.ts'
import { claimWords, readingClaim } from '../../words/reading-claim.ts'
import { firstChange, ownChanges } from '../../words/changes.ts'

export const labelContradictsMethods: Rule = {
  id: 'label-contradicts-methods',
  group: 'consent',
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
  fix: 'none',
  check: ({ data, scopes, settings }, report) => {
    const words = claimWords(settings)
    const byName = new Map(scopes.map((scope) => [scope.name, scope]))
    const known = new Map<LintScope, ReturnType<typeof ownChanges>>()
    const changesOf = (name: string): ReturnType<typeof ownChanges> => {
      const scope = byName.get(name)
      if (scope === undefined) return []
      const changes = known.get(scope) ?? ownChanges(scope)
      known.set(scope, changes)
      return changes
    }
    for (const { name, value } of scopes) {
      for (const text of labelTexts(value)) {
        // A name is not a promise to a person.
        const judged = maybeEnglish(text) && !repeatsName(text.node.text, name)
        const claim = judged ? readingClaim(text.node.text, words) : undefined
        if (claim === undefined) continue
        const changes = withIncluded(name, data.scopes).flatMap(changesOf)
        const first = firstChange(changes)
        if (first === undefined) continue
        const methods = [...new Set(changes.map(({ method }) => method))].sort()
        const such = methods.length === 1 ? '' : `${methods.join(', ')}, such as `
        const word = quote(text.node.text.slice(claim.start, claim.end))
        const where = first.scope.name === name ? '' : `, by way of scope ${quote(first.scope.name)}`
        report({
          span: spanInside(text.node, claim.start, claim.end),
          message:
            `the label says ${word}, but the scope grants ${such}${first.method} on ` +
            `${quote(first.endpoint.pattern.text)}${where}`,
          help: 'say in the label what an app may change, or leave these methods out',
          related: { message: `${first.method} is granted here`, span: first.node.span },
        })
      }
    }
  },
}
