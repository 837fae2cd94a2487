/**
 * Reading one property of a value that somebody else made, without inheriting and without running code:
 * a polluted `Object.prototype` must not grant a scope or switch a check off, and a getter may answer
 * differently the next time.
 */

/** There is no own property of that name. */
export const ABSENT: unique symbol = Symbol('absent')

/** The own property is computed by a getter, which is not called. */
export const ACCESSOR: unique symbol = Symbol('accessor')

/** The value of an own data property, or why there is none. A Proxy may throw. */
export function ownData(object: object, key: string): unknown {
  const descriptor = Object.getOwnPropertyDescriptor(object, key)
  if (descriptor === undefined) return ABSENT
  return Object.hasOwn(descriptor, 'value') ? (descriptor.value as unknown) : ACCESSOR
}
