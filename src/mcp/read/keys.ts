/**
 * Keys that another reader takes for one of the keys that decide.
 *
 * Go's encoding/json compares keys by Unicode simple case folding, in which U+017F is an s and U+212A a k; its
 * second version can ignore `_` and `-` as well. Jackson, System.Text.Json and others compare upper or lower
 * case, in Turkish also without the dot of an i; readers in C end a key at U+0000. An object is refused when
 * a key folds to a word that decides without being that word, or two of its keys fold alike.
 *
 * Only the objects that are read for method and name are looked at. Elsewhere, as in the arguments of a tool,
 * `id` and `ID` are data.
 */

/** The keys by which a message is judged, as the specification spells them. */
const WORDS: readonly string[] = [
  'jsonrpc',
  'id',
  'method',
  'params',
  'result',
  'error',
  'name',
  'uri',
  'ref',
  'type',
  'notifications',
  'resourceSubscriptions',
]
/** Keys of an object that decides: the largest has five, and folding costs more than parsing. */
const MAX_KEYS = 500
const BY_FOLDED: ReadonlyMap<string, string> = new Map(WORDS.map((word) => [fold(word), word]))

/** Whether some reader could take one key of the object for another. Only own keys count. */
export function hasAmbiguousKey(object: object): boolean {
  const keys = Object.keys(object)
  if (keys.length > MAX_KEYS) return true
  const seen = new Set<string>()
  for (const key of keys) {
    const folded = fold(key)
    const word = BY_FOLDED.get(folded)
    if ((word !== undefined && word !== key) || seen.has(folded)) return true
    seen.add(folded)
  }
  return false
}

/** Whether some reader could take a key for one that decides. */
export function isLookalike(key: string): boolean {
  return BY_FOLDED.has(fold(key))
}

/** What the most forgiving reader makes of a key. */
function fold(key: string): string {
  if (/^[\x21-\x7e]*$/.test(key)) return key.toLowerCase().replace(/[_-]/g, '')
  const [visible = ''] = key.split('\0', 1)
  const upper = visible.normalize('NFKC').toLowerCase().toUpperCase()
  // NFKC and upper case have made ſ an S, K a K and ı an I; the dot that is left of İ is a combining mark.
  return upper
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\p{Cc}\p{Default_Ignorable_Code_Point}\s_-]/gu, '')
}
