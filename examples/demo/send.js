/**
 * Sends one request exactly as written. `fetch` and most clients remove dot segments before they send;
 * `node:http` puts `path` on the wire as it is, and takes headers as a flat list, so also twice.
 */
import http from 'node:http'

const TIMEOUT_MS = 10_000

/**
 * The response as { status, statusText, headers, body }; `tokens` go into one Authorization header each, and
 * `message` is sent as JSON.
 */
export function send(port, method, target, tokens, message) {
  const headers = ['Host', `127.0.0.1:${port}`]
  for (const token of tokens) headers.push('Authorization', `Bearer ${token}`)
  if (message !== undefined) headers.push('Content-Type', 'application/json')
  return new Promise((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port,
      method,
      path: target,
      headers,
      agent: false,
      timeout: TIMEOUT_MS,
    }
    const request = http.request(options, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (text) => (body += text))
      response.on('end', () =>
        resolve({
          status: response.statusCode,
          statusText: response.statusMessage,
          headers: response.headers,
          body,
        }),
      )
      response.on('error', reject)
    })
    request.on('timeout', () => request.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)))
    request.on('error', reject)
    request.end(message === undefined ? undefined : JSON.stringify(message))
  })
}

/** What a client can read from the response about why: from the challenge, as RFC 6750 §3 has it. */
export function reasonOf({ status, headers }) {
  const value = headers['www-authenticate']
  if (value === undefined) return status < 400 ? 'granted' : `status ${status}`
  const scope = parameter(value, 'scope')
  if (scope !== undefined) return `needs ${scope}`
  if (parameter(value, 'error') === undefined) return 'no token'
  if (status === 403) return 'no scope allows it'
  const description = parameter(value, 'error_description') ?? ''
  return /\(([^)]*)\)$/.exec(description)?.[1] ?? description
}

function parameter(challenge, name) {
  return new RegExp(`[ ,]${name}="([^"]*)"`).exec(challenge)?.[1]
}
