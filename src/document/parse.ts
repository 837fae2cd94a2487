/**
 * YAML text to a {@link Document}: tokens and nodes by the `yaml` package, then our own tree in which
 * every scalar is the text that was typed (a fail-safe schema: nothing is a number, boolean or date).
 *
 * What the package lets pass is closed here: several documents, directives and tags (tokens.ts), keys
 * that are the same text through quoting, escapes or aliases, aliases that contain themselves, merge
 * keys, lists and mappings as keys.
 */
import {
  Composer,
  type Document as YamlDocument,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node as YamlNode,
  Scalar,
  type YAMLMap,
} from 'yaml'
import { quote } from '../diagnostic/words.ts'
import type { Finding, Report } from '../diagnostic/report.ts'
import type { Span } from '../source/span.ts'
import type { Limits } from './limits.ts'
import type { Document, Entry, Node, ScalarNode } from './node.ts'
import { describeSyntaxError } from './syntax-error.ts'
import { readTokens, type Tokens } from './tokens.ts'
import { applyEdits, beforeEdits, quoteStars } from './unquoted-star.ts'

export interface ParsedDocument {
  /** Null when there is no document, or none that could be read. */
  readonly document: Document | null
  /** Where the text is not YAML: what was read around these places may not be what was meant. */
  readonly broken: readonly Span[]
  /** Places of the text that was read, in the text that was given. */
  readonly toSource: (span: Span) => Span
}

const NOTHING: ParsedDocument = { document: null, broken: [], toSource: (span) => span }

/** Reads a source text. Spans of the nodes are turned into places of `text` by `toSource`. */
export function parseDocument(text: string, limits: Limits, report: Report): ParsedDocument {
  let tokens = readTokens(text, limits, report)
  if (tokens === null) return NOTHING
  const edits = quoteStars(text, tokens.aliases, report)
  const toSource = (span: Span): Span => (edits.length === 0 ? span : beforeEdits(span, edits))
  const read = applyEdits(text, edits)
  if (edits.length > 0) {
    tokens = readTokens(read, limits, ignore)
    if (tokens === null) return NOTHING
  }
  const reportRead: Report = (finding) => {
    report(moveFinding(finding, toSource))
  }
  const composed = compose(tokens, read.length)
  const broken: Span[] = []
  for (const error of composed?.errors ?? []) {
    const finding = describeSyntaxError(error, read)
    broken.push(finding.span)
    reportRead(finding)
  }
  if (composed === undefined || composed.contents === null) {
    if (broken.length === 0) {
      report({
        code: 'empty-document',
        span: { start: 0, end: Math.min(1, text.length) },
        message: 'there is no document here',
        help: 'write at least one scope',
      })
    }
    return { ...NOTHING, broken }
  }
  const reader = new TreeReader(read, new Set(broken.map((span) => span.start)), reportRead)
  return { document: { root: reader.read(composed.contents) }, broken, toSource }
}

function ignore(): void {
  // The repaired text has the same findings as the text, which were reported from there.
}

export function moveFinding(finding: Finding, move: (span: Span) => Span): Finding {
  return {
    ...finding,
    span: move(finding.span),
    ...(finding.related && { related: { ...finding.related, span: move(finding.related.span) } }),
    ...(finding.fix && {
      fix: {
        title: finding.fix.title,
        edits: finding.fix.edits.map((edit) => ({ ...edit, span: move(edit.span) })),
      },
    }),
  }
}

function compose(tokens: Tokens, length: number): YamlDocument.Parsed | undefined {
  const composer = new Composer({
    schema: 'failsafe',
    version: '1.2',
    strict: true,
    uniqueKeys: false,
    merge: false,
    prettyErrors: false,
    logLevel: 'error',
  })
  // The first document only; a second one has been reported.
  for (const document of composer.compose(tokens.stream, false, length)) return document
  return undefined
}

/** Turns nodes of the `yaml` package into ours. Recursion is bounded by the limit on nesting. */
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
    if (isAlias(node)) return this.#alias(node.source, spanOf(node))
    const anchor = node.anchor
    if (anchor !== undefined) this.#anchors.set(anchor, 'open')
    const read = this.#content(node)
    if (anchor !== undefined) this.#anchors.set(anchor, read)
    return read
  }

  #content(node: YamlNode): Node {
    const span = spanOf(node)
    if (isMap(node)) return { kind: 'map', entries: this.#entries(node), span: this.#trim(span) }
    if (isSeq(node)) {
      const items = node.items.map((item) => this.read(item as YamlNode))
      return { kind: 'list', items, span: this.#trim(span) }
    }
    if (isScalar(node)) return this.#scalar(node)
    return { kind: 'scalar', text: '', style: 'plain', span }
  }

  #alias(name: string, span: Span): Node {
    const target = this.#anchors.get(name)
    if (target !== undefined && target !== 'open') return target
    // Without an anchor it has been reported from the tokens.
    if (target === 'open') {
      this.#report({
        code: 'yaml-alias',
        span,
        message: `alias ${quote(`*${name}`)} stands inside the value it refers to`,
        help: 'write the value out',
      })
    }
    return { kind: 'scalar', text: `*${name}`, style: 'quoted', span }
  }

  #scalar(node: Scalar): ScalarNode {
    const [start, end, after] = node.range ?? [0, 0, 0]
    const plain = node.type === Scalar.PLAIN || node.type === undefined
    const block = node.type === Scalar.BLOCK_FOLDED || node.type === Scalar.BLOCK_LITERAL
    // Of a value with a tag (reported) the text as typed is good enough.
    const text = typeof node.value === 'string' ? node.value : (node.source ?? '')
    const comment = block ? null : /^[ \t]*#([^\r\n]*)/.exec(this.#text.slice(end, after))
    return {
      kind: 'scalar',
      text,
      style: plain ? 'plain' : block ? 'block' : 'quoted',
      span: block ? this.#trim({ start, end }) : { start, end },
      ...(comment !== null && {
        comment: {
          text: comment[1] ?? '',
          span: { start: end + comment[0].indexOf('#'), end: end + comment[0].length },
        },
      }),
    }
  }

  #entries(map: YAMLMap): readonly Entry[] {
    const entries: Entry[] = []
    const known = new Map<string, ScalarNode>()
    for (const pair of map.items) {
      const key = this.read(pair.key as YamlNode)
      // Read in any case: it may hold an anchor that is used further down.
      const value: Node =
        pair.value === null
          ? { kind: 'scalar', text: '', style: 'plain', span: { start: key.span.end, end: key.span.end } }
          : this.read(pair.value as YamlNode)
      if (key.kind !== 'scalar') {
        this.#report({
          code: 'complex-key',
          span: key.span,
          message: `${key.kind === 'map' ? 'a mapping' : 'a list'} is used as a key`,
          help: 'write a text as key; brackets and braces at its start must be quoted',
        })
        continue
      }
      if (key.text === '<<' && key.style === 'plain') {
        this.#report({
          code: 'yaml-merge-key',
          span: key.span,
          message: 'merge keys are refused, since readers of YAML 1.2 do not merge',
          help: 'write the fields out; for shared grants use `includes`',
        })
        continue
      }
      const earlier = known.get(key.text)
      if (earlier !== undefined) {
        // A key that an error left empty is no second key.
        if (key.text !== '' || !this.#brokenAt.has(key.span.start)) this.#duplicate(key, earlier)
        continue
      }
      known.set(key.text, key)
      entries.push({ key, value })
    }
    return entries
  }

  #duplicate(key: ScalarNode, earlier: ScalarNode): void {
    this.#report({
      code: 'duplicate-key',
      span: key.span,
      message: `key ${quote(key.text)} stands here for the second time`,
      help: 'rename or delete one of them; readers differ in which one they take',
      related: { message: 'the first one is here', span: earlier.span },
    })
  }

  /** Collections and block scalars end behind their last line; people underline what is written. */
  #trim({ start, end }: Span): Span {
    let last = end
    while (last > start && /\s/.test(this.#text[last - 1] ?? '')) last -= 1
    return { start, end: last }
  }
}

function spanOf(node: YamlNode): Span {
  const range = node.range
  return range ? { start: range[0], end: range[1] } : { start: 0, end: 0 }
}
