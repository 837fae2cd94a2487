/**
 * The names in a `scopes` argument, whatever was passed.
 *
 * The argument comes from a token and may be anything: only own string elements count, the argument's
 * own methods are never called, and nothing here throws.
 */

// Taken once: what a page or a plug-in does to the prototypes later has no say.
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with an explicit receiver only
const forEachOfSet = Set.prototype.forEach

/** The names, or null when the argument is none of array, `Set` and string. */
export function scopeNames(scopes: unknown): readonly string[] | null {
  // RFC 6749 §3.3: names separated by single spaces. An empty name is no scope and matches none.
  if (typeof scopes === 'string') return scopes.split(' ')
  try {
    // What is no Set throws.
    return Array.isArray(scopes) ? ownStrings(scopes) : membersOfSet(scopes)
  } catch {
    return null
  }
}

/** No token has as many names; a sparse array of four billion would take seconds to go through. */
const MOST_NAMES = 2_000_000

function ownStrings(list: readonly unknown[]): readonly string[] | null {
  if (list.length > MOST_NAMES) return null
  const names: string[] = []
  for (let index = 0; index < list.length; index++) {
    const name = list[index]
    // A hole would be filled from the prototype.
    if (typeof name === 'string' && Object.hasOwn(list, index)) names.push(name)
  }
  return names
}

function membersOfSet(set: unknown): readonly string[] {
  const names: string[] = []
  forEachOfSet.call(set as Set<unknown>, (name) => {
    if (typeof name === 'string') names.push(name)
  })
  return names
}
