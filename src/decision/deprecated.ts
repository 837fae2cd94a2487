import type { Policy } from './types.ts'

/** The same explanations, which then name the scopes of the token that are deprecated. */
export function explainDeprecated(
  { explain, grant }: Pick<Policy, 'explain' | 'grant'>,
  deprecated: ReadonlySet<string>,
): Policy['explain'] {
  if (deprecated.size === 0) return explain
  return (scopes, method, path) => {
    const decision = explain(scopes, method, path)
    const held = grant(scopes).scopes.filter((name) => deprecated.has(name))
    return held.length === 0 ? decision : { ...decision, deprecatedScopes: held }
  }
}
