/**
 * The names in a `scopes` argument, whatever was passed.
 *
 * The argument comes from a token and may be anything: only own string elements count, the argument's
 * own methods are never called, and nothing here throws.
 */

// Taken once: what a page or a plug-in does to the prototypes later has no say.
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with an explicit receiver only
const forEachOfSet = Set.prototype.forEach

/** No token has as many names; a sparse array of four billion would take seconds to go through. */
const MAX_NAMES = 2_000_000

/** The names, or null when the argument is none of array, `Set` and string. */
export function scopeNames(scopes: unknown): readonly string[] | null {
  // RFC 6749 §3.3: names separated by single spaces. An empty name is not a scope and matches none.
  if (typeof scopes === 'string') return scopes.split(' ')
  const names: string[] = []
  const add = (name: unknown): void => {
    if (typeof name === 'string') names.push(name)
  }
  try {
    if (!Array.isArray(scopes)) {
      // What is no Set throws.
      forEachOfSet.call(scopes as Set<unknown>, add)
      return names
    }
    if (scopes.length > MAX_NAMES) return null
    for (let index = 0; index < scopes.length; index++) {
      // A hole would be filled from the prototype.
      if (Object.hasOwn(scopes, index)) add(scopes[index])
    }
    return names
  } catch {
    return null
  }
}
