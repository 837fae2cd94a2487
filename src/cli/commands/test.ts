/** `scope-policy test`: checks policies against the request tables next to them. */
import { basename, dirname, relative, resolve, sep } from 'node:path'
import { InvalidArgumentError, Option } from '../commander.ts'
import { quote } from '../../diagnostic/words.ts'
import { FORMATS } from '../../report/findings/formats.ts'
import type { FileReport } from '../../report/findings/report.ts'
import { sanitize } from '../../report/safe.ts'
import { TABLE_CODES, generateTable } from '../../request-table/index.ts'
import { settingsFor } from '../colors.ts'
import { declaration, type OptionsOf, type RegisterCommand, registering } from '../command.ts'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import { append } from '../flags.ts'
import { TABLES } from '../io/find-sources.ts'
import type { Io } from '../io/files.ts'
import { coverageText, isBelow, type Judgement, judgeTables, uncovered } from '../judge-tables.ts'
import { usableOptions, loadPolicy } from '../load.ts'
import { parseOutputs, permitOutputs, refuseSources, writeOutputs } from '../outputs.ts'
import { addPolicyFlags, toParseOptions } from '../policy-flags.ts'
import type { ParseOptions } from '../../index.ts'
import { withSchemaPath } from '../schema-path.ts'

const EXAMPLES = `
A table, scopes.test.yaml beside scopes.yaml:
  requests:
    - GET /workers/me: [profile, api]    # these scopes alone, and no other
    - GET /workers/../admin: refused

Examples:
  scope-policy test
  scope-policy test policies/ --min-coverage 100 --format pretty --format junit:report.xml
  scope-policy test --generate scopes.yaml -o scopes.test.yaml

Coverage counts grants: one for each method of each endpoint of each scope.

Exit codes: 0 all is as expected, 1 something is not, 2 no answer`

const GENERATING = 'Instead of testing:'

const declare = declaration((program) => {
  const command = program
    .command('test')
    .summary('check policies against the request tables beside them')
    .description(
      'Check policies against request tables: which requests each scope allows, and which none does.',
    )
    .argument('[files...]', 'tables, folders with *.test.yaml files below, globs (default: this folder)')
    .option(
      '--format <format[:file]>',
      `${[...FORMATS.keys()].join(', ')}, optionally into a file; repeatable`,
      append,
    )
    .option('--min-coverage <percent>', 'fail when fewer grants of a policy are shown by its tables', percent)
    .option('--verbose', 'name the grants that no request shows')
    .addOption(new Option('--generate <policy>', 'print a first table for a policy').helpGroup(GENERATING))
    .addOption(
      new Option('-o, --output <file>', 'write it to a file that is not there yet').helpGroup(GENERATING),
    )
    .addOption(new Option('--force', 'replace the file if it is there').helpGroup(GENERATING))
  return addPolicyFlags(command).addHelpText('after', EXAMPLES)
})

type TestOptions = OptionsOf<typeof declare>

export const registerTest: RegisterCommand = registering(declare, run)

async function run(options: TestOptions, io: Io, paths: readonly string[]): Promise<ExitCode> {
  const flags = usableOptions(toParseOptions(options))
  if (options.generate === undefined) {
    if (options.output !== undefined || options.force !== undefined) {
      throw new UsageError('--output and --force are for --generate')
    }
    return test(paths, flags, options, io)
  }
  if (paths.length > 0) throw new UsageError('--generate takes one policy and no tables')
  await writeTable(options.generate, flags, options, io)
  return EXIT.clean
}

async function test(
  paths: readonly string[],
  flags: ReturnType<typeof toParseOptions>,
  options: TestOptions,
  io: Io,
): Promise<ExitCode> {
  const outputs = parseOutputs(options.format ?? [], io.cwd)
  await permitOutputs(outputs, io)
  const tables = await io.files.find(paths.length === 0 ? ['.'] : paths, { kind: TABLES })
  refuseSources(outputs, tables)
  const judgement = await judgeTables(tables, flags, io, options)
  refuseSources(outputs, judgement.sources)
  const { files, lines, tooLow } = covered(judgement, options)
  await writeOutputs(outputs, [...judgement.files, ...files], io, {
    ...settingsFor(io.stdout, io.env, options.color),
    rules: Object.entries(TABLE_CODES).map(([id, [severity, summary]]) => ({ id, severity, summary })),
    incomplete: judgement.incomplete,
  })
  for (const line of lines) io.stderr.write(`${line}\n`)
  if (judgement.incomplete) return EXIT.failure
  return judgement.failed > 0 || tooLow ? EXIT.findings : EXIT.clean
}

/** What is not covered, and the lines that sum all up. */
function covered(
  { policies, expectations, failed }: Judgement,
  { minCoverage, verbose }: TestOptions,
): { files: FileReport[]; lines: string[]; tooLow: boolean } {
  const files: FileReport[] = []
  const lines: string[] = []
  const errors: string[] = []
  if (policies.length > 0) {
    const all = expectations === 1 ? '1 expectation' : `${expectations} expectations`
    const hold = expectations === 1 ? 'holds' : 'hold'
    lines.push(`note: ${failed === 0 ? `${all} ${hold}` : `${failed} of ${all} failed`}`)
  }
  for (const policy of policies) {
    const summary = policy.coverage.summary()
    const low = minCoverage !== undefined && isBelow(summary, minCoverage)
    const silent = summary.uncovered.length > 0 && !low && verbose !== true
    if (summary.uncovered.length > 0 && !silent)
      files.push(uncovered(policy, summary, low ? 'error' : 'info'))
    const name = sanitize(quote(policy.path))
    lines.push(
      `note: coverage of ${name}: ${coverageText(summary)}${silent ? '; --verbose names the rest' : ''}`,
    )
    if (low) errors.push(`error: coverage of ${name} is below the ${minCoverage} % of --min-coverage`)
  }
  return { files, lines: [...lines, ...errors], tooLow: errors.length > 0 }
}

function percent(value: string): number {
  if (!/^\d{1,3}(?:\.\d{1,6})?$/.test(value) || Number(value) > 100) {
    throw new InvalidArgumentError('Write a number from 0 to 100.')
  }
  return Number(value)
}

/** `--generate`: a first request table for a policy, printed or written. */
async function writeTable(
  policyPath: string,
  flags: ParseOptions,
  options: TestOptions,
  io: Io,
): Promise<void> {
  const { output, force } = options
  const source = io.files.source(policyPath)
  const target = output === undefined ? undefined : resolve(io.cwd, output)
  if (target === source.file) {
    throw new UsageError(`the table would replace ${quote(source.path)}, which it is about`)
  }
  const { policy } = await loadPolicy(source, flags, 'has no table', io, options)
  // A table that is printed will most likely be put beside the policy.
  const seen = target === undefined ? basename(source.path) : relative(dirname(target), source.file ?? '')
  const text = generateTable(policy, { policy: seen.replaceAll(sep, '/'), options: flags })
  if (target === undefined || output === undefined) {
    io.stdout.write(text)
    return
  }
  await io.files.writeNew(output, withSchemaPath(text, relative(io.cwd, target)), force === true)
}
