/** `scope-policy usage`: which scopes the clients in access logs need. */
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { InvalidArgumentError } from '../commander.ts'
import { formatNumber, pluralize, quote } from '../../diagnostic/words.ts'
import type { ParseOptions } from '../../index.ts'
import { USAGE_FORMATS } from '../../report/usage/formats.ts'
import { sanitize } from '../../report/safe.ts'
import { FORMAT_NAMES } from '../../usage/formats.ts'
import { LogReader } from '../../usage/log-reader.ts'
import { readGranted } from '../../usage/read-granted.ts'
import { suggestNarrower } from '../../usage/suggest.ts'
import { UsageCollector } from '../../usage/usage.ts'
import { colorsFor } from '../colors.ts'
import { declaration, type OptionsOf, type RegisterCommand, registering } from '../command.ts'
import { EXIT, type ExitCode, orUsageError, UsageError } from '../exit-code.ts'
import { formatOption } from '../flags.ts'
import type { Io } from '../io/files.ts'
import { STDIN } from '../io/source.ts'
import { loadPolicy, readUsable } from '../load.ts'
import { addPolicyFlags, toParseOptions } from '../policy-flags.ts'
import { followLog } from '../usage/follow-log.ts'
import { Progress } from '../usage/progress.ts'
import { readLog } from '../usage/read-log.ts'

const EXAMPLES = `
Examples:
  scope-policy usage scopes.yaml access.log access.log.1.gz
  scope-policy usage scopes.yaml --granted clients.yaml --fail-on unused caddy.json
  zcat *.gz | scope-policy usage scopes.yaml --client http_x_auth_client --format-in '$remote_addr [$time_local] "$request" $status "$http_x_auth_client"' -

Logs are recognized by their first line: combined and common (nginx, Apache, Traefik), the default logs of
HAProxy and Envoy, JSON lines (Caddy, Envoy, Traefik, AWS API Gateway, scope-policy serve), CloudFront, HAR.
Gzip is unpacked.

Exit codes: 0 no findings, 1 findings (those of --fail-on), 2 error`

const declare = declaration((program) => {
  const command = program
    .command('usage')
    .summary('which scopes clients need, from access logs')
    .description('Reads access logs and reports which scopes each client needs, and which it never used.')
    .argument('<policy>', 'the document; - is standard input')
    .argument('<logs...>', 'access logs; - is standard input')
    .addOption(formatOption(USAGE_FORMATS, 'how to report'))
    .option('--format-in <name>', `format of the logs: ${FORMAT_NAMES.join(', ')}, or as nginx writes it`)
    .option(
      '--client <field>',
      'field of the log that names the client, or claim of a token in it (default: its authenticated user)',
    )
    .option('--default-client <name>', 'the client of requests for which the log names none')
    .option('--scopes <field>', 'field of the log that holds the granted scopes of the client')
    .option('--follow', 'keep reading as the logs grow, through rotation; report when asked to stop')
    .option('--granted <file>', 'YAML: client to scopes, as a scope claim or a list')
    .option('--suggest <file>', 'write a narrower document, without what no request used')
    .option('--fail-on <list>', 'findings that fail: unused, denied', findings)
  return addPolicyFlags(command).addHelpText('after', EXAMPLES)
})

type UsageOptions = OptionsOf<typeof declare>

export const registerUsage: RegisterCommand = registering(declare, usage)

async function usage(
  options: UsageOptions,
  io: Io,
  document: string,
  logs: readonly string[],
): Promise<ExitCode> {
  if ([document, ...logs].filter((path) => path === STDIN).length > 1) {
    throw new UsageError('standard input can be read once; name the policy or one log by -')
  }
  const source = io.files.source(document)
  if (options.suggest !== undefined) await permitSuggestion(options.suggest, [document, ...logs], io)
  const parseOptions = toParseOptions(options)
  const { policy, bytes } = await loadPolicy(source, parseOptions, 'nothing was read', io, options)
  const collector = new UsageCollector(policy, options)
  const file = options.granted === undefined ? undefined : io.files.source(options.granted)
  const granted = file && (await readUsable(file, readGranted, io, options))
  await readLogs(logs, collector, options, io)
  const report = collector.report((client) => granted?.get(client))
  const colors = colorsFor(io.stdout, io.env, options.color)
  for (const piece of USAGE_FORMATS[options.format](report, colors)) io.stdout.write(piece)
  if (options.suggest !== undefined) await suggest(options.suggest, bytes, parseOptions, collector, io)
  const isFound = {
    unused: report.clients.some(({ unused }) => unused.length > 0),
    denied: report.clients.some(({ denied }) => denied.length > 0),
  }
  return options.failOn?.some((finding) => isFound[finding]) === true ? EXIT.findings : EXIT.clean
}

/** Refuses early what writing would refuse, and to replace what is read. */
async function permitSuggestion(path: string, sources: readonly string[], io: Io): Promise<void> {
  await io.files.permitOutput(path)
  const file = resolve(io.cwd, path)
  if (sources.some((source) => source !== STDIN && resolve(io.cwd, source) === file))
    throw new UsageError(`the narrower document would replace ${quote(path)}, which is read`)
}

async function suggest(
  path: string,
  bytes: Uint8Array,
  options: ParseOptions,
  collector: UsageCollector,
  io: Io,
): Promise<void> {
  const { text, removed, narrowed, kept } = orUsageError(
    TypeError,
    () => suggestNarrower(bytes, options, collector.endpoints.rows, collector.usedRequests()),
    'no narrower document was written: ',
  )
  await io.files.writeReport(path, text)
  const rest = kept === 0 ? '' : `; ${formatNumber(kept)} kept because an alias or an anchor is used there`
  io.stderr.write(
    `note: ${sanitize(quote(path))} has ${pluralize(removed, 'endpoint')} less and fewer methods at ${formatNumber(narrowed)}${rest}; ` +
      'proved: it allows every request of the logs that was allowed, and nothing new\n',
  )
}

async function readLogs(
  logs: readonly string[],
  collector: UsageCollector,
  options: UsageOptions,
  io: Io,
): Promise<void> {
  const { formatIn: format, client, scopes } = options
  const readers = logs.map((path) => {
    return {
      path,
      reader: orUsageError(TypeError, () => new LogReader(collector, { format, client, scopes })),
    }
  })
  const isFollowed = options.follow === true
  const progress = new Progress(io.stderr, isFollowed ? undefined : await sizeOf(logs, io))
  const onRead = (path: string) => (bytes: number) => {
    progress.add(bytes, path, collector.lines)
  }
  const onNote = (note: string): void => {
    progress.clear()
    io.stderr.write(`note: ${sanitize(note)}\n`)
  }
  try {
    if (isFollowed) {
      await Promise.all(
        readers.map(({ path, reader }) =>
          path === STDIN
            ? readLog(path, reader, io, onRead(path))
            : followLog(path, reader, io, { onRead: onRead(path), onNote }),
        ),
      )
    } else for (const { path, reader } of readers) await readLog(path, reader, io, onRead(path))
  } finally {
    progress.clear()
  }
}

/** Of all logs together; undefined where that is not known. */
async function sizeOf(logs: readonly string[], { cwd }: Io): Promise<number | undefined> {
  let total = 0
  for (const path of logs) {
    if (path === STDIN) return undefined
    // What cannot be read is reported when it is read.
    const found = await stat(resolve(cwd, path)).catch(() => undefined)
    if (found === undefined) return undefined
    total += found.size
  }
  return total
}

function findings(list: string): ('unused' | 'denied')[] {
  return list.split(',').map((finding) => {
    if (finding !== 'unused' && finding !== 'denied')
      throw new InvalidArgumentError('Write unused, denied, or both.')
    return finding
  })
}
