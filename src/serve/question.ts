/**
 * A question of a gateway, whichever protocol it comes by: what the client asks for, in its own spelling.
 */

export interface McpQuestion {
  readonly method: string
  /** Of a tool, a prompt or a resource; undefined where none is stated. */
  readonly name: string | undefined
}

/** All values of each header, by its name in lower case. Without a prototype, or with own members only. */
export type HeaderValues = Readonly<Record<string, readonly string[] | undefined>>

export interface Question {
  readonly method: string
  /** The request target (RFC 9112 §3.2), not decoded. */
  readonly target: string
  /** Headers of the original request, as far as the gateway passes them on. */
  readonly headers: HeaderValues
  /** Origins at which the client may have reached the API; empty where the gateway states none. */
  readonly origins: readonly string[]
  /** The certificate of the client, where the protocol has a place for it: PEM, URL-encoded or not. */
  readonly certificate?: string | undefined
  /** What is asked of an MCP server; it is judged instead of method and target. */
  readonly mcp?: McpQuestion | undefined
}

/** The values of one header; an inherited member is not a header. */
export function valuesOf(headers: HeaderValues, name: string): readonly string[] {
  return Object.hasOwn(headers, name) ? (headers[name] ?? []) : []
}

/** The value of a header that is there exactly once. */
export function only(headers: HeaderValues, name: string): string | undefined {
  const values = valuesOf(headers, name)
  return values.length === 1 ? values[0] : undefined
}

/** Origins by `X-Forwarded-Proto` and `X-Forwarded-Host`, else `Host`; both schemes where none is stated. */
export function originsOf(headers: HeaderValues): readonly string[] {
  const host = only(headers, 'x-forwarded-host') ?? only(headers, 'host')
  if (host === undefined) return []
  const scheme = only(headers, 'x-forwarded-proto')
  return (scheme === undefined ? ['https', 'http'] : [scheme]).map((one) => `${one}://${host}`)
}

/** Hosts of origins, in lower case, without a port; each once. */
export function hostsOf(origins: readonly string[]): readonly string[] {
  return [...new Set(origins.map((origin) => (URL.canParse(origin) ? new URL(origin).hostname : '')))]
}
