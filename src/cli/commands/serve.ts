/** `scope-policy serve`: the decision server for gateways that are not Node. */
import { dirname, resolve } from 'node:path'
import { Option } from '../commander.ts'
import { quote } from '../../diagnostic/words.ts'
import { isUrl } from '../../serve/address.ts'
import { createLog } from '../../serve/log.ts'
import { type PolicyChoice, UnusablePolicy } from '../../serve/policies.ts'
import { type Config, readConfig } from '../../serve/read-config.ts'
import { readSettings, UnusableSettings } from '../../serve/read-settings.ts'
import type { Running } from '../../serve/serve.ts'
import { DEFAULTS, kebab, SETTINGS } from '../../serve/settings.ts'
import { type GlobalOptions, type RegisterCommand, registering } from '../command.ts'
import { EXIT, type ExitCode, orUsageError, UsageError } from '../exit-code.ts'
import type { Io } from '../io/files.ts'
import { untilAborted } from '../io/process-io.ts'
import { reasonOf } from '../io/reason-of.ts'
import { loadBytes, readUsable, showFindings, usableOptions } from '../load.ts'
import { addPolicyFlags, type PolicyFlags, toParseOptions } from '../policy-flags.ts'

type ServeOptions = PolicyFlags &
  GlobalOptions & { readonly config?: string } & Readonly<Record<string, unknown>>

const EXAMPLES = `
Ask it with the headers of the original request (see \`headers\`):
  GET /decide with X-Forwarded-Method, X-Forwarded-Uri and Authorization
/healthz, /readyz and /metrics report its state.

Examples:
  scope-policy serve scopes.yaml --issuer https://login.example --audience https://api.example \\
    --jwks https://login.example/jwks
  scope-policy serve --config serve.yaml

Each flag can also be set in the environment (--clock-tolerance is SCOPE_POLICY_CLOCK_TOLERANCE) and in the
configuration file (clockTolerance: 5); a flag wins over the environment, the environment over the file.

Exit codes: 0 stopped by a signal, 2 not started`

export const registerServe: RegisterCommand = registering((program) => {
  const command = program
    .command('serve')
    .summary('decide for nginx, Caddy, HAProxy, Envoy and Traefik')
    .description(
      'A decision server for gateways: verifies the bearer token, answers 200, 401 or 403. Reloads what ' +
        'changes, also when it is sent SIGHUP, and keeps the last good policy.',
    )
    .argument('[policy]', 'the document; several of them belong into the configuration file')
    .option('--config <file>', 'configuration file')
  for (const { name, description, choices, secret, kind, alias } of SETTINGS) {
    if (secret === true) continue
    const value = kind === 'switch' ? '' : kind === 'list' ? ' <list>' : ' <value>'
    const among = choices === undefined || kind === 'list' ? '' : `: ${choices.join(', ')}`
    const standard = DEFAULTS[name]
    const shown = typeof standard === 'string' || typeof standard === 'number' ? ` (default ${standard})` : ''
    const option = new Option(`--${kebab(name)}${value}`, `${description}${among}${shown}`)
    // A list is written with commas, or by repeating the flag.
    if (kind === 'list')
      option.argParser((text: string, before?: string) => (before === undefined ? text : `${before},${text}`))
    command.addOption(option)
    if (alias !== undefined) command.addOption(new Option(`--${kebab(alias)}${value}`).hideHelp())
  }
  return addPolicyFlags(command).addHelpText('after', EXAMPLES)
}, run)

async function run(options: ServeOptions, io: Io, policy: string | undefined): Promise<ExitCode> {
  const { config, base } = await configOf(options.config, io, options)
  const choices: readonly PolicyChoice[] =
    policy === undefined
      ? config.policies.map((choice) => ({ ...choice, file: resolve(base, choice.file) }))
      : [{ file: resolve(io.cwd, policy), clients: [], audiences: [] }]
  if (policy !== undefined && config.policies.length > 0)
    throw new UsageError(
      'there are policies in the configuration file and on the command line; name them in one',
    )
  if (choices.length === 0) throw new UsageError('no policy; name a document')
  const settings = orUsageError(UnusableSettings, () =>
    readSettings(textsOf(options), io.env, config.settings),
  )
  const parseOptions = usableOptions(toParseOptions(options))
  // Files that the configuration names are relative to it.
  const from = settings.jwks === config.settings['jwks'] ? base : io.cwd
  const jwks = settings.jwks.map((source) => (isUrl(source) ? source : resolve(from, source)))
  // Only here: no other command should wait for the dependencies of the verification of tokens.
  const { serve } = await import('../../serve/serve.ts')
  const log = createLog((line) => {
    io.stdout.write(line)
  })
  const { authzen } = config
  const inBase = (file: string): string => resolve(base, file)
  const located = authzen && {
    ...authzen,
    clients: new Map([...authzen.clients].map(([name, file]) => [name, inBase(file)])),
    ...(authzen.subjectsFile !== undefined && { subjectsFile: inBase(authzen.subjectsFile) }),
  }
  // As `jwks`, files of TLS are relative to where they are named.
  const tls = Object.fromEntries(
    (['tlsCert', 'tlsKey', 'clientCa'] as const).flatMap((name) => {
      const file = settings[name]
      return file === undefined ? [] : [[name, resolve(file === config.settings[name] ? base : io.cwd, file)]]
    }),
  )
  const serving = serve(choices, { ...settings, jwks, ...tls }, parseOptions, log, {
    authzen: located,
    readFile: (path) => io.files.source(path).read(),
  })
  const running = await started(serving, io, options)
  io.onHangup?.(() => {
    void running.reload()
  })
  await untilAborted(io.stopped)
  await running.stop()
  return EXIT.clean
}

async function configOf(
  path: string | undefined,
  io: Io,
  flags: GlobalOptions,
): Promise<{ readonly config: Config; readonly base: string }> {
  if (path === undefined) return { config: { settings: {}, policies: [] }, base: io.cwd }
  const source = io.files.source(path)
  return { config: await readUsable(source, readConfig, io, flags), base: dirname(resolve(io.cwd, path)) }
}

/** The flags of settings; commander also gives those of the program and of policies. */
function textsOf(options: ServeOptions): Record<string, string | undefined> {
  const texts: Record<string, string | undefined> = {}
  for (const { name, alias } of SETTINGS) {
    const value = options[name] ?? (alias === undefined ? undefined : options[alias])
    if (typeof value === 'string') texts[name] = value
    else if (value === true) texts[name] = 'true'
  }
  return texts
}

async function started(running: Promise<Running>, io: Io, flags: GlobalOptions): Promise<Running> {
  try {
    return await running
  } catch (error) {
    if (error instanceof UnusablePolicy) {
      const loaded = loadBytes(error.file, error.content, {})
      showFindings([{ ...loaded, diagnostics: error.diagnostics }], io, flags)
      throw new UsageError(`${quote(error.file)} has errors and is not served`)
    }
    const { path, code, syscall } = error as NodeJS.ErrnoException
    if (path !== undefined) throw new UsageError(`${quote(path)} cannot be read: ${reasonOf(error)}`)
    if (syscall === 'listen' || syscall === 'getaddrinfo')
      throw new UsageError(
        `it cannot listen: ${code === 'EADDRINUSE' ? 'the port is taken' : reasonOf(error)}`,
      )
    if (error instanceof Error && ['UnusableAuthzen', 'UnusableTls', 'NoTelemetry'].includes(error.name))
      throw new UsageError(error.message)
    if (error instanceof Error && error.name === 'KeySetError')
      throw new UsageError(`the key set cannot be used: ${error.message}`)
    throw error
  }
}
