/** Words about what covers endpoints, and which of them are one finding. */
import { formatNumber, quote } from '../../diagnostic/words.ts'
import type { RuleFinding } from '../rule.ts'
import type { Cover, Covered } from './repeated-grants.ts'

const NAMED = 3

/**
 * What a star covers because it takes slashes has one cause, and is one finding for each such pattern;
 * everything else is its own finding.
 */
export function causes(covered: readonly Covered[]): readonly (readonly [Covered, ...Covered[]])[] {
  const groups: [Covered, ...Covered[]][] = []
  const byCover = new Map<string, [Covered, ...Covered[]]>()
  for (const one of covered) {
    const key = one.covers.map(({ pattern, scope }) => `${scope ?? ''} ${pattern}`).join()
    const known = one.byStar ? byCover.get(key) : undefined
    if (known !== undefined) known.push(one)
    else {
      const group: [Covered, ...Covered[]] = [one]
      groups.push(group)
      if (one.byStar) byCover.set(key, group)
    }
  }
  return groups
}

/** `a/*` grants all of it; `a/*` and `b` of the included scope `x` together grant all of it. */
export function coveredWords(covers: readonly Cover[], what: string): string {
  const named = covers.slice(0, NAMED).map(({ pattern, scope }) => {
    return scope === undefined ? quote(pattern) : `${quote(pattern)} of the included scope ${quote(scope)}`
  })
  if (covers.length > NAMED) named.push(`${formatNumber(covers.length - NAMED)} more`)
  if (named.length < 2) return `${named.join('')} grants ${what}`
  return `${named.slice(0, -1).join(', ')} and ${named.at(-1) ?? ''} together grant ${what}`
}

export const BY_STAR = ', since a star takes slashes too'
export const STAR_HELP =
  'set `wildcard: segment` in `$options` if the star means one segment; if not, this can go'

export function relatedCover([cover]: readonly Cover[]): RuleFinding['related'] {
  return cover?.span && { message: 'the wider pattern is here', span: cover.span }
}
