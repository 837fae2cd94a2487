/**
 * Twelve tools over an API of tickets. Each is one or two requests to that API, which `requests` names, so that
 * a test can hold the tools of each scope to its endpoints.
 */
const ID = { id: { type: 'integer', description: 'number of the ticket' } }
const SUBJECT = { subject: { type: 'string', description: 'what the ticket is about' } }

/** `send(method, path, fields)` sends a request to the API, and gives `[status, body]`. */
export function ticketTools(send) {
  const ask = (...request) => {
    const [status, body] = send(...request)
    if (status >= 400) throw new Error(body.message)
    return body
  }
  const ticket = ({ id }) => `records/ticket/${id}`
  const all = () => ask('GET', 'records/ticket/search')

  return [
    read('get_me', 'Who you are', {}, ['GET workers/me'], () => ask('GET', 'workers/me')),
    read('search_tickets', 'Find tickets by their subject', SUBJECT, ['GET records/ticket/search'], (given) =>
      all().results.filter(({ subject }) => subject.includes(given.subject)),
    ),
    read('list_workers', 'Who works here', {}, ['GET workers'], () => ask('GET', 'workers')),
    read('list_tickets', 'All tickets', {}, ['GET records/ticket'], () => ask('GET', 'records/ticket')),
    read('get_ticket', 'One ticket', ID, ['GET records/ticket/1'], (given) => ask('GET', ticket(given))),
    read('count_tickets', 'How many tickets there are', {}, ['GET records/ticket'], () => ({
      total: ask('GET', 'records/ticket').total,
    })),
    write('open_ticket', 'Open a ticket', SUBJECT, ['POST records/ticket'], (given) =>
      ask('POST', 'records/ticket', given),
    ),
    write(
      'open_ticket_once',
      'Open a ticket unless there is one with this subject',
      SUBJECT,
      ['GET records/ticket/search', 'POST records/ticket'],
      (given) =>
        all().results.find(({ subject }) => subject === given.subject) ??
        ask('POST', 'records/ticket', given),
    ),
    write(
      'rename_ticket',
      'Change the subject',
      { ...ID, ...SUBJECT },
      ['PUT records/ticket/1'],
      ({ id, subject }) => ask('PUT', ticket({ id }), { subject }),
    ),
    write('close_ticket', 'Close a ticket', ID, ['PUT records/ticket/1'], (given) =>
      ask('PUT', ticket(given), { status: 'closed' }),
    ),
    write('reopen_ticket', 'Open a closed ticket again', ID, ['PUT records/ticket/1'], (given) =>
      ask('PUT', ticket(given), { status: 'open' }),
    ),
    write('delete_ticket', 'Delete a ticket', ID, ['DELETE records/ticket/1'], (given) =>
      ask('DELETE', ticket(given)),
    ),
  ]
}

function tool(readOnlyHint, name, description, properties, requests, run) {
  const inputSchema = { type: 'object', properties, required: Object.keys(properties) }
  return { name, description, inputSchema, annotations: { readOnlyHint }, requests, run }
}

function read(...words) {
  return tool(true, ...words)
}

function write(...words) {
  return tool(false, ...words)
}
