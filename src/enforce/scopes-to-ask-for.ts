/**
 * Which scopes a denied client should ask for: all of the narrowest set that would do, since a client that
 * learns them one at a time sends a person through one consent screen for each.
 */

/** Sets where the policy has them; a policy from elsewhere may have single scopes only. */
interface Explained {
  readonly scopesThatWouldAllow: readonly string[]
  readonly setsThatWouldAllow?: readonly (readonly string[])[]
}

interface Naming {
  readonly requestAs?: ((scope: string) => string) | undefined
}

/** The narrowest set that would allow the request, by the policy's own names; undefined when none would. */
export function narrowestSet({
  scopesThatWouldAllow,
  setsThatWouldAllow = [],
}: Explained): readonly string[] | undefined {
  const [single] = scopesThatWouldAllow
  return setsThatWouldAllow[0] ?? (single === undefined ? undefined : [single])
}

/** The names by which clients ask for the scopes. */
export function requestNames(policy: Naming, scopes: readonly string[]): readonly string[] {
  // As a method: a policy may be an instance of a class.
  return typeof policy.requestAs === 'function'
    ? scopes.map((scope) => policy.requestAs?.(scope) ?? scope)
    : scopes
}
