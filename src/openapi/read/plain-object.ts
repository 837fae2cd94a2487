/**
 * Reading values that somebody else made: own enumerable data properties and nothing else. What a prototype
 * says does not count, and no getter is called.
 */

export type PlainObject = Readonly<Record<string, unknown>>

/** An object that is not a list. */
export function isPlainObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Undefined where there is no such property. A Proxy may throw. */
export function own(thing: unknown, key: string): unknown {
  if (typeof thing !== 'object' || thing === null) return undefined
  const property = Object.getOwnPropertyDescriptor(thing, key)
  return property?.enumerable === true && Object.hasOwn(property, 'value')
    ? (property.value as unknown)
    : undefined
}

/** In their order; of what is not an object none. */
export function entriesOf(thing: unknown): readonly (readonly [key: string, value: unknown])[] {
  if (!isPlainObject(thing)) return []
  return Object.keys(thing).flatMap((key) => {
    const value = own(thing, key)
    return value === undefined ? [] : [[key, value] as const]
  })
}

/** The elements of a list; of what is not a list none. Holes and getters are left out. */
export function itemsOf(list: unknown): readonly unknown[] {
  if (!Array.isArray(list)) return []
  return Object.keys(list).flatMap((key) => {
    const value = own(list, key)
    return value === undefined ? [] : [value]
  })
}

export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
