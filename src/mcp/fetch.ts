/** The guard for handlers of the Fetch API, as in Cloudflare Workers, Deno, Bun, and Hono. */
import { ownProperties } from '../enforce/options.ts'
import type { Awaitable, DecidingPolicy, ScopesOfRequest } from '../enforce/types.ts'
import { leaveDecision } from './decisions.ts'
import {
  createMcpGuard,
  type GivenBody,
  type McpDecisionRecord,
  type McpOptions,
  type McpOutcome,
} from './guard.ts'
import { internalError } from './denials.ts'
import { eventStreamFilter } from './lists/event-stream.ts'
import { filteredJson } from './lists/filtered-json.ts'
import { concatenate } from './read/body.ts'

type ResponseBody = NonNullable<ConstructorParameters<typeof Response>[0]>
type Functions = 'policy' | 'scopes' | 'onDecision' | 'skip'

/** The options of {@link protectMcp}: those of `mcpGuard`, with functions of all arguments of the handler. */
export interface ProtectMcpOptions<Rest extends readonly unknown[]> extends Omit<
  McpOptions<Request>,
  Functions
> {
  readonly policy: DecidingPolicy | ((request: Request, ...rest: Rest) => Awaitable<DecidingPolicy>)
  /** The scopes of the **verified** token; undefined or null without one. There is no usual place for them. */
  readonly scopes: (request: Request, ...rest: Rest) => Awaitable<ScopesOfRequest>
  readonly onDecision?: ((record: McpDecisionRecord, request: Request, ...rest: Rest) => unknown) | undefined
  readonly skip?: ((request: Request, ...rest: Rest) => boolean) | undefined
}

/**
 * The handler of an MCP endpoint, behind a guard that lets a request through only when the scopes of its token
 * allow every message in it. The handler gets a request with exactly the bytes that were judged.
 *
 * @throws TypeError when the options are malformed. What is returned rejects only when the handler does.
 * @example
 * export default { fetch: protectMcp(handler, { policy, scopes: async (request) => scopesFromClaims(await verify(request)) }) }
 */
export function protectMcp<Rest extends readonly unknown[]>(
  handler: (request: Request, ...rest: Rest) => Response | Promise<Response>,
  options: NoInfer<ProtectMcpOptions<Rest>>,
): (request: Request, ...rest: Rest) => Promise<Response> {
  type Call = readonly [request: Request, ...rest: Rest]
  if (typeof handler !== 'function') throw new TypeError('the handler must be a function')
  const { policy, scopes, onDecision, skip, ...others } = ownProperties(options)
  if (typeof scopes !== 'function') throw new TypeError('`scopes` must be a function of the request')
  const guard = createMcpGuard<Call>(
    {
      ...others,
      policy: typeof policy === 'function' ? (call) => policy(...call) : policy,
      scopes: (call) => scopes(...call),
      // What is not a function stays what it is, for the guard to refuse.
      onDecision:
        typeof onDecision === 'function' ? (record, call) => onDecision(record, ...call) : onDecision,
      skip: typeof skip === 'function' ? (call) => skip(...call) : skip,
    },
    {
      method: ([request]) => request.method,
      target: ([request]) => pathOf(request.url),
      headers: ([request]) => request.headers,
      header: ([request], name) => request.headers.get(name),
      scopes: undefined,
      body: ([request], maxBodySize) => readRequest(request, maxBodySize),
    },
  )
  return async (request, ...rest) => {
    const outcome = await guard([request, ...rest])
    if (!outcome.allow) {
      const { status, headers, body } = outcome.answer
      return new Response(body, { status, headers })
    }
    const judged = withBody(request, outcome)
    leaveDecision(judged, outcome.decision)
    const answered = await handler(judged, ...rest)
    return outcome.filter === undefined ? answered : filterResponse(answered, outcome.filter)
  }
}

/** Path and query as the runtime has them; used for `skip` and the record only. */
function pathOf(url: string): string {
  return /^[a-z]+:\/\/[^/?#]+(\/[^#]*)$/i.exec(url)?.[1] ?? ''
}

/** The request with the bytes that were judged in place of the stream that was read. */
function withBody(request: Request, outcome: McpOutcome & { readonly allow: true }): Request {
  const given = outcome.judged?.given
  return given === undefined ? request : new Request(request, { body: given as ResponseBody })
}

async function readRequest(request: Request, maxBodySize: number): Promise<GivenBody> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBodySize) return { refusal: 'too-large' }
  if (request.bodyUsed) return { refusal: 'invalid-json' }
  if (request.body === null) return { given: new Uint8Array() }
  const reader = request.body.getReader() as ReadableStreamDefaultReader<Uint8Array>
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > maxBodySize) {
      void reader.cancel().catch(() => undefined)
      return { refusal: 'too-large' }
    }
    chunks.push(value)
  }
  return { given: concatenate(chunks, size) }
}

/** The response with its lists filtered; other responses are passed on as they are. */
async function filterResponse(response: Response, filter: (message: unknown) => unknown): Promise<Response> {
  const type = response.headers.get('content-type') ?? ''
  const isJson = /^application\/json\b/i.test(type)
  const isStream = /^text\/event-stream\b/i.test(type)
  if (response.body === null || (!isJson && !isStream)) return response
  const headers = new Headers(response.headers)
  headers.delete('content-length')
  headers.delete('etag')
  // What is encoded cannot be read here.
  if ((headers.get('content-encoding') ?? 'identity') !== 'identity') {
    const { status, headers: fields, body } = internalError(undefined)
    return new Response(body, { status, headers: fields })
  }
  const { status, statusText } = response
  const init = { status, statusText, headers }
  if (isJson) {
    const body = new Uint8Array(await response.arrayBuffer())
    return new Response(filteredJson(body, filter) as ResponseBody, init)
  }
  const events = eventStreamFilter(filter)
  const encoder = new TextEncoder()
  const filtered = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        const text = events.push(chunk)
        if (text !== '') controller.enqueue(encoder.encode(text))
      },
      flush: (controller) => {
        const text = events.end()
        if (text !== '') controller.enqueue(encoder.encode(text))
      },
    }),
  )
  return new Response(filtered, init)
}
