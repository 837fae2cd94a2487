/**
 * An API in the manner of the reports of Cisco Secure Access: an API key, which is a client with
 * credentials, has its scopes from the start. Its clients ask for a token with nothing but those credentials,
 * so here `grant_type` may be missing.
 */
import { sendJson } from './json.js'

export const cisco = {
  name: 'cisco',
  title: 'Cisco-Secure-Access-like API',
  about: 'Reports for API keys, which have their scopes from the start.',
  prefix: '/reports/v2',
  tokenPath: '/auth/v2/token',
  grantTypes: ['client_credentials'],
  assumedGrantType: 'client_credentials',
  examples: [
    'GET /reports/v2/activity',
    'GET /reports/v2/identities',
    'GET /reports/v2/requests-by-hour/dns',
    'GET /reports/v2/requests-by-hour/dns/extra',
    'GET /reports/v2/summaries-by-rule/hitcount',
    'GET /reports/v2/private-resources/summary-stats',
    'PATCH /reports/v2/appDiscovery/applications/7',
    'GET /reports/v2/appDiscovery/protocols',
    'GET /reports/v2/usage/metrics',
    'GET /reports/v2/apiUsage/keys',
  ],
  createApi,
}

const COUNTS = ['applications', 'domains', 'requestsblocked', 'requests', 'requestsallowed', 'identities']

function createApi() {
  const data = Object.fromEntries(COUNTS.map((name) => [name, 0]))
  return (request, response) => sendJson(response, 200, { meta: {}, data })
}
