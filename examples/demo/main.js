/**
 * The demo: an OAuth authorization server and three small APIs on the loopback interface, each API guarded
 * by a scope policy of its own.
 *
 *     node examples/demo/main.js          prints an address to open, serves until Ctrl-C
 *     node examples/demo/main.js --tokens prints a token for each scope, with a curl line
 *     node examples/demo/main.js --once   sends a table of requests to itself, checks each answer
 *     node examples/demo/main.js --json   one line of JSON for scripts, then serves
 *
 * It imports the package by its own name, as an application would; build it first (`npm run build`).
 *
 * Where to read on: `server.js` puts the parts together. `provider.js` is the authorization server, with
 * `interaction.js` for login and consent; `protect.js` is what an API needs; `apis/` are the APIs.
 *
 * Exit codes: 0 stopped, or every answer as expected; 1 an answer differs; 2 usage, port or build.
 */
import process from 'node:process'
import { parseArguments, USAGE } from './arguments.js'

try {
  const { help, once, ...settings } = parseArguments(process.argv.slice(2), process.env)
  if (help) console.log(USAGE)
  // Imported here and not above, so that a missing build is a sentence and not a stack trace.
  else if (once) process.exitCode = await (await import('./once.js')).once(settings)
  else await (await import('./serve.js')).serve(settings)
} catch (error) {
  console.error(explanation(error))
  process.exitCode = 2
}

function explanation(error) {
  if (error.usage) return `demo: ${error.message}\n${USAGE}`
  if (error.code === 'EADDRINUSE') return `demo: port ${error.port} is in use, set PORT to another one`
  if (error.code === 'EACCES') return `demo: port ${error.port} is not allowed, set PORT to another one`
  if (error.code === 'ERR_MODULE_NOT_FOUND')
    return `demo: not built yet, run \`npm ci && npm run build\` first`
  return `demo: ${error.stack}`
}
