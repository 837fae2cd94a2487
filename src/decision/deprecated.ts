import type { Policy } from './types.ts'

/** Names of scopes. */
export type Deprecated = Pick<ReadonlySet<string>, 'has' | 'size'>

/** The same explanations, which then name the scopes of the token that are deprecated. */
export function explainDeprecated(
  { explain, grant }: Pick<Policy, 'explain' | 'grant'>,
  deprecated: Deprecated,
): Policy['explain'] {
  if (deprecated.size === 0) return explain
  return (scopes, method, path) => {
    const decision = explain(scopes, method, path)
    const held = grant(scopes).scopes.filter((name) => deprecated.has(name))
    return held.length === 0 ? decision : { ...decision, deprecatedScopes: held }
  }
}
