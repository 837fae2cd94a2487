import { readElsewhereAs } from '../document/ambiguity.ts'
import type { ScalarNode } from '../document/node.ts'
import type { Report } from '../diagnostic/report.ts'
import { quote } from '../diagnostic/words.ts'

/** Warns of a plain scalar that is text here and something else to other YAML readers. */
export function warnAmbiguous(node: ScalarNode, what: string, report: Report): void {
  if (node.style !== 'plain') return
  const elsewhere = readElsewhereAs(node.text)
  if (elsewhere === undefined) return
  const quoted = JSON.stringify(node.text)
  report({
    code: 'yaml-1-1-ambiguity',
    span: node.span,
    message: `${what} ${quote(node.text)} is text here, but other YAML readers take it for ${elsewhere}`,
    help: `write ${quoted}`,
    fix: { title: 'put it in quotes', edits: [{ span: node.span, text: quoted }] },
  })
}
