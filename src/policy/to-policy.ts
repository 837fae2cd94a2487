/**
 * Document to policy: from spans and scalars to scopes, patterns and methods.
 *
 * Called on documents of any shape: what the shape check refused is skipped here, everything else is
 * read, so that all problems of a document are reported together. A policy may be used only if no error
 * was reported.
 */
import { forbiddenIn } from '../document/characters.ts'
import type { Document, Entry, MapNode, Node, ScalarNode } from '../document/node.ts'
import type { Limits } from '../document/limits.ts'
import type { Report } from '../diagnostic/report.ts'
import { quote } from '../diagnostic/words.ts'
import type { PathRules } from '../pattern/request-path.ts'
import { EndpointReader } from './read-endpoint.ts'
import { checkIncludes, closure, type Include } from './includes.ts'
import type { LocalizedText, PolicyOptions, Risk, Scope } from './model.ts'
import type { InterpretedEndpoint, PolicyData } from './policy-data.ts'
import { warnAmbiguous } from './warn-ambiguous.ts'

/** How often `includes` may repeat as many endpoints as a document may have. */
const INCLUDED = 10

/** Reads the scopes of a document; null when nothing in it can be read as scopes. */
export function toPolicy(
  document: Document,
  options: PolicyOptions,
  rules: PathRules,
  limits: Limits,
  report: Report,
): PolicyData | null {
  if (document.root.kind !== 'map') return null
  const reader = new ScopeReader(options, rules, limits, report)
  const own = new Map<string, readonly InterpretedEndpoint[]>()
  const scopes = new Map<string, Scope>()
  const includes = new Map<string, readonly Include[]>()
  for (const { key, value } of document.root.entries) {
    if (key.text.startsWith('$')) continue
    warnAmbiguous(key, 'scope name', report)
    // Known by name even when the rest is unreadable: `includes` elsewhere is then no error.
    includes.set(key.text, value.kind === 'map' ? reader.includes(value) : [])
    if (value.kind !== 'map') continue
    const endpoints = reader.endpoints(key, value)
    own.set(key.text, endpoints)
    scopes.set(key.text, reader.scope(key.text, value, endpoints))
  }
  if (includes.size === 0) {
    report({
      code: 'no-scopes',
      span: document.root.span,
      message: 'this document has no scopes, so it grants nothing',
      help: 'write at least one scope',
    })
  }
  if (!checkIncludes(includes, report)) return null
  const names = new Map([...scopes].map(([name, scope]) => [name, scope.includes]))
  const grants = new Map<string, readonly InterpretedEndpoint[]>()
  let budget = limits.endpoints * INCLUDED
  for (const { key } of document.root.entries) {
    const first = own.get(key.text)
    if (first === undefined) continue
    const all = closure(key.text, names)
    const endpoints = all.length === 1 ? first : all.flatMap((scope) => own.get(scope) ?? [])
    budget -= all.length + endpoints.length
    if (budget < 0) {
      report({
        code: 'limit-exceeded',
        span: key.span,
        message: `\`includes\` multiply the endpoints to more than ${limits.endpoints * INCLUDED}`,
        help: 'include fewer scopes, or raise `limits.endpoints` in code',
      })
      return null
    }
    grants.set(key.text, endpoints)
  }
  return { options, rules, scopes, grants }
}

class ScopeReader {
  readonly #endpoints: EndpointReader
  readonly #report: Report

  constructor(options: PolicyOptions, rules: PathRules, limits: Limits, report: Report) {
    this.#endpoints = new EndpointReader(options, rules, limits, report)
    this.#report = report
  }

  includes(map: MapNode): readonly Include[] {
    const list = field(map, 'includes')?.value
    if (list?.kind !== 'list') return []
    return list.items
      .filter((item) => item.kind === 'scalar')
      .map((item) => {
        warnAmbiguous(item, 'scope name', this.#report)
        return { name: item.text, span: item.span }
      })
  }

  endpoints(name: ScalarNode, map: MapNode): readonly InterpretedEndpoint[] {
    const entry = field(map, 'endpoints')
    if (entry?.value.kind !== 'list') return []
    if (entry.value.items.length === 0 && field(map, 'includes') === undefined) {
      this.#report({
        code: 'scope-without-endpoints',
        span: entry.value.span,
        message: `scope ${quote(name.text)} grants nothing`,
        help: 'list its endpoints, unless it is for the authorization server alone, as `openid` is',
      })
    }
    return this.#endpoints.list(entry.value)
  }

  scope(name: string, map: MapNode, endpoints: readonly InterpretedEndpoint[]): Scope {
    const description = this.#text(map, 'description')
    const group = this.#text(map, 'group')
    const risk = scalarField(map, 'risk')
    return Object.freeze({
      name,
      label: this.#text(map, 'label') ?? '',
      ...(description !== undefined && { description }),
      ...(group !== undefined && { group }),
      ...(risk !== undefined && { risk: risk as Risk }),
      optional: scalarField(map, 'optional') === 'true',
      includes: Object.freeze([...new Set(this.#names(field(map, 'includes')?.value))]),
      endpoints: Object.freeze(endpoints.map(({ endpoint }) => endpoint)),
    })
  }

  #names(list: Node | undefined): readonly string[] {
    return list?.kind === 'list'
      ? list.items.flatMap((item) => (item.kind === 'scalar' ? [item.text] : []))
      : []
  }

  #text(map: MapNode, name: string): LocalizedText | undefined {
    const value = field(map, name)?.value
    if (value === undefined || value.kind === 'list') return undefined
    if (value.kind === 'scalar') return this.#plainText(value, name)
    const texts: [string, string][] = []
    const tags = new Map<string, ScalarNode>()
    for (const { key, value: text } of value.entries) {
      if (text.kind !== 'scalar') continue
      warnAmbiguous(key, 'language tag', this.#report)
      const earlier = tags.get(key.text.toLowerCase())
      if (earlier !== undefined) {
        this.#report({
          code: 'duplicate-key',
          span: key.span,
          message: `language tag ${quote(key.text)} stands here for the second time: case makes no difference`,
          help: 'delete one of them',
          related: { message: 'the first one is here', span: earlier.span },
        })
      }
      tags.set(key.text.toLowerCase(), key)
      texts.push([key.text, this.#plainText(text, name)])
    }
    return Object.freeze(Object.fromEntries(texts))
  }

  #plainText(node: ScalarNode, name: string): string {
    const forbidden = forbiddenIn(node.text)
    if (forbidden !== undefined) {
      const [code, what] = forbidden
      this.#report({ code, span: node.span, message: `\`${name}\` contains ${what}`, help: 'delete it' })
    }
    if (node.style === 'plain' && !/^(?:~|null|Null|NULL|)$/.test(node.text))
      warnAmbiguous(node, 'text', this.#report)
    return node.text
  }
}

function field(map: MapNode, name: string): Entry | undefined {
  return map.entries.find(({ key }) => key.text === name)
}

function scalarField(map: MapNode, name: string): string | undefined {
  const value = field(map, name)?.value
  return value?.kind === 'scalar' ? value.text : undefined
}
