import { readElsewhereAs } from '../yaml/ambiguity.ts'
import type { ScalarNode } from '../yaml/node.ts'
import type { Report } from '../diagnostic/report.ts'
import { quote } from '../diagnostic/words.ts'

/** Warns of a plain scalar that is text here and something else to other YAML readers. */
export function warnAmbiguous(node: ScalarNode, what: string, report: Report): void {
  if (node.style !== 'plain' || node.text === '' || node.unread) return
  const elsewhere = readElsewhereAs(node.text)
  if (elsewhere === undefined) return
  const quoted = JSON.stringify(node.text)
  // Quotes belong where the text is, not where an alias is.
  const span = node.anchored ?? node.span
  report({
    code: 'yaml-1-1-ambiguity',
    span,
    message: `${what} ${quote(node.text)} is text here, but other YAML readers take it for ${elsewhere}`,
    help: `write ${quote(quoted)}`,
    fix: { title: 'put it in quotes', edits: [{ span, text: quoted }] },
  })
}
