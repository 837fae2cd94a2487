/**
 * The requests of `--once` with the answers they must get.
 *
 * `reason` is what the client is told, read from the response.
 */
const ok = 'granted'
const noScope = 'no scope allows it'

export const CASES = {
  cerb: [
    // Authentication comes first: without a valid token the policy is not even asked.
    one('(none)', 'GET /rest/workers/me.json', 401, 'no token'),
    one('(none)', 'GET /rest/workers/../me', 401, 'no token'),
    one('expired', 'GET /rest/workers/me.json', 401, 'expired'),
    one('tampered', 'GET /rest/workers/me.json', 401, 'bad signature'),
    one('unsigned', 'GET /rest/workers/me.json', 401, 'wrong alg'),
    one('other API', 'GET /rest/workers/me.json', 401, 'wrong aud'),
    one('not a JWT', 'GET /rest/workers/me.json', 401, 'not a JWT'),
    one('api, twice', 'GET /rest/workers/me.json', 400, 'several-headers'),

    one('profile', 'GET /rest/workers/me.json', 200, ok),
    one('profile', 'GET /rest/workers/me', 200, ok),
    one('profile', 'GET /rest/workers/me?expand=all', 200, ok),
    one('profile', 'GET /rest/workers/m%65', 200, ok),
    one('profile', 'DELETE /rest/workers/me.json', 403, 'needs api'),
    one('profile', 'HEAD /rest/workers/me.json', 403, noScope),
    one('profile', 'GET /rest/workers', 403, 'needs api:read-only'),
    one('profile', 'GET /rest/workers/me2', 403, 'needs api:read-only'),
    one('profile', 'GET /rest/records/ticket/search', 403, 'needs search'),

    one('search', 'GET /rest/records/ticket/search', 200, ok),
    one('search', 'POST /rest/records/ticket/search', 403, 'needs api'),
    one('search', 'GET /rest/records/ticket/1', 403, 'needs api:read-only'),
    one('search', 'GET /rest/records/search', 403, 'needs api:read-only'),
    one('search', 'GET /rest/records//search', 400, 'empty-segment'),
    one('search', 'GET /rest/workers/me.json', 403, 'needs profile'),
    one('profile search', 'GET /rest/workers/me.json', 200, ok),
    one('profile search', 'GET /rest/records/ticket/search', 200, ok),

    one('api:read-only', 'GET /rest/records/ticket/1', 200, ok),
    one('api:read-only', 'GET /rest/workers/me.json', 200, ok),
    one('api:read-only', 'PUT /rest/records/ticket/1', 403, 'needs api'),
    one('api:read-only', 'DELETE /rest/records/ticket/1', 403, 'needs api'),

    one('api', 'POST /rest/records/ticket', 201, ok),
    one('api', 'PUT /rest/records/ticket/1', 200, ok),
    one('api', 'DELETE /rest/records/ticket/1', 200, ok),
    one('api', 'TRACE /rest/records/ticket/1', 403, noScope),
    // No scope opens a path that some server could read as another one.
    one('api', 'GET /rest/workers/../me', 400, 'dot-segment'),
    one('api', 'GET /rest/workers/%2e%2e/x', 400, 'dot-segment'),
    one('api', 'GET /rest/workers//me', 400, 'empty-segment'),
    one('api', 'GET /rest/records/ticket%2F1', 400, 'encoded-slash'),
    one('api', 'GET /rest/workers/me;v=1', 400, 'semicolon'),
    one('api', 'GET /rest/workers/me%00', 400, 'encoded-control'),
    one('api', 'GET /rest/workers/%252e%252e/x', 400, 'double-encoding'),
    one('api', 'GET http://host/rest/workers/me', 400, 'absolute-form'),
  ],
  twitter: [
    one('(none)', 'GET /1.1/users/show.json', 401, 'no token'),
    one('of Cerb', 'GET /1.1/users/show.json', 401, 'wrong aud'),
    one('tweet.read', 'GET /1.1/statuses/user_timeline.json?count=3', 200, ok),
    one('tweet.read', 'GET /1.1/statuses/show/1.json', 200, ok),
    one('tweet.read', 'GET /1.1/users/show.json', 403, 'needs users.read'),
    one('tweet.read', 'POST /1.1/statuses/update.json', 403, 'needs tweet.write'),
    one('tweet.read', 'GET /1.1/account/settings.json', 403, noScope),
    one('tweet.write', 'POST /1.1/statuses/update.json', 200, ok),
    one('tweet.write', 'GET /1.1/statuses/../users/show', 400, 'dot-segment'),
  ],
  cisco: [
    one('(none)', 'GET /reports/v2/activity', 401, 'no token'),
    one('reports.aggregations:read', 'GET /reports/v2/activity', 200, ok),
    one('reports.aggregations:read', 'GET /reports/v2/summary/dns', 200, ok),
    // Here a star stays in its segment.
    one('reports.aggregations:read', 'GET /reports/v2/summary/dns/extra', 403, noScope),
    one('reports.aggregations:read', 'GET /reports/v2/identities', 403, 'needs reports.utilities:read'),
    one('reports.utilities:read', 'POST /reports/v2/identities', 200, ok),
    one('reports.utilities:read', 'GET /reports/v2/Identities', 403, noScope),
    one('reports.appDiscovery:write', 'PATCH /reports/v2/appDiscovery/applications/7', 200, ok),
    one('reports.appDiscovery:write', 'GET /reports/v2/appDiscovery/%2e%2e/x', 400, 'dot-segment'),
  ],
}

/** Messages to the MCP server of an API; a list shows what the token may call, and no more. */
export const TOOL_CASES = {
  cerb: [
    tool('(none)', 'tools/list', 401, 'no token'),
    tool('expired', 'tools/list', 401, 'expired'),
    tool('profile', 'tools/list', 200, '1 tools'),
    tool('api', 'tools/list', 200, '12 tools'),
    tool('profile', 'tools/call get_me', 200, ok),
    tool('profile', 'tools/call search_tickets', 403, 'needs search', { subject: 'Printer' }),
    tool('search', 'tools/call search_tickets', 200, ok, { subject: 'Printer' }),
    // Both scopes at once: an agent that asks for them asks its person once.
    tool('search', 'tools/call open_ticket_once', 403, 'needs search ticket:create', { subject: 'Noise' }),
    tool('ticket:create', 'tools/call open_ticket', 200, ok, { subject: 'Noise' }),
    tool('api:read-only', 'tools/call get_ticket', 200, ok, { id: 1 }),
    tool('api:read-only', 'tools/call delete_ticket', 403, 'needs api', { id: 1 }),
    tool('api', 'tools/call delete_ticket', 200, ok, { id: 1 }),
    tool('api', 'tools/call get_ticket', 200, 'not found', { id: 99 }),
    tool('api', 'tools/delete', 403, noScope),
  ],
}

function tool(token, request, status, reason, args = {}) {
  const [method, name] = request.split(' ')
  return { token, request, method, name, args, status, reason }
}

function one(token, request, status, reason) {
  const [method, target] = request.split(' ')
  return { token, request, method, target, status, reason }
}
