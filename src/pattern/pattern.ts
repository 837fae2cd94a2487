/**
 * One endpoint pattern, interpreted once. Matcher and analysis both start from this reading, so they
 * cannot disagree.
 *
 * A pattern of `wildcard: any` is a list of literal runs with a star between each two: `records/*` is
 * `['records/', '']`. A pattern of `wildcard: segment` is an {@link Expression}. A pattern that no
 * accepted path can match is `never`, with the reason and the place for a message.
 */
import { canonicalise, foldCase, printCanonical } from './canonical.ts'
import type { Expression } from './expression.ts'
import type { PathRules, Refusal } from './request-path.ts'
import { readSegmentPattern } from './segment-pattern.ts'

/** Why no accepted path can match; a {@link Refusal}, or something only patterns have. */
export type UnreachableReason = Refusal | 'query' | 'url' | 'method' | 'extension' | 'trailing-slash'

export interface Unreachable {
  readonly reason: UnreachableReason
  /** Offsets in the pattern as written. */
  readonly start: number
  readonly end: number
}

export interface Pattern {
  /** Canonical, as percent-encoded text, without the optional leading slash; the root is `/`. */
  readonly text: string
  readonly meaning: Meaning
  /** Whether it spells a slash at its end, and so asks for one. */
  readonly endsInSlash: boolean
  readonly unreachable?: Unreachable
}

export type Meaning =
  | { readonly kind: 'runs'; readonly runs: readonly string[] }
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'never' }

/** Reads a non-empty pattern without control characters. Throws `UnsupportedSyntax` in `segment` mode. */
export function readPattern(written: string, rules: PathRules): Pattern {
  return rules.wildcard === 'any' ? readAnyPattern(written, rules) : readSegment(written, rules)
}

function readAnyPattern(written: string, rules: PathRules): Pattern {
  const skipped = written.startsWith('/') ? 1 : 0
  const body = written.slice(skipped)
  const { text, refusal } = canonicalise(body, rules)
  const unreachable =
    obviousMistake(written) ??
    (refusal === undefined ? undefined : at(refusal.rule, refusal.start + skipped, refusal.end + skipped)) ??
    deadSegment(body, text, skipped, rules) ??
    deadEnd(written, text, rules)
  const printed = withSlash(refusal === undefined ? printCanonical(text) : body)
  const endsInSlash = text.endsWith('/')
  if (unreachable !== undefined)
    return { text: printed, meaning: { kind: 'never' }, endsInSlash, unreachable }
  const runs = (rules.caseSensitive ? text : foldCase(text)).split('*')
  return { text: printed, meaning: { kind: 'runs', runs }, endsInSlash }
}

function readSegment(written: string, rules: PathRules): Pattern {
  const body = written.startsWith('/') ? written.slice(1) : written
  // Escapes are put into canonical form one by one: the text around them is syntax, and a star may stand
  // for the rest of a character.
  const text = body.replace(/%[0-9A-Fa-f]{2}/g, (escape) => {
    const { text: unreserved, refusal } = canonicalise(escape, rules)
    return refusal === undefined ? printCanonical(unreserved) : escape.toUpperCase()
  })
  const endsInSlash = text.endsWith('/')
  if (text === '') return { text: '/', meaning: { kind: 'runs', runs: [''] }, endsInSlash }
  const expression = readSegmentPattern(text, rules.caseSensitive)
  const mistake = obviousMistake(written)
  return {
    text: withSlash(text),
    meaning: { kind: 'expression', expression },
    endsInSlash,
    ...(mistake !== undefined && { unreachable: mistake }),
  }
}

/** Text that can be read again as the same pattern: a slash at its start would be taken off. */
function withSlash(text: string): string {
  return text === '' || text.startsWith('/') ? `/${text}` : text
}

function at(reason: UnreachableReason, start: number, end: number): Unreachable {
  return { reason, start, end }
}

/** Mistakes that explain themselves better than by the first character they break a rule with. */
function obviousMistake(written: string): Unreachable | undefined {
  const method = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)[ \t]+/i.exec(written)
  if (method !== null) return at('method', 0, method[0].trimEnd().length)
  const url = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/]*/.exec(written)
  if (url !== null) return at('url', 0, url[0].length)
  return undefined
}

/** A query, an empty segment, or a dot segment that is written out between slashes or at an end. */
function deadSegment(body: string, text: string, skipped: number, rules: PathRules): Unreachable | undefined {
  const query = body.indexOf('?')
  if (query >= 0) return at('query', query + skipped, body.length + skipped)
  const separators = rules.encodedSlash === 'data' ? /\/|%2F/gi : /\//g
  const pieces = [...body.matchAll(separators)]
  if (text.startsWith('/')) return at('empty-segment', 0, skipped + 1)
  let start = 0
  for (const [index, separator] of [...pieces, undefined].entries()) {
    const end = separator?.index ?? body.length
    const segment = body.slice(start, end)
    const name = segment.replace(/%2e/gi, '.')
    if (segment === '' && separator !== undefined && body !== '') {
      const from = pieces[index - 1]?.index ?? start
      return at('empty-segment', from + skipped, end + separator[0].length + skipped)
    }
    const cut = rules.delimiters === 'data' ? name.replace(/(?:;|%3B|%3F|%23).*$/i, '') : name
    if (cut === '.' || cut === '..') return at('dot-segment', start + skipped, end + skipped)
    start = end + (separator?.[0].length ?? 0)
  }
  return undefined
}

/** Ends that the options take off every request path. */
function deadEnd(written: string, text: string, rules: PathRules): Unreachable | undefined {
  // Extensions are taken off as they are written; where case does not matter, `.JSON` stays and matches.
  for (const extension of rules.caseSensitive ? rules.extensions : []) {
    if (text.endsWith(`.${extension}`)) {
      return at('extension', written.length - extension.length - 1, written.length)
    }
  }
  if (text.endsWith('/') && rules.trailingSlash === 'ignore' && rules.extensions.length === 0) {
    return at('trailing-slash', written.length - 1, written.length)
  }
  return undefined
}
