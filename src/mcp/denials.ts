/**
 * The answers to denied requests: status and challenge by RFC 6750 and the authorization chapter of MCP, and
 * a JSON-RPC error with the ID of the message, which clients show where they expected a result.
 *
 * Nothing of the request is echoed but that ID, and nothing of an exception is disclosed.
 */
import { challenge, type ChallengeOptions } from '../claims/challenge.ts'
import type { Answer } from '../enforce/metadata.ts'
import type { BodyRefusal, McpMessage } from './types.ts'

/** What every challenge has. */
export interface ChallengeBase {
  readonly realm?: string | undefined
  readonly resourceMetadata?: string | undefined
}

type Id = McpMessage['id']

/**
 * Codes outside of what JSON-RPC and MCP reserve are those of HTTP: the specification asks for codes beyond
 * -32768 to -32000 (2026-07-28, basic, error codes).
 */
const PARSE_ERROR = -32700
const INVALID_REQUEST = -32600
const METHOD_NOT_FOUND = -32601
const INVALID_PARAMS = -32602
const HEADER_MISMATCH = -32020

const REFUSALS: Readonly<Record<BodyRefusal, readonly [status: number, code: number, message: string]>> = {
  'too-large': [413, INVALID_REQUEST, 'the body is too large'],
  'too-deep': [400, INVALID_REQUEST, 'the body is nested too deeply'],
  'content-type': [415, INVALID_REQUEST, 'the body must be application/json in UTF-8'],
  'content-encoding': [415, INVALID_REQUEST, 'the body must not have a content encoding'],
  'invalid-utf-8': [400, PARSE_ERROR, 'the body is not UTF-8'],
  'byte-order-mark': [400, PARSE_ERROR, 'the body begins with a byte order mark'],
  'invalid-json': [400, PARSE_ERROR, 'the body is not JSON'],
  'duplicate-key': [400, INVALID_REQUEST, 'an object of the body has the same key twice'],
  'ambiguous-key': [400, INVALID_REQUEST, 'the body has a key that readers can take for another one'],
  'lone-surrogate': [400, INVALID_REQUEST, 'the body has half of a surrogate pair'],
  'control-character': [400, INVALID_REQUEST, 'the method or name has a control character'],
  'invalid-message': [
    400,
    INVALID_REQUEST,
    'the body is not a message of JSON-RPC 2.0 with the name it needs',
  ],
  'batch-size': [400, INVALID_REQUEST, 'the batch has no messages or too many'],
  'header-mismatch': [400, HEADER_MISMATCH, 'Mcp-Method or Mcp-Name does not match the body'],
}

/** No token, or an invalid one: 401 with the scopes to begin with. */
export function unauthenticated(
  base: ChallengeBase,
  baseline: readonly string[] | undefined,
  id: Id,
  error?: 'invalid_token',
): Answer {
  const message = error === undefined ? 'an access token is needed' : 'the access token is invalid or expired'
  const value = challenge({
    ...base,
    scope: baseline,
    ...(error === undefined ? {} : { error, errorDescription: message }),
  })
  return answer(401, 401, message, id, value)
}

/** The scopes do not suffice: 403, naming all that the request needs at once, or none where none would do. */
export function insufficientScope(base: ChallengeBase, scope: readonly string[] | undefined, id: Id): Answer {
  const message = scope === undefined ? 'no scope allows this request' : 'the access token lacks a scope'
  return answer(403, 403, message, id, insufficient(base, message, scope))
}

/** A method that is in no revision and not in the options. */
export function unknownMethod(base: ChallengeBase, id: Id): Answer {
  const message = 'the method is unknown, and no scope allows it'
  return answer(403, METHOD_NOT_FOUND, message, id, insufficient(base, message, undefined))
}

/** A name that has more than one reading, such as a URI with `..`. */
export function nameRefused(refusal: string | undefined, id: Id): Answer {
  return answer(400, INVALID_PARAMS, `the name is refused${refusal === undefined ? '' : ` (${refusal})`}`, id)
}

/** The body has more than one reading, or none. */
export function bodyRefused(refusal: BodyRefusal, id: Id): Answer {
  const [status, code, message] = REFUSALS[refusal]
  return answer(status, code, `${message} (${refusal})`, id)
}

/** The credentials or the method of the request are written in a way that is refused. */
export function badRequest(base: ChallengeBase, message: string): Answer {
  const value = challenge({ ...base, error: 'invalid_request', errorDescription: message })
  return answer(400, INVALID_REQUEST, message, undefined, value)
}

/** MCP has POST, and before 2026-07-28 GET for a stream and DELETE for the end of a session. */
export function methodNotAllowed(): Answer {
  const refused = answer(405, INVALID_REQUEST, 'the HTTP method is not one of MCP', undefined)
  return { ...refused, headers: { ...refused.headers, allow: 'DELETE, GET, POST' } }
}

/** Something was thrown: 500 without details. */
export function internalError(id: Id): Answer {
  return answer(500, -32603, 'the request could not be judged', id)
}

function insufficient(base: ChallengeBase, message: string, scope: ChallengeOptions['scope']): string {
  return challenge({ ...base, error: 'insufficient_scope', errorDescription: message, scope })
}

function answer(status: number, code: number, message: string, id: Id, wwwAuthenticate?: string): Answer {
  return {
    status,
    headers: {
      'content-type': 'application/json',
      // The answer is about one token; a shared cache must not give it to the holder of another.
      'cache-control': 'no-store',
      ...(wwwAuthenticate === undefined ? {} : { 'www-authenticate': wwwAuthenticate }),
    },
    body: `${JSON.stringify({ jsonrpc: '2.0', id: id ?? null, error: { code, message } })}\n`,
  }
}
