/**
 * An API in the manner of Cerb: people grant an application access in the browser, and `.json` at the end of
 * a path is a format.
 *
 * The same tickets can be had as tools of an MCP server, at `/rest/mcp`; the same document guards them.
 *
 * `createApi` knows nothing of scopes. By the time it sees a path, everything that could be read in two ways
 * has been refused, so it can be simple.
 */
import { URLSearchParams } from 'node:url'
import { ticketTools } from '../../mcp/ticket-tools.js'
import { sendJson } from './json.js'

export const cerb = {
  name: 'cerb',
  title: 'Cerb-like API',
  about: 'People log in and grant an application access.',
  prefix: '/rest',
  options: { preset: 'cerb' },
  authorizationPath: '/oauth/authorize',
  tokenPath: '/oauth/access_token',
  grantTypes: ['authorization_code', 'refresh_token'],
  redirectUri: 'http://localhost/',
  tokenSets: ['profile search'],
  examples: [
    'GET /rest/workers/me.json',
    'DELETE /rest/workers/me.json',
    'GET /rest/records/ticket/search',
    'GET /rest/records/ticket/1',
    'POST /rest/records/ticket',
    'PUT /rest/records/ticket/1',
    'GET /rest/workers/../me',
    'GET /rest/worker/me',
  ],
  createApi,
}

const WORKER = {
  _context: 'cerberusweb.contexts.worker',
  _label: 'Jeff Standen',
  _type: 'worker',
  first_name: 'Jeff',
  full_name: 'Jeff Standen',
  id: 123,
  last_name: 'Standen',
  title: 'Administrator',
}
const LARGEST_BODY = 16_384

function createApi() {
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

  const send = (method, path, fields = {}) =>
    answer(routes, tickets, { method, originalUrl: `/rest/${path}` }, fields)
  const respond = async (request, response) => {
    const fields = await readFields(request)
    const [status, body, headers] =
      fields === null ? [413, { message: 'the body is too large' }] : answer(routes, tickets, request, fields)
    sendJson(response, status, { __status: status < 400 ? 'success' : 'error', ...body }, headers)
  }
  return Object.assign(respond, { tools: ticketTools(send) })
}

function answer(routes, tickets, request, fields) {
  const [path] = request.originalUrl.split('?')
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

/** The one field that can be written, from a form such as curl's `-d subject=Hello`; null when too large. */
async function readFields(request) {
  let body = ''
  for await (const chunk of request) {
    body += chunk
    if (body.length > LARGEST_BODY) return null
  }
  const subject = new URLSearchParams(body).get('subject')
  return subject === null ? {} : { subject }
}
