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

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isText(value: unknown): value is string {
  return typeof value === 'string'
}

export function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText)
}
