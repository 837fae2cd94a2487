/**
 * One walk over the tokens of a document, in the order of the text, for what the tree of nodes no longer
 * shows: tags, aliases with the place where each is, quotes and brackets that nothing closes.
 */
import type { CST } from 'yaml'
import { SCOPE_FIELD_NAMES, scopeFieldRow } from '../language/scope-fields.ts'
import type { Report } from '../diagnostic/report.ts'
import { quote } from '../diagnostic/words.ts'

export interface Collected {
  readonly aliases: readonly AliasToken[]
  readonly unclosed: readonly Unclosed[]
  /** Quoted strings that begin with a star, by their offset. */
  readonly quotedStars: ReadonlyMap<number, Place>
}

/** An alias as written, and whether an anchor of its name is before it. */
export interface AliasToken {
  readonly offset: number
  /** With the star. */
  readonly source: string
  readonly anchored: boolean
  readonly place: Place
}

/** A quote, bracket or brace without its partner. */
export interface Unclosed {
  readonly mark: string
  readonly offset: number
  /** Where the text with this quote ends; of brackets, where they begin. */
  readonly end: number
}

/**
 * What a value is in a document of the right shape. An `endpoint` can be a pattern alone; `words` are
 * methods and others of a fixed set.
 */
export type Place = 'document' | 'scope' | 'endpoints' | 'endpoint' | 'words' | 'elsewhere'

/** The fields whose value is a word of a fixed set. */
const WORD_FIELDS: ReadonlySet<string> = new Set(
  SCOPE_FIELD_NAMES.filter((name) => ['choice', 'switch'].includes(scopeFieldRow(name).kind)),
)

export function collectTokens(document: CST.Document | undefined, report: Report): Collected {
  const collector = new Collector(report)
  if (document !== undefined) {
    collector.properties(document.start)
    collector.walk(document.value, 'document')
  }
  return collector
}

/** Recursion is bounded by the limit on nesting. */
class Collector implements Collected {
  readonly aliases: AliasToken[] = []
  readonly unclosed: Unclosed[] = []
  readonly quotedStars: Map<number, Place> = new Map<number, Place>()
  readonly #anchors = new Set<string>()
  readonly #report: Report

  constructor(report: Report) {
    this.#report = report
  }

  properties(tokens: readonly CST.Token[] | undefined): void {
    for (const token of tokens ?? []) {
      if (token.type === 'anchor') this.#anchors.add(token.source.slice(1))
      if (token.type !== 'tag') continue
      this.#report({
        code: 'yaml-tag',
        span: { start: token.offset, end: token.offset + token.source.length },
        message: `tag ${quote(token.source)} is refused, since it can change what the value is`,
        help: 'leave it out; to keep a string, put it in quotes',
      })
    }
  }

  walk(token: CST.Token | null | undefined, place: Place): void {
    switch (token?.type) {
      case 'alias': {
        const { offset, source } = token
        this.aliases.push({ offset, source, anchored: this.#anchors.has(source.slice(1)), place })
        break
      }
      case 'block-scalar':
        this.properties(token.props)
        break
      case 'single-quoted-scalar':
      case 'double-quoted-scalar': {
        const { offset, source } = token
        const mark = source.charAt(0)
        if (source.startsWith('*', 1)) this.quotedStars.set(offset, place)
        if (source.length > 1 && source.endsWith(mark)) break
        this.unclosed.push({ mark, offset, end: offset + source.length })
        break
      }
      case 'block-map':
      case 'block-seq':
      case 'flow-collection':
        this.#collection(token, place)
    }
  }

  #collection(token: CST.BlockMap | CST.BlockSequence | CST.FlowCollection, place: Place): void {
    const flow = token.type === 'flow-collection'
    const list = token.type === 'block-seq' || (flow && token.start.source === '[')
    const item = list ? itemPlace(place) : place
    for (const { start, key, sep, value } of token.items) {
      this.properties(start)
      // A list in flow style may hold a pair without braces; else what is in it is the item itself.
      this.walk(key, list ? item : keyPlace(place))
      this.properties(sep)
      this.walk(value, list && !key ? item : valuePlace(item, key))
    }
    if (!flow) return
    const partner = token.start.source === '[' ? ']' : '}'
    const { offset, source: mark } = token.start
    if (!token.end.some(({ source }) => source === partner)) this.unclosed.push({ mark, offset, end: offset })
  }
}

function itemPlace(list: Place): Place {
  return list === 'endpoints' ? 'endpoint' : list === 'words' ? 'words' : 'elsewhere'
}

function keyPlace(map: Place): Place {
  return map === 'endpoint' ? 'endpoint' : 'elsewhere'
}

function valuePlace(map: Place, key: CST.Token | null | undefined): Place {
  if (map === 'document') return 'scope'
  if (map === 'endpoint') return 'words'
  const field = map === 'scope' && key && 'source' in key ? key.source : ''
  if (WORD_FIELDS.has(field)) return 'words'
  return field === 'endpoints' ? 'endpoints' : 'elsewhere'
}
