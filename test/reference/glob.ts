/**
 * For testing only. The meaning of `*` in `wildcard: any` as a definition: the set of places in the
 * pattern that can be reached after reading some characters of the path. A star stays where it is on any
 * character and can be skipped; every other character must be met exactly.
 */

const STAR = '*'

/** Whether the whole path matches. Both are lists of characters, an escape being one character. */
export function globMatches(pattern: readonly string[], path: readonly string[]): boolean {
  let places = skippingStars(pattern, new Set([0]))
  for (const character of path) {
    const reached = new Set<number>()
    for (const place of places) {
      if (pattern[place] === STAR) reached.add(place)
      else if (pattern[place] === character) reached.add(place + 1)
    }
    if (reached.size === 0) return false
    places = skippingStars(pattern, reached)
  }
  return places.has(pattern.length)
}

/** A star may stand for nothing. The set grows while it is read. */
function skippingStars(pattern: readonly string[], places: Set<number>): Set<number> {
  for (const place of places) {
    if (pattern[place] === STAR) places.add(place + 1)
  }
  return places
}
