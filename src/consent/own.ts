/**
 * Copies that have no prototype, of plain data that comes from outside: views from a session, records from a
 * database, options with objects in them.
 *
 * Reading an optional member of an ordinary object also reads `Object.prototype`, so a polluted prototype
 * could add members that are not in the document: a scope "included" in another one, a link on the page. A copy
 * without a prototype cannot have them, and so readers need no check of their own.
 */
export function ownCopy<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(ownCopy) as Value
  if (typeof value !== 'object' || value === null) return value
  const copy = Object.create(null) as Record<string, unknown>
  for (const [name, member] of Object.entries(value)) copy[name] = ownCopy(member as unknown)
  return copy as Value
}

/** The same of one object only: its members are left as they are. */
export function ownMembers<Value extends object>(value: Value): Value {
  return Object.assign(Object.create(null) as Value, value)
}
