/** An OpenAPI document as far as scopes and paths are concerned. */

/** The code of a note; each is something that a policy cannot say, or that the document leaves open. */
export type NoteCode =
  | 'external-reference'
  | 'unresolved-reference'
  | 'invalid-path'
  | 'unreachable-path'
  | 'unknown-method'
  | 'unknown-scheme'
  | 'other-server'
  | 'server-variable'
  | 'several-base-paths'
  | 'no-server'
  | 'scope-name'
  | 'undeclared-scope'
  | 'unused-scope'
  | 'scope-without-description'
  | 'several-scopes'
  | 'other-credentials'
  | 'operation-without-scopes'
  | 'wider-than-documented'
  | 'undecided'
  | 'no-scopes'

export interface OpenApiNote {
  readonly code: NoteCode
  /** One clause, document text in backticks. */
  readonly message: string
  /** What to do about it. */
  readonly help?: string
  /** Where in the OpenAPI document (JSON Pointer, RFC 6901). */
  readonly pointer?: string
}

export type Report = (note: OpenApiNote) => void

/** One way to be let in: credentials that are asked for together. */
export type Alternative =
  /** Anybody: an empty requirement. */
  | { readonly kind: 'anybody' }
  /** Only credentials that have no scopes, such as an API key. */
  | { readonly kind: 'other' }
  /** A token with all of these scopes, of which there may be none; `others` says that it takes more than that. */
  | { readonly kind: 'scopes'; readonly scopes: readonly string[]; readonly others: boolean }

export interface Operation {
  /** Upper case, unless it is one of `additionalOperations`, which are as written. */
  readonly method: string
  /** The path template as written. */
  readonly path: string
  readonly operationId?: string
  readonly pointer: string
  /** Paths before the template, without a slash at their end; those of its servers, each once. */
  readonly basePaths: readonly string[]
  /** Null when neither the operation nor the document says anything about security. */
  readonly security: readonly Alternative[] | null
}

export interface DeclaredScope {
  readonly name: string
  /** Empty when there is none. */
  readonly description: string
}

export interface ApiDescription {
  readonly title: string
  readonly version: string
  /** Scopes that a security scheme declares, in document order. */
  readonly scopes: ReadonlyMap<string, DeclaredScope>
  /** Whether some scheme leaves its scopes to the authorization server (OpenID Connect discovery). */
  readonly discovers: boolean
  /** Base paths of the document's servers, each once; empty when it names no server. */
  readonly basePaths: readonly string[]
  readonly operations: readonly Operation[]
  readonly notes: readonly OpenApiNote[]
}
