import { isAsTyped, type Node, spanInside } from '../yaml/node.ts'
import type { Report } from '../diagnostic/report.ts'
import { quote } from '../diagnostic/words.ts'
import { registeredMethod } from '../language/methods.ts'

/** The method that a node names, in upper case (with a warning where it is not); undefined if it names none. */
export function readMethod(
  node: Node,
  report: Report,
  extraMethods: ReadonlySet<string>,
): string | undefined {
  if (node.kind !== 'scalar' || node.unread) return undefined
  const written = node.text
  if (extraMethods.has(written)) return written
  const method = registeredMethod(written)
  if (method === undefined || method === written) return method
  // The quotes are left.
  const span = spanInside(node, 0, written.length)
  report({
    code: 'method-case',
    span: node.span,
    message: `method ${quote(written)} is read as ${quote(method)}; other readers of this format grant nothing for it`,
    help: `write ${quote(method)}`,
    ...(isAsTyped(node) && { fix: { title: 'write it in upper case', edits: [{ span, text: method }] } }),
  })
  return method
}
