/**
 * A guard for `server.on('upgrade')`: WebSocket handshakes (RFC 6455 §4.1) and other upgrades.
 *
 * As soon as a server of Node has a listener for `upgrade`, as `ws`, Socket.IO and `graphql-ws` add one, requests
 * with an `Upgrade` header go there and to no middleware: a path that answers 401 to a `GET` opens a connection
 * to the same `GET` with two more headers. So the listener is wrapped, and the request is judged by the method
 * and target of its request line, as the middleware judges the others.
 *
 * One decision covers a whole connection. What is sent over it is not judged.
 */
import { bodyOf } from '../enforce/denials.ts'
import { createGuard } from '../enforce/guard.ts'
import type { Outcome, ScopePolicyOptions, ScopesOfRequest, Awaitable } from '../enforce/types.ts'
import { safeGet } from '../claims/safe-get.ts'

/** What is used of a request; `IncomingMessage` has it. */
export interface UpgradeRequestLike {
  readonly method?: string | undefined
  readonly url?: string | undefined
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly rawHeaders?: readonly string[]
}

/** What is used of a socket; `Duplex` has it. */
export interface SocketLike {
  readonly destroyed: boolean
  readonly writable: boolean
  on(event: 'error', listener: (error: Error) => void): unknown
  removeListener(event: 'error', listener: (error: Error) => void): unknown
  end(text: string): unknown
  destroy(): unknown
}

/** The options of {@link guardUpgrade}: no middleware has run before, so that `scopes` is not optional. */
export interface UpgradeOptions<Request> extends Omit<ScopePolicyOptions<Request>, 'grpc'> {
  readonly scopes: (request: Request) => Awaitable<ScopesOfRequest>
}

const STATUS_TEXT: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  500: 'Internal Server Error',
}

/**
 * The listener for upgrades, which runs only for requests whose token allows them; others get the response that
 * the middleware would give, and the connection ends.
 *
 * `scopes` has to verify the token. Browsers cannot send `Authorization` with a WebSocket: read the token from
 * where your client puts it, such as a cookie (then check `Origin` as well) or `sec-websocket-protocol`. In the
 * policy, the handshake is a `GET` of its path.
 *
 * @throws TypeError when the listener is not a function, or the options are malformed. The returned listener
 *   throws only what yours throws.
 * @example
 * const wss = new WebSocketServer({ noServer: true })
 * const accept = (request, socket, head) => wss.handleUpgrade(request, socket, head, (ws) => wss.emit('connection', ws, request))
 * server.on('upgrade', guardUpgrade(accept, { policy, scopes: bearerScopes(verify) }))
 */
export function guardUpgrade<
  Request extends UpgradeRequestLike,
  Socket extends SocketLike,
  Rest extends readonly unknown[],
>(
  listener: (request: Request, socket: Socket, ...rest: Rest) => unknown,
  options: NoInfer<UpgradeOptions<Request>>,
): (request: Request, socket: Socket, ...rest: Rest) => void {
  if (typeof listener !== 'function') throw new TypeError('the listener must be a function')
  if (Object.hasOwn(options, 'grpc'))
    throw new TypeError('`grpc` is an option of the middleware, not of upgrades')
  const guard = createGuard<Request>(options, {
    method: (request) => request.method,
    target: (request) => request.url,
    header: (request, name) => safeGet(request.headers, name),
    scopes: undefined,
  })
  return (request, socket, ...rest) => {
    const carryOut = (outcome: Outcome): void => {
      // The client has gone while we waited.
      if (socket.destroyed) return
      if (!outcome.allow) {
        deny(socket, outcome)
        return
      }
      socket.removeListener('error', ignore)
      listener(request, socket, ...rest)
    }
    // Node has no listener for errors here: one would end the process.
    socket.on('error', ignore)
    const outcome = guard(request)
    if (outcome instanceof Promise) void outcome.then(carryOut)
    else carryOut(outcome)
  }
}

function ignore(): void {
  // A reset connection closes itself; the only answer there could be is gone with it.
}

/** Header values come from this package and the options, which are checked for line ends. */
function deny(socket: SocketLike, outcome: Outcome & { readonly allow: false }): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const body = bodyOf(outcome)
  const lines = [
    `HTTP/1.1 ${outcome.status} ${STATUS_TEXT[outcome.status] ?? ''}`,
    'connection: close',
    // Bodies are ASCII: names of scopes and refusals, and fixed sentences.
    `content-length: ${body.length}`,
    ...Object.entries(outcome.headers).map(([name, value]) => `${name}: ${value}`),
  ]
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`)
}
