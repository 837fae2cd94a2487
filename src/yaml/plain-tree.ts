/**
 * Tokens of an ordinary document straight to our own tree, without the nodes of the `yaml` package between.
 *
 * Idea: nearly every document is made of mappings and lists of strings, and of nothing that YAML could object
 * to. Of those the tokens already say everything. At the first token that is anything else (an anchor, an
 * alias, a tag, a tab, an explicit key, an empty value, a key that is twice, any error) this reader
 * bails out, and the document is composed and read by `read-tree.ts`, which alone reports. So
 * nothing is decided here about what is right; only what is certainly in order is known.
 *
 * The entries of the outermost mapping are read, and their tokens dropped, while the rest is still being
 * parsed: so tokens die young, and there are never more of them than one scope has.
 *
 * Spans are those that the package gives its nodes: a collection ends where its last value does, with the
 * comment after that.
 *
 * Cost: one visit per token, and no objects but the tree. Composing and converting takes three times as
 * long and leaves a second tree behind; keeping all tokens to the end makes parsing a third slower. A
 * document that turns out not to be ordinary after some scopes is parsed a second time, which adds a third.
 *
 * Rejected: reading lexemes without the package's parser. It would be twice as fast again, and a parser of
 * our own, with its own idea of what indentation means.
 */
import { CST } from 'yaml'
import type { Report } from '../diagnostic/report.ts'
import type { Span } from '../source/span.ts'
import type { Limits } from '../language/limits.ts'
import { type Entry, type ListNode, type MapNode, type Node, type ScalarNode, trimmed } from './node.ts'
import {
  checkBlanks,
  colonIn,
  endOf,
  bail,
  isBlank,
  isBlock,
  isDash,
  isFlow,
  isNothing,
  isSpace,
  isText,
  textOf,
  NOT_FAST_PATH,
} from './plain-tokens.ts'
import { readStream } from './tokens.ts'

export interface PlainTree {
  /** The root of an ordinary document; null of any other. */
  readonly root: Node | null
  /** All tokens of the text; null when it is over a limit (reported), absent when they are used up. */
  readonly stream?: readonly CST.Token[] | null
}

export function readPlainTree(text: string, limits: Limits, report: Report): PlainTree {
  const reader = new FastTreeReader(text)
  let stream: readonly CST.Token[] | null | undefined
  try {
    stream = readStream(text, limits, report, reader)
    return { root: stream && reader.root(stream), stream }
  } catch (reason) {
    if (reason !== NOT_FAST_PATH) throw reason
    return { root: null, ...(reader.whole && stream !== undefined && { stream }) }
  }
}

/** Recursion is bounded by the limit on nesting. */
class FastTreeReader {
  readonly #text: string
  /** Where the value read last ends, with spaces and comments after it: `range[2]` of the package. */
  #end = 0
  /** The outermost mapping, as soon as some of it has been read. */
  #root: OpenMap | undefined

  constructor(text: string) {
    this.#text = text
  }

  /** Whether no token has been dropped. */
  get whole(): boolean {
    return this.#root === undefined
  }

  /** Reads what is complete of the outermost mapping; `stack` are the parser's open tokens. */
  take(stack: readonly CST.Token[]): void {
    const token = stack[1]
    if (token?.type !== 'block-map') return
    // The parser looks back at the last item and the one before.
    const complete = token.items.length - 2
    if (complete <= (this.#root?.read ?? 0)) return
    const root = (this.#root ??= new OpenMap(token))
    if (root.token !== token) bail()
    const { read } = root
    this.#items(root, complete)
    token.items.fill(DROPPED, read, complete)
  }

  root(stream: readonly CST.Token[]): Node {
    let document: CST.Document | undefined
    for (const token of stream) {
      if (token.type === 'document' && document === undefined) document = token
      else if (!isBlank(token) && token.type !== 'byte-order-mark') bail()
    }
    const { start = [], value, end = [] } = document ?? {}
    if (value?.type !== 'block-map' && !isFlow(value, '{')) bail()
    if (this.#root !== undefined && this.#root.token !== value) bail()
    const marked = start[0]?.type === 'doc-start'
    const newline = checkBlanks(start, marked ? 1 : 0, !marked)
    if (marked && !newline) bail()
    checkBlanks(end, 0, true)
    return this.#node(value)
  }

  #node(token: CST.Token): Node {
    switch (token.type) {
      case 'scalar':
      case 'single-quoted-scalar':
      case 'double-quoted-scalar':
        return this.#scalar(token)
      case 'block-scalar':
        return this.#blockScalar(token)
      case 'block-map':
        return this.#blockMap(token)
      case 'block-seq':
        return this.#blockList(token)
      case 'flow-collection':
        return isFlow(token, '{') ? this.#flowMap(token) : this.#flowList(token)
      default:
        return bail()
    }
  }

  #scalar(token: CST.FlowScalar): ScalarNode {
    const start = token.offset
    const end = start + token.source.length
    return {
      kind: 'scalar',
      text: textOf(token),
      style: token.type === 'scalar' ? 'plain' : 'quoted',
      span: { start, end },
      comment: this.#behind(token.end, end),
    }
  }

  #blockScalar(token: CST.BlockScalar): ScalarNode {
    const { value, range } = CST.resolveAsScalar(token, true, bail)
    this.#end = range[2]
    return {
      kind: 'scalar',
      text: value,
      style: 'block',
      span: trimmed(this.#text, { start: range[0], end: range[1] }),
      comment: undefined,
    }
  }

  #blockMap(token: CST.BlockMap): MapNode {
    const map = this.#root?.token === token ? this.#root : new OpenMap(token)
    this.#items(map, token.items.length)
    this.#end = map.behind > 0 ? map.behind : map.end
    const span = trimmed(this.#text, { start: token.offset, end: map.end })
    return { kind: 'map', entries: map.entries.list, span }
  }

  /** Goes on with a mapping up to its item number `to`. */
  #items(map: OpenMap, to: number): void {
    const { indent, items } = map.token
    for (; map.read < to; map.read++) {
      const { start, key, sep, value }: CST.CollectionItem = items[map.read] ?? DROPPED
      if (map.behind > 0) bail()
      checkBlanks(start, 0, true)
      if (!key && !sep && !value) {
        // Comments after the last entry.
        map.behind = endOf(start, map.end)
        continue
      }
      if (!isText(key) || !sep || !value) bail()
      if (key.indent !== indent || key.offset !== endOf(start, map.end)) bail()
      const colon = colonIn(sep)
      if ((sep[colon]?.offset ?? 0) - key.offset > MAX_KEY_LENGTH) bail()
      const newline = checkBlanks(sep, colon + 1, false)
      if (value.type === 'block-map' && !newline) bail()
      map.entries.add(this.#key(key), this.#node(value))
      map.end = this.#end
    }
  }

  #blockList({ offset, items }: CST.BlockSequence): ListNode {
    const list: Node[] = []
    let end = offset
    let behind = 0
    for (const { start, value } of items) {
      if (behind > 0) bail()
      const dash = start.findIndex(isDash)
      if (dash < 0) {
        checkBlanks(start, 0, true)
        if (value) bail()
        behind = endOf(start, end)
        continue
      }
      checkBlanks(start, 0, true, dash)
      checkBlanks(start, dash + 1, false)
      if (!value) bail()
      list.push(this.#node(value))
      end = this.#end
    }
    this.#end = behind > 0 ? behind : end
    return { kind: 'list', items: list, span: trimmed(this.#text, { start: offset, end }) }
  }

  #flowList(token: CST.FlowCollection): ListNode {
    const list: Node[] = []
    for (const [index, item] of token.items.entries()) {
      if (isNothing(item, index, token)) break
      const { key, sep, value } = item
      if (key || sep || !value || isBlock(value)) bail()
      list.push(this.#node(value))
    }
    return { kind: 'list', items: list, span: this.#flowSpan(token, ']') }
  }

  #flowMap(token: CST.FlowCollection): MapNode {
    const entries = new Entries()
    for (const [index, item] of token.items.entries()) {
      if (isNothing(item, index, token)) break
      const { key, sep, value } = item
      if (!isText(key) || !sep || !value || isBlock(value)) bail()
      for (let at = colonIn(sep) + 1; at < sep.length; at++) if (!isSpace(sep[at])) bail()
      entries.add(this.#key(key), this.#node(value))
    }
    return { kind: 'map', entries: entries.list, span: this.#flowSpan(token, '}') }
  }

  #flowSpan({ offset, end }: CST.FlowCollection, bracket: string): Span {
    const [closing, ...behind] = end
    if (closing?.source !== bracket) bail()
    this.#behind(behind, closing.offset + 1)
    return { start: offset, end: closing.offset + 1 }
  }

  #key(key: CST.FlowScalar): ScalarNode {
    if (key.end !== undefined || key.source.includes('\n')) bail()
    const node = this.#scalar(key)
    if (node.text === '<<') bail()
    return node
  }

  /** Takes note of what follows a value up to the next one; gives the comment on its line. */
  #behind(tokens: readonly CST.SourceToken[] | undefined, valueEnd: number): ScalarNode['comment'] {
    this.#end = valueEnd
    if (tokens === undefined || tokens.length === 0) return undefined
    checkBlanks(tokens, 0, false)
    this.#end = endOf(tokens, valueEnd)
    const comment = tokens[1]
    if (tokens[0]?.type !== 'space' || comment?.type !== 'comment') return undefined
    const { offset, source } = comment
    return { text: source.slice(1), span: { start: offset, end: offset + source.length } }
  }
}

const MAX_KEY_LENGTH = 1024

/** What is in the place of an item that has been read. */
const DROPPED: CST.BlockMap['items'][number] = { start: [] }

/** A mapping in block style of which the first `read` items have been read. */
class OpenMap {
  readonly token: CST.BlockMap
  readonly entries: Entries = new Entries()
  read = 0
  /** Where the last entry ends, and what follows all of them; 0 when there is nothing. */
  end: number
  behind = 0

  constructor(token: CST.BlockMap) {
    this.token = token
    this.end = token.offset
  }
}

/** Mappings up to this length are searched for a key; longer ones have a set. */
const SMALL_MAP_THRESHOLD = 8

class Entries {
  readonly list: Entry[] = []
  #known: Set<string> | undefined

  add(key: ScalarNode, value: Node): void {
    const { text } = key
    if (this.list.length < SMALL_MAP_THRESHOLD) {
      for (const entry of this.list) if (entry.key.text === text) bail()
    } else {
      this.#known ??= new Set(this.list.map((entry) => entry.key.text))
      if (this.#known.has(text)) bail()
      this.#known.add(text)
    }
    this.list.push({ key, value })
  }
}
