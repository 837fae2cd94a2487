/**
 * A question of a gateway, whichever protocol it comes by: what the client asks for, in its own spelling.
 */

export interface McpQuestion {
  readonly method: string
  /** Of a tool, a prompt or a resource; undefined where none is stated. */
  readonly name: string | undefined
}

/** Every value of the header with this name, which is in lower case. */
export type ValuesOf = (name: string) => readonly string[]

export interface Question {
  readonly method: string
  /** The request target (RFC 9112 §3.2), not decoded. */
  readonly target: string
  /** Headers of the original request, as far as the gateway passes them on. */
  readonly valuesOf: ValuesOf
  /** Origins at which the client may have reached the API; empty where the gateway states none. */
  readonly origins: () => readonly string[]
  /** The certificate of the client, where the protocol has a place for it: PEM, URL-encoded or not. */
  readonly certificate?: string | undefined
  /** What is asked of an MCP server; it is judged instead of method and target. */
  readonly mcp?: McpQuestion | undefined
}

const NONE: readonly string[] = []

/** By name in lower case. Inherited members are not headers. */
export function valuesIn(record: Readonly<Record<string, readonly string[] | undefined>>): ValuesOf {
  return (name) => (Object.hasOwn(record, name) ? (record[name] ?? NONE) : NONE)
}

/**
 * Of names and values in turns, as Node's `rawHeaders` has them. Read one by one, because a decision needs three of
 * them: `headersDistinct` makes an object of all.
 */
export function valuesAmong(rawHeaders: readonly string[]): ValuesOf {
  return (name) => {
    let found: string[] | undefined
    for (let at = 0; at < rawHeaders.length; at += 2) {
      const written = rawHeaders[at] ?? ''
      if (written.length !== name.length || (written !== name && written.toLowerCase() !== name)) continue
      const value = rawHeaders[at + 1] ?? ''
      if (found === undefined) found = [value]
      else found.push(value)
    }
    return found ?? NONE
  }
}

/** The value of a header that is there exactly once. */
export function only(valuesOf: ValuesOf, name: string): string | undefined {
  const values = valuesOf(name)
  return values.length === 1 ? values[0] : undefined
}

/** The path of a target (RFC 9112 §3.2.1), as it was sent. */
export function withoutQuery(target: string): string {
  const end = target.indexOf('?')
  return end < 0 ? target : target.slice(0, end)
}

/** Origins by `X-Forwarded-Proto` and `X-Forwarded-Host`, else `Host`; both schemes where none is stated. */
export function originsOf(valuesOf: ValuesOf): readonly string[] {
  const host = only(valuesOf, 'x-forwarded-host') ?? only(valuesOf, 'host')
  if (host === undefined) return []
  const scheme = only(valuesOf, 'x-forwarded-proto')
  return (scheme === undefined ? ['https', 'http'] : [scheme]).map((one) => `${one}://${host}`)
}

/** Hosts of origins, in lower case, without a port; each once. */
export function hostsOf(origins: readonly string[]): readonly string[] {
  return [...new Set(origins.map((origin) => (URL.canParse(origin) ? new URL(origin).hostname : '')))]
}
