/**
 * Servers for handlers of the Fetch API: @hono/node-server, which hands over Node's request as well, and one
 * that does not, as on platforms where there is nothing but the `Request`.
 */
import { getRequestListener } from '@hono/node-server'
import { createServer } from 'node:http'
import { listening } from './server.ts'
import type { Running } from './server.ts'

export type FetchHandler = (request: Request, environment?: object) => Response | Promise<Response>

export function onNodeServer(handler: FetchHandler): Promise<Running> {
  const listener = getRequestListener(handler)
  return listening(
    createServer((incoming, response) => {
      void listener(incoming, response)
    }),
  )
}

export function onBareServer(handler: FetchHandler): Promise<Running> {
  return listening(
    createServer((incoming, response) => {
      const answer = async (): Promise<void> => {
        const headers = new Headers()
        const { rawHeaders } = incoming
        for (let at = 0; at < rawHeaders.length; at += 2) {
          headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '')
        }
        // Absolute-form targets replace the base, as RFC 9112 §3.2.2 has it.
        const url = new URL(incoming.url ?? '', 'http://localhost')
        const given = await handler(new Request(url, { method: incoming.method ?? 'GET', headers }))
        response.writeHead(given.status, Object.fromEntries(given.headers))
        response.end(await given.text())
      }
      answer().catch(() => response.writeHead(400).end())
    }),
  )
}
