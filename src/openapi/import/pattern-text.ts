/**
 * A path template as patterns of `wildcard: segment`, which allow exactly its paths, and where it ends in a
 * parameter also one trailing slash, as every star at the end does.
 *
 * A parameter that is all of its segment is `*`; next to text it is `?*`, since there a star alone may also
 * match nothing. One that spans segments is one or more of them, `**` and `*` (`**` alone would take the
 * path before it as well); next to text it takes two patterns, one for a single segment and one for several.
 * Characters that mean something in patterns get a backslash.
 */
import { printCanonical } from '../../pattern/canonical.ts'
import type { Template } from '../read/template.ts'

/** Of `$`, `^` and `+` picomatch takes the first of several literally, and passes the others on to RegExp. */
const SYNTAX = /[*?()[\]{}|"\\]|([$^+])\1+/g

/** Text with a backslash before each character that means something in patterns. */
export function escapeSyntax(text: string): string {
  return text.replace(SYNTAX, (found) => found.replace(/./g, '\\$&'))
}

/** More variants than that are not written; the first of them are, so less is granted. */
const MAX_VARIANTS = 16

export interface PatternTexts {
  readonly texts: readonly string[]
  /** Whether these are all. */
  readonly isComplete: boolean
}

/** Without the leading slash; the root is `/`. `wildcard` says in which mode they are written. */
export function patternTexts({ pieces }: Template, wildcard: 'any' | 'segment'): PatternTexts {
  let texts: readonly string[] = ['']
  let isComplete = true
  for (const [index, piece] of pieces.entries()) {
    if ('literal' in piece) {
      const literal = printCanonical(piece.literal)
      const written = wildcard === 'any' ? literal : escapeSyntax(literal)
      texts = texts.map((text) => text + written)
      continue
    }
    const before = pieces[index - 1]
    const next = pieces[index + 1]
    const begins = before === undefined || ('literal' in before && before.literal.endsWith('/'))
    const ends = next === undefined || ('literal' in next && next.literal.startsWith('/'))
    const isWhole = begins && ends
    const variants = piece.spans ? (isWhole ? ['**/*'] : ['?*', '*/**/*']) : [isWhole ? '*' : '?*']
    texts = texts.flatMap((text) => variants.map((variant) => text + variant))
    if (texts.length > MAX_VARIANTS) {
      texts = texts.slice(0, MAX_VARIANTS)
      isComplete = false
    }
  }
  return { texts: texts.map((text) => (text === '' ? '/' : text)), isComplete }
}

/** Whether it takes `wildcard: segment` to write it: a parameter, or a star that is only a character. */
export function needsSegments({ pieces }: Template): boolean {
  return pieces.some((piece) => 'parameter' in piece || piece.literal.includes('*'))
}
