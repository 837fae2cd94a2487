/**
 * A path template as a pattern of `wildcard: segment`, which allows exactly its paths, and where it ends in a
 * parameter also one slash behind it, as every star at the end does.
 *
 * A parameter that is all of its segment is `*`; beside text it is `?*`, since there a star alone may also
 * stand for nothing. Characters that mean something in patterns get a backslash.
 */
import { printCanonical } from '../../pattern/canonical.ts'
import type { Template } from '../read/template.ts'

/** Of `$`, `^` and `+` picomatch takes the first of several literally, and passes the others on to RegExp. */
const SYNTAX = /[*?()[\]{}|"\\]|([$^+])\1+/g

/** Without the leading slash; the root is `/`. `wildcard` says in which mode it is written. */
export function patternText({ pieces }: Template, wildcard: 'any' | 'segment'): string {
  let text = ''
  for (const [index, piece] of pieces.entries()) {
    if ('literal' in piece) {
      const literal = printCanonical(piece.literal)
      text += wildcard === 'any' ? literal : literal.replace(SYNTAX, (text) => text.replace(/./g, '\\$&'))
      continue
    }
    const next = pieces[index + 1]
    const begins = text === '' || text.endsWith('/')
    const ends = next === undefined || ('literal' in next && next.literal.startsWith('/'))
    text += begins && ends ? '*' : '?*'
  }
  return text === '' ? '/' : text
}

/** Whether it takes `wildcard: segment` to write it: a parameter, or a star that is only a character. */
export function needsSegments({ pieces }: Template): boolean {
  return pieces.some((piece) => 'parameter' in piece || piece.literal.includes('*'))
}
