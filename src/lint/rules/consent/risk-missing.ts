import { quote } from '../../../diagnostic/words.ts'
import { toolKind } from '../../../language/tool-names.ts'
import { withIncluded } from '../../../policy/includes.ts'
import type { RuleDefinition } from '../../rule.ts'
import type { LintScope } from '../../subject.ts'
import { firstChange, ownChanges } from '../../words/changes.ts'

export const riskMissing: RuleDefinition = {
  id: 'risk-missing',
  severity: 'info',
  summary: 'a scope that can change something and states no risk, where others state theirs',
  why:
    'Beside a scope that states its risk, one without looks harmless. The consent page shows a risk only where the ' +
    'document states it, or high where methods show it: methods cannot show that a payment matters more than a ' +
    'bookmark. Documents in which no scope states a risk are left alone.',
  bad: `
bookmarks:
  label: Change your bookmarks
  risk: low
  endpoints:
    - bookmarks/*: PUT
payments:
  label: Pay from your account
  endpoints:
    - payments: POST
`,
  good: `
bookmarks:
  label: Change your bookmarks
  risk: low
  endpoints:
    - bookmarks/*: PUT
payments:
  label: Pay from your account
  risk: high
  endpoints:
    - payments: POST
`,
  check: ({ data, scopes }, report) => {
    const stated = scopes.find(({ scope }) => scope.risk !== undefined)
    if (stated === undefined) return
    const byName = new Map(scopes.map((scope) => [scope.name, scope]))
    for (const { name, key, scope } of scopes) {
      if (scope.risk !== undefined || scope.consent === 'implicit') continue
      const change = withIncluded(name, data.scopes).flatMap((one) => changeOf(byName.get(one)) ?? [])[0]
      if (change === undefined) continue
      report({
        span: key.span,
        message: `scope ${quote(name)} states no risk, although it grants ${change}`,
        help: 'add `risk: low`, `medium` or `high`',
        related: { message: 'another scope states its risk', span: stated.key.span },
      })
    }
  },
}

/** As a phrase: what of a scope's own grants can change something. */
function changeOf(one: LintScope | undefined): string | undefined {
  if (one === undefined) return undefined
  const change = firstChange(ownChanges(one))
  if (change !== undefined) return `${change.method} on ${quote(change.endpoint.pattern.text)}`
  const tool = one.scope.tools?.find(({ pattern }) => toolKind(pattern) !== 'reads')
  return tool && `the tool ${quote(tool.pattern)}`
}
