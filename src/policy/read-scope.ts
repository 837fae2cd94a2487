/**
 * The value of a scope: its texts, its list of `includes`, its endpoints.
 */
import { checkScalar } from '../yaml/characters.ts'
import { fieldOf, isNull, type MapNode, type Node, type ScalarNode } from '../yaml/node.ts'
import { isInvisible, quote } from '../diagnostic/words.ts'
import type { PathRules } from '../pattern/request-path.ts'
import type { Include } from './includes.ts'
import { NAME_FIELDS, type NameField, type Risk, SCOPE_FIELDS } from '../language/scope-fields.ts'
import { readNamePattern } from '../pattern/name.ts'
import { explainUnreachable } from '../pattern/unreachable.ts'
import type { Deprecation, LocalizedText, NamePattern, PolicyOptions, Scope } from './model.ts'
import type { InterpretedEndpoint } from './policy-data.ts'
import { checkLength, EndpointReader } from './read-endpoint.ts'
import type { ReadContext } from './read-context.ts'
import { warnAmbiguous } from './warn-ambiguous.ts'

export class ScopeReader {
  readonly #endpoints: EndpointReader
  readonly #reading: ReadContext

  constructor(options: PolicyOptions, rules: PathRules, reading: ReadContext) {
    this.#endpoints = new EndpointReader(options, rules, reading)
    this.#reading = reading
  }

  includes(map: MapNode): readonly Include[] {
    const list = fieldOf(map, 'includes')
    if (list === undefined) return []
    if (list.kind === 'list') return this.scopeNames(list)
    this.#reading.skip(list)
    return []
  }

  /** Names of scopes with their places; of one node or of a list. */
  scopeNames(node: Node): readonly Include[] {
    const items = node.kind === 'list' ? node.items : [node]
    return items.flatMap((item) => {
      if (item.kind !== 'scalar' || item.unread || isNull(item)) {
        this.#reading.skip(item)
        return []
      }
      warnAmbiguous(item, 'scope name', this.#reading.report)
      return [{ name: item.text, span: item.span }]
    })
  }

  /** A list or a single name of other names of the scope. */
  names(map: MapNode, field: 'aliases' | 'requestAs'): readonly Include[] {
    const node = fieldOf(map, field)
    if (node === undefined) return []
    const isShaped = field === 'aliases' ? node.kind === 'list' : node.kind === 'scalar'
    if (isShaped) return this.scopeNames(node)
    this.#reading.skip(node)
    return []
  }

  /** The scopes to use instead of a deprecated one. */
  successors(map: MapNode): readonly Include[] {
    const use = fieldOf(fieldOf(map, 'deprecated'), 'use')
    return use?.kind === 'list' ? this.scopeNames(use) : []
  }

  #deprecation(map: MapNode): Deprecation | undefined {
    const node = fieldOf(map, 'deprecated')
    if (node === undefined) return undefined
    if (node.kind === 'scalar' && node.text === 'true') return Object.freeze({})
    if (node.kind !== 'map') {
      this.#reading.skip(node)
      return undefined
    }
    const use = this.successors(map).map(({ name }) => name)
    const [since, note] = [this.#string(node, 'since'), this.#plainTextOf(node, 'note')]
    return Object.freeze({
      ...(use.length > 0 && { use: Object.freeze([...new Set(use)]) }),
      ...(since !== undefined && { since }),
      ...(note !== undefined && { note }),
    })
  }

  #string(map: MapNode, name: string): string | undefined {
    const node = fieldOf(map, name)
    if (node === undefined) return undefined
    if (node.kind === 'scalar' && !node.unread && !isNull(node)) return node.text
    this.#reading.skip(node)
    return undefined
  }

  #plainTextOf(map: MapNode, name: string): string | undefined {
    const node = fieldOf(map, name)
    return node === undefined ? undefined : this.#plainText(node, name)
  }

  /** The fields that list names, as far as they are there. */
  nameGrants(map: MapNode): Readonly<Partial<Record<NameField, readonly NamePattern[]>>> {
    const found = NAME_FIELDS.flatMap((field): [NameField, readonly NamePattern[]][] => {
      const list = fieldOf(map, field)
      if (list === undefined) return []
      if (list.kind !== 'list') {
        this.#reading.skip(list)
        return []
      }
      return [[field, Object.freeze(list.items.flatMap((item) => this.#namePattern(item, field)))]]
    })
    return Object.fromEntries(found)
  }

  #namePattern(node: Node, field: NameField): readonly NamePattern[] {
    const { report, skip } = this.#reading
    if (node.kind !== 'scalar' || node.unread || isNull(node) || /^$|[\u0000-\u001f\u007f]/.test(node.text)) {
      skip(node)
      return []
    }
    const { text, span } = node
    if (!checkLength(node, this.#reading) || !checkScalar(node, () => `name ${quote(text)}`, report)) {
      skip(node)
      return []
    }
    warnAmbiguous(node, 'name', report)
    const { text: pattern, unreachable } = readNamePattern(SCOPE_FIELDS[field].method, text)
    if (unreachable !== undefined) {
      const [fact, help] = explainUnreachable(unreachable)
      report({
        code: 'unreachable-endpoint',
        span,
        message: `no URI can match ${quote(text)}: ${fact}`,
        help,
      })
    }
    return [Object.freeze({ pattern, span })]
  }

  endpoints(name: ScalarNode, map: MapNode): readonly InterpretedEndpoint[] {
    const list = fieldOf(map, 'endpoints')
    if (list?.kind !== 'list') {
      if (list !== undefined) this.#reading.skip(list)
      return []
    }
    const isFilled =
      list.items.length > 0 || ['includes', ...NAME_FIELDS].some((field) => fieldOf(map, field))
    // Implicit consent states what the warning asks about.
    if (!isFilled && !this.#isImplicit(map)) {
      this.#reading.report({
        code: 'scope-without-endpoints',
        span: list.span,
        message: `scope ${quote(name.text)} grants nothing`,
        help: 'list its endpoints; if it is for the authorization server alone, as `openid` is, write `consent: implicit`',
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
    const risk = this.#word<Risk>(map, 'risk', SCOPE_FIELDS.risk.choices)
    const aliases = this.names(map, 'aliases').map((alias) => alias.name)
    const requestAs = this.names(map, 'requestAs')[0]?.name
    const deprecated = this.#deprecation(map)
    const isImplicit = this.#isImplicit(map)
    return Object.freeze({
      name,
      label: label ?? '',
      ...(description !== undefined && { description }),
      ...(group !== undefined && { group }),
      ...(risk !== undefined && { risk }),
      optional: this.#word(map, 'optional', ['true', 'false']) === 'true',
      includes: Object.freeze([...new Set(includes.map((include) => include.name))]),
      endpoints: Object.freeze(endpoints.map(({ endpoint }) => endpoint)),
      ...this.nameGrants(map),
      ...(aliases.length > 0 && { aliases: Object.freeze([...new Set(aliases)]) }),
      ...(requestAs !== undefined && { requestAs }),
      ...(deprecated !== undefined && { deprecated }),
      ...(isImplicit && { consent: 'implicit' as const }),
    })
  }

  #isImplicit(map: MapNode): boolean {
    return this.#word(map, 'consent', SCOPE_FIELDS.consent.choices) === 'implicit'
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
          message: `duplicate language tag ${quote(key.text)}: case makes no difference`,
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
        help: 'write a string',
      })
    }
    warnAmbiguous(node, `the ${shown}`, report)
    return node.text
  }
}
