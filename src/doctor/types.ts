/** What `doctor` compares a policy with, and what it finds. */
import type { Combination, Scope } from '../policy/model.ts'

/** The kinds of documents: RFC 8414, RFC 9728, OpenAPI, lists of an MCP server, AuthZEN. */
export const SOURCE_KINDS = ['as', 'resource', 'openapi', 'mcp', 'authzen'] as const
export type SourceKind = (typeof SOURCE_KINDS)[number]

/** What can be found wrong; each can fail a build by itself. */
export const DOCTOR_FINDINGS = [
  'missing',
  'extra',
  'renamed',
  'described',
  'unlisted',
  'unread',
  'address',
  'unreached',
  'unused',
] as const
export type DoctorFindingKind = (typeof DOCTOR_FINDINGS)[number]

/** One difference. All text is as in the documents, and may be hostile. */
export type Finding =
  /** A scope of the policy that the document does not have; `requestAs` is the name to list, where it is another. */
  | { readonly kind: 'missing'; readonly scope: string; readonly requestAs?: string }
  /** A scope of the document that the policy does not have; it may be the key of a combination. */
  | { readonly kind: 'extra'; readonly listed: string; readonly isCombination?: true }
  /** A scope of the document that is probably one of the policy under another name. */
  | { readonly kind: 'renamed'; readonly listed: string; readonly scope: string }
  /** A description that neither the label nor the description of the scope says. */
  | {
      readonly kind: 'described'
      readonly listed: string
      readonly scope: string
      readonly text: string
      readonly label: string
    }
  /** The document has no scopes at all, so that nothing was compared. */
  | { readonly kind: 'unlisted' }
  /** A part of the document that was not understood. */
  | { readonly kind: 'unread'; readonly text: string; readonly pointer?: string }
  /** An address that is none of those that it should be or begin with. */
  | { readonly kind: 'address'; readonly listed: string; readonly expected: readonly string[] }
  /** A name of an MCP server that no token may use. */
  | { readonly kind: 'unreached'; readonly item: string; readonly listed: string }
  /** A pattern of the policy that matches no name of the MCP server. */
  | { readonly kind: 'unused'; readonly item: string; readonly pattern: string; readonly scope: string }

/** What a document says of scopes. */
export interface Listing {
  /** From each name to its description, empty where there is none. */
  readonly scopes: ReadonlyMap<string, string>
  /** Whether it is to have every scope of the policy; one of AuthZEN subjects need not. */
  readonly isComplete: boolean
  /** What reading it has found already. */
  readonly findings: readonly Finding[]
}

/** What is used of a policy. */
export interface DiagnosedPolicy {
  readonly scopes: ReadonlyMap<
    string,
    Pick<Scope, 'name' | 'label' | 'description' | 'aliases' | 'requestAs' | 'deprecated'>
  >
  readonly combinations?: ReadonlyMap<string, Combination>
}

/** The document is not of the kind that it should be; the message is one clause. */
export class SourceError extends Error {
  readonly code = 'ERR_INVALID_SOURCE'
}
