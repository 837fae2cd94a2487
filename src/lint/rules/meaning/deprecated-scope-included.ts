import { quote } from '../../../diagnostic/words.ts'
import type { Span } from '../../../source/span.ts'
import { fieldOf, itemsOf } from '../../../yaml/node.ts'
import type { RuleDefinition } from '../../rule.ts'

export const deprecatedScopeIncluded: RuleDefinition = {
  id: 'deprecated-scope-included',
  severity: 'warning',
  summary: 'a deprecated scope that another one includes or needs',
  why:
    'A deprecated scope is on its way out. Where others are built on it, it cannot go: whoever deletes it takes ' +
    'grants away from scopes that are not deprecated. Include the scopes that replace it.',
  bad: `
files.read:
  label: Read your files
  endpoints:
    - files/*: GET
  deprecated: { use: [files] }
files:
  label: Read and upload your files
  includes: [files.read]
  endpoints:
    - files/*: POST
`,
  good: `
files.read:
  label: Read your files
  endpoints:
    - files/*: GET
  deprecated: { use: [files] }
files:
  label: Read and upload your files
  endpoints:
    - files/*: [GET, POST]
`,
  check: ({ scopes, holders, data }, report) => {
    const outgoing = scopes.filter(({ scope }) => scope.deprecated !== undefined)
    const deprecated = new Map(outgoing.map((one) => [one.name, one]))
    const reportAt = (span: Span, name: string, by: string): void => {
      const found = deprecated.get(name)
      if (found === undefined) return
      const use = found.scope.deprecated?.use ?? []
      report({
        span,
        message: `scope ${quote(name)} is deprecated, and ${by} it`,
        help: use.length === 0 ? undefined : `use ${use.map(quote).join(' and ')} instead`,
        related: { message: 'it is deprecated here', span: found.key.span },
      })
    }
    for (const { scope, value } of scopes) {
      if (scope.deprecated !== undefined) continue
      for (const item of itemsOf(fieldOf(value, 'includes'))) {
        if (item.kind === 'scalar') reportAt(item.span, item.text, `${quote(scope.name)} includes`)
      }
    }
    for (const { name, key } of holders) {
      for (const member of data.combinations.get(name)?.scopes ?? []) {
        reportAt(key.span, member, `${quote(name)} needs`)
      }
    }
  },
}
