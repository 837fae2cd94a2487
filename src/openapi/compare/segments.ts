/**
 * A quick look at a path template and a pattern, segment by segment: whether they may have a path in common.
 * What it lets pass is asked of the automata; what it holds back is proved to have nothing in common, so that
 * thousands of operations can be compared with thousands of endpoints.
 *
 * Idea: literal text before the first and behind the last star or parameter of a segment must agree. A
 * parameter stays in its segment, and so does a star of `wildcard: segment`; one of `wildcard: any` may take
 * more segments. Patterns with other syntax are let
 * pass, and so are paths of which there are two readings.
 */
import { foldCase, printCanonical } from '../../pattern/canonical.ts'
import type { Pattern } from '../../pattern/pattern.ts'
import type { PathRules } from '../../pattern/request-path.ts'
import { ONE, plainText, STAR } from './plain-pattern.ts'
import type { Piece } from '../read/template.ts'

/** Text that is all of the segment, or where it is `open` the text at its start and at its end. */
interface Segment {
  readonly start: string
  readonly end: string
  readonly open: boolean
}

export type Segments = readonly Segment[]

/** Null for a pattern that is let pass. */
export function segmentsOfPattern(pattern: Pattern, rules: PathRules): Segments | null {
  const text = pattern.endsInSlash ? null : plainText(pattern, rules)
  return text === null ? null : text.replaceAll(ONE, '').split('/').map(toSegment)
}

/** `inside` is what the template has behind the base path. Null where it is let pass. */
export function segmentsOfTemplate(inside: readonly Piece[], rules: PathRules): Segments | null {
  if (inside.some((piece) => 'parameter' in piece && piece.spans)) return null
  const canonical = inside.map((piece) => ('literal' in piece ? piece.literal : STAR)).join('')
  // With a slash at its end, or left there by an extension, it has two readings of different length.
  if (canonical.endsWith('/') || rules.extensions.length > 0) return null
  const text = fold(rules.wildcard === 'segment' ? printCanonical(canonical) : canonical, rules)
  return text.split('/').map(toSegment)
}

function fold(text: string, { caseSensitive }: PathRules): string {
  return caseSensitive ? text : foldCase(text)
}

function toSegment(text: string): Segment {
  const first = text.indexOf(STAR)
  if (first < 0) return { start: text, end: text, open: false }
  return { start: text.slice(0, first), end: text.slice(text.lastIndexOf(STAR) + 1), open: true }
}

/** Whether they may have a path in common; exact where it says no. */
export function mayMeet(template: Segments, pattern: Segments, crossing: boolean): boolean {
  if (!crossing && template.length !== pattern.length) return false
  // The places in the template that the pattern can have come to.
  let reached = [0]
  for (const part of pattern) {
    const next = new Set<number>()
    for (const from of reached) {
      const first = template[from]
      if (first === undefined || !beginsLike(first, part)) continue
      const furthest = crossing && part.open ? template.length : from + 1
      for (let to = from + 1; to <= furthest; to++) {
        const last = template[to - 1]
        if (last !== undefined && endsLike(last, part)) next.add(to)
      }
    }
    if (next.size === 0) return false
    reached = [...next]
  }
  return reached.includes(template.length)
}

function beginsLike(template: Segment, pattern: Segment): boolean {
  if (!template.open && !pattern.open) return template.start === pattern.start
  if (!template.open) return template.start.startsWith(pattern.start)
  if (!pattern.open) return pattern.start.startsWith(template.start)
  return template.start.startsWith(pattern.start) || pattern.start.startsWith(template.start)
}

function endsLike(template: Segment, pattern: Segment): boolean {
  if (!template.open && !pattern.open) return template.end === pattern.end
  if (!template.open) return template.end.endsWith(pattern.end)
  if (!pattern.open) return pattern.end.endsWith(template.end)
  return template.end.endsWith(pattern.end) || pattern.end.endsWith(template.end)
}
