import type { Span } from '../source/span.ts'

/**
 * The document as a tree of three kinds of node, every scalar being the text that was typed.
 *
 * A list or mapping reached through an alias is the anchored node itself, so the tree is a graph without
 * cycles; a scalar is a copy that is where the alias is.
 */
export type Node = ScalarNode | ListNode | MapNode

interface AnyNode {
  readonly span: Span
  /**
   * Whether an error of YAML hides what is meant here (a tag, an alias of nothing, an entry that was left
   * out). It has been reported, and nothing else is said of the node itself, only of what is inside.
   */
  readonly unread?: boolean
}

export interface ScalarNode extends AnyNode {
  readonly kind: 'scalar'
  readonly text: string
  /** `plain` scalars are those that other YAML readers may take for something else than text. */
  readonly style: 'plain' | 'quoted' | 'block'
  /** With the quotes. Empty where a value was left out. Of an alias, the alias. */
  readonly span: Span
  /** Of an alias, where the text itself is. */
  readonly anchored?: Span
  /** The comment after it on its line, without `#`. */
  readonly comment?: { readonly text: string; readonly span: Span } | undefined
}

export interface ListNode extends AnyNode {
  readonly kind: 'list'
  readonly items: readonly Node[]
}

export interface MapNode extends AnyNode {
  readonly kind: 'map'
  /** In document order; of duplicate keys (reported) the first. */
  readonly entries: readonly Entry[]
}

export interface Entry {
  readonly key: ScalarNode
  readonly value: Node
}

/** A YAML document whose text was read without an error that hides its structure. */
export interface Document {
  readonly root: Node
  /** The text in which its spans are places; absent where a part of it is looked at alone. */
  readonly text?: string
}

/** A plain scalar that YAML 1.2 reads as null: `~`, `null` in three spellings, or nothing. */
export function isNull(node: Node): boolean {
  return node.kind === 'scalar' && node.style === 'plain' && /^(?:~|null|Null|NULL|)$/.test(node.text)
}

/** The entry of a mapping with this key; undefined also for what is not a mapping. */
export function entryOf(node: Node | undefined, key: string): Entry | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.key.text === key) : undefined
}

/** What such an entry has as its value. */
export function fieldOf(node: Node | undefined, key: string): Node | undefined {
  return entryOf(node, key)?.value
}

/** The words for a node's kind in messages. */
export function kindName(node: Node): string {
  if (isNull(node)) return 'nothing'
  return node.kind === 'map' ? 'a mapping' : node.kind === 'list' ? 'a list' : 'a string'
}

/** The items of a list; of anything else none. */
export function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === 'list' ? node.items : []
}

/** Lists and mappings that are reached more than once, by an alias: an edit in one place is an edit in all of them. */
export function sharedNodes(root: Node): ReadonlySet<Node> {
  const seen = new Set<Node>()
  const shared = new Set<Node>()
  const visit = (node: Node): void => {
    if (node.kind === 'scalar') return
    if (seen.has(node)) {
      shared.add(node)
      return
    }
    seen.add(node)
    if (node.kind === 'list') node.items.forEach(visit)
    else for (const { value } of node.entries) visit(value)
  }
  visit(root)
  return shared
}

/** A span without the white space at its end. */
export function trimmed(text: string, { start, end }: Span): Span {
  let last = end
  while (last > start && /\s/.test(text[last - 1] ?? '')) last -= 1
  return { start, end: last }
}

/** Whether source and text agree character by character: plain or quoted, on one line, without escapes, not an alias. */
export function isAsTyped({ span, text, style, anchored }: ScalarNode): boolean {
  const quotes = style === 'quoted' ? 2 : 0
  return style !== 'block' && anchored === undefined && span.end - span.start === text.length + quotes
}

/** The span of a part of a scalar's text; where source and text do not agree, the whole scalar. */
export function spanInside(node: ScalarNode, start: number, end: number): Span {
  if (!isAsTyped(node)) return node.span
  const quotes = node.style === 'quoted' ? 1 : 0
  return { start: node.span.start + quotes + start, end: node.span.start + quotes + Math.max(end, start + 1) }
}
