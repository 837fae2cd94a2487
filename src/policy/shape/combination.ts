import { type Entry, entryOf, type MapNode } from '../../yaml/node.ts'

/**
 * Whether a key with spaces is one name that was written wrongly, and not the names of several scopes: it has the
 * `label` of a scope, and not all of its words are scopes.
 */
export function isMisnamedScope({ key, value }: Entry, root: MapNode): boolean {
  if (!key.text.includes(' ') || entryOf(value, 'label') === undefined) return false
  const words = new Set(key.text.split(' '))
  for (const entry of root.entries) words.delete(entry.key.text)
  return words.size > 0
}
