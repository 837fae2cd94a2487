import type { Span } from '../source/span.ts'

export type { PolicyOptions } from '../language/options.ts'

/** Text for the consent screen: one string, or one per BCP 47 language tag in document order. */
export type LocalizedText = string | Readonly<Record<string, string>>

export type Risk = 'low' | 'medium' | 'high'

/** One path pattern of the protected API with the methods granted on it. */
export interface Endpoint {
  /** The pattern in canonical form (RFC 3986 §6.2.2), without its optional leading slash. */
  readonly pattern: string
  /** HTTP methods (RFC 9110 §9.1), upper case, sorted, each once. */
  readonly methods: readonly string[]
  /** Where the pattern stands in the source text; absent when the policy was not read from text. */
  readonly span?: Span
}

/** One OAuth scope (RFC 6749 §3.3) of a policy. */
export interface Scope {
  readonly name: string
  readonly label: LocalizedText
  readonly description?: LocalizedText
  readonly group?: LocalizedText
  readonly risk?: Risk
  /** Whether the person may refuse this scope on its own. */
  readonly optional: boolean
  /** Names of scopes whose grants this scope also has, as written. */
  readonly includes: readonly string[]
  /** The scope's own endpoints, in document order; those of `includes` are not repeated here. */
  readonly endpoints: readonly Endpoint[]
}
