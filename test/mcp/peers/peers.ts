/** What is installed in `test/peers`, and a real MCP server behind a guard. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer, request as connect } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { mcpGuard, readMessages } from '../../../src/mcp/index.ts'
import type { McpOptions } from '../../../src/mcp/index.ts'

const MODULES = fileURLToPath(new URL('../../peers/node_modules/@modelcontextprotocol/', import.meta.url))

export const CONFORMANCE: string = `${MODULES}conformance/dist/index.js`
const EVERYTHING = `${MODULES}server-everything/dist/index.js`

/** Why tests with real peers cannot run; undefined when they can. */
export const missingPeers: string | undefined = [CONFORMANCE, EVERYTHING, `${MODULES}sdk/package.json`].every(
  existsSync,
)
  ? undefined
  : 'test/peers is not installed (npm ci --prefix test/peers): skipped'

/** A module of the SDK. */
export async function sdk<T>(path: string): Promise<T> {
  return (await import(pathToFileURL(`${MODULES}sdk/dist/esm/${path}`).href)) as T
}

export interface Running {
  readonly port: number
  readonly stop: () => void
}

/** Listens on the loopback interface, on a free port unless one is given. */
export async function listen(server: Server, wanted = 0): Promise<Running> {
  await new Promise<void>((resolve) => server.listen(wanted, '127.0.0.1', resolve))
  const stop = (): void => {
    server.close()
    server.closeAllConnections()
  }
  return { port: (server.address() as AddressInfo).port, stop }
}

/** The reference server with one of everything, as a process. */
export async function startEverything(): Promise<Running> {
  const port = await freePort()
  const child = spawn(process.execPath, [EVERYTHING, 'streamableHttp'], {
    env: { ...process.env, PORT: String(port) },
    stdio: 'ignore',
  })
  const stop = (): void => {
    child.kill()
  }
  for (let attempt = 0; attempt < 200; attempt++) {
    try {
      await fetch(`http://127.0.0.1:${String(port)}/mcp`)
      return { port, stop }
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  stop()
  throw new Error('server-everything does not answer')
}

/** What comes before the guard, and where it listens. */
interface Front {
  readonly port: number
  readonly before: (request: IncomingMessage, response: ServerResponse, next: () => void) => void
}

/** A server that guards every path and forwards what passes to the MCP server at `upstream`. */
export function startGuarded(
  options: McpOptions<IncomingMessage>,
  upstream: number,
  { port = 0, before }: Partial<Front> = {},
): Promise<Running> {
  const guard = mcpGuard(options)
  return listen(
    createServer((incoming, outgoing) => {
      const handle = (request: IncomingMessage, response: ServerResponse): void => {
        guard(request, response, () => {
          const { body } = request as { body?: unknown }
          forward(
            request,
            response,
            body === undefined ? undefined : Buffer.from(JSON.stringify(body)),
            upstream,
          )
        })
      }
      if (before === undefined) handle(incoming, outgoing)
      else
        before(incoming, outgoing, () => {
          handle(incoming, outgoing)
        })
    }),
    port,
  )
}

function forward(
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer | undefined,
  upstream: number,
): void {
  const headers = { ...request.headers }
  delete headers['transfer-encoding']
  const length = body === undefined ? {} : { 'content-length': String(body.length) }
  const { method, url: path } = request
  const forwarded = connect(
    { host: '127.0.0.1', port: upstream, method, path, headers: { ...headers, ...length } },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      // Event streams may be quiet for long; their headers are not to wait for the first event.
      response.flushHeaders()
      answer.on('error', () => response.destroy())
      answer.pipe(response)
    },
  )
  forwarded.on('error', () => response.destroy())
  response.on('close', () => forwarded.destroy())
  forwarded.end(body)
}

/**
 * What a server of an older revision needs behind a gateway that decides by headers: it forwards a body only where
 * every reader reads in it what `Mcp-Method` and `Mcp-Name` state. `passed` is called with what goes on.
 */
export function startHeaderCheck(upstream: number, passed: (body: string) => void): Promise<Running> {
  return listen(
    createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const body = Buffer.concat(chunks)
        if (request.method !== 'POST') {
          // Nothing of a body that no method asks for goes on.
          forward(request, response, Buffer.alloc(0), upstream)
          return
        }
        const { refusal } = readMessages(body, request.headers)
        if (refusal === undefined) {
          passed(body.toString())
          forward(request, response, body, upstream)
          return
        }
        const error = { code: -32001, message: refusal }
        response.writeHead(400, { 'content-type': 'application/json' })
        response.end(JSON.stringify({ jsonrpc: '2.0', id: null, error }))
      })
    }),
  )
}

/** A port that was free a moment ago, for servers that have to know their address before. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createTcpServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => {
        resolve(port)
      })
    })
  })
}
