/**
 * The path rules in RE2: which request targets are judged at all (`pattern/request-path.ts`). RE2 has no look-around,
 * so the rules are a conjunction: what a path has to match, and what it must not.
 *
 * The path is the request target as received, up to the first `?`, in origin-form: it begins with a slash.
 */
import type { PathRules } from '../../pattern/request-path.ts'
import { textOf } from './letters.ts'

export interface Check {
  /** For people. */
  readonly name: string
  readonly expression: string
  /** Whether the text has to match it or must not. */
  readonly expected: boolean
  /** The check is only for strings that match this one. */
  readonly when?: string
}

export interface Guard {
  readonly checks: readonly Check[]
  /** In characters. */
  readonly maxLength: number
}

export const DOT: string = '(?:\\.|%2[Ee])'
const HEX = '(?:[0-9A-Fa-f]|%3[0-9]|%[46][1-6])'

/** `%25` before two hex digits, or before `u`, see `pattern/canonical.ts`. */
export const DOUBLE_ENCODING: Check = {
  name: 'double encoding',
  expression: `%25(?:[uU]|%[57]5|${HEX}${HEX})`,
  expected: false,
}

/** Escapes of valid, shortest-form UTF-8 (RFC 3629 §4) from U+0080 on. */
const TAIL = '%[89ABab][0-9A-Fa-f]'
export const UTF8: string = [
  `%(?:[Cc][2-9A-Fa-f]|[Dd][0-9A-Fa-f])${TAIL}`,
  `%[Ee]0%[ABab][0-9A-Fa-f]${TAIL}`,
  `%[Ee](?:[1-9A-Ca-cEFef])${TAIL}${TAIL}`,
  `%[Ee][Dd]%[89][0-9A-Fa-f]${TAIL}`,
  `%[Ff]0%[9ABab][0-9A-Fa-f]${TAIL}${TAIL}`,
  `%[Ff][1-3]${TAIL}${TAIL}${TAIL}`,
  `%[Ff]4%8[0-9A-Fa-f]${TAIL}${TAIL}`,
].join('|')

/** Escapes of ASCII that are not refused. */
export function asciiEscapes({
  slash,
  delimiters,
}: {
  readonly slash: boolean
  readonly delimiters: boolean
}): string {
  // Of each high digit the low ones.
  const two = delimiters
    ? slash
      ? '[0-9A-Fa-f]'
      : '[0-9A-Ea-e]'
    : slash
      ? '[0-24-9A-Fa-f]'
      : '[0-24-9A-Ea-e]'
  const three = delimiters ? '[0-9A-Fa-f]' : '[0-9AC-Eac-e]'
  return `%(?:2${two}|3${three}|[46][0-9A-Fa-f]|5[0-9ABD-Fabd-f]|7[0-9A-Ea-e])`
}

export function acceptedPath(rules: PathRules): Guard {
  const isData = rules.delimiters === 'data'
  const escapes = asciiEscapes({ slash: rules.encodedSlash !== 'refuse', delimiters: isData })
  // Printable ASCII without # % ? and backslash.
  const raw = `[!"$&-:${isData ? ';' : ''}<->@-\\[\\]-~]`
  const slash = rules.encodedSlash === 'data' ? '(?:/|%2[Ff])' : '/'
  const cut = isData ? '|;|%3[BbFf]|%23' : ''
  const checks: Check[] = [
    { name: 'characters', expression: `^/(?:${raw}|${escapes}|${UTF8})*$`, expected: true },
    DOUBLE_ENCODING,
    { name: 'empty segment', expression: `${slash}${slash}`, expected: false },
    { name: 'dot segment', expression: `${slash}${DOT}${DOT}?(?:${slash}${cut}|$)`, expected: false },
  ]
  if (rules.extensions.length > 0) {
    const extension = extensionsOf(rules)
    const end = rules.trailingSlash === 'ignore' ? '/?' : `(?:/${extension}*)?`
    checks.push({
      name: 'dot segment before an extension',
      expression: `${slash}${DOT}${DOT}?${extension}+${end}$`,
      expected: false,
    })
  }
  return { checks, maxLength: rules.pathLength }
}

/** One of the extensions, with its dot. */
export function extensionsOf({ extensions }: PathRules): string {
  return `(?:${extensions.map((extension) => textOf(`.${extension}`)).join('|')})`
}
