/**
 * The API behind the policy: a handful of resources in the manner of Cerb. It knows nothing of scopes. By
 * the time it sees a path, everything that could be read in two ways has been refused, so it can be simple.
 */
import { URLSearchParams } from 'node:url'

const WORKER = { _type: 'worker', id: 123, full_name: 'Jeff Standen', title: 'Administrator' }
const LARGEST_BODY = 16_384

export function createApi() {
  const tickets = new Map()
  const create = (fields) => {
    const id = tickets.size + 1
    const ticket = { _type: 'ticket', id, status: 'open', subject: `Ticket #${id}`, ...fields }
    tickets.set(id, ticket)
    return ticket
  }
  create({ subject: 'Printer on fire' })
  create({ subject: 'Password reset' })

  const all = () => [200, { results: [...tickets.values()], total: tickets.size }]
  const change = (ticket, fields) => [200, Object.assign(ticket, fields)]
  const routes = [
    [/^workers\/me$/, { GET: () => [200, WORKER] }],
    [/^workers$/, { GET: () => [200, { results: [WORKER], total: 1 }] }],
    [/^records\/ticket\/search$/, { GET: all }],
    [/^records\/ticket$/, { GET: all, POST: (_, fields) => [201, create(fields)] }],
    [
      /^records\/ticket\/(\d{1,9})$/,
      {
        GET: (ticket) => [200, ticket],
        PUT: change,
        PATCH: change,
        // As in Cerb, a deleted ticket is one with that status.
        DELETE: (ticket) => change(ticket, { status: 'deleted' }),
      },
    ],
  ]

  return (request, response) => {
    readFields(request).then(
      (fields) => send(response, ...respond(routes, tickets, request, fields)),
      () => send(response, 413, { message: 'the body is too large' }),
    )
  }
}

function respond(routes, tickets, request, fields) {
  const [path] = request.url.split('?')
  const resource = decodeURIComponent(path)
    .toLowerCase()
    .replace(/^\/rest\/?|\/$/g, '')
    .replace(/(\.json|\.xml)+$/, '')
  for (const [pattern, methods] of routes) {
    const match = pattern.exec(resource)
    if (match === null) continue
    const handler = Object.hasOwn(methods, request.method) ? methods[request.method] : undefined
    if (handler === undefined)
      return [405, { message: 'method not allowed' }, { allow: Object.keys(methods).join() }]
    const ticket = match[1] === undefined ? undefined : tickets.get(Number(match[1]))
    if (match[1] !== undefined && ticket === undefined) break
    return handler(ticket, fields)
  }
  return [404, { message: 'not found' }]
}

/** The one field that can be written, from a form such as curl's `-d subject=Hello`. */
async function readFields(request) {
  let body = ''
  for await (const chunk of request) {
    body += chunk
    if (body.length > LARGEST_BODY) throw new Error('too large')
  }
  const subject = new URLSearchParams(body).get('subject')
  return subject === null ? {} : { subject }
}

function send(response, status, body, headers = {}) {
  const text = JSON.stringify({ __status: status < 400 ? 'success' : 'error', ...body }, null, 2)
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(`${text}\n`)
}
