/** A view of a map that offers no way to change it, and no map to change it through. */
export function readonlyMap<K, V>(source: ReadonlyMap<K, V>): ReadonlyMap<K, V> {
  const map = new Map(source)
  const view: ReadonlyMap<K, V> = {
    get size() {
      return map.size
    },
    get: (key) => map.get(key),
    has: (key) => map.has(key),
    keys: () => map.keys(),
    values: () => map.values(),
    entries: () => map.entries(),
    forEach: (callback, thisArgument?: unknown) => {
      for (const [key, value] of map) callback.call(thisArgument, value, key, view)
    },
    [Symbol.iterator]: () => map[Symbol.iterator](),
  }
  return Object.freeze(view)
}
