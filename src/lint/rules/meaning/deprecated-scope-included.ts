import { quote } from '../../../diagnostic/words.ts'
import type { Rule } from '../../rule.ts'
import { fieldOf } from '../../subject.ts'

export const deprecatedScopeIncluded: Rule = {
  id: 'deprecated-scope-included',
  group: 'meaning',
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
  fix: 'none',
  check: ({ scopes, holders, data }, report) => {
    const outgoing = scopes.filter(({ scope }) => scope.deprecated !== undefined)
    const deprecated = new Map(outgoing.map((one) => [one.name, one]))
    const messageOf = (name: string): string => `scope ${quote(name)} is deprecated`
    const helpOf = (name: string): string | undefined => {
      const use = deprecated.get(name)?.scope.deprecated?.use ?? []
      return use.length === 0 ? undefined : `use ${use.map(quote).join(' and ')} instead`
    }
    for (const { scope, value } of scopes) {
      if (scope.deprecated !== undefined) continue
      const list = fieldOf(value, 'includes')
      for (const item of list?.kind === 'list' ? list.items : []) {
        const found = item.kind === 'scalar' ? deprecated.get(item.text) : undefined
        if (found === undefined) continue
        report({
          span: item.span,
          message: `${messageOf(found.name)}, and ${quote(scope.name)} includes it`,
          help: helpOf(found.name),
          related: { message: 'it is deprecated here', span: found.key.span },
        })
      }
    }
    for (const { name, key } of holders) {
      for (const member of data.combinations.get(name)?.scopes ?? []) {
        const found = deprecated.get(member)
        if (found === undefined) continue
        report({
          span: key.span,
          message: `${messageOf(member)}, and ${quote(name)} needs it`,
          help: helpOf(member),
          related: { message: 'it is deprecated here', span: found.key.span },
        })
      }
    }
  },
}
