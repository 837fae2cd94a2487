/** A file of granted scopes: client → names as in a `scope` claim, or a list of them. */
import type { Report } from '../diagnostic/report.ts'
import { quote } from '../diagnostic/words.ts'
import { DEFAULT_LIMITS } from '../language/limits.ts'
import type { Node } from '../yaml/node.ts'
import { parseDocument } from '../yaml/parse.ts'

/** Throws `TypeError` with what is wrong in one line. */
export function readGranted(text: string): ReadonlyMap<string, readonly string[]> {
  const report: Report = ({ message }) => {
    throw new TypeError(message)
  }
  const { document } = parseDocument(text, DEFAULT_LIMITS, report)
  if (document?.root.kind !== 'map') throw new TypeError('it must be a mapping from clients to scopes')
  return new Map(document.root.entries.map(({ key, value }) => [key.text, namesOf(value, key.text)]))
}

function namesOf(node: Node, client: string): readonly string[] {
  const scalars = node.kind === 'list' ? node.items : [node]
  return scalars.flatMap((item) => {
    if (item.kind !== 'scalar') {
      throw new TypeError(`scopes of ${quote(client)} must be names separated by spaces, or a list of names`)
    }
    return item.text.split(' ').filter((name) => name !== '')
  })
}
