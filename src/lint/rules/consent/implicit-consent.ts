import { quote } from '../../../diagnostic/words.ts'
import { NAME_FIELDS, SCOPE_FIELDS } from '../../../language/scope-fields.ts'
import { withIncluded } from '../../../policy/includes.ts'
import { fieldOf } from '../../../yaml/node.ts'
import type { RuleDefinition } from '../../rule.ts'
import type { LintScope } from '../../subject.ts'

export const implicitConsent: RuleDefinition = {
  id: 'implicit-consent',
  severity: 'warning',
  summary: 'a scope that opens something and is granted without asking',
  why:
    'A scope with `consent: implicit` is never listed on the consent page, so people neither know what it opens nor ' +
    'can refuse it. That is for scopes such as `openid`, which are for the authorization server alone. If everybody ' +
    'expects the access, suppress the rule there and give the reason.',
  bad: `
mail:
  label: Read your mail
  consent: implicit
  endpoints:
    - mail/*: GET
`,
  good: `
openid:
  label: Know who you are
  consent: implicit
  endpoints: []
mail:
  label: Read your mail
  endpoints:
    - mail/*: GET
`,
  check: ({ data, scopes }, report) => {
    const byName = new Map(scopes.map((scope) => [scope.name, scope]))
    for (const { name, scope, value } of scopes) {
      if (scope.consent !== 'implicit') continue
      const span = fieldOf(value, 'consent')?.span
      if (span === undefined) continue
      const opened = withIncluded(name, data.scopes).flatMap((one) => firstGrant(byName.get(one)) ?? [])[0]
      if (opened !== undefined) {
        report({
          span,
          message: `people are not asked for scope ${quote(name)}, but it opens ${opened}`,
          help: 'delete `consent`, so that the page lists the scope',
        })
      } else if (scope.optional) {
        report({
          span,
          message: `people cannot refuse scope ${quote(name)}: the page never lists it, although it is \`optional\``,
          help: 'delete `consent` or `optional`',
        })
      }
    }
  },
}

/** As a phrase: the first endpoint or name that a scope itself grants. */
function firstGrant(one: LintScope | undefined): string | undefined {
  if (one === undefined) return undefined
  const endpoint = one.endpoints.find(({ pattern }) => pattern.meaning.kind !== 'never')
  if (endpoint !== undefined) return `${endpoint.methods.join(', ')} on ${quote(endpoint.pattern.text)}`
  for (const field of NAME_FIELDS) {
    const [first] = one.scope[field] ?? []
    if (first !== undefined) return `${SCOPE_FIELDS[field].method} on ${quote(first.pattern)}`
  }
  return undefined
}
