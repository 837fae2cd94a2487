/**
 * Why no accepted path can match a pattern, found in the text of the pattern: the first mistake that
 * explains itself, else the first character or segment that no accepted path has.
 */
import { type CanonicalText, canonicalise } from './canonical.ts'
import { isOrdinary } from './clean.ts'
import { type Refusal, REFUSAL_NAMES, REFUSALS } from '../language/refusals.ts'
import type { PathRules } from './request-path.ts'

/** A rule that the pattern breaks; a {@link Refusal}, or something only patterns have. */
export type UnreachableReason = Refusal | 'query' | 'url' | 'method' | 'extension' | 'trailing-slash'

export interface Unreachable {
  /** `form` where no single character or segment is to blame. */
  readonly reason: UnreachableReason | 'form'
  /** Offsets in the pattern as written. */
  readonly start: number
  readonly end: number
}

/** What is wrong, and what to write instead. */
export function explainUnreachable({ reason }: Unreachable): readonly [fact: string, help: string] {
  if (reason !== 'form') return UNREACHABLE[reason]
  return [
    'every path of this form has an empty segment, a dot segment or a character that paths cannot have',
    'write a pattern that some path can match, or delete it',
  ]
}

/** The mistake in a pattern of `wildcard: any`, where everything but `*` is text. */
export function findMistake(written: string, rules: PathRules): Unreachable | undefined {
  const skipped = written.startsWith('/') ? 1 : 0
  const body = written.slice(skipped)
  if (isOrdinary(body)) return findDeadEnd(written, body, rules)
  const canonical = canonicalise(body, rules)
  const found = refusedText(body, canonical) ?? deadSegment(body, canonical.text, rules)
  return (
    obviousMistake(written) ??
    (found && { ...found, start: found.start + skipped, end: found.end + skipped }) ??
    findDeadEnd(written, canonical.text, rules)
  )
}

/** What `wildcard: segment` reads as syntax though it could not be in a path. */
const SYNTAX = /\\.|\?|\[[^\]]*\]/g

/**
 * The same for a pattern of `wildcard: segment`, with its syntax taken for some text of the same length.
 * So it is a suspicion: what is around the mistake may make it vanish, as in `./a`.
 */
export function suspectMistake(written: string, rules: PathRules): Unreachable | undefined {
  return findMistake(
    written.replace(SYNTAX, (syntax) => 'x'.repeat(syntax.length)),
    rules,
  )
}

/** Ends that the options strip from every request path; `text` is the pattern in canonical form. */
function findDeadEnd(written: string, text: string, rules: PathRules): Unreachable | undefined {
  const extension = rules.extensions.find((one) => text.endsWith(`.${one}`))
  // Extensions are stripped as they are written; where case does not matter, `.JSON` stays and matches.
  if (extension !== undefined && rules.caseSensitive) {
    return at('extension', written.length - extension.length - 1, written.length)
  }
  if (text.endsWith('/') && rules.trailingSlash === 'ignore' && rules.extensions.length === 0) {
    return at('trailing-slash', written.length - 1, written.length)
  }
  return undefined
}

/** Mistakes that explain themselves better than by the first character they break a rule with. */
function obviousMistake(written: string): Unreachable | undefined {
  const method = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)(?=[ \t])/i.exec(written)
  if (method !== null) return at('method', 0, method[0].length)
  const url = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/]*/.exec(written)
  if (url !== null) return at('url', 0, url[0].length)
  return undefined
}

/** `%25` followed by two hex digits or by `u`, which may be escaped themselves. */
const DOUBLE_ENCODING = /%25(?:(?:[0-9a-f]|%3[0-9]|%[46][1-6]){2}|u|%[57]5)/i

function refusedText(body: string, { refusal }: CanonicalText): Unreachable | undefined {
  if (refusal === undefined) return undefined
  const { rule, start, end } = refusal
  const doubled = rule === 'double-encoding' ? DOUBLE_ENCODING.exec(body) : null
  if (doubled !== null) return at(rule, doubled.index, doubled.index + doubled[0].length)
  return at(rule, start, end)
}

/**
 * A query, an empty segment, or a dot segment that is written out between slashes or at an end. What cuts a
 * segment or ends it is here only where the options let it stand.
 */
function deadSegment(body: string, text: string, { encodedSlash }: PathRules): Unreachable | undefined {
  const query = body.indexOf('?')
  if (query >= 0) return at('query', query, body.length)
  const pieces = [...body.matchAll(encodedSlash === 'opaque' ? /\//g : /\/|%2F/gi)]
  // With the leading slash that has been stripped.
  if (text.startsWith('/')) return at('empty-segment', -1, 1)
  let start = 0
  for (const [index, separator] of [...pieces, undefined].entries()) {
    const end = separator?.index ?? body.length
    const segment = body.slice(start, end)
    const name = segment.replace(/%2e/gi, '.')
    if (segment === '' && separator !== undefined) {
      return at('empty-segment', pieces[index - 1]?.index ?? start, end + separator[0].length)
    }
    const cut = name.replace(/(?:;|%3B|%3F|%23).*/i, '')
    if (cut === '.' || cut === '..') return at('dot-segment', start, end)
    start = end + (separator?.[0].length ?? 0)
  }
  return undefined
}

function at(reason: UnreachableReason, start: number, end: number): Unreachable {
  return { reason, start, end }
}

/** What only patterns have. */
const OF_PATTERNS: Readonly<
  Record<Exclude<UnreachableReason, Refusal>, readonly [fact: string, help: string]>
> = {
  url: ['a request path has no scheme and host', 'write only the path after the host'],
  method: ['a pattern is only a path', 'write the method after the pattern, as in `users: GET`'],
  query: ['the query is cut off before paths are compared', 'leave out `?` and what follows it'],
  extension: [
    'the options strip this extension from every request path before it is compared',
    'leave the extension out',
  ],
  'trailing-slash': [
    '`trailingSlash: ignore` strips the slash from every request path before it is compared',
    'leave the slash out',
  ],
}

/** For each reason: what is wrong with the underlined part, and what to write instead. */
export const UNREACHABLE: Readonly<Record<UnreachableReason, readonly [fact: string, help: string]>> = {
  ...(Object.fromEntries(
    REFUSAL_NAMES.map((name) => [name, [REFUSALS[name].pattern, REFUSALS[name].write]]),
  ) as unknown as Readonly<Record<Refusal, readonly [fact: string, help: string]>>),
  ...OF_PATTERNS,
}
