import { type Document, isNull, type MapNode, type Node } from '../document/node.ts'
import { quote } from '../diagnostic/words.ts'
import { readBasePath } from '../pattern/request-path.ts'
import { UNREACHABLE } from '../pattern/unreachable.ts'
import type { GivenOptions } from './options.ts'
import { readMethod } from './read-method.ts'
import type { Reading } from './reading.ts'
import { warnAmbiguous } from './warn-ambiguous.ts'

/** The `$options` of a document as far as they have the right shape; the rest is skipped. */
export function documentOptions(document: Document, reading: Reading): GivenOptions {
  const node = document.root.kind === 'map' ? valueOf(document.root, '$options') : undefined
  if (node === undefined) return {}
  if (node.kind !== 'map') {
    reading.skip(node)
    return {}
  }
  return new OptionReader(node, reading).read()
}

class OptionReader {
  readonly #map: MapNode
  readonly #reading: Reading

  constructor(map: MapNode, reading: Reading) {
    this.#map = map
    this.#reading = reading
  }

  read(): GivenOptions {
    const encodedSlash = this.#word('encodedSlash', ['refuse', 'data'])
    const delimiters = this.#word('delimiters', ['refuse', 'data'])
    const caseSensitive = this.#word('caseSensitive', ['true', 'false'])
    return {
      preset: this.#word('preset', ['cerb']),
      basePath: this.#basePath({
        encodedSlash: encodedSlash ?? 'refuse',
        delimiters: delimiters ?? 'refuse',
      }),
      extensions: this.#list('extensions', (item) => this.#text(item, 'extension')),
      caseSensitive: caseSensitive === undefined ? undefined : caseSensitive === 'true',
      trailingSlash: this.#word('trailingSlash', ['strict', 'ignore']),
      wildcard: this.#word('wildcard', ['any', 'segment']),
      head: this.#word('head', ['explicit', 'as-get']),
      encodedSlash,
      delimiters,
      methods: this.#list('methods', (item) => readMethod(item, this.#reading.report)),
    }
  }

  #basePath(rules: Parameters<typeof readBasePath>[1]): string | undefined {
    const node = valueOf(this.#map, 'basePath')
    if (node === undefined) return undefined
    const text = this.#text(node, 'path')
    if (text === undefined) {
      this.#reading.skip(node)
      return undefined
    }
    const read = readBasePath(text, rules)
    if (typeof read !== 'string') {
      const [fact, help] = UNREACHABLE[read.refusal]
      this.#reading.report({
        code: 'invalid-option',
        span: node.span,
        message: `no request can begin with ${quote(text)}: ${fact}`,
        help,
      })
    }
    return text
  }

  #text(node: Node, what: string): string | undefined {
    if (node.kind !== 'scalar' || node.unread || isNull(node)) return undefined
    warnAmbiguous(node, what, this.#reading.report)
    return node.text
  }

  #word<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const node = valueOf(this.#map, name)
    if (node === undefined) return undefined
    const word = node.kind === 'scalar' ? allowed.find((one) => one === node.text) : undefined
    if (word === undefined) this.#reading.skip(node)
    return word
  }

  #list(name: string, read: (item: Node) => string | undefined): readonly string[] | undefined {
    const node = valueOf(this.#map, name)
    if (node === undefined) return undefined
    if (node.kind !== 'list') {
      this.#reading.skip(node)
      return undefined
    }
    return node.items.flatMap((item) => {
      const text = read(item)
      if (text === undefined) this.#reading.skip(item)
      return text === undefined ? [] : [text]
    })
  }
}

function valueOf(map: MapNode, name: string): Node | undefined {
  return map.entries.find(({ key }) => key.text === name)?.value
}
