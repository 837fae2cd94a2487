/**
 * Text to YAML tokens (the concrete syntax tree of the `yaml` package), and what must be known before
 * nodes are built: nesting, aliases, anchors, tags, directives, the number of documents.
 *
 * The parser is driven lexeme by lexeme so that nesting is refused when it happens, in bounded memory;
 * everything after this stage may recurse.
 */
import { type CST, Lexer, Parser } from 'yaml'
import type { Report } from '../diagnostic/report.ts'
import { quote } from '../diagnostic/words.ts'
import type { Limits } from './limits.ts'

export interface Tokens {
  /** Of the whole stream, in order. */
  readonly stream: readonly CST.Token[]
  readonly aliases: readonly AliasToken[]
}

/** An alias as written, and whether an anchor of its name stands before it. */
export interface AliasToken {
  readonly offset: number
  /** With the star. */
  readonly source: string
  readonly anchored: boolean
  /** Whether it stands somewhere in a list, as patterns do. */
  readonly inList: boolean
  readonly inFlow: boolean
}

/** Reads the tokens; null when a limit makes the rest meaningless (reported). */
export function readTokens(text: string, limits: Limits, report: Report): Tokens | null {
  const stream = lex(text, limits, report)
  if (stream === null) return null
  const anchors = new Set<string>()
  const aliases: AliasToken[] = []
  let documents = 0
  for (const token of stream) {
    if (token.type === 'directive') checkDirective(token, report)
    if (token.type !== 'document') continue
    documents += 1
    if (documents === 2) {
      report({
        code: 'several-documents',
        span: { start: token.offset, end: token.offset + 3 },
        message: 'a second YAML document begins here',
        help: 'keep one document in one file',
      })
    }
    if (documents === 1) collect(token, anchors, aliases, report)
  }
  const uses = aliases.filter((alias) => alias.anchored)
  const over = uses[limits.aliases]
  if (over !== undefined) {
    report({
      code: 'limit-exceeded',
      span: { start: over.offset, end: over.offset + over.source.length },
      message: `more than ${limits.aliases} uses of aliases`,
      help: 'write the values out, or raise `limits.aliases` in code',
    })
    return null
  }
  return { stream, aliases }
}

function lex(text: string, limits: Limits, report: Report): readonly CST.Token[] | null {
  const parser = new Parser()
  const stream: CST.Token[] = []
  let count = 0
  const refuse = (length: number, message: string, help: string): null => {
    const start = Math.max(0, Math.min(parser.offset, text.length) - length)
    report({ code: 'limit-exceeded', span: { start, end: start + 1 }, message, help })
    return null
  }
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) stream.push(token)
    count += 1
    if (count > limits.tokens) {
      return refuse(
        lexeme.length,
        `more than ${limits.tokens} YAML tokens`,
        'split the document, or raise `limits.tokens` in code',
      )
    }
    // The stack holds the document, the open collections, and perhaps a scalar.
    if (parser.stack.length > limits.depth + 1 && parser.stack.filter(isCollection).length > limits.depth) {
      return refuse(
        lexeme.length,
        `collections nested deeper than ${limits.depth} levels`,
        'a scope policy needs four levels; the limit is `limits.depth` in code',
      )
    }
  }
  for (const token of parser.end()) stream.push(token)
  return stream
}

function isCollection(token: CST.Token): boolean {
  return token.type === 'block-map' || token.type === 'block-seq' || token.type === 'flow-collection'
}

function checkDirective(token: CST.Directive, report: Report): void {
  if (/^%YAML[ \t]+1\.2[ \t]*(?:#.*)?$/.test(token.source.trimEnd())) return
  report({
    code: 'yaml-directive',
    span: { start: token.offset, end: token.offset + token.source.length },
    message: `directive ${quote(token.source)} is refused, since it can change what the text means`,
    help: 'delete the line, or write `%YAML 1.2`',
  })
}

/** Walks one document in text order; recursion is bounded by the limit on nesting. */
function collect(document: CST.Document, anchors: Set<string>, aliases: AliasToken[], report: Report): void {
  const properties = (tokens: readonly CST.Token[] | undefined): void => {
    for (const token of tokens ?? []) {
      if (token.type === 'anchor') anchors.add(token.source.slice(1))
      if (token.type === 'tag') {
        report({
          code: 'yaml-tag',
          span: { start: token.offset, end: token.offset + token.source.length },
          message: `tag ${quote(token.source)} is refused: every value here is text`,
          help: 'write the value without the tag, in quotes',
        })
      }
    }
  }
  const walk = (token: CST.Token | null | undefined, inList: boolean, inFlow: boolean): void => {
    if (token === null || token === undefined) return
    if (token.type === 'alias') {
      const { offset, source } = token
      aliases.push({ offset, source, anchored: anchors.has(source.slice(1)), inList, inFlow })
    } else if (token.type === 'block-scalar') properties(token.props)
    else if (token.type === 'block-map' || token.type === 'block-seq' || token.type === 'flow-collection') {
      const flow = token.type === 'flow-collection'
      const list = inList || token.type === 'block-seq' || (flow && token.start.source === '[')
      for (const item of token.items) {
        properties(item.start)
        walk(item.key, list, inFlow || flow)
        properties(item.sep)
        walk(item.value, list, inFlow || flow)
      }
    }
  }
  properties(document.start)
  walk(document.value, false, false)
}
