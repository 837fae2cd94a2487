/** `scope-policy lint`: reads documents and reports what is wrong with them. */
import { InvalidArgumentError } from 'commander'
import type { ParseOptions } from '../../index.ts'
import { summarize } from '../../report/report.ts'
import type { FileReport } from '../../report/report.ts'
import { harmless } from '../../report/safe.ts'
import { settingsFor } from '../colors.ts'
import type { CommandContext, GlobalOptions, RegisterCommand } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import type { Io } from '../io.ts'
import { loadBytes, usableOptions } from '../load.ts'
import { parseOutputs, refuseSources, writeOutputs } from '../outputs.ts'
import { addPolicyFlags, toParseOptions } from '../policy-flags.ts'
import type { PolicyFlags } from '../policy-flags.ts'
import { findSources, stdinSource, STDIN } from '../sources.ts'
import type { Source } from '../sources.ts'

interface LintOptions extends PolicyFlags, GlobalOptions {
  readonly format?: readonly string[]
  readonly maxWarnings?: number
  readonly quiet?: boolean
  readonly stdin?: boolean
  readonly stdinFilename?: string
}

const EXAMPLES = `
Examples:
  scope-policy lint scopes.yaml
  scope-policy lint policies/ --max-warnings 0
  scope-policy lint policies/ --format pretty --format json:report.json
  git show HEAD:scopes.yaml | scope-policy lint --stdin --stdin-filename scopes.yaml

Exit codes: 0 no errors, 1 errors or too many warnings, 2 nothing could be checked`

export const registerLint: RegisterCommand = (program, context) => {
  const command = program
    .command('lint')
    .summary('report what is wrong with documents')
    .description(
      'Report what is wrong with documents. Folders stand for the *.yaml and *.yml files below them.',
    )
    .argument('[paths...]', 'files, folders and globs; - is standard input')
    .option(
      '--format <format[:file]>',
      'pretty (default) or json, optionally into a file; repeatable',
      append,
    )
    .option('--max-warnings <n>', 'fail when there are more warnings', count)
    .option('--quiet', 'report errors only; all warnings still count for --max-warnings')
    .option('--stdin', 'read a document from standard input')
    .option('--stdin-filename <name>', 'the name to report for standard input')
  addPolicyFlags(command)
    .addHelpText('after', EXAMPLES)
    .action(async (paths: string[], _: unknown, self: { optsWithGlobals: () => LintOptions }) => {
      context.finish(await lint(paths, self.optsWithGlobals(), context.io))
    })
}

async function lint(
  paths: readonly string[],
  options: LintOptions,
  io: CommandContext['io'],
): Promise<ExitCode> {
  const outputs = parseOutputs(options.format ?? [], io.cwd)
  const sources = await chosenSources(paths, options, io)
  refuseSources(outputs, sources)
  const { files, unread } = await loadAll(sources, usableOptions(toParseOptions(options)), io)
  const shown = options.quiet === true ? files.map(errorsOnly) : files
  await writeOutputs(outputs, shown, io, settingsFor(io.stdout, io.env, options.color))
  const { errors, warnings } = summarize(files)
  const tooMany = options.maxWarnings !== undefined && warnings > options.maxWarnings
  if (tooMany) {
    const found = warnings === 1 ? '1 warning' : `${warnings} warnings`
    io.stderr.write(`error: ${found}, and --max-warnings allows ${options.maxWarnings ?? 0}\n`)
  }
  if (unread) return EXIT.failure
  return errors > 0 || tooMany ? EXIT.findings : EXIT.clean
}

async function chosenSources(paths: readonly string[], options: LintOptions, io: Io): Promise<Source[]> {
  const stdin = options.stdin === true || paths.includes(STDIN)
  if (!stdin && options.stdinFilename !== undefined) {
    throw new UsageError('--stdin-filename is for --stdin')
  }
  if (!stdin && paths.length === 0) {
    throw new UsageError('nothing to lint; name files or folders, or use --stdin')
  }
  const files = await findSources(
    paths.filter((path) => path !== STDIN),
    io,
  )
  return stdin ? [stdinSource(io, options.stdinFilename), ...files] : files
}

/** One source that cannot be read does not hide the findings about the others. */
async function loadAll(
  sources: readonly Source[],
  options: ParseOptions,
  io: Io,
): Promise<{ files: FileReport[]; unread: boolean }> {
  const files: FileReport[] = []
  let unread = false
  for (const source of sources) {
    try {
      files.push(loadBytes(source.path, await source.read(), options))
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      io.stderr.write(`error: ${harmless(error.message)}\n`)
      unread = true
    }
  }
  return { files, unread }
}

function errorsOnly(file: FileReport): FileReport {
  return { ...file, diagnostics: file.diagnostics.filter(({ severity }) => severity === 'error') }
}

function append(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value]
}

function count(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('Write a whole number from 0.')
  return Number(value)
}
