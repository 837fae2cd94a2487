/**
 * Errors of the YAML parser in words for people who write scope documents.
 *
 * The parser's own sentence is kept where it says more than we could; codes of the parser are not ours.
 */
import type { YAMLError } from 'yaml'
import type { Finding } from '../diagnostic/report.ts'
import { quote, visible } from '../diagnostic/words.ts'

/** For the parser's codes: what is wrong, and what to write. A missing sentence is the parser's own. */
const SENTENCES: Readonly<Record<string, { readonly message?: string; readonly help: string }>> = {
  TAB_AS_INDENT: { message: 'a tab is used for indentation', help: 'indent with spaces' },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'a second `: ` on one line begins a mapping where none can be',
    help: 'quote the text that contains `: `',
  },
  BAD_SCALAR_START: {
    message: 'an unquoted text cannot begin with this character',
    help: 'put the text in quotes',
  },
  BAD_DQ_ESCAPE: {
    help: 'in double quotes write `\\\\` for a backslash, or use single quotes',
  },
  MULTILINE_IMPLICIT_KEY: {
    message: 'a key runs over several lines; often a colon is missing behind it',
    help: 'write `key: value`',
  },
  KEY_OVER_1024_CHARS: {
    message: 'a key is longer than the 1,024 characters YAML allows',
    help: 'write `? ` in front of the key, and `: ` with the value on the next line',
  },
  BAD_INDENT: { help: 'give entries of one mapping or list the same indentation' },
  MISSING_CHAR: { help: 'close the quote or bracket, and put `:` and a blank behind a key' },
  UNEXPECTED_TOKEN: { help: 'look for a missing quote, colon, dash or line end just before' },
}

export function describeSyntaxError(error: YAMLError, text: string): Finding {
  const [from, to] = error.pos
  const start = Math.min(Math.max(0, from), text.length)
  const end = Math.min(Math.max(to, start + 1), text.length)
  const known = SENTENCES[error.code]
  const excerpt = text.slice(start, end)
  const message = known?.message ?? sentence(error.message)
  const shown = error.code === 'BAD_SCALAR_START' ? `${message}: ${quote(excerpt)}` : message
  return {
    code: 'yaml-syntax',
    span: { start: Math.min(start, Math.max(0, end - 1)), end },
    message: shown,
    help: known?.help,
  }
}

/** In our grammar for messages: lower-case start, no final period, one line. */
function sentence(message: string): string {
  const line = visible(message.split('\n', 1)[0] ?? '').replace(/[.:]+$/, '')
  return line.charAt(0).toLowerCase() + line.slice(1)
}
