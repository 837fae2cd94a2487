/** What `mcpCoverage` compares and what it finds. */
import type { Policy } from '../../decision/types.ts'
import type { Span } from '../../source/span.ts'

/** A tool as `tools/list` has it. */
export interface McpTool {
  readonly name: string
  readonly title?: string
  readonly description?: string
  readonly annotations?: {
    readonly title?: string
    readonly readOnlyHint?: boolean
    readonly destructiveHint?: boolean
  }
  /** Sets of scopes that open it, where the list says so; `[]` opens it to every token. For first documents. */
  readonly scopes?: readonly (readonly string[])[]
}

/** The lists of a server; names alone will do. */
export interface McpLists {
  readonly tools?: readonly (string | McpTool)[]
  readonly prompts?: readonly (string | { readonly name: string })[]
  readonly resources?: readonly (string | { readonly uri: string })[]
  readonly resourceTemplates?: readonly (string | { readonly uriTemplate: string })[]
}

export type McpItemKind = 'tool' | 'prompt' | 'resource' | 'resourceTemplate'

/** One name of a list, and who may use it. */
export interface McpItemCoverage {
  readonly kind: McpItemKind
  readonly name: string
  /**
   * `scopes`: some sets of scopes open it; `baseline`: every valid token does; `none`: no token does. `refused`:
   * the name has more than one reading, and no policy grants it.
   */
  readonly reach: 'scopes' | 'baseline' | 'none' | 'refused'
  /** The smallest sets of scopes that open it, narrowest first. */
  readonly sets: readonly (readonly string[])[]
  /** What the server says about a tool: whether it changes nothing. */
  readonly readOnly?: boolean
}

/** A pattern of the policy that matches no name of the lists. */
export interface UnusedPattern {
  readonly kind: 'tool' | 'prompt' | 'resource'
  /** A scope, several separated by spaces, or `$baseline`. */
  readonly scope: string
  readonly pattern: string
  readonly span?: Span
}

/** A scope whose label promises to read only, and a tool that it opens although the server says it changes things. */
export interface MisleadingLabel {
  readonly scope: string
  readonly label: string
  readonly tool: string
}

export interface McpCoverage {
  readonly items: readonly McpItemCoverage[]
  readonly unused: readonly UnusedPattern[]
  readonly misleading: readonly MisleadingLabel[]
}

/** Patterns of a scope, of a combination of scopes, or of the baseline. */
export interface NamePatterns {
  readonly tools?: readonly { readonly pattern: string; readonly span?: Span }[]
  readonly prompts?: readonly { readonly pattern: string; readonly span?: Span }[]
  readonly resources?: readonly { readonly pattern: string; readonly span?: Span }[]
}

/** What is used of a policy. */
export interface CoveredPolicy extends Pick<Policy, 'explain' | 'scopesFor'> {
  readonly setsFor?: (method: string, target: string) => readonly (readonly string[])[]
  readonly scopes: ReadonlyMap<
    string,
    NamePatterns & { readonly label: string | Readonly<Record<string, string>> }
  >
  readonly combinations?: ReadonlyMap<string, NamePatterns>
  readonly baseline?: NamePatterns
}
