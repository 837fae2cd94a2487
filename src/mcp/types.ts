/** The words that reading, judging and answering MCP messages share. */

/**
 * Why a body is refused. Each is a way in which another reader of the same bytes, or of the headers beside
 * them, could see another method or name than the one that was judged, or a bound that keeps reading cheap.
 */
export type BodyRefusal =
  /** Longer than the limit. */
  | 'too-large'
  /** Objects and arrays nested deeper than the limit. */
  | 'too-deep'
  /** `Content-Type` is not `application/json` in UTF-8: a server may decode or parse the bytes differently. */
  | 'content-type'
  /** `Content-Encoding` is there: the bytes are not the ones that the server reads. */
  | 'content-encoding'
  /** Bytes that are not UTF-8: some readers replace them, some drop them. */
  | 'invalid-utf-8'
  | 'byte-order-mark'
  /** Not JSON by RFC 8259: comments, `NaN`, trailing commas or text, raw control characters, nothing at all. */
  | 'invalid-json'
  /** A key occurs twice in one object: some readers take the first, most take the last. */
  | 'duplicate-key'
  /** A key that is another one in a reader that ignores case, folds Unicode, or does not decode escapes. */
  | 'ambiguous-key'
  /** Half of a surrogate pair: some readers replace it, some keep it, some stop. */
  | 'lone-surrogate'
  /** A control character in a method or name: readers in C end the string at U+0000. */
  | 'control-character'
  /** Not a JSON-RPC 2.0 request, notification or response, or the name to be judged is missing. */
  | 'invalid-message'
  /** A batch without messages, or with more than the limit. */
  | 'batch-size'
  /** `Mcp-Method` or `Mcp-Name` differs from the body, is there twice, or is not correctly encoded. */
  | 'header-mismatch'

/** A method and the name it is judged by: what `authorize(scopes, method, name)` is asked. */
export interface McpAccess {
  readonly method: 'tools/call' | 'resources/read' | 'prompts/get'
  readonly name: string
}

/** One message of a body. */
export interface McpMessage {
  /** Undefined for notifications, and for error responses without one. */
  readonly id: string | number | undefined
  /** Undefined for responses. */
  readonly method: string | undefined
  /** The tool, prompt or resource URI that the message names; undefined where its method names none. */
  readonly name?: string
  readonly kind: 'request' | 'notification' | 'response'
  /**
   * What a token must be granted for the message, all of it: `[]` where any valid token will do, and null
   * where no token will, because the method is unknown.
   */
  readonly needs: readonly McpAccess[] | null
}

/** What `readMessages` found. With a `refusal` nothing of the body may pass, whatever `messages` holds. */
export interface McpBody {
  /** Empty with a refusal, but for `header-mismatch`, where it is what the body says. */
  readonly messages: readonly McpMessage[]
  readonly refusal?: BodyRefusal
}

/** Bounds of reading. */
export interface BodyLimits {
  /** Bytes, or UTF-16 units of a string. Default: 4 MiB. */
  readonly maxBodySize?: number | undefined
  /** Objects and arrays in one another. Default: 128. */
  readonly maxDepth?: number | undefined
}

/** Header fields: an object of Node's or any other, or `Headers` of the Fetch API. */
export type HeaderFields =
  { get(name: string): string | null } | Readonly<Record<string, string | readonly string[] | undefined>>
