/**
 * `--once`: starts the demo, sends it every request of the table over HTTP, and compares each answer with the
 * expected one.
 */
import { CASES, TOOL_CASES } from './cases.js'
import { reasonOf, send } from './send.js'
import { start } from './server.js'
import { closingLine, table } from './table.js'
import { tampered } from './tokens.js'

/** Resolves to the exit code. */
export async function once({ port, lifetime }) {
  const { base, apis, forge, stop } = await start({ port, lifetime })
  const rows = []
  console.log(`scope-policy demo: HTTP requests to ${base}`)
  try {
    const [cerb] = apis
    for (const api of apis) {
      const tokens = await tokensFor(api, cerb, forge)
      const asked = []
      // One after the other: some of them change a ticket.
      for (const { token, request, method, target, status, reason } of CASES[api.name]) {
        const answer = await send(new URL(base).port, method, target, tokens[token])
        const got = { status: answer.status, reason: reasonOf(answer) }
        const expected = got.status === status && got.reason === reason
        asked.push({ expected, cells: [token, request, got.status, got.reason], want: `${status} ${reason}` })
      }
      console.log(`\n${api.title}, guarded by scopes/${api.name}.yaml\n\n${table(asked)}`)
      rows.push(...asked)
      if (api.mcpPath === undefined) continue

      const called = []
      for (const { token, request, method, name, args, status, reason } of TOOL_CASES[api.name]) {
        const params = name === undefined ? {} : { params: { name, arguments: args } }
        const message = { jsonrpc: '2.0', id: 1, method, ...params }
        const answer = await send(new URL(base).port, 'POST', api.mcpPath, tokens[token], message)
        const got = { status: answer.status, reason: outcomeOf(answer) }
        const expected = got.status === status && got.reason === reason
        called.push({
          expected,
          cells: [token, request, got.status, got.reason],
          want: `${status} ${reason}`,
        })
      }
      console.log(`\nIts tools by MCP at ${api.mcpPath}, guarded by the same document\n\n${table(called)}`)
      rows.push(...called)
    }
  } finally {
    stop()
  }
  console.log(`\n${closingLine(rows)}`)
  return rows.every((row) => row.expected) ? 0 : 1
}

/** What the client is told, or what the tool said. */
function outcomeOf(answer) {
  if (answer.status !== 200) return reasonOf(answer)
  const { result, error } = JSON.parse(answer.body)
  if (error !== undefined) return error.message
  if (result.isError === true) return result.content[0].text
  return result.tools === undefined ? 'granted' : `${result.tools.length} tools`
}

/** The tokens of each case; '(none)' sends none, 'api, twice' two headers. */
async function tokensFor(api, cerb, forge) {
  const given = Object.entries(api.tokens).map(([scope, token]) => [scope, [token]])
  const { profile, api: everything } = cerb.tokens
  return {
    ...Object.fromEntries(given),
    '(none)': [],
    'of Cerb': [everything],
    expired: [await forge.expired('api', cerb)],
    tampered: [tampered(profile, 'api')],
    unsigned: [forge.unsigned('api', cerb)],
    'other API': [await forge.forAnother('api')],
    'not a JWT': ['letmein'],
    'api, twice': [profile, everything],
  }
}
