/**
 * Scopes of `after` that are one of `before` under another name: tokens that carry the old name hold the new scope
 * (`aliases`), or the old scope is deprecated in favour of the new one alone (`deprecated.use`).
 *
 * A rename is compared with what it was, not with nothing. No token carries the new name before, so no client gains by
 * the name itself; what the scope allows more or less than under its old name is reported as for any other scope.
 */
import type { PolicyData } from '../policy/policy-data.ts'

/** The old name by the new one. Names are unique in a document, so that each old name is taken once. */
export function renamesOf(before: PolicyData, after: PolicyData): ReadonlyMap<string, string> {
  const known = new Set([...before.scopes].flatMap(([name, { aliases = [] }]) => [name, ...aliases]))
  const renames = new Map<string, string>()
  for (const [name, { aliases = [] }] of after.scopes) {
    const old = aliases.find((alias) => before.scopes.has(alias))
    if (old !== undefined && !known.has(name)) renames.set(name, old)
  }
  for (const old of before.scopes.keys()) {
    const [name, another] = after.scopes.get(old)?.deprecated?.use ?? []
    if (name === undefined || another !== undefined || known.has(name) || renames.has(name)) continue
    renames.set(name, old)
  }
  return renames
}
