/**
 * What rules look at: a document without errors beside its meaning, scope by scope and endpoint by
 * endpoint, so that each rule finds the place of what it says.
 *
 * Nodes and meaning are joined by position: the loader reads every scope and every endpoint of such a
 * document, in order. Cost: linear in the document.
 */
import { createPolicy } from '../decision/policy.ts'
import type { Policy } from '../decision/types.ts'
import {
  type Document,
  fieldOf,
  itemsOf,
  type ListNode,
  type MapNode,
  type Node,
  type ScalarNode,
  sharedNodes,
} from '../yaml/node.ts'
import { registeredMethod } from '../language/methods.ts'
import type { Pattern } from '../pattern/pattern.ts'
import type { PathRules } from '../pattern/request-path.ts'
import { BASELINE, NAME_FIELDS, type NameField, SCOPE_FIELDS } from '../language/scope-fields.ts'
import { readNamePattern } from '../pattern/name.ts'
import type { Grants, PolicyOptions, Scope } from '../policy/model.ts'
import type { PolicyData } from '../policy/policy-data.ts'
import type { RuleSettings } from './settings.ts'

export interface Subject {
  readonly text: string
  readonly document: Document
  readonly options: PolicyOptions
  readonly rules: PathRules
  /** In document order. */
  readonly scopes: readonly LintScope[]
  /** Scopes, keys of several names and `$baseline`, in document order. */
  readonly holders: readonly Holder[]
  readonly data: PolicyData
  /** For `scope-policy/analysis`, and for asking what is allowed. Made when first asked for. */
  readonly policy: Policy
  readonly settings: RuleSettings
}

export interface LintScope {
  readonly name: string
  readonly key: ScalarNode
  readonly value: MapNode
  readonly scope: Scope
  /** Its own endpoints, in document order; those of `includes` are at the scopes they belong to. */
  readonly endpoints: readonly LintEndpoint[]
  /** The list itself; absent where there are only `includes`. */
  readonly list?: ListNode
}

export interface LintEndpoint {
  /** The pattern. */
  readonly node: ScalarNode
  /** What follows the pattern; absent where the pattern is alone. */
  readonly value?: Node
  /** The methods as written, in order, with their upper-case form. */
  readonly written: readonly { readonly node: ScalarNode; readonly method: string }[]
  readonly pattern: Pattern
  /** What it grants: sorted, with what a bare pattern and `head: as-get` add. */
  readonly methods: readonly string[]
  /** Whether the item is under another scope too, by an alias. */
  readonly shared: boolean
}

/** What grants: a scope, a key of several names, or `$baseline`. */
export interface Holder {
  readonly name: string
  readonly key: ScalarNode
  readonly grants: Grants
  /** Names of its lists of tools, resources and prompts. */
  readonly names: readonly LintName[]
}

export interface LintName {
  readonly field: NameField
  readonly list: ListNode
  /** Its place in the list. */
  readonly index: number
  readonly node: ScalarNode
  readonly pattern: Pattern
  /** Whether the item is under another key too, by an alias. */
  readonly shared: boolean
}

export function createSubject(
  text: string,
  document: Document,
  data: PolicyData,
  settings: RuleSettings,
): Subject {
  let policy: Policy | undefined
  return {
    text,
    document,
    options: data.options,
    rules: data.rules,
    data,
    scopes: scopesOf(document, data),
    holders: holdersOf(document, data),
    settings,
    get policy() {
      return (policy ??= createPolicy(data))
    },
  }
}

function scopesOf(document: Document, data: PolicyData): LintScope[] {
  if (document.root.kind !== 'map') return []
  const sharedIn = sharedNodes(document.root)
  const extraMethods = new Set(data.options.extraMethods)
  return document.root.entries.flatMap(({ key, value }) => {
    const scope = data.scopes.get(key.text)
    if (scope === undefined || value.kind !== 'map') return []
    const list = fieldOf(value, 'endpoints')
    // The grants of a scope begin with its own endpoints.
    const patterns = (data.grants.get(key.text) ?? []).slice(0, scope.endpoints.length)
    const shared = [value, list].some((node) => node !== undefined && sharedIn.has(node))
    const endpoints = itemsOf(list).flatMap((item, index) => {
      const read = patterns[index]
      const node = item.kind === 'map' ? item.entries[0]?.key : item
      if (read === undefined || node?.kind !== 'scalar') return []
      const itemValue = item.kind === 'map' ? item.entries[0]?.value : undefined
      return [
        {
          node,
          ...(itemValue !== undefined && { value: itemValue }),
          written: writtenMethods(itemValue, extraMethods),
          pattern: read.pattern,
          methods: read.endpoint.methods,
          shared: shared || sharedIn.has(item),
        },
      ]
    })
    const own = list?.kind === 'list' ? { list } : {}
    return [{ name: key.text, key, value, scope, endpoints, ...own }]
  })
}

function holdersOf(document: Document, data: PolicyData): readonly Holder[] {
  if (document.root.kind !== 'map') return []
  const sharedIn = sharedNodes(document.root)
  return document.root.entries.flatMap(({ key, value }): Holder[] => {
    const isBaseline = key.text === BASELINE
    const named = data.scopes.get(key.text) ?? data.combinations.get(key.text)
    const grants = isBaseline ? data.baseline : named
    if (grants === undefined || value.kind !== 'map') return []
    const names = NAME_FIELDS.flatMap((field) => namesIn(value, field, sharedIn))
    return [{ name: key.text, key, grants, names }]
  })
}

function namesIn(map: MapNode, field: NameField, sharedIn: ReadonlySet<Node>): readonly LintName[] {
  const list = fieldOf(map, field)
  if (list?.kind !== 'list') return []
  const shared = sharedIn.has(map) || sharedIn.has(list)
  return list.items.flatMap((node, index): LintName[] => {
    if (node.kind !== 'scalar') return []
    const pattern = readNamePattern(SCOPE_FIELDS[field].method, node.text)
    return [{ field, list, index, node, pattern, shared }]
  })
}

function writtenMethods(value: Node | undefined, extraMethods: ReadonlySet<string>): LintEndpoint['written'] {
  const nodes = value?.kind === 'list' ? value.items : value === undefined ? [] : [value]
  return nodes.flatMap((node) => {
    if (node.kind !== 'scalar') return []
    const method = extraMethods.has(node.text) ? node.text : registeredMethod(node.text)
    return method === undefined ? [] : [{ node, method }]
  })
}
