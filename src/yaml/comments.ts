/**
 * The comments of a document, read by the lexer alone: what looks like a comment inside a quoted text or a
 * block scalar is text. Cost: one pass of the lexer over the text.
 */
import { Lexer } from 'yaml'
import type { Span } from '../source/span.ts'
import { readableText } from './characters.ts'

export interface Comment {
  /** Without `#`. */
  readonly text: string
  /** With it. */
  readonly span: Span
}

/** What the lexer of the `yaml` package puts in front of scalars. */
const SCALAR = '\u001f'

/** In the order of the text; also of a string that is not YAML, as far as the lexer understands it. */
export function readComments(text: string): readonly Comment[] {
  const comments: Comment[] = []
  const readable = readableText(text)
  let before = ''
  let end = 0
  for (const lexeme of new Lexer().lex(readable)) {
    const start = end
    // Marks of the lexer itself are not in the text.
    end += readable.startsWith(lexeme, start) ? lexeme.length : 0
    if (lexeme.startsWith('#') && before !== SCALAR) {
      comments.push({ text: lexeme.slice(1), span: { start, end } })
    }
    before = lexeme
  }
  return comments
}
