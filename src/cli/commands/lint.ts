/** `scope-policy lint`: reads documents, reports what is wrong with them, and fixes what can be fixed. */
import { InvalidArgumentError } from '../commander.ts'
import { CODES, isSeverity, ruleProblem, SEVERITIES } from '../../lint/codes.ts'
import { FORMATS } from '../../report/findings/formats.ts'
import type { FileReport } from '../../report/findings/report.ts'
import { colorsFor, settingsFor } from '../colors.ts'
import { declaration, type OptionsOf, type RegisterCommand, registering } from '../command.ts'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import { append } from '../flags.ts'
import { USUAL_POLICIES } from '../io/find-sources.ts'
import type { Io } from '../io/files.ts'
import { type Source, STDIN } from '../io/source.ts'
import { Configs } from '../lint/configs.ts'
import { explainRule } from '../lint/explain-rule.ts'
import { listRules } from '../lint/list-rules.ts'
import { type Job, plan } from '../lint/plan.ts'
import { runJobs } from '../lint/run-jobs.ts'
import { usableOptions } from '../load.ts'
import { NO_ANSWER } from '../no-answer.ts'
import { parseOutputs, permitOutputs, refuseSources, withAnnotations, writeOutputs } from '../outputs.ts'
import { addPolicyFlags, toParseOptions } from '../policy-flags.ts'
import { quote, suggest } from '../../diagnostic/words.ts'
import type { RuleSeverity } from '../../lint/rule.ts'

const EXAMPLES = `
Examples:
  scope-policy lint scopes.yaml
  scope-policy lint policies/ --fix
  scope-policy lint policies/ --max-warnings 0 --rule label-is-name=error
  scope-policy lint policies/ --format pretty --format json:report.json
  git show HEAD:scopes.yaml | scope-policy lint --stdin --stdin-filename scopes.yaml

One line is excused by a comment above it:
  # scope-policy-disable-next-line label-is-name -- the name is a word that people know

With --fix-dry-run the difference, and with --stdin --fix the fixed text, goes to standard
output; findings then go to standard error.

Exit codes: 0 no errors, 1 errors or too many warnings, 2 nothing could be checked, or
a file not be written. With a fix it is what is left that counts.`

const declare = declaration((program) => {
  const command = program
    .command('lint')
    .summary('report what is wrong with documents, and fix it')
    .description('Report what is wrong with documents. Folders mean the *.yaml and *.yml files below them.')
    .argument(
      '[paths...]',
      `files, folders and globs; - is standard input (default: ${USUAL_POLICIES.words})`,
    )
    .option(
      '--format <format[:file]>',
      `${[...FORMATS.keys()].join(', ')}; optionally into a file; repeatable`,
      append,
    )
    .option('--fix', 'fix what can be fixed without changing any decision')
    .option('--fix-unsafe', 'the same, and what changes decisions')
    .option('--fix-dry-run', 'print as a diff what would be fixed, and write nothing')
    .option('--max-warnings <n>', 'fail when there are more warnings', count)
    .option('--quiet', 'report errors only; all warnings still count for --max-warnings')
    .option(
      '--rule <rule=severity>',
      'off, info, warning or error; wins over configuration; repeatable',
      append,
    )
    .option('--config <file>', 'this configuration instead of the nearest .scope-policyrc.yaml')
    .option('--no-config', 'no configuration')
    .option('--no-error-on-unmatched-pattern', 'accept folders and globs that match no file')
    .option('--stdin', 'read a document from standard input')
    .option('--stdin-filename <name>', 'the name to report for standard input')
    .option('--list-rules', 'print every rule, and do nothing else')
    .option('--explain <rule>', 'print what a rule is about, and do nothing else')
    .option('--verbose', 'say which configuration is used, and what bounds left open')
  return addPolicyFlags(command).addHelpText('after', EXAMPLES)
})

type LintFlags = OptionsOf<typeof declare>

export const registerLint: RegisterCommand = registering(declare, run)

async function run(flags: LintFlags, io: Io, paths: readonly string[]): Promise<ExitCode> {
  const settings = settingsFor(io.stdout, io.env, flags.color)
  if (flags.explain === undefined && flags.listRules !== true) return lint(paths, flags, io)
  io.stdout.write(flags.explain === undefined ? listRules(settings) : explainRule(flags.explain, settings))
  return EXIT.clean
}

async function lint(paths: readonly string[], flags: LintFlags, io: Io): Promise<ExitCode> {
  const outputs = withAnnotations(parseOutputs(flags.format ?? [], io.cwd), io.env)
  await permitOutputs(outputs, io)
  const options = { ...usableOptions(toParseOptions(flags)), rules: ruleFlags(flags.rule ?? []) }
  const sources = await chosenSources(paths, flags, io)
  refuseSources(outputs, sources)
  const jobs = await plan(sources, new Configs(io, flags), options, io)
  refuseNothing(sources, jobs, flags)

  const unsafe = flags.fixUnsafe === true
  const fix = flags.fixDryRun === true ? 'show' : flags.fix === true || unsafe ? 'write' : 'no'
  const colors = colorsFor(io.stdout, io.env, flags.color)
  const ran = await runJobs(jobs, { fix, unsafe, verbose: flags.verbose === true, colors }, io)

  if (
    ran.files.length === 0 &&
    jobs.some(({ ignored }) => ignored !== true) &&
    flags.errorOnUnmatchedPattern
  ) {
    throw new UsageError('no file is a scope policy')
  }
  // The text that is fixed, or the difference, has standard output for itself.
  const printsText = fix === 'show' || (fix === 'write' && sources.some(({ file }) => file === undefined))
  const sink = printsText ? io.stderr : io.stdout
  const shown = flags.quiet === true ? ran.files.map(errorsOnly) : ran.files
  const settings = { ...settingsFor(sink, io.env, flags.color), rules: ruleInfos(), incomplete: ran.failed }
  await writeOutputs(outputs, shown, io, settings, sink)

  const errors = sum(ran.files.map(({ summary }) => summary.errors))
  const warnings = sum(ran.files.map(({ summary }) => summary.warnings))
  const tooMany = flags.maxWarnings !== undefined && warnings > flags.maxWarnings
  if (tooMany) {
    const found = warnings === 1 ? '1 warning' : `${warnings} warnings`
    io.stderr.write(`error: ${found}, and --max-warnings allows ${flags.maxWarnings ?? 0}\n`)
  }
  if (fix === 'no') hint(ran.files, io)
  if (ran.failed) return EXIT.failure
  return errors > 0 || tooMany ? EXIT.findings : EXIT.clean
}

async function chosenSources(paths: readonly string[], flags: LintFlags, io: Io): Promise<Source[]> {
  const stdin = flags.stdin === true || paths.includes(STDIN)
  if (!stdin && flags.stdinFilename !== undefined) {
    throw new UsageError('--stdin-filename is for --stdin')
  }
  const usual = !stdin && paths.length === 0
  const files = await io.files.find(usual ? ['.'] : paths.filter((path) => path !== STDIN), {
    mayBeNone: !flags.errorOnUnmatchedPattern,
    ...(usual && { kind: USUAL_POLICIES }),
  })
  const { stdinFilename } = flags
  const named = stdinFilename === undefined ? {} : { stdinName: stdinFilename }
  return stdin ? [io.files.source(STDIN, named), ...files] : files
}

/** A check that reads no file must not look like one that found nothing. */
function refuseNothing(sources: readonly Source[], jobs: readonly Job[], flags: LintFlags): void {
  if (jobs.length > 0 || !flags.errorOnUnmatchedPattern || sources.some(({ found }) => found !== true)) return
  throw new UsageError('every file is ignored, as the configuration says')
}

function ruleInfos(): { id: string; severity: 'error' | 'warning' | 'info' | 'off'; summary: string }[] {
  const codes = [...CODES.values()].map(({ id, severity, summary, rule }) => {
    return { id, severity, summary, ...(rule !== undefined && { help: rule.why }) }
  })
  return [...codes, { id: NO_ANSWER, severity: 'error', summary: 'a document that cannot be read' }]
}

function errorsOnly(file: FileReport): FileReport {
  return { ...file, diagnostics: file.diagnostics.filter(({ severity }) => severity === 'error') }
}

/** For people at a terminal only: logs and pipes need no advice. */
function hint(files: readonly FileReport[], io: Io): void {
  if (!io.stderr.isTTY) return
  const fixable = files.flatMap(({ diagnostics }) => diagnostics.filter(({ fix }) => fix !== undefined))
  const safe = fixable.filter(({ fix }) => fix?.unsafe !== true).length
  if (safe > 0) io.stderr.write(`note: ${safe} of them can be fixed with --fix\n`)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function count(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('Write a whole number from 0.')
  return Number(value)
}

/** `--rule id=severity`, which wins over configuration. */
function ruleFlags(flags: readonly string[]): Readonly<Record<string, RuleSeverity>> {
  return Object.fromEntries(
    flags.map((flag) => {
      const [, id = '', severity = ''] = /^([^=]*)=(.*)$/s.exec(flag) ?? []
      if (id === '') throw new UsageError(`${quote(flag)} is not of the form \`rule=severity\``)
      const problem = ruleProblem(id, 'configured')
      if (problem !== undefined) throw new UsageError(`${problem.message}; ${problem.help}`)
      if (!isSeverity(severity)) {
        throw new UsageError(
          `rule ${quote(id)} cannot be ${quote(severity)}; ${suggest(severity, SEVERITIES)}`,
        )
      }
      return [id, severity]
    }),
  )
}
