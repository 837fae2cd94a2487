/**
 * The command line of the demo: one flag, and the port from the environment.
 */
export const USAGE = `usage: [PORT=8080] node examples/demo/main.js [--once] [--help]

  (no flag)  serve on 127.0.0.1 until Ctrl-C, and print curl lines to paste
  --once     send a table of requests, check the answers, stop
  PORT       the port to listen on; a free one when it is not set`

/** Throws an error with `usage: true` for anything that is not in USAGE. */
export function parseArguments(flags, environment) {
  const unknown = flags.find((flag) => !['--once', '--help', '-h'].includes(flag))
  if (unknown !== undefined) throw usageError(`unknown argument ${JSON.stringify(unknown)}`)
  const help = flags.includes('--help') || flags.includes('-h')
  return { help, once: flags.includes('--once'), port: parsePort(environment.PORT ?? '') }
}

function parsePort(text) {
  if (text === '') return 0
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65535) return Number(text)
  throw usageError(`PORT must be a number up to 65535, not ${JSON.stringify(text)}`)
}

function usageError(message) {
  return Object.assign(new Error(message), { usage: true })
}
