/** An OpenAPI document as far as scopes and paths are concerned. */

/**
 * The code of a note; each is something that a policy cannot say, or that the document leaves open. Those of
 * {@link UNREAD} are parts of the document that were not understood: nothing is granted because of them, and
 * no command ends with success.
 */
export type NoteCode =
  | UnreadCode
  | 'unreachable-path'
  | 'unknown-method'
  | 'other-server'
  | 'server-variable'
  | 'several-base-paths'
  | 'no-server'
  | 'scope-name'
  | 'undeclared-scope'
  | 'unused-scope'
  | 'scope-without-description'
  | 'several-scopes'
  | 'roles'
  | 'other-credentials'
  | 'operation-without-scopes'
  | 'multi-segment-parameter'
  | 'slash-in-example'
  | 'parameter-syntax'
  | 'wider-than-documented'
  | 'undecided'
  | 'no-scopes'

/** Codes of what was not understood. */
const UNREAD = [
  'external-reference',
  'unresolved-reference',
  'invalid-security',
  'unknown-scheme',
  'invalid-path',
  'invalid-path-item',
  'invalid-operation',
  'invalid-server',
  'unknown-field',
  'unclear-template',
] as const
type UnreadCode = (typeof UNREAD)[number]

export interface OpenApiNote {
  readonly code: NoteCode
  /** One clause, document text in backticks. */
  readonly message: string
  /** What to do about it. */
  readonly help?: string
  /** Where in the OpenAPI document (JSON Pointer, RFC 6901). */
  readonly pointer?: string
}

/** Whether a note reports a part of the document that was not understood. */
export function isUnread({ code }: OpenApiNote): boolean {
  return (UNREAD as readonly string[]).includes(code)
}

export type Report = (note: OpenApiNote) => void

/** One way to be let in: credentials that are asked for together. */
export type Alternative =
  /** Anybody: an empty requirement. */
  | { readonly kind: 'anybody' }
  /** Only credentials that are no bearer token: basic authentication, mutual TLS, an API key elsewhere. */
  | { readonly kind: 'other' }
  /** A bearer token of a scheme without scopes: an API token next to those of OAuth. */
  | { readonly kind: 'token' }
  /** Not understood, so that who is let in is unknown: an unknown scheme, or a `security` that is not valid. */
  | { readonly kind: 'unknown' }
  /** A token with all of these scopes, of which there may be none; `others` says that it takes more than that. */
  | { readonly kind: 'scopes'; readonly scopes: readonly string[]; readonly others: boolean }

/** Literal text of a path template as written, or a parameter; `spans` is for one that may hold slashes. */
export type TemplatePart =
  { readonly literal: string } | { readonly parameter: string; readonly spans: boolean }

export interface Operation {
  /** Upper case, unless it is one of `additionalOperations`, which are as written. */
  readonly method: string
  /** The path template as written. */
  readonly path: string
  /** The same in its parts. */
  readonly template: readonly TemplatePart[]
  readonly operationId?: string
  readonly pointer: string
  /** Paths before the template, without a trailing slash; those of its servers, each once. */
  readonly basePaths: readonly string[]
  /** Null when neither the operation nor the document says anything about security. */
  readonly security: readonly Alternative[] | null
}

export interface DeclaredScope {
  readonly name: string
  /** Empty when there is none. */
  readonly description: string
}

/** The scopes that the security of operations names. */
export function askedScopes(operations: readonly Operation[]): Set<string> {
  const alternatives = operations.flatMap(({ security }) => security ?? [])
  return new Set(alternatives.flatMap((one) => (one.kind === 'scopes' ? one.scopes : [])))
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
