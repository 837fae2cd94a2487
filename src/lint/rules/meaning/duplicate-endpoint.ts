import type { Fix, Edit } from '../../../diagnostic/diagnostic.ts'
import { quote } from '../../../diagnostic/words.ts'
import { deleteItems, deleteName } from '../../edits/delete-item.ts'
import { repeatedGrants } from '../../meaning/repeated-grants.ts'
import { repeatedNames } from '../../meaning/repeated-names.ts'
import type { RuleDefinition } from '../../rule.ts'
import type { LintScope, LintEndpoint } from '../../subject.ts'

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

/**
 * The edit that gives the methods written at one endpoint to another as well; undefined where its methods
 * are not written as one word or as a flow list, or appear elsewhere by an alias.
 */
function mergeMethods(source: string, into: LintEndpoint, from: LintEndpoint): Edit | undefined {
  const { node, value, written } = into
  const last = written.at(-1)?.node
  if (value === undefined || from.value === undefined || last?.anchored !== undefined) return undefined
  const isHere = /^\s*:\s*$/.test(source.slice(node.span.end, value.span.start))
  if (!isHere || last === undefined || value.span.start < node.span.end) return undefined
  const known = new Set(written.map(({ method }) => method))
  const quotes = /^["']/.exec(source.slice(last.span.start))?.[0] ?? ''
  const added = new Set(from.written.map(({ method }) => method).filter((method) => !known.has(method)))
  const words = [...added].map((method) => `${quotes}${method}${quotes}`).join(', ')
  const ending = `${source.slice(last.span.start, last.span.end)}, ${words}`
  if (value.kind === 'scalar') return { span: value.span, text: `[${ending}]` }
  const isFlow = source[value.span.start] === '['
  // What follows the last method is replaced as well, so that two such edits are seen to collide.
  return isFlow ? { span: last.span, text: ending } : undefined
}
