import type { Fix } from '../../../diagnostic/diagnostic.ts'
import { quote } from '../../../diagnostic/words.ts'
import { deleteName } from '../../edits/delete-name.ts'
import { deleteItems } from '../../edits/delete-item.ts'
import { mergeMethods } from '../../edits/merge-methods.ts'
import { repeatedGrants } from '../../meaning/repeated-grants.ts'
import { repeatedNames } from '../../meaning/repeated-names.ts'
import type { RuleDefinition } from '../../rule.ts'
import type { LintScope } from '../../subject.ts'

export const duplicateEndpoint: RuleDefinition = {
  id: 'duplicate-endpoint',
  severity: 'warning',
  summary: 'the same pattern twice in one scope',
  why:
    'Whoever narrows one of them may overlook the other, which goes on granting. Patterns are the same when they ' +
    'are in canonical form: `/caf%c3%a9` and `caf%C3%A9` are one.',
  bad: `
records:
  label: Read and create records
  endpoints:
    - records/*: GET
    - workers/me: GET
    - records/*: POST
`,
  good: `
records:
  label: Read and create records
  endpoints:
    - records/*: [GET, POST]
    - workers/me: GET
`,
  fix: 'safe',
  check: (subject, report) => {
    for (const { scope, duplicates } of repeatedGrants(subject).scopes) {
      for (const { index, first } of duplicates) {
        const [later, earlier] = [scope.endpoints[index], scope.endpoints[first]]
        if (later === undefined || earlier === undefined) continue
        const isSame = later.methods.every((method) => earlier.methods.includes(method))
        report({
          span: later.node.span,
          message:
            `duplicate pattern ${quote(later.node.text)} in scope ${quote(scope.name)}` +
            (isSame ? ', which grants nothing new' : ', with other methods'),
          help: isSame ? 'delete one of them' : 'write one item with all methods',
          related: { message: 'the first one is here', span: earlier.node.span },
          fix: repair(subject.text, scope, index, first),
        })
      }
    }
    for (const { holder, name, kind, by } of repeatedNames(subject).repeated) {
      if (kind !== 'duplicate') continue
      report({
        span: name.node.span,
        message: `${quote(name.node.text)} is listed twice in \`${name.field}\` of ${quote(holder.name)}`,
        help: 'delete one of them',
        related: { message: 'the first one is here', span: by.name.node.span },
        fix: deleteName(subject.text, name),
      })
    }
  },
}

function repair(source: string, scope: LintScope, index: number, first: number): Fix | undefined {
  const { list, endpoints } = scope
  const [later, earlier] = [endpoints[index], endpoints[first]]
  if (list === undefined || later === undefined || earlier === undefined) return undefined
  if (later.shared || earlier.shared) return undefined
  const covers = (wide: typeof later, narrow: typeof later): boolean =>
    narrow.methods.every((method) => wide.methods.includes(method))
  const earlierGoes = !covers(earlier, later) && covers(later, earlier)
  const deleted = deleteItems(source, list, new Set([earlierGoes ? first : index]))
  if (deleted === undefined) return undefined
  if (earlierGoes || covers(earlier, later)) return { title: 'delete the repeated endpoint', edits: deleted }
  const merged = mergeMethods(source, earlier, later)
  return merged && { title: 'put the methods into one endpoint', edits: [merged, ...deleted] }
}
