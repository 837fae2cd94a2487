import type { BodyLimits, HeaderFields, McpBody } from '../types.ts'
import { readBody } from './body.ts'
import { agrees, encodingRefusal, readMcpHeaders } from './headers.ts'
import { messagesOf } from './messages.ts'

const NONE: ReadonlySet<string> = new Set()

/**
 * Reads the body of a POST to an MCP server strictly, by the law of bodies: where another reader of JSON
 * could read another method or name in it, or the headers `Mcp-Method` and `Mcp-Name` disagree with it, it is
 * refused. So what is judged is what the server executes, whatever it is written in.
 *
 * Never throws. Time and memory are linear in the size of the body, which is bounded.
 *
 * @param body The bytes as received, or their text. A `Uint8Array`, other views and `ArrayBuffer` are bytes;
 *   any other object is a body that was parsed before, and is judged as that object.
 * @param headers The header fields of the request, for the agreement of headers and body.
 * @returns The messages, or a `refusal`; with one, nothing of the body may pass.
 * @example
 * const { messages, refusal } = readMessages(body, request.headers)
 * const allowed = refusal === undefined && messages.every(({ needs }) =>
 *   needs !== null && needs.every(({ method, name }) => policy.authorize(scopes, method, name)))
 */
export function readMessages(
  body: string | ArrayBufferView | ArrayBuffer | object,
  headers?: HeaderFields,
  limits?: BodyLimits,
): McpBody {
  return readJudged(body, headers, limits, NONE).body
}

/** A body as it was judged, with the value that every reader reads; the value is undefined with a refusal. */
export interface JudgedBody {
  readonly body: McpBody
  readonly value: unknown
}

/** `readMessages` for the guards, which pass the value on. */
export function readJudged(
  given: unknown,
  headers: HeaderFields | undefined,
  limits: BodyLimits | undefined,
  openMethods: ReadonlySet<string>,
): JudgedBody {
  const wrongEncoding = headers === undefined ? undefined : encodingRefusal(headers)
  if (wrongEncoding !== undefined) return { body: { messages: [], refusal: wrongEncoding }, value: undefined }
  const read = isText(given) ? readBody(given, limits) : { value: given }
  if ('refusal' in read) return { body: { messages: [], refusal: read.refusal }, value: undefined }
  const body = messagesOf(read.value, openMethods)
  if (body.refusal !== undefined) return { body, value: undefined }
  if (headers !== undefined && !agrees(readMcpHeaders(headers), body.messages)) {
    return { body: { messages: body.messages, refusal: 'header-mismatch' }, value: undefined }
  }
  return { body, value: read.value }
}

function isText(given: unknown): given is string | ArrayBufferView | ArrayBuffer {
  // By what it is and not by class: bytes also come from other realms.
  return (
    typeof given === 'string' ||
    ArrayBuffer.isView(given) ||
    Object.prototype.toString.call(given) === '[object ArrayBuffer]'
  )
}
