/**
 * The value of a scope: its texts, its list of `includes`, its endpoints.
 */
import { checkScalar } from '../document/characters.ts'
import { isNull, type MapNode, type Node, type ScalarNode } from '../document/node.ts'
import { isInvisible, quote } from '../diagnostic/words.ts'
import type { PathRules } from '../pattern/request-path.ts'
import type { Include } from './includes.ts'
import type { LocalizedText, PolicyOptions, Risk, Scope } from './model.ts'
import type { InterpretedEndpoint } from './policy-data.ts'
import { EndpointReader } from './read-endpoint.ts'
import type { Reading } from './reading.ts'
import { warnAmbiguous } from './warn-ambiguous.ts'

export class ScopeReader {
  readonly #endpoints: EndpointReader
  readonly #reading: Reading

  constructor(options: PolicyOptions, rules: PathRules, reading: Reading) {
    this.#endpoints = new EndpointReader(options, rules, reading)
    this.#reading = reading
  }

  includes(map: MapNode): readonly Include[] {
    const list = fieldOf(map, 'includes')
    if (list === undefined) return []
    if (list.kind !== 'list') {
      this.#reading.skip(list)
      return []
    }
    return list.items.flatMap((item) => {
      if (item.kind !== 'scalar' || item.unread || isNull(item)) {
        this.#reading.skip(item)
        return []
      }
      warnAmbiguous(item, 'scope name', this.#reading.report)
      return [{ name: item.text, span: item.span }]
    })
  }

  endpoints(name: ScalarNode, map: MapNode): readonly InterpretedEndpoint[] {
    const list = fieldOf(map, 'endpoints')
    if (list?.kind !== 'list') {
      if (list !== undefined) this.#reading.skip(list)
      return []
    }
    if (list.items.length === 0 && fieldOf(map, 'includes') === undefined) {
      this.#reading.report({
        code: 'scope-without-endpoints',
        span: list.span,
        message: `scope ${quote(name.text)} grants nothing`,
        help: 'list its endpoints, unless it is for the authorization server alone, as `openid` is',
      })
    }
    return this.#endpoints.list(list)
  }

  scope(
    name: string,
    map: MapNode,
    includes: readonly Include[],
    endpoints: readonly InterpretedEndpoint[],
  ): Scope {
    const label = this.#text(map, 'label')
    if (label === undefined) this.#reading.skip(map)
    const description = this.#text(map, 'description')
    const group = this.#text(map, 'group')
    const risk = this.#word<Risk>(map, 'risk', ['low', 'medium', 'high'])
    return Object.freeze({
      name,
      label: label ?? '',
      ...(description !== undefined && { description }),
      ...(group !== undefined && { group }),
      ...(risk !== undefined && { risk }),
      optional: this.#word(map, 'optional', ['true', 'false']) === 'true',
      includes: Object.freeze([...new Set(includes.map((include) => include.name))]),
      endpoints: Object.freeze(endpoints.map(({ endpoint }) => endpoint)),
    })
  }

  #word<T extends string>(map: MapNode, name: string, allowed: readonly T[]): T | undefined {
    const node = fieldOf(map, name)
    const word = node?.kind === 'scalar' ? allowed.find((one) => one === node.text) : undefined
    if (node !== undefined && word === undefined) this.#reading.skip(node)
    return word
  }

  #text(map: MapNode, name: string): LocalizedText | undefined {
    const node = fieldOf(map, name)
    if (node?.kind === 'map') return this.#localized(node, name)
    return node === undefined ? undefined : this.#plainText(node, name)
  }

  #localized(node: MapNode, name: string): LocalizedText {
    const { report } = this.#reading
    const texts: [string, string][] = []
    const tags = new Map<string, ScalarNode>()
    for (const { key, value } of node.entries) {
      warnAmbiguous(key, 'language tag', report)
      const folded = key.text.toLowerCase()
      const earlier = tags.get(folded)
      if (earlier !== undefined) {
        report({
          code: 'duplicate-key',
          span: key.span,
          message: `language tag ${quote(key.text)} stands here for the second time: case makes no difference`,
          help: 'delete one of them',
          related: { message: 'the first one is here', span: earlier.span },
        })
      }
      tags.set(folded, key)
      const text = this.#plainText(value, name)
      if (text !== undefined) texts.push([key.text, text])
    }
    return Object.freeze(Object.fromEntries(texts))
  }

  #plainText(node: Node, name: string): string | undefined {
    const { report, skip } = this.#reading
    if (node.kind !== 'scalar' || node.unread || isNull(node)) {
      skip(node)
      return undefined
    }
    const shown = quote(name)
    if (checkScalar(node, () => shown, report) && isInvisible(node.text) && node.text.trim() !== '') {
      report({
        code: 'invalid-label',
        span: node.span,
        message: `${shown} shows nothing: all of its characters are invisible`,
        help: 'write a text',
      })
    }
    warnAmbiguous(node, `the ${shown}`, report)
    return node.text
  }
}

function fieldOf(map: MapNode, name: string): Node | undefined {
  return map.entries.find(({ key }) => key.text === name)?.value
}
