/**
 * The serving demo: where to look and what to paste, and then a line for each decision as requests come in;
 * or one line of JSON for scripts.
 */
import { start } from './server.js'

export async function serve({ json, tokens, port, lifetime }) {
  const onDecision = json ? undefined : (record) => console.log(decisionLine(record))
  const { base, apis, stop } = await start({ port, lifetime, onDecision })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      stop()
      if (!json) console.log('\nstopped')
    })
  }
  if (json) console.log(JSON.stringify(description(base, apis)))
  else print(base, apis, tokens)
}

/** What a script needs to be a client of these APIs. */
function description(base, apis) {
  const entries = apis.map((api) => {
    const { authorizationPath, tokenPath, prefix, clientId, clientSecret, policy, redirectUri, mcpPath } = api
    return [
      api.name,
      {
        ...(authorizationPath && { authorizationUrl: `${base}${authorizationPath}`, redirectUri }),
        tokenUrl: `${base}${tokenPath}`,
        apiUrl: `${base}${prefix}/`,
        ...(mcpPath && { mcpUrl: `${base}${mcpPath}` }),
        clientId,
        clientSecret,
        scopes: [...policy.scopes.keys()],
        tokens: api.tokens,
        ...(authorizationPath && { refreshTokens: api.refreshTokens }),
      },
    ]
  })
  return { base, apis: Object.fromEntries(entries) }
}

/** The address comes last, where the eye is. */
function print(base, apis, withTokens) {
  for (const { name, title, about, prefix, tokenPath, authorizationPath, ...api } of apis) {
    console.log(`\n--- ${title}: ${base}${prefix}/`)
    console.log(`    ${about} Scopes: examples/demo/scopes/${name}.yaml`)
    if (authorizationPath) console.log(`    authorization  ${base}${authorizationPath}`)
    console.log(`    token          ${base}${tokenPath}`)
    if (api.mcpPath) console.log(`    MCP server     ${base}${api.mcpPath}`)
    console.log(`    client         ${api.clientId}  ${api.clientSecret}`)
    for (const [scope, token] of Object.entries(withTokens ? api.tokens : {})) {
      console.log(`\n  a token for "${scope}", and a request to try it with:`)
      console.log(curlLine(base, exampleFor(api, scope), token))
    }
  }
  if (!withTokens) console.log('\nTokens and curl lines: npm run demo -- --tokens')
  console.log(`\nscope-policy demo: open ${base}/ in a browser. Ctrl-C stops it.\n\nDecisions:`)
}

/** The first example that the scope allows. */
function exampleFor({ examples, policy }, scope) {
  return examples.find((example) => policy.authorize(scope, ...example.split(' ')))
}

function curlLine(base, example, token) {
  const [method, target] = example.split(' ')
  return `curl -i -X ${method} '${base}${target}' -H 'Authorization: Bearer ${token}'`
}

/** One decision for the terminal. Paths are the client's text: control characters stay out of it. */
function decisionLine({ method, path, status, reason, refusal, scopes, messages = [] }) {
  const asked = messages
    .map((message) => ` ${[message.method, message.name].filter(Boolean).join(' ')}`)
    .join(',')
  const token = scopes === undefined ? 'no token' : `scope ${[scopes].flat().join(' ')}`
  const line = `${status ?? 'ok '} ${method} ${path}${asked}  ${refusal ?? reason} (${token})`
  return line.replace(/[^\x20-\x7e]/g, (unit) => `\\u{${unit.codePointAt(0).toString(16)}}`)
}
