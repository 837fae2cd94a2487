/**
 * The headers that say about a body what the body says itself: `Mcp-Method` and `Mcp-Name` (revision
 * 2026-07-28), by which gateways decide without reading it, and those that change how its bytes are read.
 */
import type { BodyRefusal, HeaderFields, McpMessage } from '../types.ts'

/** Stands for several values of one header: no header read here may have them, and none can be this one. */
const SEVERAL = '\0'

export interface McpHeaders {
  /** Undefined where the header is missing. */
  readonly method?: string
  /** Decoded; undefined where the header is missing. */
  readonly name?: string
  /** There twice, or not correctly encoded. */
  readonly refusal?: 'header-mismatch'
}

/** `=?base64?…?=`, the encoding of names that a header cannot carry. The markers are case-sensitive. */
const ENCODED = /^=\?base64\?(.*)\?=$/
/** Visible ASCII and inner spaces: what a header carries without an encoding. */
const PLAIN = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/
const JSON_TYPE = /^application\/json(?:[ \t]*;[ \t]*charset=(?:utf-8|"utf-8"))?$/i
const fromBase64 = atob
const toBase64 = btoa
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Method and name as the headers have them: for a gateway that decides without the body. Never throws. */
export function readMcpHeaders(headers: HeaderFields): McpHeaders {
  const method = fieldOf(headers, 'mcp-method')
  const written = fieldOf(headers, 'mcp-name')
  const name = written === undefined ? undefined : decodeName(written)
  const isWrong =
    (method !== undefined && !PLAIN.test(method)) || (written !== undefined && name === undefined)
  if (isWrong) return { refusal: 'header-mismatch' }
  return { ...(method === undefined ? {} : { method }), ...(name === undefined ? {} : { name }) }
}

/** Why the bytes of the body could be read differently from UTF-8 JSON; undefined when they are not. */
export function encodingRefusal(headers: HeaderFields): BodyRefusal | undefined {
  const type = fieldOf(headers, 'content-type')
  // A charset is not a formality: `utf-7` turns plain ASCII into other keys.
  if (type !== undefined && !JSON_TYPE.test(type)) return 'content-type'
  const encoding = fieldOf(headers, 'content-encoding')
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') return 'content-encoding'
  return undefined
}

/** Whether the headers that are there agree with every message. */
export function agrees({ method, name, refusal }: McpHeaders, messages: readonly McpMessage[]): boolean {
  if (refusal !== undefined) return false
  return messages.every((message) => {
    if (method !== undefined && method !== message.method) return false
    // Methods without a row in the table may have names that are not known here; they are denied, or opened
    // by an option whatever their name.
    return name === undefined || message.needs === null || name === message.name
  })
}

function decodeName(written: string): string | undefined {
  const encoded = ENCODED.exec(written)?.[1]
  if (encoded === undefined) return PLAIN.test(written) ? written : undefined
  try {
    const binary = fromBase64(encoded)
    // Other spellings of the same bytes are read by some decoders and not by others.
    if (toBase64(binary) !== encoded) return undefined
    return decoder.decode(Uint8Array.from(binary, (byte) => byte.charCodeAt(0)))
  } catch {
    return undefined
  }
}

/** The value of a header, without regard to the case of its name. */
function fieldOf(headers: HeaderFields, name: string): string | undefined {
  if (typeof (headers as { get?: unknown }).get === 'function') {
    return (headers as { get(name: string): string | null }).get(name) ?? undefined
  }
  let value: string | undefined
  const fields = headers as Readonly<Record<string, string | readonly string[] | undefined>>
  for (const [key, held] of Object.entries(fields)) {
    if (key.toLowerCase() !== name || held === undefined) continue
    const values = typeof held === 'string' ? [held] : held
    for (const one of values) value = value === undefined ? one : SEVERAL
  }
  return value
}
