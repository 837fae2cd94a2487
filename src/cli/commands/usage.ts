/** `scope-policy usage`: which scopes the clients in access logs need. */
import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { resolve as resolvePath } from 'node:path'
import { InvalidArgumentError, Option } from 'commander'
import { quote } from '../../diagnostic/words.ts'
import { USAGE_FORMATS, type UsageFormat } from '../../report/usage/formats.ts'
import { decodeUtf8 } from '../../source/decode.ts'
import { detectFormat, FORMAT_NAMES, harEntries, type Parse, parserFor } from '../../usage/formats.ts'
import { readGranted } from '../../usage/read-granted.ts'
import { readLines } from '../../usage/read-lines.ts'
import { UsageCollector } from '../../usage/usage.ts'
import { colorsFor } from '../colors.ts'
import type { GlobalOptions, RegisterCommand } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import type { Io } from '../io/files.ts'
import { reasonOf } from '../io/reason-of.ts'
import { STDIN } from '../io/source.ts'
import { loadBytes, usableOptions } from '../load.ts'
import { addPolicyFlags, toParseOptions } from '../policy-flags.ts'
import type { PolicyFlags } from '../policy-flags.ts'
import { usablePolicy } from '../usable.ts'

/** A HAR document is read whole. */
const MAX_HAR_LENGTH = 256 * 1024 * 1024

interface UsageOptions extends PolicyFlags, GlobalOptions {
  readonly format: UsageFormat
  readonly formatIn?: string
  readonly client?: string
  readonly granted?: string
  readonly failOn?: readonly ('unused' | 'denied')[]
}

const EXAMPLES = `
Examples:
  scope-policy usage scopes.yaml access.log access.log.1.gz
  scope-policy usage scopes.yaml --granted clients.yaml --fail-on unused caddy.json
  zcat *.gz | scope-policy usage scopes.yaml --client http_x_auth_client --format-in '$remote_addr [$time_local] "$request" $status "$http_x_auth_client"' -

Logs are recognized by their first line: nginx and Apache combined, JSON lines of Caddy, Envoy, Traefik, API
Gateway of AWS and scope-policy serve, CloudFront, HAR. Files that end in .gz are unpacked.

Exit codes: 0 no findings, 1 findings (those of --fail-on), 2 error`

export const registerUsage: RegisterCommand = (program, context) => {
  const command = program
    .command('usage')
    .summary('which scopes clients need, from access logs')
    .description('Reads access logs and reports which scopes each client needs, and which it never used.')
    .argument('<policy>', 'the document; - is standard input')
    .argument('<logs...>', 'access logs; - is standard input')
    .addOption(
      new Option('--format <name>', 'how to report').choices(Object.keys(USAGE_FORMATS)).default('pretty'),
    )
    .option('--format-in <name>', `format of the logs: ${FORMAT_NAMES.join(', ')}, or as nginx writes it`)
    .option('--client <field>', 'field of the log that names the client (default: its authenticated user)')
    .option('--granted <file>', 'YAML: client to scopes, as a scope claim or a list')
    .option('--fail-on <list>', 'findings that fail: unused, denied', findings)
  addPolicyFlags(command)
    .addHelpText('after', EXAMPLES)
    .action(
      async (policy: string, logs: string[], _: unknown, self: { optsWithGlobals: () => UsageOptions }) => {
        context.finish(await usage(policy, logs, self.optsWithGlobals(), context.io))
      },
    )
}

async function usage(
  policy: string,
  logs: readonly string[],
  options: UsageOptions,
  io: Io,
): Promise<ExitCode> {
  if ([policy, ...logs].filter((path) => path === STDIN).length > 1) {
    throw new UsageError('standard input can be read once; name the policy or one log by -')
  }
  const source = io.files.source(policy)
  const loaded = loadBytes(source.path, await source.read(), usableOptions(toParseOptions(options)))
  const collector = new UsageCollector(usablePolicy(loaded, 'nothing was read', io, options))
  const granted = options.granted === undefined ? undefined : await grantedIn(options.granted, io)
  for (const log of logs) await readLog(log, collector, options, io)
  const report = collector.report((client) => granted?.get(client))
  io.stdout.write(USAGE_FORMATS[options.format](report, colorsFor(io.stdout, io.env, options.color)))
  const isFound = {
    unused: report.clients.some(({ unused }) => unused.length > 0),
    denied: report.clients.some(({ denied }) => denied.length > 0),
  }
  return options.failOn?.some((finding) => isFound[finding]) === true ? EXIT.findings : EXIT.clean
}

async function grantedIn(path: string, io: Io): Promise<ReadonlyMap<string, readonly string[]>> {
  const source = io.files.source(path)
  const decoded = decodeUtf8(await source.read())
  if (!('text' in decoded)) throw new UsageError(`${quote(source.path)} is not UTF-8`)
  try {
    return readGranted(decoded.text)
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(`${quote(source.path)}: ${error.message}`)
    throw error
  }
}

async function readLog(
  path: string,
  collector: UsageCollector,
  options: UsageOptions,
  io: Io,
): Promise<void> {
  const name = path === STDIN ? '<stdin>' : io.files.nameOf(path)
  const { formatIn, client } = options
  let parse: Parse | undefined =
    formatIn === undefined || formatIn === 'har' ? undefined : parserOf(formatIn, client)
  let har: string[] | undefined = formatIn === 'har' ? [] : undefined
  let harLength = 0
  try {
    for await (const { text, isCut } of readLines(await open(path, io))) {
      if (parse === undefined && har === undefined && text.trim() !== '') {
        const format = detectFormat(text)
        if (format === 'har') har = []
        else parse = parserOf(format, client)
      }
      if (har !== undefined) {
        har.push(text)
        harLength += text.length + 1
        if (isCut || harLength > MAX_HAR_LENGTH)
          throw new UsageError(`${quote(name)} is too large for a HAR document`)
        continue
      }
      const entry = isCut ? undefined : parse?.(text)
      if (entry === null || (entry === undefined && text.trim() === '')) continue
      if (entry === undefined) collector.addUnparsed(text)
      else collector.add(entry, text)
    }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${quote(name)} cannot be read: ${reasonOf(error)}`)
  }
  if (har !== undefined) addHar(har.join('\n'), name, collector, client)
}

function addHar(text: string, name: string, collector: UsageCollector, client: string | undefined): void {
  const read = harEntries(text, client)
  if (read === undefined) throw new UsageError(`${quote(name)} is not a HAR document`)
  for (const entry of read.entries) collector.add(entry, `${entry.method} ${entry.path}`)
  for (let at = 0; at < read.broken; at++) collector.addUnparsed('an entry without method or url')
}

function parserOf(format: string, client: string | undefined): Parse {
  const isKnown = format.includes('$') || (FORMAT_NAMES as readonly string[]).includes(format)
  if (!isKnown)
    throw new UsageError(
      `unknown log format ${quote(format)}; write ${FORMAT_NAMES.join(', ')}, or one with $variables`,
    )
  const parse = parserFor(format, client)
  if (parse === undefined)
    throw new UsageError(
      `the log format ${quote(format)} has no $request, and no $request_method with $request_uri`,
    )
  return parse
}

async function open(path: string, io: Io): Promise<Readable> {
  if (path === STDIN) return io.stdin
  await io.files.permit(path)
  const stream = createReadStream(resolvePath(io.cwd, path), { highWaterMark: 1 << 18 })
  if (!path.endsWith('.gz')) return stream
  const unpacked = createGunzip()
  stream.on('error', (error) => unpacked.destroy(error))
  return stream.pipe(unpacked)
}

function findings(list: string): ('unused' | 'denied')[] {
  return list.split(',').map((finding) => {
    if (finding !== 'unused' && finding !== 'denied')
      throw new InvalidArgumentError('Write unused, denied, or both.')
    return finding
  })
}
