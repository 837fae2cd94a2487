/**
 * A client that writes what it is told: HTTP libraries repair request targets, and the tests are about the
 * targets that need repair.
 */
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'

export interface RawResponse {
  readonly status: number
  /** Field names in lower case; the last of several counts. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Starts a server on a free port of the loopback interface. */
export async function start(
  listener: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ readonly port: number; readonly server: Server; readonly stop: () => Promise<void> }> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve()
      })
      server.closeAllConnections()
    })
  return { port: (server.address() as AddressInfo).port, server, stop }
}

/** Sends `<method> <target>` and these header lines, and reads until the server closes the connection. */
export function raw(
  port: number,
  requestLine: string,
  headerLines: readonly string[] = [],
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const lines = [`${requestLine} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...headerLines, '', '']
    let text = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(lines.join('\r\n'), 'latin1'))
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => (text += chunk))
    socket.on('error', reject)
    socket.on('close', () => {
      resolve(parse(text))
    })
  })
}

function parse(text: string): RawResponse {
  const [head = '', body = ''] = text.split('\r\n\r\n')
  const [statusLine = '', ...fields] = head.split('\r\n')
  const headers = fields.map((field) => {
    const colon = field.indexOf(':')
    return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()]
  })
  return {
    status: Number(statusLine.split(' ')[1] ?? 0),
    headers: Object.fromEntries(headers) as Record<string, string>,
    body,
  }
}
