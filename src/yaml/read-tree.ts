/**
 * Nodes of the `yaml` package to our own, in which every scalar is the text that was typed.
 *
 * What the package lets pass is closed here: keys that are the same text through quoting, escapes or
 * aliases, aliases that contain themselves, merge keys, lists and mappings as keys.
 */
import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node as YamlNode,
  Scalar,
  type YAMLMap,
} from 'yaml'
import { quote } from '../diagnostic/words.ts'
import type { Report } from '../diagnostic/report.ts'
import type { Span } from '../source/span.ts'
import { type Entry, type MapNode, type Node, type ScalarNode, trimmed } from './node.ts'

/**
 * Reads the tree below `node`. `brokenAt` are the places of syntax errors in `text`. Recursion is bounded
 * by the limit on nesting.
 */
export function readTree(node: YamlNode, text: string, brokenAt: ReadonlySet<number>, report: Report): Node {
  return new TreeReader(text, brokenAt, report).read(node)
}

class TreeReader {
  readonly #text: string
  readonly #brokenAt: ReadonlySet<number>
  readonly #report: Report
  readonly #anchors = new Map<string, Node | 'open'>()

  constructor(text: string, brokenAt: ReadonlySet<number>, report: Report) {
    this.#text = text
    this.#brokenAt = brokenAt
    this.#report = report
  }

  read(node: YamlNode): Node {
    if (isAlias(node)) return this.#alias(node)
    const anchor = node.anchor
    if (anchor !== undefined) this.#anchors.set(anchor, 'open')
    const content = this.#content(node)
    // Tags have been reported from the tokens.
    const read = node.tag === undefined ? content : { ...content, unread: true }
    if (anchor !== undefined) this.#anchors.set(anchor, read)
    return read
  }

  #content(node: YamlNode): Node {
    if (isMap(node)) return this.#map(node)
    if (isScalar(node)) return this.#scalar(node)
    const span = this.#trim(spanOf(node))
    if (isSeq(node))
      return { kind: 'list', items: node.items.map((item) => this.read(item as YamlNode)), span }
    return { kind: 'scalar', text: '', style: 'plain', span }
  }

  #alias(node: Alias): Node {
    const name = node.source
    const span = spanOf(node)
    const target = this.#anchors.get(name)
    if (target === 'open') {
      this.#report({
        code: 'yaml-alias',
        span,
        message: `alias ${quote(`*${name}`)} is inside the value it refers to`,
        help: 'write the value out',
      })
    }
    // Without an anchor it has been reported from the tokens.
    if (target === undefined || target === 'open') {
      return { kind: 'scalar', text: `*${name}`, style: 'quoted', span, unread: true }
    }
    if (target.kind !== 'scalar') return target
    return { ...target, span, anchored: target.anchored ?? target.span, comment: this.#comment(node) }
  }

  #scalar(node: Scalar): ScalarNode {
    const plain = node.type === Scalar.PLAIN || node.type === undefined
    const block = node.type === Scalar.BLOCK_FOLDED || node.type === Scalar.BLOCK_LITERAL
    return {
      kind: 'scalar',
      // Of a value with a tag (reported) the text as typed is good enough.
      text: typeof node.value === 'string' ? node.value : (node.source ?? ''),
      style: plain ? 'plain' : block ? 'block' : 'quoted',
      span: block ? this.#trim(spanOf(node)) : spanOf(node),
      comment: block ? undefined : this.#comment(node),
    }
  }

  /** The comment after a scalar on its line. */
  #comment(node: Scalar | Alias): ScalarNode['comment'] {
    const [, end, after] = node.range ?? [0, 0, 0]
    // Mostly a line end is all there is.
    if (after - end < 2) return undefined
    const found = /^[ \t]*#([^\r\n]*)/.exec(this.#text.slice(end, after))
    if (found === null) return undefined
    const [whole, text = ''] = found
    return { text, span: { start: end + whole.indexOf('#'), end: end + whole.length } }
  }

  #map(map: YAMLMap): MapNode {
    const entries: Entry[] = []
    const known = new Map<string, ScalarNode>()
    let unread = false
    for (const pair of map.items) {
      const key = this.read(pair.key as YamlNode)
      // Read in any case: it may hold an anchor that is used further down.
      const value: Node =
        pair.value === null
          ? { kind: 'scalar', text: '', style: 'plain', span: { start: key.span.end, end: key.span.end } }
          : this.read(pair.value as YamlNode)
      const earlier = key.kind === 'scalar' ? known.get(key.text) : undefined
      if (key.kind !== 'scalar' || isMergeKey(key)) {
        this.#refuseKey(key)
        unread = true
      } else if (earlier === undefined) {
        known.set(key.text, key)
        entries.push({ key, value })
      } else if (key.text !== '' || !this.#brokenAt.has(key.span.start)) {
        // Reported unless it is a key that a syntax error has left empty.
        this.#report({
          code: 'duplicate-key',
          span: key.span,
          message: `duplicate key ${quote(key.text)}`,
          help: 'rename or delete one of them; readers differ in which one they take',
          related: { message: 'the first one is here', span: earlier.span },
        })
      }
    }
    return { kind: 'map', entries, span: this.#trim(spanOf(map)), ...(unread && { unread }) }
  }

  #refuseKey(key: Node): void {
    if (key.kind === 'scalar') {
      this.#report({
        code: 'yaml-merge-key',
        span: key.span,
        message: 'merge keys are refused, since readers of YAML 1.2 do not merge',
        help: 'write the fields out; for shared grants use `includes`',
      })
    } else {
      this.#report({
        code: 'complex-key',
        span: key.span,
        message: `${key.kind === 'map' ? 'a mapping' : 'a list'} is used as a key`,
        help: 'write a string as key; brackets and braces at its start must be quoted',
      })
    }
  }

  /** Collections and block scalars end after their last line; people underline what is written. */
  #trim(span: Span): Span {
    return trimmed(this.#text, span)
  }
}

function isMergeKey(key: ScalarNode): boolean {
  return key.text === '<<' && key.style === 'plain'
}

function spanOf(node: YamlNode): Span {
  const range = node.range
  return range ? { start: range[0], end: range[1] } : { start: 0, end: 0 }
}
