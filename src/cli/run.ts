/**
 * The whole command line as a function: arguments and the outside world in, exit code out.
 *
 * Nothing escapes as an exception. What the caller can put right, and what is our fault, each end as one
 * line on standard error and exit code 2; a stack trace is shown only when DEBUG is set.
 */
import { Command, CommanderError } from './commander.ts'
import manifest from '../../package.json' with { type: 'json' }
import { sanitize } from '../report/safe.ts'
import type { Program, RegisterCommand } from './command.ts'
import { registerBuild } from './commands/build.ts'
import { registerCheck } from './commands/check.ts'
import { registerConsent } from './commands/consent.ts'
import { registerCoverage } from './commands/coverage.ts'
import { registerDiff } from './commands/diff.ts'
import { registerDoctor } from './commands/doctor.ts'
import { registerExport } from './commands/export.ts'
import { registerImport } from './commands/import.ts'
import { registerInit } from './commands/init.ts'
import { registerLint } from './commands/lint.ts'
import { registerLsp } from './commands/lsp.ts'
import { registerPlayground } from './commands/playground.ts'
import { registerServe } from './commands/serve.ts'
import { registerTest } from './commands/test.ts'
import { registerUsage } from './commands/usage.ts'
import { EXIT, UsageError, type ExitCode } from './exit-code.ts'
import { fitHelp } from './help-text.ts'
import { Files, type Io } from './io/files.ts'
import type { ProcessIo, Sink } from './io/process-io.ts'

/** In the order in which help lists them. */
const COMMANDS: readonly RegisterCommand[] = [
  registerLint,
  registerCheck,
  registerTest,
  registerDiff,
  registerCoverage,
  registerDoctor,
  registerConsent,
  registerBuild,
  registerServe,
  registerImport,
  registerInit,
  registerLsp,
  registerPlayground,
  registerUsage,
  registerExport,
]

const EXAMPLES = `
Examples:
  scope-policy lint policies/
  scope-policy check scopes.yaml --scopes "profile search" GET /workers/me

Exit codes: 0 clean or allowed, 1 findings or denied, 2 no answer`

/** Runs one command; `argv` begins with its name. */
export async function run(argv: readonly string[], outside: ProcessIo): Promise<number> {
  let ended: ExitCode = EXIT.clean
  const io = withFiles(outside, () => program.opts().followLinks === true)
  const program = build(io, (code) => (ended = code))
  try {
    await program.parseAsync(argv, { from: 'user' })
    return ended
  } catch (error) {
    return failed(error, io)
  }
}

/** Standard input and signals are touched only by those who use them, so they are handed on unread. */
function withFiles(outside: ProcessIo, followLinks: () => boolean): Io {
  return {
    get stdin() {
      return outside.stdin
    },
    get stopped() {
      return outside.stopped
    },
    stdout: outside.stdout,
    stderr: outside.stderr,
    cwd: outside.cwd,
    env: outside.env,
    ...(outside.onHangup !== undefined && { onHangup: outside.onHangup }),
    files: new Files(outside, followLinks),
  }
}

function build(io: Io, finish: (code: ExitCode) => void): Program {
  const program = new Command('scope-policy')
    .description('Policies that say which API calls each OAuth scope allows.')
    .version(manifest.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .option('--color', 'always use colors')
    .option('--no-color', 'never use colors')
    .option('--follow-links', 'also use symbolic links that lead out of the working folder')
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true, minWidthToWrap: 20 })
    .configureOutput({
      writeOut: (text) => {
        io.stdout.write(fitHelp(text, helpWidth(io.stdout)))
      },
      writeErr: (text) => {
        io.stderr.write(fitHelp(text, helpWidth(io.stderr)))
      },
      // Errors are written by `failed`, which makes the arguments in them harmless.
      outputError: () => undefined,
      getOutHelpWidth: () => helpWidth(io.stdout),
      getErrHelpWidth: () => helpWidth(io.stderr),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
  for (const register of COMMANDS) register(program, { io, finish })
  return program
}

function helpWidth({ columns = 80 }: Sink): number {
  return Math.min(columns, 100)
}

function failed(error: unknown, io: Io): ExitCode {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.clean
    if (error.code !== 'commander.help') io.stderr.write(commanderText(error.message))
    return EXIT.failure
  }
  if (error instanceof UsageError) {
    io.stderr.write(`error: ${sanitize(error.message)}\n`)
    return EXIT.failure
  }
  const known = error instanceof Error ? error.message : String(error)
  io.stderr.write(`error: internal error, please report it: ${sanitize(known)}\n`)
  const debug = io.env['DEBUG']
  if (debug !== undefined && debug !== '' && error instanceof Error) {
    io.stderr.write(`${(error.stack ?? '').split('\n').map(sanitize).join('\n')}\n`)
  }
  return EXIT.failure
}

/** Commander's message, which quotes arguments as they are, with its suggestion on its own line. */
function commanderText(message: string): string {
  const { text, suggestion } =
    /^(?<text>.*?)(?:\n(?<suggestion>\(Did you mean [^\n]*\)))?$/s.exec(message)?.groups ?? {}
  const lines = [text ?? message, ...(suggestion === undefined ? [] : [suggestion])]
  return `${lines.map(sanitize).join('\n')}\n`
}
