/** Ways to rewrite a generated document, for properties that compare it with itself. */
import type { DocumentParts } from '../arbitrary/document.ts'
import type { PlainRequest } from '../arbitrary/request.ts'
import type { PlainEndpoint, PlainScope } from '../reference/document.ts'

/** The document with every scope changed by `change`. */
export function eachScope(parts: DocumentParts, change: (scope: PlainScope) => PlainScope): DocumentParts {
  return { ...parts, scopes: parts.scopes.map(([name, scope]) => [name, change(scope)] as const) }
}

export function eachEndpoint(
  parts: DocumentParts,
  change: (endpoint: PlainEndpoint) => PlainEndpoint[],
): DocumentParts {
  return eachScope(parts, (scope) =>
    scope.endpoints === undefined ? scope : { ...scope, endpoints: scope.endpoints.flatMap(change) },
  )
}

/** The arguments of `authorize`. */
export function spread({ scopes, method, path }: PlainRequest): [readonly string[], string, string] {
  return [scopes, method, path]
}
