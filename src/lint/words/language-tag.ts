/**
 * Language tags in the canonical form of BCP 47: case as RFC 5646 (section 2.1.1) writes it, deprecated
 * subtags replaced (section 4.5), by the tables of `Intl`.
 */

/** Tags that are well-formed and yet unknown to `Intl`: private use, irregular old ones, extended languages. */
const LEFT_ALONE =
  /^(?:x-|en-gb-oed$|sgn-(?:be-fr|be-nl|ch-de)$|zh-(?:min|min-nan|guoyu|hakka|xiang|cmn|gan|yue|wuu|hak|hsn|nan)(?:-|$)|[a-z]{2,3}-[a-z]{3}(?:-|$)|[a-z]{4}(?:-|$))/i

/** The canonical tag; null when the tag is not well-formed; undefined when nothing is known of it. */
export function canonicalTag(tag: string): string | null | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0]
  } catch {
    return LEFT_ALONE.test(tag) ? undefined : null
  }
}
