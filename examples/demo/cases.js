/**
 * The requests of the demo with the answers they must get: the table of `--once`, and (those marked
 * `paste`) the curl lines of the serving demo.
 *
 * `reason` is what the client is told, read from the response.
 */
const ok = 'granted'
const noScope = 'no scope allows it'

export const CASES = [
  // Authentication comes first: without a valid token the policy is not even asked.
  one('(none)', 'GET /rest/workers/me.json', 401, 'no token', { paste: true }),
  one('(none)', 'GET /rest/workers/../me', 401, 'no token'),
  one('expired', 'GET /rest/workers/me.json', 401, 'expired'),
  one('tampered', 'GET /rest/workers/me.json', 401, 'bad signature'),
  one('unsigned', 'GET /rest/workers/me.json', 401, 'wrong alg'),
  one('other API', 'GET /rest/workers/me.json', 401, 'wrong aud'),
  one('not a JWT', 'GET /rest/workers/me.json', 401, 'not a JWT'),
  one('api, twice', 'GET /rest/workers/me.json', 400, 'several-headers'),

  one('profile', 'GET /rest/workers/me.json', 200, ok, { paste: true }),
  one('profile', 'GET /rest/workers/me', 200, ok),
  one('profile', 'GET /rest/workers/me?expand=all', 200, ok),
  one('profile', 'GET /rest/workers/m%65', 200, ok),
  one('profile', 'DELETE /rest/workers/me.json', 403, 'needs api', { paste: true }),
  one('profile', 'HEAD /rest/workers/me.json', 403, noScope),
  one('profile', 'GET /rest/workers', 403, 'needs api:read-only'),
  one('profile', 'GET /rest/workers/me2', 403, 'needs api:read-only'),
  one('profile', 'GET /rest/records/ticket/search', 403, 'needs search'),

  one('search', 'GET /rest/records/ticket/search', 200, ok, { paste: true }),
  one('search', 'POST /rest/records/ticket/search', 403, 'needs api'),
  one('search', 'GET /rest/records/ticket/1', 403, 'needs api:read-only', { paste: true }),
  one('search', 'GET /rest/records/search', 403, 'needs api:read-only'),
  one('search', 'GET /rest/records//search', 400, 'empty-segment'),
  one('search', 'GET /rest/workers/me.json', 403, 'needs profile'),

  one('api:read-only', 'GET /rest/records/ticket/1', 200, ok, { paste: true }),
  one('api:read-only', 'GET /rest/workers/me.json', 200, ok),
  one('api:read-only', 'PUT /rest/records/ticket/1', 403, 'needs api', { paste: true }),
  one('api:read-only', 'DELETE /rest/records/ticket/1', 403, 'needs api'),
  one('api:read-only', 'GET /admin', 403, noScope),

  one('api', 'POST /rest/records/ticket', 201, ok),
  one('api', 'PUT /rest/records/ticket/1', 200, ok, { paste: true }),
  one('api', 'DELETE /rest/records/ticket/1', 200, ok),
  one('api', 'TRACE /rest/records/ticket/1', 403, noScope),
  // No scope opens a path that some server could read as another one.
  one('api', 'GET /rest/workers/../me', 400, 'dot-segment', { paste: true }),
  one('api', 'GET /rest/workers/%2e%2e/x', 400, 'dot-segment'),
  one('api', 'GET //rest/workers/me', 400, 'empty-segment'),
  one('api', 'GET /rest/records/ticket%2F1', 400, 'encoded-slash'),
  one('api', 'GET /rest/workers/me;v=1', 400, 'semicolon'),
  one('api', 'GET /rest/workers/me%00', 400, 'encoded-control'),
  one('api', 'GET /rest/workers/%252e%252e/x', 400, 'double-encoding'),
  one('api', 'GET http://host/rest/workers/me', 400, 'absolute-form'),
  one('api', 'OPTIONS *', 400, 'asterisk-form'),
]

function one(token, request, status, reason, more = {}) {
  const [method, target] = request.split(' ')
  return { token, request, method, target, status, reason, paste: false, ...more }
}
