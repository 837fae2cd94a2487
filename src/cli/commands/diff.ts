/** `scope-policy diff`: what each scope newly allows, or no longer allows. */
import { InvalidArgumentError, Option, namesIn } from '../commander.ts'
import { comparePolicies } from '../../analysis/index.ts'
import type { PolicyComparison } from '../../analysis/index.ts'
import { quote } from '../../diagnostic/words.ts'
import type { ParseOptions, Policy } from '../../index.ts'
import { DIFF_FORMATS, type DiffFormat } from '../../report/diff/formats.ts'
import type { DiffReport } from '../../report/diff/report.ts'
import { pretty } from '../../report/findings/pretty.ts'
import { colorsFor, settingsFor } from '../colors.ts'
import type { GlobalOptions, RegisterCommand } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import type { Io } from '../io/files.ts'
import { type Source, STDIN } from '../io/source.ts'
import { loadBytes, usableOptions } from '../load.ts'
import type { Loaded } from '../load.ts'
import { addPolicyFlags, toParseOptions } from '../policy-flags.ts'
import type { PolicyFlags } from '../policy-flags.ts'

interface DiffOptions extends PolicyFlags, GlobalOptions {
  readonly format: DiffFormat
  readonly failOn?: readonly FailOn[]
}

/** A pull request can wait longer than a library call. */
const BUDGET = { milliseconds: 60_000 }

const FAIL_ON = ['widened', 'narrowed', 'relabel', 'any'] as const
type FailOn = (typeof FAIL_ON)[number]

const EXAMPLES = `
Examples:
  scope-policy diff old.yaml new.yaml
  scope-policy diff git:main:scopes.yaml scopes.yaml --fail-on widened
  scope-policy diff git:origin/main:api/scopes.yaml git:HEAD:api/scopes.yaml --format markdown

BEFORE and AFTER are files, - for standard input, or git:REV:PATH, where PATH begins at the top of the
repository (./PATH in the working folder).

Exit codes: 0 compared, 1 as --fail-on says, 2 no answer`

export const registerDiff: RegisterCommand = (program, context) => {
  const command = program
    .command('diff')
    .summary('what each scope newly allows or no longer allows')
    .description('Compare two policies: what each scope newly allows or no longer allows, with examples.')
    .argument('<before>', 'the document before the change')
    .argument('<after>', 'the document after it')
    .addOption(
      new Option('--format <name>', 'how to print the answer')
        .choices(namesIn(DIFF_FORMATS))
        .default('pretty'),
    )
    .option('--fail-on <change>', `exit with 1 on ${FAIL_ON.join(', ')}; repeatable`, collect)
  addPolicyFlags(command)
    .addHelpText('after', EXAMPLES)
    .action(async (before: string, after: string, _: unknown, self: Self) => {
      context.finish(await diff(before, after, self.optsWithGlobals(), context.io))
    })
}

interface Self {
  readonly optsWithGlobals: () => DiffOptions
}

async function diff(before: string, after: string, options: DiffOptions, io: Io): Promise<ExitCode> {
  if (before === STDIN && after === STDIN) throw new UsageError('only one of the two can be standard input')
  const parseOptions = usableOptions(toParseOptions(options))
  const sources = [before, after].map((path) => io.files.source(path, { revisions: true })) as [
    Source,
    Source,
  ]
  const old = await load(sources[0], parseOptions)
  const young = await load(sources[1], parseOptions)
  const [was, is] = usable([old, young], io, options)
  const comparison = comparePolicies(was, is, BUDGET)
  const report: DiffReport = {
    before: old.path,
    after: young.path,
    comparison,
    labelOf: (scope) => (is.scopes.get(scope) ?? was.scopes.get(scope))?.label,
  }
  const colors = colorsFor(io.stdout, io.env, options.color)
  io.stdout.write(DIFF_FORMATS[options.format](report, colors))
  if (isUndecided(comparison)) {
    throw new UsageError(
      'not everything could be compared within the budget; see the scopes marked undecided',
    )
  }
  return failsOn(comparison, options.failOn ?? []) ? EXIT.findings : EXIT.clean
}

async function load(source: Source, options: ParseOptions): Promise<Loaded> {
  return loadBytes(source.path, await source.read(), options)
}

/** A document with errors is not an empty policy: there is nothing to compare. */
function usable([old, young]: readonly [Loaded, Loaded], io: Io, options: DiffOptions): [Policy, Policy] {
  const broken = [old, young].filter(({ policy }) => policy === null)
  if (old.policy !== null && young.policy !== null) return [old.policy, young.policy]
  io.stderr.write(pretty(broken, settingsFor(io.stderr, io.env, options.color)))
  const names = broken.map(({ path }) => quote(path)).join(' and ')
  throw new UsageError(
    `${names} cannot be compared, because of ${broken.length > 1 ? 'their' : 'its'} errors`,
  )
}

function isUndecided({ change, scopes }: PolicyComparison): boolean {
  return change === 'undecided' || scopes.some(({ reason }) => reason !== undefined)
}

function failsOn({ scopes, combined, options }: PolicyComparison, changes: readonly FailOn[]): boolean {
  const widened =
    scopes.some(({ added }) => added.length > 0) || combined.some((one) => one.change === 'widened')
  const narrowed =
    scopes.some(({ removed }) => removed.length > 0) || combined.some((one) => one.change === 'narrowed')
  const relabel = scopes.some(({ relabelled }) => relabelled)
  const listed = scopes.some(({ status }) => status !== 'kept')
  const happened = {
    widened,
    narrowed,
    relabel,
    any: widened || narrowed || relabel || listed || options.length > 0,
  }
  return changes.some((change) => happened[change])
}

function collect(value: string, earlier: readonly FailOn[] = []): readonly FailOn[] {
  const known = FAIL_ON.find((change) => change === value)
  if (known === undefined) throw new InvalidArgumentError(`Allowed choices are ${FAIL_ON.join(', ')}.`)
  return [...earlier, known]
}
