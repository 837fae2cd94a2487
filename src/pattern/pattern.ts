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
import type { PathRules } from './request-path.ts'
import { readSegmentPattern } from './segment-pattern.ts'
import { findMistake, suspectMistake, type Unreachable } from './unreachable.ts'

export interface Pattern {
  /** Canonical, as percent-encoded text, without the optional leading slash; the root is `/`. */
  readonly text: string
  readonly meaning: Meaning
  /** Whether it spells a slash at its end, and so asks for one. */
  readonly endsInSlash: boolean
  /** Why no accepted path can match. */
  readonly unreachable?: Unreachable
  /** Why no accepted path can match, if none can: for some `segment` patterns only an automaton can decide it. */
  readonly suspect?: Unreachable
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
  const body = written.startsWith('/') ? written.slice(1) : written
  const { text, refusal } = canonicalise(body, rules)
  const unreachable = findMistake(written, rules)
  const printed = withSlash(refusal === undefined ? printCanonical(text) : body)
  const endsInSlash = text.endsWith('/')
  if (unreachable !== undefined)
    return { text: printed, meaning: { kind: 'never' }, endsInSlash, unreachable }
  const runs = (rules.caseSensitive ? text : foldCase(text)).split('*')
  return { text: printed, meaning: { kind: 'runs', runs }, endsInSlash }
}

/** An escape, and before it the beginning of another one, of which it would become a part if decoded. */
const ESCAPE = /(%[0-9A-Fa-f]?)?(%[0-9A-Fa-f]{2})/g
/** Characters of the `segment` dialect that can make text optional. */
const SYNTAX = /[\\[\]{}()|"]/

function readSegment(written: string, rules: PathRules): Pattern {
  const body = written.startsWith('/') ? written.slice(1) : written
  // Escapes are put into canonical form one by one: the text around them is syntax, and a star may stand
  // for the rest of a character.
  const text = body.replace(ESCAPE, (_, begun: string | undefined, escape: string) => {
    const { text: unreserved, refusal } = canonicalise(escape, rules)
    if (begun === undefined && refusal === undefined) return printCanonical(unreserved)
    return (begun ?? '') + escape.toUpperCase()
  })
  const endsInSlash = text.endsWith('/')
  if (text === '') return { text: '/', meaning: { kind: 'runs', runs: [''] }, endsInSlash }
  const expression = readSegmentPattern(text, rules.caseSensitive)
  const pattern = { text: withSlash(text), meaning: { kind: 'expression', expression }, endsInSlash } as const
  const suspect = suspectMistake(written, rules)
  if (SYNTAX.test(text)) {
    return { ...pattern, suspect: suspect ?? { reason: 'form', start: 0, end: written.length } }
  }
  if (suspect === undefined) return pattern
  // The automaton of accepted paths implements all of the rules but extensions.
  return suspect.reason === 'extension' ? { ...pattern, unreachable: suspect } : { ...pattern, suspect }
}

/** Text that can be read again as the same pattern: a slash at its start would be stripped. */
function withSlash(text: string): string {
  return text === '' || text.startsWith('/') ? `/${text}` : text
}
