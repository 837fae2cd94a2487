import { fieldOf, type ListNode } from '../../../yaml/node.ts'
import { quote } from '../../../diagnostic/words.ts'
import { registeredMethod } from '../../../language/methods.ts'
import { deleteItems } from '../../edits/delete-item.ts'
import type { RuleDefinition, RuleReport } from '../../rule.ts'
import type { Subject } from '../../subject.ts'

export const duplicateMethod: RuleDefinition = {
  id: 'duplicate-method',
  severity: 'warning',
  summary: 'a method that is listed twice',
  why:
    'The repeat grants nothing. Perhaps another method was meant, and readers that compare methods verbatim see two ' +
    'where the case differs.',
  bad: `
invoices:
  label: Manage your invoices
  endpoints:
    - invoices/*: [GET, PUT, GET]
`,
  good: `
invoices:
  label: Manage your invoices
  endpoints:
    - invoices/*: [GET, PUT]
`,
  fix: 'safe',
  check: (subject, report) => {
    for (const list of methodLists(subject)) reportRepeats(list, subject.text, report)
  },
}

/** Each list once, also where several endpoints share it by an alias. */
function methodLists({ scopes, document }: Subject): ReadonlySet<ListNode> {
  const ofApi = fieldOf(fieldOf(document.root, '$options'), 'methods')
  const values = scopes.flatMap(({ endpoints }) => endpoints.map(({ value }) => value))
  return new Set([ofApi, ...values].flatMap((node) => (node?.kind === 'list' ? [node] : [])))
}

function reportRepeats(list: ListNode, text: string, report: RuleReport): void {
  const first = new Map<string, { readonly start: number; readonly end: number }>()
  for (const [index, node] of list.items.entries()) {
    if (node.kind !== 'scalar') continue
    // Others are methods that the document declares, in one spelling.
    const method = registeredMethod(node.text) ?? node.text
    const earlier = first.get(method)
    if (earlier === undefined) {
      first.set(method, node.span)
      continue
    }
    const edits = deleteItems(text, list, new Set([index]))
    report({
      span: node.span,
      message: `duplicate method ${quote(node.text)}`,
      help: 'delete it, or write the method that was meant',
      related: { message: 'the first one is here', span: earlier },
      fix: edits && { title: 'delete the repeat', edits },
    })
  }
}
