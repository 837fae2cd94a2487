/**
 * Reading what others leave on a request, without what everybody inherits.
 *
 * Frameworks put members on a request itself or on its prototype (decorators of Fastify, getters of Node), so
 * that looking at own members alone would miss some. But whoever can write to `Object.prototype`, as one
 * merge of hostile JSON does, would have verified claims, a target or a route's setting on every request.
 */

/**
 * The member of that name of an object or of its prototypes, up to the last one; undefined when there is none.
 *
 * The last prototype of a chain is `Object.prototype`, of this realm or of another one (test runners and `vm`
 * make some), and is not looked at. An object without a prototype has its own members.
 *
 * Cost: one look-up where the member is absent, two where it is the object's own.
 */
export function safeGet(holder: unknown, name: string): unknown {
  if ((typeof holder !== 'object' && typeof holder !== 'function') || holder === null) return undefined
  // Read from the holder: a getter expects to be called on it.
  const value = (holder as Readonly<Record<string, unknown>>)[name]
  if (value === undefined) return undefined
  let at: object = holder
  while (!Object.hasOwn(at, name)) {
    const above = Object.getPrototypeOf(at) as object | null
    if (above === null || Object.getPrototypeOf(above) === null) return undefined
    at = above
  }
  return value
}

/**
 * As `safeGet(holder, name)`, for a `value` that was read already, `holder.name`: in half the time, since a name
 * that is written in the source is looked up faster than one in a variable.
 */
export function unlessPolluted(value: unknown, holder: object, name: string): unknown {
  return value === undefined || Object.hasOwn(holder, name) ? value : safeGet(holder, name)
}
