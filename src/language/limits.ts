/**
 * What a document may cost. Each limit is checked before the work it bounds is done; what lies over a
 * limit is refused with the code `limit-exceeded` and the limit's name. All can be changed in code.
 */
export interface Limits {
  /** Bytes of UTF-8 in the source text. Default 16 MiB. */
  readonly bytes: number
  /** Levels of nested collections. Default 64. */
  readonly depth: number
  /** Lexical tokens of YAML (marks, spaces, strings), which bound time and memory. Default 7,000,000. */
  readonly tokens: number
  /** Uses of aliases (`*name`). Default 100. */
  readonly aliases: number
  /** UTF-16 code units of one pattern. Default 4,096. */
  readonly patternLength: number
  /**
   * Endpoints of all scopes together, aliases expanded. Default 200,000. Ten times as many scopes and
   * endpoints are allowed when every scope is counted with all that it includes.
   */
  readonly endpoints: number
  /** Errors of one document; reading stops at the last of them. Default 10,000. */
  readonly errors: number
  /** Characters of one request path, query not counted. Default 8,192. */
  readonly pathLength: number
}

export const DEFAULT_LIMITS: Limits = {
  bytes: 16 * 1024 * 1024,
  depth: 64,
  tokens: 7_000_000,
  aliases: 100,
  patternLength: 4096,
  endpoints: 200_000,
  errors: 10_000,
  pathLength: 8192,
}
