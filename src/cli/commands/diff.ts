/** `scope-policy diff`: what each scope newly allows, or no longer allows. */
import { comparePolicies, type PolicyComparison } from '../../analysis/index.ts'
import { quote } from '../../diagnostic/words.ts'
import type { ParseOptions, Policy } from '../../index.ts'
import { DIFF_FORMATS } from '../../report/diff/formats.ts'
import type { DiffReport } from '../../report/diff/report.ts'
import { colorsFor } from '../colors.ts'
import { declaration, type OptionsOf, type RegisterCommand, registering } from '../command.ts'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import { formatOption, someOf } from '../flags.ts'
import type { Io } from '../io/files.ts'
import { type Source, STDIN } from '../io/source.ts'
import { loadBytes, type Loaded, showFindings, usableOptions } from '../load.ts'
import { addPolicyFlags, toParseOptions } from '../policy-flags.ts'

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

const declare = declaration((program) => {
  const command = program
    .command('diff')
    .summary('what each scope newly allows or no longer allows')
    .description('Compare two policies: what each scope newly allows or no longer allows, with examples.')
    .argument('<before>', 'the document before the change')
    .argument('<after>', 'the document after it')
    .addOption(formatOption(DIFF_FORMATS))
    .option('--fail-on <change>', `exit with 1 on ${FAIL_ON.join(', ')}; repeatable`, someOf(FAIL_ON))
  return addPolicyFlags(command).addHelpText('after', EXAMPLES)
})

type DiffOptions = OptionsOf<typeof declare>

export const registerDiff: RegisterCommand = registering(declare, diff)

async function diff(options: DiffOptions, io: Io, before: string, after: string): Promise<ExitCode> {
  if (before === STDIN && after === STDIN) throw new UsageError('only one of the two can be standard input')
  const parseOptions = usableOptions(toParseOptions(options))
  const sourceOf = (path: string): Source => io.files.source(path, { revisions: true })
  const [first, second] = [sourceOf(before), sourceOf(after)]
  const old = await load(first, parseOptions)
  const young = await load(second, parseOptions)
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
  showFindings(broken, io, options)
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
