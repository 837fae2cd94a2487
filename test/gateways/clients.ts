/** The same request over HTTP/1.1 and HTTP/2, written as it is told: clients repair what tests are about. */
import { connect as connectHttp2 } from 'node:http2'
import { connect } from 'node:net'

export interface Response {
  /** 0 where the connection or the stream was reset. */
  readonly status: number
  /** Field names in lower case, several values joined by a comma. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type HeaderLines = readonly (readonly [name: string, value: string])[]

/** Sends a request to a server on loopback. */
export type Client = (
  port: number,
  method: string,
  target: string,
  headers?: HeaderLines,
  body?: Buffer,
) => Promise<Response>

export const http1: Client = (port, method, target, headers = [], body) =>
  new Promise((resolve) => {
    const lines = [
      `${method} ${target} HTTP/1.1`,
      'Host: localhost',
      'Connection: close',
      ...(body === undefined ? [] : [`Content-Length: ${body.length}`]),
      ...headers.map(([name, value]) => `${name}: ${value}`),
      '',
      '',
    ]
    let text = ''
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(lines.join('\r\n'), 'latin1')
      if (body !== undefined) socket.write(body)
    })
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => (text += chunk))
    // A server may answer and reset before it has read the whole body.
    socket.on('error', () => undefined)
    socket.on('close', () => {
      resolve(parse(text))
    })
  })

function parse(text: string): Response {
  const end = text.indexOf('\r\n\r\n')
  const [statusLine = '', ...fields] = (end < 0 ? '' : text.slice(0, end)).split('\r\n')
  const headers: Record<string, string> = {}
  for (const field of fields) {
    const colon = field.indexOf(':')
    const name = field.slice(0, colon).toLowerCase()
    const value = field.slice(colon + 1).trim()
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`
  }
  return { status: Number(statusLine.split(' ')[1] ?? 0), headers, body: text.slice(end + 4) }
}

/** With prior knowledge (RFC 9113 §3.3). */
export const http2: Client = (port, method, target, headers = [], body) =>
  new Promise((resolve) => {
    const session = connectHttp2(`http://127.0.0.1:${port}`)
    const failed = (): void => {
      session.destroy()
      resolve({ status: 0, headers: {}, body: '' })
    }
    session.on('error', failed)
    const fields: Record<string, string> = { ':method': method, ':path': target, ':authority': 'localhost' }
    for (const [name, value] of headers) fields[name.toLowerCase()] = value
    const stream = session.request(fields, { endStream: body === undefined })
    let status = 0
    let received: Readonly<Record<string, string>> = {}
    let text = ''
    stream.on('response', (response) => {
      status = response[':status'] ?? 0
      received = Object.fromEntries(
        Object.entries(response).map(([name, value]) => [
          name,
          Array.isArray(value) ? value.join(', ') : String(value),
        ]),
      )
    })
    stream.setEncoding('latin1')
    stream.on('data', (chunk: string) => (text += chunk))
    stream.on('error', failed)
    stream.on('close', () => {
      session.close()
      resolve({ status, headers: received, body: text })
    })
    if (body !== undefined) stream.end(body)
  })

/** Asks for another protocol, sends a line once it has it, and gives what comes back until the connection ends. */
export function upgrade(
  port: number,
  target: string,
  headers: HeaderLines,
): Promise<Response & { readonly echoed: string }> {
  return new Promise((resolve) => {
    const lines = [
      `GET ${target} HTTP/1.1`,
      'Host: localhost',
      ...headers.map(([name, value]) => `${name}: ${value}`),
    ]
    let text = ''
    let sent = false
    const socket = connect(port, '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\n\r\n`))
    const late = setTimeout(() => socket.destroy(), 5000)
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => {
      text += chunk
      const complete = text.includes('\r\n\r\n')
      if (complete && !text.startsWith('HTTP/1.1 101')) socket.end()
      else if (complete && !sent) {
        sent = true
        socket.write('ping\n')
      }
      if (text.endsWith('pong\n')) socket.end()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearTimeout(late)
      const response = parse(text)
      resolve({ ...response, echoed: response.body })
    })
  })
}
