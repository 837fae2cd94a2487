/**
 * The three steps of a guarded API in a row: authenticate, ask the scope policy, answer. Plain `node:http`;
 * with Express the same three are `app.use(…)` calls.
 */
import { readFileSync } from 'node:fs'
import http from 'node:http'
import { loadPolicy } from 'scope-policy'
import { scopePolicy } from 'scope-policy/express'
import { createApi } from './api.js'
import { authenticate } from './authenticate.js'

/** The four scopes as Cerb ships them; `preset: cerb` reads paths the way Cerb does. */
export const policy = loadPolicy(readFileSync(new URL('./scopes.yaml', import.meta.url)), { preset: 'cerb' })

/** Listens on the loopback interface; rejects when the port is not to be had. */
export async function listen(port, issuer, onDecision) {
  const identify = authenticate(issuer)
  const guard = scopePolicy({ policy, realm: 'cerb', onDecision })
  const api = createApi()
  const server = http.createServer((request, response) => {
    identify(request, response, () => guard(request, response, () => api(request, response)))
  })
  await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return server
}

/** Stops at once, also where a client keeps its connection open. */
export function stop(server) {
  server.close()
  server.closeAllConnections()
}
