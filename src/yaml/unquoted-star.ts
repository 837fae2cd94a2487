/**
 * A pattern that begins with `*` and is not quoted is an alias to YAML, and the rest of its line makes
 * no sense any more. Since that is the most likely slip in a scope document, it is understood: quoted
 * before the text is parsed, reported once, with a fix. So all other problems of the document are found.
 *
 * Found by the lexer alone, because the parser bails out at the first of them.
 */
import { Lexer } from 'yaml'
import type { Edit } from '../diagnostic/diagnostic.ts'
import type { Finding, Report } from '../diagnostic/report.ts'
import { quote } from '../diagnostic/words.ts'
import type { Span } from '../source/span.ts'
import type { AliasToken, Place } from './collect-tokens.ts'

/** What the lexer of the `yaml` package puts in front of scalars, and where it ends a flow collection. */
const SCALAR = '\u001f'
const FLOW_END = '\u0018'

/** The edits that quote aliases without anchor, but for those that could be one by their form. */
export function quoteStars(text: string): readonly Edit[] {
  const edits: Edit[] = []
  // Where no star can begin a value there is nothing to look for; a string is lexed in vain else.
  if (!/(?:^|[\s,[{]|["']:)\*/.test(text)) return edits
  const anchors = new Set<string>()
  let flowLevel = 0
  let before = ''
  let end = 0
  let readTo = 0
  for (const lexeme of new Lexer().lex(text)) {
    const start = end
    // Marks of the lexer itself are not in the text.
    end += text.startsWith(lexeme, start) ? lexeme.length : 0
    const isScalar = before === SCALAR
    before = lexeme
    if (isScalar || start < readTo) continue
    if (lexeme === '[' || lexeme === '{') flowLevel += 1
    else if (lexeme === ']' || lexeme === '}') flowLevel -= 1
    else if (lexeme === FLOW_END) flowLevel = 0
    else if (lexeme.startsWith('&')) anchors.add(lexeme.slice(1))
    else if (lexeme.startsWith('*') && !anchors.has(lexeme.slice(1))) {
      readTo = endOfText(text, start, flowLevel > 0)
      const written = text.slice(start, readTo)
      if (written === lexeme && /^\*[\w-]+$/.test(written)) continue
      edits.push({ span: { start, end: readTo }, text: inQuotes(written) })
    }
  }
  return edits
}

/**
 * Reports the edits and the aliases that are left without an anchor; `edited` and `aliases` say what
 * is where in the text with the edits.
 */
export function reportStars(
  edits: readonly Edit[],
  edited: ReadonlyMap<number, Place>,
  aliases: readonly AliasToken[],
  toSource: (span: Span) => Span,
  report: Report,
): void {
  let grown = 0
  for (const edit of edits) {
    const { start, end } = edit.span
    const place = edited.get(start + grown)
    grown += edit.text.length - (end - start)
    // There quotes would not help: the star is wrong itself, and is reported when the value is checked.
    if (place === 'words' || place === 'endpoints') continue
    report(unquotedStar(edit))
  }
  for (const { offset, source, place, anchored } of aliases) {
    if (anchored) continue
    const span = toSource({ start: offset, end: offset + source.length })
    if (place === 'endpoint') report(unquotedStar({ span, text: inQuotes(source) }))
    else {
      report({
        code: 'yaml-alias',
        span,
        message: `alias ${quote(source)} has no anchor ${quote(`&${source.slice(1)}`)} before it`,
        help: 'write the value out, or quote it when it is text that begins with `*`',
      })
    }
  }
}

function unquotedStar(edit: Edit): Finding {
  return {
    code: 'unquoted-star',
    span: edit.span,
    message: `${quote(unquoted(edit.text))} begins with a star and is not quoted, which makes it a YAML alias`,
    help: `write ${quote(edit.text)}`,
    fix: { title: 'put it in quotes', edits: [edit] },
  }
}

/** Up to what ends a plain scalar: `: `, ` #`, the end of the line, in flow style also `,` `]` `}`. */
function endOfText(text: string, start: number, inFlow: boolean): number {
  let at = start + 1
  for (; at < text.length; at++) {
    const char = text[at] ?? ''
    const next = text[at + 1] ?? '\n'
    if (char === '\n' || char === '\r') break
    if (char === ':' && /[\s,[\]{}]/.test(next)) break
    if (char === '#' && /\s/.test(text[at - 1] ?? '')) break
    if (inFlow && /[,[\]{}]/.test(char)) break
  }
  while (/[ \t]/.test(text[at - 1] ?? '')) at -= 1
  return at
}

function inQuotes(written: string): string {
  return /["\\]/.test(written) ? `'${written.replaceAll("'", "''")}'` : `"${written}"`
}

function unquoted(quoted: string): string {
  return quoted.startsWith("'") ? quoted.slice(1, -1).replaceAll("''", "'") : quoted.slice(1, -1)
}
