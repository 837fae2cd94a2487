/** A file of granted scopes: client → names as in a `scope` claim, or a list of them. */
import type { Finding } from '../diagnostic/report.ts'
import { quote } from '../diagnostic/words.ts'
import { DEFAULT_LIMITS } from '../language/limits.ts'
import { type Entry, entryOf, isNull, type Node } from '../yaml/node.ts'
import { type Place, TypedReader } from '../yaml/typed-reader.ts'
import { type ReadFile, readYamlFile } from '../yaml/yaml-file.ts'

export type Granted = ReadonlyMap<string, readonly string[]>

const CODE = 'invalid-granted'
const CODES = { unknownField: CODE, wrongType: CODE, nullValue: CODE, invalidValue: CODE }
const HELP = 'write `client: scope scope` for each client'

/**
 * `client: scopes` for each client; or the subject table of AuthZEN in the configuration of `serve`,
 * `subjects: { TYPE: { ID: scopes } }`, also below `authzen`, in which a client is an ID.
 */
export function readGranted(source: Uint8Array | string): ReadFile<Granted> {
  return readYamlFile(source, DEFAULT_LIMITS, (root, report) => new GrantedReader(report).read(root))
}

class GrantedReader {
  readonly #report: (finding: Finding<string>) => void
  readonly #reader: TypedReader<string>
  readonly #granted = new Map<string, readonly string[]>()

  constructor(report: (finding: Finding<string>) => void) {
    this.#report = report
    this.#reader = new TypedReader(report, CODES)
  }

  read(root: Node): Granted {
    const types = mapIn(mapIn(root, 'authzen')?.value ?? root, 'subjects')
    if (types === undefined) this.#clients({ value: root }, 'the file')
    else {
      for (const type of this.#reader.entries(types, '`subjects`', HELP))
        this.#clients(type, `the subjects of type ${quote(type.key.text)}`)
    }
    return this.#granted
  }

  #clients(place: Place, shown: string): void {
    for (const entry of this.#reader.entries(place, shown, HELP)) {
      const { key } = entry
      if (this.#granted.has(key.text)) {
        const message = `subject ${quote(key.text)} has two types; a log names only the ID`
        this.#report({ code: CODE, span: key.span, message, help: 'keep one of the two' })
      } else this.#granted.set(key.text, this.#scopes(entry))
    }
  }

  /** An empty list, or an empty string, is a client without scopes. */
  #scopes(entry: Entry): readonly string[] {
    const { key, value } = entry
    const isEmpty =
      value.kind === 'list'
        ? value.items.length === 0
        : value.kind === 'scalar' && value.text === '' && !isNull(value)
    if (isEmpty) return []
    const shown = `the scopes of ${quote(key.text)}`
    return (this.#reader.strings(entry, shown) ?? []).flatMap((text) =>
      text.split(' ').filter((name) => name !== ''),
    )
  }
}

/** The entry of a mapping, where that is a mapping itself: a client may have the name. */
function mapIn(node: Node, name: string): Entry | undefined {
  const entry = entryOf(node, name)
  return entry?.value.kind === 'map' ? entry : undefined
}
