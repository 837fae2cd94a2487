/**
 * A foreign document, JSON or YAML, as a tree in which every value has its place in the text: what it takes to
 * point at a part of it, or to change that part and leave every other byte alone.
 *
 * The values themselves come from `read-data.ts`; this is only about places, so it expects text that was read
 * there without a problem. JSON has a scanner here, fifty times as fast as a reader of YAML and just as exact about
 * places; of YAML the nodes of the `yaml` package are wrapped. Of keys that appear twice the last one counts, as it
 * does for `JSON.parse`. Merge keys are not followed: what they bring has its place elsewhere.
 *
 * Rejected: printing the changed tree again (loses layout, quoting and comments in places).
 */
import { type Document as YamlDocument, isAlias, isMap, isScalar, isSeq, type Node as YamlNode } from 'yaml'
import type { Span } from '../source/span.ts'
import { pointerParts } from './json-pointer.ts'
import { composeData } from './compose.ts'
import { trimmed } from './node.ts'
import { DATA_LIMITS } from './read-data.ts'
import { readStream } from './tokens.ts'

export type LocatedNode = LocatedMap | LocatedList | LocatedScalar

interface AnyLocated {
  /** Without white space and comments after it. */
  readonly span: Span
  /** Reached through an alias: the place is that of the anchor, which others may share. */
  readonly aliased?: true
}

export interface LocatedMap extends AnyLocated {
  readonly kind: 'map'
  readonly entries: readonly LocatedEntry[]
  /** `{ … }`, as in JSON. */
  readonly flow: boolean
}

export interface LocatedEntry {
  readonly key: string
  readonly keySpan: Span
  readonly value: LocatedNode
}

export interface LocatedList extends AnyLocated {
  readonly kind: 'list'
  readonly items: readonly LocatedNode[]
  /** `[ … ]`, as in JSON. */
  readonly flow: boolean
}

interface LocatedScalar extends AnyLocated {
  readonly kind: 'scalar'
  readonly text: string
}

/** Undefined for text that `readData` has a problem with. */
export function readLocated(text: string): LocatedNode | undefined {
  const json = new JsonScanner(text).read()
  if (json !== undefined) return json
  const stream = readStream(text, DATA_LIMITS, () => undefined)
  const document = stream === null ? undefined : composeData(stream, text.length)
  if (document === undefined || document.contents === null || document.errors.length > 0) return undefined
  return new YamlLocator(text, document).locate(document.contents)
}

/** The entry of a mapping; undefined where there is none, or where it is not a mapping. */
export function entryOf(node: LocatedNode | undefined, key: string): LocatedEntry | undefined {
  return node?.kind === 'map' ? node.entries.findLast((entry) => entry.key === key) : undefined
}

/** What a JSON Pointer (RFC 6901) leads to: the node, and the entry of which it is the value. */
export function locate(
  root: LocatedNode,
  pointer: string,
): { readonly node: LocatedNode; readonly entry?: LocatedEntry } | undefined {
  let node = root
  let entry: LocatedEntry | undefined
  for (const name of pointerParts(pointer)) {
    if (node.kind === 'list') {
      const item = /^(?:0|[1-9]\d*)$/.test(name) ? node.items[Number(name)] : undefined
      if (item === undefined) return undefined
      node = item
      entry = undefined
    } else {
      entry = entryOf(node, name)
      if (entry === undefined) return undefined
      node = entry.value
    }
  }
  return entry === undefined ? { node } : { node, entry }
}

/** Follows the text of a YAML document with the nodes that the package has of it. */
class YamlLocator {
  readonly #text: string
  readonly #document: YamlDocument.Parsed
  readonly #open = new Set<YamlNode>()

  constructor(text: string, document: YamlDocument.Parsed) {
    this.#text = text
    this.#document = document
  }

  locate(node: YamlNode | null | undefined, after = 0): LocatedNode {
    if (node === null || node === undefined)
      return { kind: 'scalar', text: '', span: { start: after, end: after } }
    if (isAlias(node)) return this.#alias(node)
    const span = this.#spanOf(node)
    if (isMap(node)) {
      this.#open.add(node)
      const entries = node.items.map(({ key, value }): LocatedEntry => {
        const name = this.locate(key as YamlNode)
        return {
          key: name.kind === 'scalar' ? name.text : '',
          keySpan: name.span,
          value: this.locate(value as YamlNode | null, name.span.end),
        }
      })
      this.#open.delete(node)
      return { kind: 'map', entries, flow: node.flow === true, span }
    }
    if (isSeq(node)) {
      this.#open.add(node)
      const items = node.items.map((item) => this.locate(item as YamlNode, span.start))
      this.#open.delete(node)
      return { kind: 'list', items, flow: node.flow === true, span }
    }
    const text = isScalar(node) ? (typeof node.value === 'string' ? node.value : (node.source ?? '')) : ''
    return { kind: 'scalar', text, span }
  }

  #alias(node: YamlNode & { readonly source: string }): LocatedNode {
    const target = isAlias(node) ? node.resolve(this.#document) : undefined
    if (target === undefined || this.#open.has(target)) {
      return { kind: 'scalar', text: `*${node.source}`, span: this.#spanOf(node) }
    }
    return { ...this.locate(target), aliased: true }
  }

  /** Collections end with white space and comments. */
  #spanOf(node: YamlNode): Span {
    const [start = 0, end = start] = node.range ?? []
    if (isAlias(node) || (isScalar(node) && !node.type?.startsWith('BLOCK'))) return { start, end }
    const last = lastPlace(node)
    if (last !== undefined) return { start, end: Math.max(start, last) }
    return trimmed(this.#text, { start, end })
  }
}

/** Where the last value of a block collection ends; undefined where the text itself shows the end. */
function lastPlace(node: YamlNode): number | undefined {
  let at: unknown = node
  while ((isMap(at) || isSeq(at)) && at.flow !== true) {
    const last: unknown = at.items.at(-1)
    if (isMap(at)) {
      const { key, value } = last as { readonly key: unknown; readonly value: unknown }
      at = value ?? key
    } else at = last
  }
  if (at === node) return undefined
  const { range, type } = at as { readonly range?: readonly number[]; readonly type?: string }
  return type?.startsWith('BLOCK') === true ? undefined : range?.[1]
}

/** JSON text with places. What is not JSON ends with undefined, never with an exception. */
class JsonScanner {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  read(): LocatedNode | undefined {
    if (this.#text.startsWith('\ufeff')) this.#at = 1
    const root = this.#value(0)
    this.#space()
    return this.#at === this.#text.length ? root : undefined
  }

  #value(depth: number): LocatedNode | undefined {
    this.#space()
    if (depth > DATA_LIMITS.depth) return undefined
    switch (this.#text[this.#at]) {
      case '{':
        return this.#map(depth)
      case '[':
        return this.#list(depth)
      case '"':
        return this.#string()
      default:
        return this.#word()
    }
  }

  #map(depth: number): LocatedNode | undefined {
    const start = this.#at
    const entries: LocatedEntry[] = []
    this.#at += 1
    this.#space()
    while (this.#text[this.#at] !== '}') {
      if (entries.length > 0 && !this.#take(',')) return undefined
      this.#space()
      const key = this.#string()
      this.#space()
      if (key === undefined || !this.#take(':')) return undefined
      const value = this.#value(depth + 1)
      if (value === undefined) return undefined
      entries.push({ key: key.text, keySpan: key.span, value })
      this.#space()
    }
    this.#at += 1
    return { kind: 'map', entries, flow: true, span: { start, end: this.#at } }
  }

  #list(depth: number): LocatedNode | undefined {
    const start = this.#at
    const items: LocatedNode[] = []
    this.#at += 1
    this.#space()
    while (this.#text[this.#at] !== ']') {
      if (items.length > 0 && !this.#take(',')) return undefined
      const value = this.#value(depth + 1)
      if (value === undefined) return undefined
      items.push(value)
      this.#space()
    }
    this.#at += 1
    return { kind: 'list', items, flow: true, span: { start, end: this.#at } }
  }

  #string(): LocatedScalar | undefined {
    const found = this.#match(/"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"/y)
    if (found === undefined) return undefined
    const span = { start: this.#at - found.length, end: this.#at }
    return { kind: 'scalar', text: JSON.parse(found) as string, span }
  }

  #word(): LocatedScalar | undefined {
    const found = this.#match(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null/y)
    if (found === undefined) return undefined
    return { kind: 'scalar', text: found, span: { start: this.#at - found.length, end: this.#at } }
  }

  #take(text: string): boolean {
    if (this.#text[this.#at] !== text) return false
    this.#at += 1
    return true
  }

  #space(): void {
    this.#match(/[ \t\r\n]*/y)
  }

  #match(sticky: RegExp): string | undefined {
    sticky.lastIndex = this.#at
    const found = sticky.exec(this.#text)?.[0]
    if (found !== undefined) this.#at += found.length
    return found
  }
}
