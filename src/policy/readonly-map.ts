/**
 * A map that cannot be changed and makes its values when they are asked for, each time anew: from the
 * names to numbers, and a function from numbers to values.
 */
export function lazyMap<V>(
  numbers: ReadonlyMap<string, number>,
  make: (number: number) => V,
): ReadonlyMap<string, V> {
  function* entries(): MapIterator<[string, V]> {
    for (const [name, number] of numbers) yield [name, make(number)]
    return undefined
  }
  function* values(): MapIterator<V> {
    for (const number of numbers.values()) yield make(number)
    return undefined
  }
  const map: ReadonlyMap<string, V> = {
    get size() {
      return numbers.size
    },
    has: (name) => numbers.has(name),
    get: (name) => {
      const number = numbers.get(name)
      return number === undefined ? undefined : make(number)
    },
    keys: () => numbers.keys(),
    values,
    entries,
    forEach: (callback, thisArgument?: unknown) => {
      for (const [name, value] of entries()) callback.call(thisArgument, value, name, map)
    },
    [Symbol.iterator]: entries,
  }
  return Object.freeze(map)
}
