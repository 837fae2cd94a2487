/**
 * A server of the Model Context Protocol in one file: JSON-RPC over HTTP without sessions and streams, for the
 * revisions 2025-06-18 and 2025-11-25. A real one has an SDK here.
 *
 * It knows nothing of scopes. `mcpGuard` stands before it, and leaves the value that it judged in
 * `request.body`; nothing else of the body is read here.
 */
const REVISIONS = ['2025-11-25', '2025-06-18']
const INVALID_REQUEST = -32_600
const METHOD_NOT_FOUND = -32_601
const INVALID_PARAMS = -32_602

/**
 * A handler for Node and Express. Each tool is `{ name, description, inputSchema, annotations, run }`, where
 * `run(arguments)` gives what the model gets, or throws an Error with a sentence for it. Pages of browsers are
 * answered at `origin` only.
 */
export function mcpServer({ name, version, origin, tools }) {
  const byName = new Map(tools.map((tool) => [tool.name, tool]))
  const methods = {
    initialize: ({ protocolVersion }) => ({
      protocolVersion: REVISIONS.includes(protocolVersion) ? protocolVersion : REVISIONS[0],
      capabilities: { tools: {} },
      serverInfo: { name, version },
    }),
    ping: () => ({}),
    'tools/list': () => ({ tools: tools.map(describe) }),
    'tools/call': (params) => {
      const tool = byName.get(params.name)
      if (tool === undefined) throw rpcError(INVALID_PARAMS, 'there is no such tool')
      return call(tool, params.arguments)
    },
  }

  return (request, response) => {
    if (request.headers.origin !== undefined && request.headers.origin !== origin) return end(response, 403)
    // No stream to listen to, no session to end.
    if (request.method !== 'POST') return end(response, 405, undefined, { allow: 'POST' })
    const { body } = request
    if (Array.isArray(body)) return end(response, 400, failure(null, rpcError(INVALID_REQUEST, 'no batches')))
    // Notifications and responses are heard, and not answered.
    if (body.method === undefined || body.id === undefined) return end(response, 202)
    end(response, 200, answer(methods, body))
  }
}

/** What clients see of a tool. */
function describe({ name, description, inputSchema, annotations }) {
  return { name, description, inputSchema, annotations }
}

function answer(methods, { id, method, params = {} }) {
  try {
    if (!Object.hasOwn(methods, method)) throw rpcError(METHOD_NOT_FOUND, 'there is no such method')
    return { jsonrpc: '2.0', id, result: methods[method](params) }
  } catch (error) {
    return failure(id, error)
  }
}

/** What a tool refuses is a result, which the model reads. */
function call({ inputSchema, run }, given = {}) {
  try {
    const value = run(checked(inputSchema, given))
    return { content: [{ type: 'text', text: JSON.stringify(value) }], isError: false }
  } catch (error) {
    return { content: [{ type: 'text', text: error.message }], isError: true }
  }
}

/** As far as the tools of this example need JSON Schema: required members, strings and integers. */
function checked({ properties, required = [] }, given) {
  const taken = Object.entries(properties).filter(([name]) => Object.hasOwn(given, name))
  const missing = required.find((name) => !Object.hasOwn(given, name))
  if (missing !== undefined) throw new Error(`the argument ${missing} is missing`)
  for (const [name, { type }] of taken) {
    const isRight = type === 'integer' ? Number.isSafeInteger(given[name]) : typeof given[name] === type
    if (!isRight) throw new Error(`the argument ${name} must be of the type ${type}`)
  }
  return Object.fromEntries(taken.map(([name]) => [name, given[name]]))
}

function rpcError(code, message) {
  return Object.assign(new Error(message), { code })
}

function failure(id, { code, message }) {
  return { jsonrpc: '2.0', id, error: { code, message } }
}

function end(response, status, body, headers = {}) {
  const json = body === undefined ? {} : { 'content-type': 'application/json' }
  response.writeHead(status, { 'cache-control': 'no-store', ...json, ...headers })
  response.end(body === undefined ? undefined : JSON.stringify(body))
}
