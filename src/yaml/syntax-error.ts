/**
 * Errors of the YAML parser in words for people who write scope documents.
 *
 * The parser's own sentence is kept where it says more than we could; codes of the parser are not ours.
 * One mistake often makes it report several errors on one line: the first is reported, and of those at one
 * place the one that reaches furthest.
 */
import type { YAMLError } from 'yaml'
import type { Finding } from '../diagnostic/report.ts'
import { quote, visible } from '../diagnostic/words.ts'
import { lastUpTo } from '../source/last-up-to.ts'
import { LineIndex } from '../source/line-index.ts'
import type { Span } from '../source/span.ts'
import type { Unclosed } from './collect-tokens.ts'

export interface SyntaxErrors {
  readonly findings: readonly Finding[]
  /** For each error, reported or not, the part of the text that it makes doubtful. */
  readonly reaches: readonly Span[]
}

interface Sentence {
  /** What is wrong, `…` being the text in question; without it, the parser's own sentence. */
  readonly message?: string
  readonly help: string
}

/** By the parser's codes, and for one code with several meanings by its sentence. */
const SENTENCES: Readonly<Record<string, Sentence>> = {
  TAB_AS_INDENT: { message: 'a tab is used for indentation', help: 'indent with spaces' },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'a second `: ` on one line begins a mapping where none can be',
    help: 'quote the text that contains `: `',
  },
  BLOCK_IN_FLOW: {
    message: 'entries in brackets are not separated by commas',
    help: 'put `,` between them',
  },
  BAD_SCALAR_START: {
    message: 'an unquoted string cannot begin with …',
    help: 'put the string in quotes',
  },
  BAD_DQ_ESCAPE: { help: 'in double quotes write `\\\\` for a backslash, or use single quotes' },
  MULTILINE_IMPLICIT_KEY: {
    message: 'a key runs over several lines: a colon is missing, or a line is indented too far',
    help: 'write `key: value`, and entries of one mapping with the same indentation',
  },
  KEY_OVER_1024_CHARS: {
    message: 'a key is longer than the 1,024 characters YAML allows',
    help: 'write `? ` in front of the key, and `: ` with the value on the next line',
  },
  MULTIPLE_ANCHORS: { help: 'keep one of them' },
  ALIAS_PROPS: { message: 'an alias has its own anchor or tag', help: 'leave it out' },
  BAD_INDENT: { help: 'give entries of one mapping or list the same indentation' },
  MISSING_CHAR: { help: 'put `: ` after a key, and `,` between the entries in brackets' },
  'Implicit map keys need to be followed by map values': {
    message: 'a key has no colon after it',
    help: 'write `key: value`',
  },
  UNEXPECTED_TOKEN: {
    message: '… is not expected here',
    help: 'look for a missing quote, colon, dash or line end just before',
  },
}

const UNKNOWN: Sentence = { help: 'look for a mistake here or right before' }

export function describeSyntaxErrors(
  errors: readonly YAMLError[],
  text: string,
  unclosed: readonly Unclosed[],
): SyntaxErrors {
  if (errors.length === 0) return { findings: [], reaches: [] }
  const told = new Map<number, Finding>()
  const lines = new LineIndex(text)
  const opening = openingFinder(unclosed, lines)
  const reaches = errors.map((error) => {
    const at = placeOf(error, text)
    const partner = opening(error)
    const finding = partner === undefined ? describe(error, at, text) : describeUnclosed(partner)
    const { span } = finding
    const { line } = lines.position(span.start)
    const other = told.get(line)?.span
    if (other === undefined || (other.start === span.start && other.end < span.end)) told.set(line, finding)
    // What is not closed ends before the place where that is noticed.
    return partner === undefined ? at : { start: span.start, end: at.start }
  })
  return { findings: [...told.values()], reaches }
}

/** At least one character, also for errors at the end of the text. */
function placeOf({ pos: [from, to] }: YAMLError, text: string): Span {
  const end = Math.min(Math.max(to, from + 1), text.length)
  return { start: Math.min(Math.max(0, from), Math.max(0, end - 1)), end }
}

function describe({ code, message }: YAMLError, span: Span, text: string): Finding {
  const known = SENTENCES[message] ?? SENTENCES[code] ?? UNKNOWN
  // A function, since in a replacement text `$` has its own meaning.
  const shown = known.message?.replace('…', () => quote(text.slice(span.start, span.end)))
  return { code: 'yaml-syntax', span, message: shown ?? sentence(message), help: known.help }
}

/**
 * Which quote or bracket an error is about: the parser notices at the end of what it took for the text,
 * far after the place where something is to be done.
 */
function openingFinder(
  unclosed: readonly Unclosed[],
  lines: LineIndex,
): (error: YAMLError) => Unclosed | undefined {
  const sorted = [...unclosed].sort((a, b) => a.offset - b.offset)
  const offsets = sorted.map(({ offset }) => offset)
  return ({ message, pos: [at] }) => {
    const last = sorted[lastUpTo(offsets, at)]
    if (last === undefined) return undefined
    if (isQuote(last.mark)) return at <= last.end ? last : undefined
    const onItsLine = lines.position(last.offset).line === lines.position(at).line
    return onItsLine || / end with a [\]}]/.test(message) ? last : undefined
  }
}

function describeUnclosed({ mark, offset }: Unclosed): Finding {
  const [what, closing] = isQuote(mark) ? ['text', mark] : mark === '[' ? ['list', ']'] : ['mapping', '}']
  return {
    code: 'yaml-syntax',
    span: { start: offset, end: offset + 1 },
    message: `the ${what} that begins here with ${quote(mark)} is not closed`,
    help: isQuote(mark)
      ? `write ${quote(closing)} at its end`
      : `write ${quote(closing)} at its end, and indent the lines before it further than its key`,
  }
}

function isQuote(mark: string): boolean {
  return mark === '"' || mark === "'"
}

/** In our grammar for messages: lower-case start, no final period, one line. */
function sentence(message: string): string {
  const line = visible(message.split('\n', 1)[0] ?? '').replace(/[.:]+$/, '')
  return line.charAt(0).toLowerCase() + line.slice(1)
}
