import { type Document, fieldOf, isNull, itemsOf, type MapNode, type Node } from '../yaml/node.ts'
import { quote } from '../diagnostic/words.ts'
import { readBasePath } from '../pattern/request-path.ts'
import { UNREACHABLE } from '../pattern/unreachable.ts'
import {
  CHARACTER_OPTIONS,
  type CharacterRules,
  DEFAULT_OPTIONS,
  type GivenOptions,
  OPTION_NAMES,
  type OptionName,
  optionRow,
} from '../language/options.ts'
import { checkShape } from './shape/check-shape.ts'
import { extraMethodProblem } from './extra-method.ts'
import { readMethod } from './read-method.ts'
import type { ReadContext } from './read-context.ts'
import { warnAmbiguous } from './warn-ambiguous.ts'

/** The `$options` of a file that is not a policy, by the same rules: as far as they have the right shape. */
export function readOptions(document: Document, context: Omit<ReadContext, 'extraMethods'>): GivenOptions {
  const extraMethods = extraMethodsOf(document, {})
  checkShape(document, context.report, extraMethods)
  return documentOptions(document, { ...context, extraMethods })
}

/** The `$options` of a document as far as they have the right shape; the rest is skipped. */
export function documentOptions(document: Document, reading: ReadContext): GivenOptions {
  const node = document.root.kind === 'map' ? fieldOf(document.root, '$options') : undefined
  if (node === undefined) return {}
  if (node.kind !== 'map') {
    reading.skip(node)
    return {}
  }
  return new OptionReader(node, reading).read()
}

class OptionReader {
  readonly #map: MapNode
  readonly #reading: ReadContext

  constructor(map: MapNode, reading: ReadContext) {
    this.#map = map
    this.#reading = reading
  }

  read(): GivenOptions {
    const characters = Object.fromEntries(
      CHARACTER_OPTIONS.map((name) => [name, this.#value(name) ?? DEFAULT_OPTIONS[name]]),
    ) as unknown as CharacterRules
    this.#checkBasePath(characters)
    return Object.fromEntries(OPTION_NAMES.map((name) => [name, this.#value(name)]))
  }

  #value(name: OptionName): unknown {
    const { kind, choices } = optionRow(name)
    const { report, extraMethods } = this.#reading
    switch (kind) {
      case 'choice':
        return this.#word(name, choices ?? [])
      case 'switch': {
        const word = this.#word(name, ['true', 'false'])
        return word === undefined ? undefined : word === 'true'
      }
      case 'path':
        return this.#path(name)
      case 'extensions':
        return this.#list(name, (item) => this.#text(item, 'extension'))
      case 'methods':
        return this.#list(name, (item) => readMethod(item, report, extraMethods))
      case 'tokens':
        return this.#list(name, (item) => this.#extraMethod(item))
    }
  }

  #path(name: string): string | undefined {
    const node = fieldOf(this.#map, name)
    if (node === undefined) return undefined
    const text = this.#text(node, 'path')
    if (text === undefined) this.#reading.skip(node)
    return text
  }

  #checkBasePath(rules: CharacterRules): void {
    const node = fieldOf(this.#map, 'basePath')
    if (node?.kind !== 'scalar' || node.unread) return
    const read = readBasePath(node.text, rules)
    if (typeof read === 'string' || isNull(node)) return
    const [fact, help] = UNREACHABLE[read.refusal]
    this.#reading.report({
      code: 'invalid-option',
      span: node.span,
      message: `no request can begin with ${quote(node.text)}: ${fact}`,
      help,
    })
  }

  #extraMethod(node: Node): string | undefined {
    const text = this.#text(node, 'method')
    const problem = text === undefined ? undefined : extraMethodProblem(text)
    if (problem === undefined) return text
    this.#reading.report({ code: 'invalid-option', span: node.span, ...problem })
    return undefined
  }

  #text(node: Node, what: string): string | undefined {
    if (node.kind !== 'scalar' || node.unread || isNull(node)) return undefined
    warnAmbiguous(node, what, this.#reading.report)
    return node.text
  }

  #word<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const node = fieldOf(this.#map, name)
    if (node === undefined) return undefined
    const word = node.kind === 'scalar' ? allowed.find((one) => one === node.text) : undefined
    if (word === undefined) this.#reading.skip(node)
    return word
  }

  #list(name: string, read: (item: Node) => string | undefined): readonly string[] | undefined {
    const node = fieldOf(this.#map, name)
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

/** The methods outside of the registry that a document may use: those given in code, else its own declaration. */
export function extraMethodsOf({ root }: Document, code: GivenOptions): ReadonlySet<string> {
  if (code.extraMethods !== undefined) return new Set(code.extraMethods)
  const items = itemsOf(fieldOf(fieldOf(root, '$options'), 'extraMethods'))
  return new Set(
    items.flatMap((item) =>
      item.kind === 'scalar' && !item.unread && extraMethodProblem(item.text) === undefined
        ? [item.text]
        : [],
    ),
  )
}
