/** Paths that an endpoint just does not match, or matches in a way that surprises, each with what it shows. */
import type { PathRules } from '../pattern/request-path.ts'
import { filled } from './example-target.ts'

export interface NearMiss {
  readonly target: string
  /** For a comment. */
  readonly shows: string
}

/** Some may be granted all the same: the policy decides. The most informative come first. */
export function nearMisses(pattern: string, example: string, rules: PathRules): readonly NearMiss[] {
  const misses: NearMiss[] = []
  const add = (target: string, shows: string): void => {
    if (target !== example) misses.push({ target, shows })
  }
  add(`${example.replace(/\/$/, '')}/more`, 'one more segment')
  const flipped = otherCase(pattern)
  if (flipped !== undefined) add(filled(flipped, ['example'], rules), 'another letter case')
  add(example.replace(/\/?[^/]*\/?$/, '') || '/', 'a segment less')
  add(example.endsWith('/') ? example.slice(0, -1) : `${example}/`, 'a slash more or less at the end')
  return misses
}

/** The same path with more than one segment for the last star. */
export function across(pattern: string, rules: PathRules): NearMiss | undefined {
  const stars = rules.wildcard === 'any' ? pattern.match(/\*/g) : pattern.match(/\*+/g)
  if (stars === null) return undefined
  const words = [...stars.slice(1).map(() => 'example'), 'example/below']
  const shows = rules.wildcard === 'any' ? '`*` also matches several segments' : 'more than one segment'
  return { target: filled(pattern, words, rules), shows }
}

/** The last letter that the pattern spells, in the other case; escapes have none. */
function otherCase(pattern: string): string | undefined {
  const found = /^(.*\/|)([^/*?[\]{}%A-Za-z]*)([A-Za-z])([^*?[\]{}%]*)$/s.exec(pattern)
  const [, before, start = '', letter, rest = ''] = found ?? []
  if (before === undefined || letter === undefined) return undefined
  const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()
  return `${before}${start}${other}${rest}`
}
