import type { NameField, Risk } from '../language/scope-fields.ts'
import type { Span } from '../source/span.ts'

export type { PolicyOptions } from '../language/options.ts'

/** Text for the consent screen: one string, or one per BCP 47 language tag in document order. */
export type LocalizedText = string | Readonly<Record<string, string>>

export type { Risk }

/** One path pattern of the protected API with the methods granted on it. */
export interface Endpoint {
  /** The pattern in canonical form (RFC 3986 §6.2.2), without its optional leading slash. */
  readonly pattern: string
  /** HTTP methods (RFC 9110 §9.1), upper case, sorted, each once. */
  readonly methods: readonly string[]
  /** Where the pattern is in the source text; absent when the policy was not read from text. */
  readonly span?: Span
}

/** One pattern of names: of tools, resources or prompts of the Model Context Protocol. */
export interface NamePattern {
  /** As written; of resources in the canonical form of RFC 3986 §6.2.2. */
  readonly pattern: string
  /** Where the pattern is in the source text; absent when the policy was not read from text. */
  readonly span?: Span
}

/** What is granted: endpoints, and names where there are any; those of other scopes are not repeated here. */
export interface Grants extends Readonly<Partial<Record<NameField, readonly NamePattern[]>>> {
  /** In document order. */
  readonly endpoints: readonly Endpoint[]
}

/** What tokens may do that hold all of several scopes; none of them: what every token may do. */
export interface Combination extends Grants {
  /** The names of the scopes, as written, each once. */
  readonly scopes: readonly string[]
}

/** A scope that is on its way out: it still grants. */
export interface Deprecation {
  /** Scopes to ask for instead. */
  readonly use?: readonly string[]
  /** A date, `YYYY-MM-DD`. */
  readonly since?: string
  readonly note?: string
}

/** One OAuth scope (RFC 6749 §3.3) of a policy. */
export interface Scope extends Grants {
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
  /** Other names by which tokens carry the scope. */
  readonly aliases?: readonly string[]
  /** The name by which clients ask for the scope, where it is another one. */
  readonly requestAs?: string
  readonly deprecated?: Deprecation
  /** Granted without being listed on the consent page; absent where the person is asked. */
  readonly consent?: 'implicit'
}
