/**
 * The comments that suppress findings: `# scope-policy-disable-next-line rule, rule -- reason`.
 *
 * There is one form only, it names its rules, and it reaches one line: an excuse for a whole document, or
 * for every rule, would also suppress later findings. The line is the next one with something on
 * it, so that several such comments can be above each other.
 */
import { type Comment, readComments } from '../../yaml/comments.ts'
import type { Span } from '../../source/span.ts'

export const DIRECTIVE = 'scope-policy-disable-next-line'

export interface Suppression {
  readonly comment: Span
  /** The line that it reaches, without its end; absent at the end of the text. */
  readonly target?: Span
  /** What is in the place of the directive; other than {@link DIRECTIVE} it suppresses nothing. */
  readonly directive: NamedSpan
  /** What is named, between commas. */
  readonly names: readonly NamedSpan[]
  readonly hasReason: boolean
}

export interface NamedSpan {
  readonly text: string
  readonly span: Span
}

const FORM = /^[ \t]*(scope-policy-(?:disable|enable|ignore|suppress)[\w-]*):?(?:[ \t]+(.*))?$/s
const REASON = /(?:^|[ \t])--(?:[ \t]+|$)/

/** In the order of the text; `text` need not be YAML. Cost: nothing where no such comment can be. */
export function readSuppressions(text: string): readonly Suppression[] {
  if (!text.includes('scope-policy-')) return []
  const comments = readComments(text)
  const next = lineFinder(text, comments)
  return comments.flatMap((comment) => {
    const found = FORM.exec(comment.text)
    return found === null ? [] : [suppression(comment, found[1] ?? '', found[2] ?? '', next(comment))]
  })
}

function suppression({ text, span }: Comment, word: string, rest: string, target?: Span): Suppression {
  const start = span.start + 1
  const reason = REASON.exec(rest)
  const list = reason === null ? rest : rest.slice(0, reason.index)
  const names: NamedSpan[] = []
  let at = start + text.length - rest.length
  for (const part of list.split(',')) {
    const name = part.trim()
    const from = at + part.indexOf(name)
    if (name !== '') names.push({ text: name, span: { start: from, end: from + name.length } })
    at += part.length + 1
  }
  const from = start + text.indexOf(word)
  return {
    comment: span,
    ...(target !== undefined && { target }),
    directive: { text: word, span: { start: from, end: from + word.length } },
    names,
    hasReason: reason !== null && rest.slice(reason.index + reason[0].length).trim() !== '',
  }
}

/** The next line with more on it than a comment. Lines that were passed once are not passed again. */
function lineFinder(text: string, comments: readonly Comment[]): (comment: Comment) => Span | undefined {
  const starts = new Set(comments.map(({ span }) => span.start))
  const known = new Map<number, Span | undefined>()
  return ({ span }) => {
    const passed: number[] = []
    let found: Span | undefined
    for (let at = lineEnd(text, span.end) + 1; at < text.length;) {
      if (known.has(at)) {
        found = known.get(at)
        break
      }
      const end = lineEnd(text, at)
      const blanks = /^[ \t\r]*/.exec(text.slice(at, end))?.[0].length ?? 0
      passed.push(at)
      if (at + blanks < end && !starts.has(at + blanks)) {
        found = { start: at, end }
        break
      }
      at = end + 1
    }
    for (const at of passed) known.set(at, found)
    return found
  }
}

/** The offset of the character that ends the line: LF, or a CR that is alone. */
function lineEnd(text: string, from: number): number {
  const ends = /\n|\r(?!\n)/g
  ends.lastIndex = from
  return ends.exec(text)?.index ?? text.length
}
