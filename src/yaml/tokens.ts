/**
 * Text to YAML tokens (the concrete syntax tree of the `yaml` package), and what must be known before
 * nodes are built: nesting, directives, the number of documents, and what {@link collectTokens} finds.
 *
 * The parser is driven lexeme by lexeme so that nesting is refused when it happens, in bounded memory, and
 * so that an onlooker can read tokens as soon as they are complete; everything after this stage may recurse.
 */
import { type CST, Lexer, Parser } from 'yaml'
import type { Report } from '../diagnostic/report.ts'
import { formatNumber, quote } from '../diagnostic/words.ts'
import type { Span } from '../source/span.ts'
import { collectTokens, type Collected } from './collect-tokens.ts'
import { type Limits } from '../language/limits.ts'
import { tooManyErrors } from './too-many-errors.ts'

/** What the tokens of a complete stream contain; null when a limit makes the rest meaningless (reported). */
export function checkTokens(stream: readonly CST.Token[], limits: Limits, report: Report): Collected | null {
  for (const token of stream) if (token.type === 'directive') checkDirective(token, report)
  const [first, second] = stream.filter((token) => token.type === 'document')
  if (second !== undefined) {
    report({
      code: 'several-documents',
      span: beginningOf(second),
      message: 'a second YAML document begins here',
      help: 'keep one document in one file',
    })
  }
  const collected = collectTokens(first, report)
  const uses = collected.aliases.filter((alias) => alias.anchored)
  const over = uses[limits.aliases]
  if (over !== undefined) {
    report({
      code: 'limit-exceeded',
      span: { start: over.offset, end: over.offset + over.source.length },
      message: `more than ${formatNumber(limits.aliases)} uses of aliases`,
      help: 'write the values out, or raise `limits.aliases` in code',
    })
    return null
  }
  return collected
}

/** The `---`; without one, the first character, since no more than that may be left of the text. */
function beginningOf({ offset, start }: CST.Document): Span {
  const mark = start.find(({ type }) => type === 'doc-start')
  return mark === undefined
    ? { start: offset, end: offset + 1 }
    : { start: mark.offset, end: mark.offset + mark.source.length }
}

/** Who looks at the parser's open tokens, outermost first, while it works. */
export interface TokenObserver {
  take(stack: readonly CST.Token[]): void
}

/** The tokens of a string; null when there are too many or nested too deep (reported). */
export function readStream(
  text: string,
  limits: Limits,
  report: Report,
  onlooker?: TokenObserver,
): readonly CST.Token[] | null {
  const over = lexemeOver(text, limits.tokens)
  if (over !== undefined) {
    report({
      code: 'limit-exceeded',
      span: { start: over, end: over + 1 },
      message: `more than ${formatNumber(limits.tokens)} YAML tokens`,
      help: 'split the document, or raise `limits.tokens` in code',
    })
    return null
  }
  const parser = new Parser()
  const stream: CST.Token[] = []
  let errors = 0
  const refuse = (length: number, message: string, help: string): null => {
    const start = Math.max(0, Math.min(parser.offset, text.length) - length)
    report({ code: 'limit-exceeded', span: { start, end: start + 1 }, message, help })
    return null
  }
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      stream.push(token)
      if (token.type === 'error') errors += 1
    }
    onlooker?.take(parser.stack)
    if (errors > limits.errors) {
      const { message, help } = tooManyErrors(limits.errors)
      return refuse(lexeme.length, message, help)
    }
    // The stack holds the document, the open collections, and perhaps a scalar.
    if (parser.stack.length > limits.depth + 1 && parser.stack.filter(isCollection).length > limits.depth) {
      return refuse(
        lexeme.length,
        `collections nested deeper than ${formatNumber(limits.depth)} levels`,
        'a scope policy needs four levels; the limit is `limits.depth` in code',
      )
    }
  }
  for (const token of parser.end()) stream.push(token)
  return stream
}

/** Lexemes that mark something and have no text. */
const MARKS: ReadonlySet<string> = new Set(['\u0002', '\u0018', '\u001f'])

/**
 * Where the first lexeme begins that is one too many, counted before any token is made, since those of a
 * refused text would take a gigabyte. A character is at most one lexeme and one mark, and the end another
 * two, so most strings need not be read for it.
 */
function lexemeOver(text: string, most: number): number | undefined {
  if ((text.length + 1) * 2 <= most) return undefined
  let lexemes = 0
  let offset = 0
  for (const lexeme of new Lexer().lex(text)) {
    lexemes += 1
    if (lexemes > most) return Math.min(offset, text.length - 1)
    if (!MARKS.has(lexeme)) offset += lexeme.length
  }
  return undefined
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
