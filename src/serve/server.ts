/**
 * The HTTP side of the decision server: where to ask, limits, and an end without lost answers.
 *
 * `/decide` and what is below it decides, `/healthz` reports whether it runs and what is stale, `/readyz` whether
 * it can decide, `/metrics` counts. Bodies are not
 * read. No cookies, no redirections, nothing kept between requests but counters.
 */
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { answerAuthzen, type AuthzenService, isAuthzenPath } from './authzen/handler.ts'
import { type Answer, answerTo, decide, type Decider, unreadable } from './decide.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { OPA_DATA, readOpaInput, writeOpaResult } from './opa.ts'
import { DECIDE } from './original-request.ts'
import type { Policies } from './policies.ts'
import { valuesIn, withoutQuery } from './question.ts'
import type { Settings } from './settings.ts'
import type { Telemetry } from './telemetry.ts'
import type { TlsOptions } from './tls.ts'
import type { KeySetState } from './tokens/keys.ts'
import { traceOf } from './trace.ts'

export interface Service {
  readonly decider: Decider
  readonly policies: Policies
  readonly keySets: readonly KeySetState[]
  readonly metrics: Metrics
  readonly log: Log
  /** Undefined where it is not asked for. */
  readonly telemetry?: Telemetry | undefined
  /** Undefined where AuthZEN is not asked for. */
  readonly authzen?: AuthzenService | undefined
}

/** How long a client may take to send its headers, in milliseconds. */
const HEADERS_TIMEOUT = 10_000
/** Of a question that has one. */
const MAX_BODY = 1_048_576

export function createDecisionServer(
  { decider, policies, keySets, metrics, log, telemetry, authzen }: Service,
  settings: Pick<Settings, 'headerSize' | 'log'>,
  tls?: TlsOptions,
): Server {
  const record = recorder({ metrics, log, telemetry }, settings)

  const onDecide = (request: IncomingMessage, response: ServerResponse): void => {
    try {
      const answer = record(() => decide(request, decider))
      if (answer instanceof Promise) {
        answer
          .then(({ status, headers }) => {
            send(response, status, headers)
          })
          .catch(fail(response))
      } else send(response, answer.status, answer.headers)
    } catch (error) {
      fail(response)(error)
    }
  }

  const onOpa = async (request: IncomingMessage, response: ServerResponse, path: string): Promise<void> => {
    const body = await readBody(request, MAX_BODY)
    const question =
      body === undefined ? { problem: 'the body is too large, or not UTF-8' } : readOpaInput(body)
    const answer = await record(() =>
      'problem' in question ? unreadable(question.problem) : answerTo(question, decider),
    )
    // What is left of a body that is too large is not read.
    if (body === undefined) response.setHeader('connection', 'close')
    sendJson(response, 200, writeOpaResult(answer, path))
  }

  const onAuthzen = async (
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    service: AuthzenService,
  ): Promise<void> => {
    const begun = performance.now()
    const body = await readBody(request, MAX_BODY)
    if (body === undefined) {
      // What is left of the body is not read.
      response.setHeader('connection', 'close')
      sendJson(response, 400, `the body has more than ${MAX_BODY / 1024} KiB, or is not UTF-8`)
      return
    }
    const { method = '', headers, headersDistinct, socket } = request
    const { remoteAddress } = socket
    const asked = { method, headers, headersDistinct, remoteAddress, isEncrypted: 'encrypted' in socket }
    const answer = answerAuthzen(asked, path, body, service)
    if (answer === undefined) {
      send(response, 404)
      return
    }
    const seconds = (performance.now() - begun) / 1000
    const { status, reason } = answer
    const record = { ...answer.record, ...traceOf(valuesIn(headersDistinct)) }
    if (reason !== 'metadata') {
      metrics.decided(status, reason, seconds)
      telemetry?.decided({ status, reason, record, seconds })
      const isGrant = reason === 'granted' || reason === 'search'
      if (status >= 500 || settings.log === 'decisions' || (settings.log === 'denials' && !isGrant))
        log(status >= 500 ? 'error' : 'info', 'authzen', { status, reason, ...record, seconds })
    }
    send(response, status, answer.headers, JSON.stringify(answer.body))
  }

  const fail =
    (response: ServerResponse) =>
    (error: unknown): void => {
      log('error', 'internal-error', { problem: error instanceof Error ? error.message : String(error) })
      send(response, 500)
    }

  const onRequest: RequestListener = (request, response) => {
    const path = withoutQuery(request.url ?? '')
    if (authzen !== undefined && isAuthzenPath(path)) {
      onAuthzen(request, response, path, authzen).catch(fail(response))
      return
    }
    if (path.startsWith(OPA_DATA) && request.method === 'POST') {
      onOpa(request, response, path).catch(fail(response))
      return
    }
    // Bodies are not read here: Node drops them after the answer.
    if (path === DECIDE || path.startsWith(`${DECIDE}/`)) {
      onDecide(request, response)
    } else if (path === '/healthz') {
      const stale = [
        ...policies.states.filter(({ problem }) => problem !== null).map(({ file }) => file),
        ...keySets.filter(({ problem }) => problem !== null).map(({ source }) => source),
      ]
      sendJson(response, 200, { status: stale.length === 0 ? 'ok' : 'stale', stale })
    } else if (path === '/readyz') {
      const isReady = isReadyWith(keySets)
      sendJson(response, isReady ? 200 : 503, {
        status: isReady ? 'ready' : 'not-ready',
        missing: keySets.filter((keys) => !keys.isReady).map(({ source }) => source),
      })
    } else if (path === '/metrics') {
      const type = 'text/plain; version=0.0.4; charset=utf-8'
      send(response, 200, { 'content-type': type }, metrics.print(policies.states, keySets))
    } else send(response, 404)
  }

  const options = {
    maxHeaderSize: settings.headerSize,
    headersTimeout: HEADERS_TIMEOUT,
    requestTimeout: HEADERS_TIMEOUT,
    keepAliveTimeout: 75_000,
    // Gateways ask without a body: then no stream need run to its end.
    optimizeEmptyRequests: true,
  }
  const server =
    tls === undefined ? createServer(options, onRequest) : createTlsServer({ ...options, ...tls }, onRequest)
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    metrics.decided(400, 'malformed-request', 0)
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy()
      return
    }
    const status =
      error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request'
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  })
  return server
}

/** Whether some token can be verified. */
export function isReadyWith(keySets: readonly KeySetState[]): boolean {
  return keySets.length === 0 || keySets.some((keys) => keys.isReady)
}

/** The body as a string; undefined when it is too large, or not UTF-8. */
async function readBody(request: IncomingMessage, maxSize: number): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxSize) return undefined
    chunks.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks))
  } catch {
    return undefined
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  send(response, status, { 'content-type': 'application/json' }, JSON.stringify(body))
}

/** Times an answer, counts it, and logs it where that is asked for. */
export function recorder(
  { metrics, log, telemetry }: Pick<Service, 'metrics' | 'log' | 'telemetry'>,
  settings: Pick<Settings, 'log'>,
): (work: () => Answer | Promise<Answer>) => Answer | Promise<Answer> {
  const isLogged = (status: number): boolean =>
    status >= 500 || settings.log === 'decisions' || (settings.log === 'denials' && status !== 200)
  const note = (answer: Answer, begun: number): Answer => {
    const seconds = (performance.now() - begun) / 1000
    const { status, reason } = answer
    metrics.decided(status, reason, seconds)
    telemetry?.decided({ status, reason, record: answer.record, seconds })
    if (isLogged(status))
      log(status >= 500 ? 'error' : 'info', 'decision', { status, reason, ...answer.record, seconds })
    return answer
  }
  return (work) => {
    const begun = performance.now()
    const answer = work()
    return answer instanceof Promise ? answer.then((settled) => note(settled, begun)) : note(answer, begun)
  }
}

function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): void {
  if (response.headersSent) return
  response.writeHead(status, {
    'cache-control': 'no-store',
    'content-length': body === '' ? '0' : Buffer.byteLength(body),
    ...headers,
  })
  response.end(body)
}
