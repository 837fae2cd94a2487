/** A file of granted scopes: client → names as in a `scope` claim, or a list of them. */
import type { Report } from '../diagnostic/report.ts'
import { quote } from '../diagnostic/words.ts'
import { DEFAULT_LIMITS } from '../language/limits.ts'
import type { MapNode, Node } from '../yaml/node.ts'
import { parseDocument } from '../yaml/parse.ts'

/**
 * `client: scopes` for each client; or the subject table of AuthZEN in the configuration of `serve`,
 * `subjects: { TYPE: { ID: scopes } }`, also below `authzen`, in which a client is an ID. Throws `TypeError`
 * with what is wrong in one line.
 */
export function readGranted(text: string): ReadonlyMap<string, readonly string[]> {
  const report: Report = ({ message }) => {
    throw new TypeError(message)
  }
  const { document } = parseDocument(text, DEFAULT_LIMITS, report)
  if (document?.root.kind !== 'map') throw new TypeError('it must be a mapping from clients to scopes')
  const root = mapIn(document.root, 'authzen') ?? document.root
  const types = mapIn(root, 'subjects')
  if (types === undefined) return new Map(grantsIn(document.root))
  const granted = new Map<string, readonly string[]>()
  for (const { key, value } of types.entries) {
    if (value.kind !== 'map') throw new TypeError(`subjects of type ${quote(key.text)} must be a mapping`)
    for (const [id, names] of grantsIn(value)) {
      if (granted.has(id)) throw new TypeError(`subject ${quote(id)} has two types; a log names only the ID`)
      granted.set(id, names)
    }
  }
  return granted
}

function mapIn(map: MapNode, name: string): MapNode | undefined {
  const value = map.entries.find(({ key }) => key.text === name)?.value
  return value?.kind === 'map' ? value : undefined
}

function grantsIn(map: MapNode): (readonly [client: string, scopes: readonly string[]])[] {
  return map.entries.map(({ key, value }) => [key.text, namesOf(value, key.text)])
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
