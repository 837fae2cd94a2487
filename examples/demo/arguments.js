/**
 * The command line of the demo: a flag, and two numbers from the environment.
 */
export const USAGE = `usage: [PORT=8080] [TOKEN_SECONDS=3600] node examples/demo/main.js [--tokens | --once | --json | --help]

  (no flag)      serve on 127.0.0.1 until Ctrl-C: a page to try
  --tokens       print a token for each scope as well, with a curl line to paste
  --once         send a table of requests, check the answers, stop
  --json         serve, and print addresses, credentials and tokens as one line of JSON
  PORT           the port to listen on; a free one when it is not set
  TOKEN_SECONDS  how long access tokens last; an hour when it is not set`

const FLAGS = ['--tokens', '--once', '--json', '--help', '-h']

/** Throws an error with `usage: true` for anything that is not in USAGE. */
export function parseArguments(flags, environment) {
  const unknown = flags.find((flag) => !FLAGS.includes(flag))
  if (unknown !== undefined) throw usageError(`unknown argument ${JSON.stringify(unknown)}`)
  if (flags.includes('--once') && flags.includes('--json'))
    throw usageError('--once and --json exclude each other')
  return {
    help: flags.includes('--help') || flags.includes('-h'),
    once: flags.includes('--once'),
    json: flags.includes('--json'),
    tokens: flags.includes('--tokens'),
    port: number('PORT', environment, 0, 0, 65_535),
    lifetime: number('TOKEN_SECONDS', environment, 3_600, 1, 86_400),
  }
}

function number(name, environment, fallback, least, most) {
  const text = environment[name] ?? ''
  if (text === '') return fallback
  if (/^\d{1,5}$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text)
  throw usageError(`${name} must be a number from ${least} to ${most}, not ${JSON.stringify(text)}`)
}

function usageError(message) {
  return Object.assign(new Error(message), { usage: true })
}
