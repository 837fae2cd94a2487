/**
 * `--once`: starts the API, sends it every request of the table over HTTP, and compares each answer with
 * the expected one.
 */
import { CASES } from './cases.js'
import { reasonOf, send } from './send.js'
import { listen, stop } from './server.js'
import { cells, table } from './table.js'
import { createIssuer, tampered, unsigned } from './tokens.js'

/** Resolves to the exit code. */
export async function once(port) {
  const issuer = await createIssuer()
  const tokens = await makeTokens(issuer)
  const server = await listen(port, issuer)
  const address = `127.0.0.1:${server.address().port}`
  const rows = []
  try {
    // One after the other: some of them change a ticket.
    for (const { token, request, method, target, status, reason } of CASES) {
      const answer = await send(server.address().port, method, target, tokens[token])
      const got = { status: answer.status, reason: reasonOf(answer) }
      const expected = got.status === status && got.reason === reason
      rows.push({ expected, cells: cells(token, request, status, got.status, got.reason), reason })
    }
  } finally {
    stop(server)
  }
  console.log(`scope-policy demo: HTTP requests to ${address}, guarded by scopes.yaml\n`)
  console.log(table(rows))
  return rows.every((row) => row.expected) ? 0 : 1
}

/** The tokens of each case; '(none)' sends none, 'api, twice' two headers. */
async function makeTokens({ sign }) {
  const profile = await sign('profile')
  const api = await sign('api')
  return {
    profile: [profile],
    search: [await sign('search')],
    'api:read-only': [await sign('api:read-only')],
    api: [api],
    '(none)': [],
    expired: [await sign('api', { expires: '-1h' })],
    tampered: [tampered(profile, 'api')],
    unsigned: [unsigned('api')],
    'other API': [await sign('api', { audience: 'https://other.example' })],
    'not a JWT': ['letmein'],
    'api, twice': [profile, api],
  }
}
