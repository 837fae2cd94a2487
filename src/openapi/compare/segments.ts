/**
 * A quick look at a path template and a pattern, segment by segment: whether they may have a path in common.
 * What it lets pass is asked of the automata; what it holds back is proved to have nothing in common, so that
 * thousands of operations can be compared with thousands of endpoints.
 *
 * Idea: literal text before the first and after the last star or parameter of a segment must agree. A
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

type Segments = readonly Segment[]

/** Of a template; without the slash at its end. */
export interface TemplateSegments {
  readonly segments: Segments
  readonly endsInSlash: boolean
}

/** Of a pattern; without the slash that it asks for at its end. */
export interface PatternSegments extends TemplateSegments {
  /** Where it ends in stars after a slash: what is before that slash, which it matches with a slash at the end. */
  readonly beforeStar: Segments | null
}

/** Null for a pattern that is let pass. */
export function segmentsOfPattern(pattern: Pattern, rules: PathRules): PatternSegments | null {
  const text = plainText(pattern, rules)?.replaceAll(ONE, '')
  if (text === undefined) return null
  const beforeStar = rules.wildcard === 'any' ? BEFORE_STAR.exec(text)?.[1] : undefined
  return {
    segments: toSegments(pattern.endsInSlash ? text.slice(0, -1) : text),
    endsInSlash: pattern.endsInSlash,
    beforeStar: beforeStar === undefined ? null : toSegments(beforeStar),
  }
}

const BEFORE_STAR = new RegExp(`^(.*)/${STAR}+$`)

/** `inside` is what the template has below the base path. Null where it is let pass. */
export function segmentsOfTemplate(inside: readonly Piece[], rules: PathRules): TemplateSegments | null {
  if (inside.some((piece) => 'parameter' in piece && piece.spans)) return null
  const canonical = inside.map((piece) => ('literal' in piece ? piece.literal : STAR)).join('')
  // An extension may leave a slash at the end, and so two readings of different length.
  if (rules.extensions.length > 0) return null
  const text = fold(rules.wildcard === 'segment' ? printCanonical(canonical) : canonical, rules)
  const endsInSlash = text.endsWith('/')
  return { segments: toSegments(endsInSlash ? text.slice(0, -1) : text), endsInSlash }
}

function fold(text: string, { caseSensitive }: PathRules): string {
  return caseSensitive ? text : foldCase(text)
}

function toSegments(text: string): Segments {
  return text.split('/').map(toSegment)
}

function toSegment(text: string): Segment {
  const first = text.indexOf(STAR)
  if (first < 0) return { start: text, end: text, open: false }
  return { start: text.slice(0, first), end: text.slice(text.lastIndexOf(STAR) + 1), open: true }
}

/**
 * Whether a pattern may match a path of a template, as written or, with `trailingSlash: strict`, without the slash
 * at its end; exact where the answer is no.
 */
export function mayMeet(
  template: TemplateSegments,
  pattern: PatternSegments,
  { wildcard, trailingSlash }: PathRules,
): boolean {
  const crossing = wildcard === 'any'
  const strict = trailingSlash === 'strict'
  if (pattern.endsInSlash && !(template.endsInSlash && strict)) return false
  if (meets(template.segments, pattern.segments, crossing)) return true
  if (!template.endsInSlash || !strict || pattern.beforeStar === null) return false
  return meets(template.segments, pattern.beforeStar, crossing)
}

function meets(template: Segments, pattern: Segments, crossing: boolean): boolean {
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

/** Where both are text only, `endsLike` compares all of it. */
function beginsLike(template: Segment, pattern: Segment): boolean {
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
