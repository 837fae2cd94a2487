import { quote } from '../../../diagnostic/words.ts'
import { SCOPE_FIELDS } from '../../../language/scope-fields.ts'
import { withIncluded } from '../../../policy/includes.ts'
import type { Span } from '../../../source/span.ts'
import type { RuleDefinition } from '../../rule.ts'
import type { Holder, Subject } from '../../subject.ts'

export const redundantCombination: RuleDefinition = {
  id: 'redundant-combination',
  severity: 'warning',
  summary: 'a key of several names with grants that one of its scopes has alone',
  why:
    'It reads as if all of the scopes were needed, and one is enough: a policy is a union of grants. Either the wider ' +
    'grant is the mistake, or the combination says nothing.',
  bad: `
projects:
  label: Change projects
  tools: ["*_team"]
teams:
  label: Read teams
  tools: [list_teams]
"projects teams":
  tools: [add_team]
`,
  good: `
projects:
  label: Change projects
  tools: [create_project]
teams:
  label: Read teams
  tools: [list_teams]
"projects teams":
  tools: [add_team]
`,
  check: (subject, report) => {
    const { data, holders } = subject
    for (const holder of holders) {
      const members = data.combinations.get(holder.name)?.scopes
      if (members === undefined) continue
      const holdsAll = members.find((scope) => {
        const held = withIncluded(scope, data.scopes)
        return members.every((other) => held.includes(other))
      })
      if (holdsAll !== undefined) {
        report({
          span: holder.key.span,
          message: `scope ${quote(holdsAll)} includes all of ${quote(holder.name)}, and has these grants alone`,
          help: `write them under ${quote(holdsAll)}`,
        })
        continue
      }
      const grants = grantsOf(subject, holder)
      const found = grants.flatMap((grant) => {
        const alone = members.find((scope) => grant.isGrantedTo(scope))
        return alone === undefined ? [] : [{ ...grant, alone }]
      })
      const [first] = found
      if (first === undefined) continue
      if (found.length === grants.length && found.every(({ alone }) => alone === first.alone)) {
        report({
          span: holder.key.span,
          message: `${quote(holder.name)} grants nothing that scope ${quote(first.alone)} does not grant alone`,
          help: 'delete it, or narrow the scope',
        })
        continue
      }
      for (const { span, text, alone } of found) {
        report({
          span,
          message: `${quote(text)} does not need ${quote(holder.name)}: scope ${quote(alone)} grants it alone`,
          help: 'delete it, or narrow the scope',
        })
      }
    }
  },
}

interface Granted {
  readonly text: string
  readonly span: Span
  readonly isGrantedTo: (scope: string) => boolean
}

/**
 * A pattern is granted by another one where that matches its text, see `repeated-names.ts`. With `wildcard: segment` the
 * text of a pattern with syntax says nothing, so nothing is said about it.
 */
function grantsOf(
  { policy, data, rules }: Subject,
  { name, names, grants, key }: Holder,
): readonly Granted[] {
  const { authorize } = policy
  const ofNames = names.map(({ field, node, pattern }): Granted => ({
    text: node.text,
    span: node.span,
    isGrantedTo: (scope) =>
      pattern.meaning.kind === 'runs' && authorize([scope], SCOPE_FIELDS[field].method, pattern.text),
  }))
  const own = (data.grants.get(name) ?? []).slice(0, grants.endpoints.length)
  const ofEndpoints = own.map(({ endpoint, pattern }): Granted => {
    const isText =
      rules.wildcard === 'any' ? pattern.meaning.kind === 'runs' : !/[*?[\]{}\\!]/.test(pattern.text)
    const base = rules.basePath === '' ? '' : `/${rules.basePath}`
    const path = `${base}/${pattern.text.replace(/^\//, '')}`
    return {
      text: endpoint.pattern,
      span: endpoint.span ?? key.span,
      isGrantedTo: (scope) => isText && endpoint.methods.every((method) => authorize([scope], method, path)),
    }
  })
  return [...ofEndpoints, ...ofNames]
}
