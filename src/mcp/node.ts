/**
 * The guard for Node's requests and responses, and everything that is made of them: Express, Connect, the raw
 * ones of Fastify and Koa.
 */
import { safeGet } from '../claims/safe-get.ts'
import { verifiedScopes } from '../enforce/verified-scopes.ts'
import { leaveDecision } from './decisions.ts'
import { createMcpGuard, type GivenBody, type McpOptions, type McpOutcome } from './guard.ts'
import { filterResponse, type NodeResponse } from './node-response.ts'
import { concatenate } from './read/body.ts'
import type { HeaderFields } from './types.ts'

/** What is used of a request. */
export interface NodeRequest {
  readonly method?: string | undefined
  readonly url?: string | undefined
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly complete?: boolean
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown
  on(event: 'end' | 'close' | 'error', listener: (error?: unknown) => void): unknown
  pause(): unknown
  resume(): unknown
}

/** A Connect-style middleware. */
export type McpMiddleware<Request> = (
  request: Request,
  response: NodeResponse,
  next: (error?: unknown) => unknown,
) => void

/**
 * A middleware that lets a request to an MCP endpoint through only when the scopes of its token allow every
 * message in it. Mount it where the endpoint is, after what verifies the token, and give the server
 * `request.body`, in which it leaves the value that was judged.
 *
 * By default the scopes are those of `request.auth`, where `requireBearerAuth` of the SDK, express-jwt and
 * express-oauth2-jwt-bearer put them. A body that a parser before has left in `request.body` is judged as that
 * object; better mount the guard before parsers, which do not see what the bytes said twice.
 *
 * @throws TypeError when the options are malformed. The middleware itself never throws.
 * @example
 * app.post('/mcp', requireBearerAuth({ verifier }), mcpGuard({ policy, resourceMetadata }), (req, res) =>
 *   transport.handleRequest(req, res, req.body))
 */
export function mcpGuard<Request extends NodeRequest = NodeRequest>(
  options: McpOptions<Request>,
): McpMiddleware<Request> {
  const guard = createMcpGuard<Request>(options, {
    method: (request) => request.method,
    target: targetOf,
    headers: headersOf,
    header: (request, name) => safeGet(request.headers, name),
    scopes: (request) => verifiedScopes(safeGet(request, 'auth')),
    body: readRequest,
  })
  return (request, response, next) => {
    void guard(request).then((outcome) => {
      if (carryOut(outcome, request, response)) next()
    })
  }
}

function targetOf(request: NodeRequest): unknown {
  // Where `Object.prototype` has one, the target is anybody's guess, and the empty one is refused.
  if ('originalUrl' in Object.prototype) return ''
  return safeGet(request, 'originalUrl') ?? request.url
}

/** `headersDistinct` shows a header that is there twice, of which `headers` keeps one. */
function headersOf(request: NodeRequest): HeaderFields {
  const distinct = safeGet(request, 'headersDistinct')
  return (typeof distinct === 'object' && distinct !== null ? distinct : request.headers) as HeaderFields
}

/** The body that was parsed before, or the bytes of the stream. */
function readRequest(request: NodeRequest, maxBodySize: number): GivenBody | Promise<GivenBody> {
  const parsed = safeGet(request, 'body')
  if (parsed !== undefined) {
    // Nobody may find other bytes in the stream than the object that is judged.
    if (safeGet(request, 'readableEnded') !== true) request.resume()
    return { given: parsed }
  }
  if (safeGet(request, 'readableEnded') === true || safeGet(request, 'destroyed') === true) {
    return { refusal: 'invalid-json' }
  }
  if (Number(request.headers['content-length'] ?? 0) > maxBodySize) return { refusal: 'too-large' }
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = []
    let size = 0
    const onData = (chunk: Uint8Array): void => {
      size += chunk.length
      chunks.push(chunk)
      if (size <= maxBodySize) return
      request.pause()
      resolve({ refusal: 'too-large' })
    }
    const onEnd = (): void => {
      resolve({ given: concatenate(chunks, size) })
    }
    const onBroken = (): void => {
      resolve({ refusal: 'invalid-json' })
    }
    request.on('data', onData)
    request.on('end', onEnd)
    request.on('close', onBroken)
    // An error without a listener would end the process.
    request.on('error', onBroken)
  })
}

/** Answers a denial; true when the request may go on. */
function carryOut(outcome: McpOutcome, request: object, response: NodeResponse): boolean {
  try {
    if (outcome.allow) {
      leaveDecision(request, outcome.decision)
      if (outcome.judged !== undefined) {
        const { value, given } = outcome.judged
        // In report-only mode there is no value for a body that was refused; the handler gets what came in.
        const body = { value: value ?? given, writable: true, configurable: true, enumerable: true }
        Object.defineProperty(request, 'body', body)
        // By this, parsers of Express 4 see that the stream has been read.
        Object.defineProperty(request, '_body', { value: true, writable: true, configurable: true })
      }
      if (outcome.filter !== undefined) filterResponse(response, outcome.filter)
      return true
    }
    // Somebody has answered while we waited: leave that answer alone, and do not go on either.
    if (!response.headersSent) {
      const { status, headers, body } = outcome.answer
      response.statusCode = status
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
      // What was not read of the body would keep the connection waiting. HTTP/2 has no such header.
      const isRead = safeGet(request, 'complete') !== false
      if (!isRead && safeGet(request, 'httpVersionMajor') === 1) response.setHeader('connection', 'close')
      ;(response.end as (body: string) => unknown).call(response, body)
    }
  } catch {
    // A frozen request, a response that takes no headers: what cannot be answered is cut off.
    response.destroy()
  }
  return false
}
