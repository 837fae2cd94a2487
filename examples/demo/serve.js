/**
 * The serving demo: one token for each scope, curl lines to paste, and then a line for each decision as
 * requests come in.
 */
import { CASES } from './cases.js'
import { curlLine, decisionLine } from './lines.js'
import { listen, policy, stop } from './server.js'
import { tokenFiles } from './token-files.js'
import { createIssuer } from './tokens.js'

export async function serve(port) {
  const issuer = await createIssuer()
  const server = await listen(port, issuer, (record) => console.log(decisionLine(record)))
  const files = tokenFiles()
  const address = `127.0.0.1:${server.address().port}`

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      stop(server)
      console.log('\nstopped')
    })
  }

  console.log(`scope-policy demo: http://${address}/rest, Ctrl-C stops it\n`)
  console.log('The policy is examples/demo/scopes.yaml: the four scopes that Cerb ships.')
  console.log('Paste these lines into another terminal. Each file after -H @ holds the header')
  console.log('"Authorization: Bearer <JWT>"; they are deleted when the demo stops.')

  for (const [scope, { label }] of policy.scopes) {
    const file = files.write(scope, await issuer.sign(scope))
    print(`${scope}: ${label}`, scope, file, address)
  }
  print('without a token', '(none)', undefined, address)
  console.log('\nDecisions:')
}

function print(heading, token, file, address) {
  console.log(`\n--- ${heading}`)
  for (const { method, target, status, reason } of CASES.filter((one) => one.paste && one.token === token)) {
    console.log(`${status} ${reason}:`)
    console.log(curlLine(method, target, file, address))
  }
}
