/**
 * Where a pattern is looked up by engines that can look up strings in data: by the complete segments that its paths
 * begin with, and by their last one, as far as these are literal. A pattern that matches a path is always among those
 * that the path leads to, so only their expressions have to be tried.
 *
 * Keys are made of text in which every escape is decoded and from whose end slashes and extensions are trimmed. They
 * never decide: two paths may have the same keys, and a pattern match one of them.
 */
import { printCanonical } from '../../pattern/canonical.ts'
import type { Pattern } from '../../pattern/pattern.ts'
import type { PathRules } from '../../pattern/request-path.ts'

/** Both with the base path; {@link ANY} where the pattern has nothing literal there. */
export interface LookupKeys {
  /** Segments at the beginning, each after a slash; all of them for a pattern without wildcards. */
  readonly prefix: string
  /** The longest literal between two wildcards; empty where there is none. */
  readonly middle: string
  readonly last: string
}

/** A path may have this key itself, which only means that more patterns are tried. */
const ANY = '*'
export const ALL_PATHS: LookupKeys = { prefix: '', middle: '', last: ANY }

/** What is trimmed from the end of a path before its last segment is looked up. */
export function trimmedEnd({ extensions, caseSensitive }: PathRules): string {
  const ends = [
    '/',
    ...extensions.map((extension) => `\\.${extension.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}`),
  ]
  return `(?:${(caseSensitive ? ends : ends.map((end) => end.toLowerCase())).join('|')})+$`
}

export function lookupKeys(pattern: Pattern, rules: PathRules): LookupKeys {
  const text = literalText(pattern)
  const base = decoded(rules.basePath)
  if (text === undefined || base === undefined) return ALL_PATHS
  const path = `${base === '' ? '' : `/${base}`}/${text}`
  const comparable = rules.caseSensitive ? path : folded(path)
  const trimmed = comparable.replace(new RegExp(trimmedEnd(rules)), '')
  if (!trimmed.includes('*')) return { ...ALL_PATHS, prefix: trimmed }
  const segments = comparable.split('/')
  const literal = segments.slice(
    0,
    segments.findIndex((segment) => segment.includes('*')),
  )
  const last = trimmed.slice(trimmed.lastIndexOf('/') + 1)
  // The slashes around `**` are a part of it, which may match nothing.
  const middles =
    pattern.meaning.kind === 'runs' || !comparable.includes('**') ? comparable.split('*').slice(1, -1) : []
  return {
    prefix: literal.join('/'),
    middle: middles.sort((a, b) => b.length - a.length)[0] ?? '',
    last: last.includes('*') ? ANY : last,
  }
}

/** Beyond ASCII engines disagree about lower case, so there nothing is looked up. */
function folded(path: string): string {
  return path.toLowerCase().replace(/[^\0-\x7f]+/g, '*')
}

/** Literals, stars, and nothing that would mean more (`wildcard: segment`). */
const WITHOUT_SYNTAX = /^(?!\.\/)[A-Za-z0-9_~%,:=./*-]+$/

/** The decoded pattern; undefined where more than stars may be something else than itself. */
function literalText({ text, meaning }: Pattern): string | undefined {
  if (meaning.kind === 'runs') return decoded(meaning.runs.join('*'))
  return WITHOUT_SYNTAX.test(text) ? decoded(text) : undefined
}

/** Undefined where a star is between the bytes of a character. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(printCanonical(text))
  } catch {
    return undefined
  }
}
