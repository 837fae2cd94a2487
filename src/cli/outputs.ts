/**
 * `--format pretty --format json:report.json`: which format goes where.
 *
 * At most one goes to standard output, since two after each other are neither.
 */
import { isAbsolute, relative, resolve, sep } from 'node:path'
import manifest from '../../package.json' with { type: 'json' }
import { quote, suggest } from '../diagnostic/words.ts'
import { createColors } from '../report/colors.ts'
import { FORMATS } from '../report/findings/formats.ts'
import type { FileReport, Format, ReportSettings } from '../report/findings/report.ts'
import { UsageError } from './exit-code.ts'
import type { Io } from './io/files.ts'
import type { Sink } from './io/process-io.ts'

export interface Output {
  readonly format: Format
  /** As it was typed, for messages. */
  readonly name: string
  /** Absolute; without it the report goes to standard output. */
  readonly file?: string
}

const DEFAULT_FORMAT = 'pretty'

export function parseOutputs(wanted: readonly string[], cwd: string): Output[] {
  const outputs = (wanted.length === 0 ? [DEFAULT_FORMAT] : wanted).map((text) => parseOutput(text, cwd))
  const files = outputs.map(({ file }) => file)
  if (files.filter((file) => file === undefined).length > 1) {
    throw new UsageError('only one format can go to standard output; write the others as `FORMAT:FILE`')
  }
  const twice = outputs.find(({ file }, at) => file !== undefined && files.indexOf(file) !== at)
  if (twice !== undefined) throw new UsageError(`two formats would be written to ${quote(twice.name)}`)
  return outputs
}

function parseOutput(text: string, cwd: string): Output {
  const colon = text.indexOf(':')
  const name = colon === -1 ? text : text.slice(0, colon)
  const format = FORMATS.get(name)
  if (format === undefined) {
    throw new UsageError(`there is no format ${quote(name)}; ${suggest(name, [...FORMATS.keys()])}`)
  }
  if (colon === -1) return { format, name }
  if (colon === text.length - 1) throw new UsageError(`no file after ${quote(text)}`)
  const file = text.slice(colon + 1)
  return { format, name: file, file: resolve(cwd, file) }
}

/**
 * On GitHub, where findings are to appear beside the lines they are about: what people read in the log is
 * followed by annotations, unless they have been asked for or standard output is for a machine.
 */
export function withAnnotations(outputs: readonly Output[], env: Io['env']): readonly Output[] {
  const [pretty, github] = [FORMATS.get('pretty'), FORMATS.get('github')]
  const asked = outputs.some(({ format }) => format === github)
  const forPeople = outputs.some(({ format, file }) => format === pretty && file === undefined)
  if (env['GITHUB_ACTIONS'] !== 'true' || asked || !forPeople || github === undefined) return outputs
  return [...outputs, { format: github, name: 'github' }]
}

/** Refuses, before anything is linted, to write a report through a link that leads out of the working folder. */
export async function permitOutputs(outputs: readonly Output[], { files }: Io): Promise<void> {
  for (const { file, name } of outputs) if (file !== undefined) await files.permitOutput(name)
}

/** Refuses to write a report over a source it is about. */
export function refuseSources(
  outputs: readonly Output[],
  sources: readonly { readonly file?: string }[],
): void {
  for (const { file, name } of outputs) {
    if (file !== undefined && sources.some((source) => source.file === file)) {
      throw new UsageError(`the report would replace ${quote(name)}, which it is about`)
    }
  }
}

export async function writeOutputs(
  outputs: readonly Output[],
  files: readonly FileReport[],
  io: Io,
  settings: ReportSettings,
  /** Where a format without a file goes. */
  terminalSink: Sink = io.stdout,
): Promise<void> {
  const terminal = { version: manifest.version, ...repositoryOf(io), ...settings }
  // A file is neither coloured nor narrow, whatever the terminal is.
  const plain = { ...terminal, colors: createColors(false), columns: Infinity }
  for (const { format, file, name } of outputs) {
    if (file === undefined) {
      terminalSink.write(format(files, terminal))
      continue
    }
    await io.files.writeReport(name, format(files, plain))
  }
}

/** The repository, where a build server says what it is, and the way from its root to the working folder. */
function repositoryOf({ cwd, env }: Io): Pick<ReportSettings, 'folder' | 'root'> {
  const root = env['GITHUB_WORKSPACE'] ?? env['CI_PROJECT_DIR']
  if (root === undefined || root === '') return {}
  const folder = relative(root, cwd)
  return { root, folder: folder.startsWith('..') || isAbsolute(folder) ? '' : folder.replaceAll(sep, '/') }
}
