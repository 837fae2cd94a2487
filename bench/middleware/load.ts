/**
 * Load over raw sockets: a few connections, each with one request on its way, as usual clients have it, or with
 * several (pipelining), which is the cheapest that requests can get. Ends after a number of requests; every answer has to be 200.
 */
import { connect } from 'node:net'

const CONNECTIONS = 8
const MARK = 'HTTP/1.1 '
const DONE = 'HTTP/1.1 200'

/** Sends `count` requests, `depth` at once on each connection, and waits for the answers. Seconds. */
export async function load(port: number, count: number, depth: number): Promise<number> {
  const started = performance.now()
  const share = Math.ceil(count / CONNECTIONS)
  await Promise.all(Array.from({ length: CONNECTIONS }, (_, at) => connection(port, share, at, depth)))
  return (performance.now() - started) / 1000
}

function connection(port: number, count: number, seed: number, depth: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let sent = 0
    let received = 0
    let rest = ''
    const socket = connect(port, '127.0.0.1')
    const send = (many: number): void => {
      let text = ''
      for (let at = 0; at < many && sent < count; at++, sent++) {
        const id = (seed * 7919 + sent * 104729) % 1_000_000
        text += `GET /workers/${id}?page=${sent % 10} HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n`
      }
      if (text !== '') socket.write(text)
    }
    socket.setNoDelay()
    socket.setEncoding('latin1')
    socket.setTimeout(20_000, () => socket.destroy(new Error('no answer for 20 s')))
    socket.on('connect', () => {
      send(depth)
    })
    socket.on('data', (chunk: string) => {
      const text = rest + chunk
      let answers = 0
      let from = 0
      for (;;) {
        const at = text.indexOf(MARK, from)
        if (at < 0 || at + DONE.length > text.length) {
          // What may be the beginning of a mark is looked at again with the next chunk.
          rest = text.slice(at < 0 ? Math.max(from, text.length - MARK.length + 1) : at)
          break
        }
        if (!text.startsWith(DONE, at)) {
          socket.destroy(new Error(`an answer is not 200: ${text.slice(at, at + 200)}`))
          return
        }
        answers += 1
        from = at + DONE.length
      }
      received += answers
      if (received >= count) socket.end()
      else send(answers)
    })
    socket.on('error', reject)
    socket.on('close', () => {
      if (received >= count) resolve()
      else reject(new Error(`the server closed after ${received} of ${count} answers`))
    })
  })
}
