/** The document of the specification's first section, and short ways to make others. */
import { loadPolicy } from '../../src/index.ts'
import type { ParseOptions, Policy } from '../../src/index.ts'

export const EXAMPLE = `"profile":
  label: Access your profile information
  endpoints:
    - workers/me: GET
"search":
  label: Search records on your behalf
  endpoints:
    - records/*/search: [GET]
"api:read-only":
  label: Make any read-only API request on your behalf
  endpoints:
    - "*": [GET]
"api":
  label: Make any API request on your behalf
  endpoints:
    - "*" #[GET, PATCH, POST, PUT, DELETE]
`

type Item = string | Readonly<Record<string, string | readonly string[]>>

/** A policy of scopes that each have these endpoints; a bare text is the only endpoint. */
export function policyOf(
  scopes: Readonly<Record<string, string | readonly Item[]>>,
  options: ParseOptions = {},
): Policy {
  const entries = Object.entries(scopes).map(([name, items]) => [
    name,
    { label: name, endpoints: typeof items === 'string' ? [items] : items },
  ])
  return loadPolicy(Object.fromEntries(entries) as object, options)
}

export const ALL_METHODS = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'] as const
