/**
 * `envoy.service.auth.v3.Authorization/Check`: from the message that Envoy sends to a question, and from the
 * answer to the message that it understands. Field numbers are those of Envoy's API v3.
 *
 * The headers of the request are in a map, in which Envoy joins several of one name by commas; a joined
 * `Authorization` is malformed and denied. With `encode_raw_headers` they are in a list instead.
 */
import type { Answer } from '../decide.ts'
import { IDENTITY_HEADERS } from '../identity.ts'
import { mcpByMetadata } from '../mcp.ts'
import { type McpQuestion, originsOf, type Question, valuesIn, type ValuesOf } from '../question.ts'
import { bytesOf, entriesOf, field, fieldsOf, stringOf, structOf, textOf } from './protobuf.ts'

/** Of `google.rpc.Status`. */
const OK = 0
const PERMISSION_DENIED = 7

/** With the names of all headers of the request, in lower case. */
export interface CheckQuestion extends Question {
  readonly headerNames: readonly string[]
}

/** `CheckRequest` to a question. Throws for a message that cannot be read. */
export function readCheckRequest(message: Buffer): CheckQuestion {
  const attributes = bytesOf(message, 1)
  const http = bytesOf(bytesOf(attributes, 4), 2)
  const headers = headersOf(http)
  const valuesOf = valuesIn(headers)
  const host = stringOf(http, 5)
  const scheme = stringOf(http, 6)
  const certificate = stringOf(bytesOf(attributes, 1), 5)
  return {
    method: stringOf(http, 2),
    target: stringOf(http, 4),
    valuesOf,
    headerNames: Object.keys(headers),
    // The host of the request itself; what a client says of a proxy before it does not count here.
    origins: () => {
      if (host === '') return originsOf(valuesOf)
      return scheme === '' ? [`https://${host}`, `http://${host}`] : originOf(scheme, host, valuesOf)
    },
    ...(certificate !== '' && { certificate }),
    ...mcpOf(bytesOf(attributes, 11)),
  }
}

/** Behind another proxy the scheme of the connection is not that of the client. */
function originOf(scheme: string, host: string, valuesOf: ValuesOf): readonly string[] {
  const forwarded = valuesOf('x-forwarded-proto')[0]
  return [...new Set([scheme, forwarded ?? scheme])].map((one) => `${one}://${host}`)
}

function headersOf(http: Buffer | undefined): Readonly<Record<string, readonly string[]>> {
  const headers = Object.create(null) as Record<string, string[]>
  const add = (name: string, value: string): void => {
    ;(headers[name.toLowerCase()] ??= []).push(value)
  }
  for (const [name, value] of entriesOf(http, 3)) add(name, textOf(value))
  const raw = bytesOf(http, 13)
  for (const { number, bytes } of raw === undefined ? [] : fieldsOf(raw)) {
    if (number !== 1 || bytes === undefined) continue
    const value = bytesOf(bytes, 3)
    add(stringOf(bytes, 1), value === undefined ? stringOf(bytes, 2) : textOf(value))
  }
  return headers
}

function mcpOf(metadata: Buffer | undefined): { readonly mcp?: McpQuestion } {
  const namespaces = new Map<string, ReadonlyMap<string, unknown>>()
  for (const [name, struct] of entriesOf(metadata, 1)) namespaces.set(name, structOf(struct))
  const mcp = mcpByMetadata(namespaces)
  return mcp === undefined ? {} : { mcp }
}

/** An answer as `CheckResponse`. `names` are those of the headers that the request has. */
export function writeCheckResponse({ status, headers, reason }: Answer, names: readonly string[]): Buffer {
  const options = Object.entries(headers).map(([name, value]) => field(2, headerOption(name, value)))
  if (status === 200) {
    // What a client sends under these names in any spelling, WSGI and CGI read as the same header.
    const forged = names.filter(
      (name) => !IDENTITY_HEADERS.includes(name) && IDENTITY_HEADERS.includes(name.replaceAll('_', '-')),
    )
    const ok = Buffer.concat([...options, ...forged.map((name) => field(5, name))])
    return Buffer.concat([field(1, rpcStatus(OK, '')), field(3, ok)])
  }
  const denied = Buffer.concat([field(1, field(1, status)), ...options])
  return Buffer.concat([field(1, rpcStatus(PERMISSION_DENIED, reason)), field(2, denied)])
}

function rpcStatus(code: number, message: string): Buffer {
  return Buffer.concat([
    ...(code === 0 ? [] : [field(1, code)]),
    ...(message === '' ? [] : [field(2, message)]),
  ])
}

/** Replaces what a client may have sent, and stays where the value is empty. */
function headerOption(name: string, value: string): Buffer {
  const OVERWRITE_IF_EXISTS_OR_ADD = 2
  return Buffer.concat([
    field(1, Buffer.concat([field(1, name), field(2, value)])),
    field(3, OVERWRITE_IF_EXISTS_OR_ADD),
    field(4, 1),
  ])
}
