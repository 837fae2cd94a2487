/** `scope-policy coverage`: what a policy opens of the API that an OpenAPI document describes. */
import { InvalidArgumentError, Option } from 'commander'
import { coverage } from '../../openapi/index.ts'
import { COVERAGE_FORMATS, type CoverageFormat } from '../../report/coverage/formats.ts'
import {
  countsOf,
  type CoverageFinding,
  type CoverageReport,
  FINDINGS,
} from '../../report/coverage/report.ts'
import { placeText } from '../../report/place.ts'
import { LineIndex } from '../../source/line-index.ts'
import { colorsFor } from '../colors.ts'
import type { GlobalOptions, RegisterCommand } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import type { Io } from '../io/process-io.ts'
import { STDIN } from '../io/source.ts'
import { loadBytes, usableOptions } from '../load.ts'
import { openApiSource, withOpenApi, writeNotes } from '../openapi-source.ts'
import { addPolicyFlags, toParseOptions } from '../policy-flags.ts'
import type { PolicyFlags } from '../policy-flags.ts'
import { usablePolicy } from '../usable.ts'

interface CoverageOptions extends PolicyFlags, GlobalOptions {
  readonly format: CoverageFormat
  readonly failOn?: readonly (CoverageFinding | 'any' | 'none')[]
  readonly serverPath?: string
  readonly verbose?: boolean
}

const EXAMPLES = `
Examples:
  scope-policy coverage scopes.yaml openapi.yaml
  scope-policy coverage scopes.yaml openapi.json --server-path /rest --fail-on unreached
  scope-policy coverage scopes.yaml openapi.yaml --format markdown --verbose

Findings:
  unreached    operations that no scope reaches, unless the document asks for no token
  partly       operations of which all scopes together allow a part only
  unused       endpoints that reach no operation
  undeclared   scopes that reach operations which ask for other scopes
  unmet        scopes that the document asks for and that do not reach the operation

Scopes that the document does not know are never undeclared. Local references are followed, others are not.

Exit codes: 0 no findings, 1 findings (those of --fail-on), 2 no answer`

export const registerCoverage: RegisterCommand = (program, context) => {
  const command = program
    .command('coverage')
    .summary('what a policy opens of an API')
    .description(
      'Hold a policy against an OpenAPI document: operations that no scope reaches, endpoints that reach no ' +
        'operation, and the scopes of each operation. Proved for all paths.',
    )
    .argument('<policy>', 'the scope document; - is standard input')
    .argument('<openapi>', 'the OpenAPI document, YAML or JSON; - is standard input')
    .addOption(
      new Option('--format <name>', 'how to print the answer')
        .choices(Object.keys(COVERAGE_FORMATS))
        .default('pretty'),
    )
    .option(
      '--fail-on <finding>',
      `exit with 1 on ${FINDINGS.join(', ')}, any (default) or none; repeatable`,
      collect,
    )
    .option('--server-path <path>', "where the document's paths begin, instead of what its servers say")
    .option('--verbose', 'list everything')
  addPolicyFlags(command)
    .addHelpText('after', EXAMPLES)
    .action(async (policy: string, openApi: string, _: unknown, self: Self) => {
      context.finish(await cover(policy, openApi, self.optsWithGlobals(), context.io))
    })
}

interface Self {
  readonly optsWithGlobals: () => CoverageOptions
}

async function cover(
  policyPath: string,
  openApiPath: string,
  options: CoverageOptions,
  io: Io,
): Promise<ExitCode> {
  if (policyPath === STDIN && openApiPath === STDIN) {
    throw new UsageError('only one of the two can be standard input')
  }
  const source = io.files.source(policyPath)
  const document = openApiSource(openApiPath, io)
  const loaded = loadBytes(source.path, await source.read(), usableOptions(toParseOptions(options)))
  const policy = usablePolicy(loaded, 'opens nothing', io, options)
  const bytes = await document.read()
  const { serverPath, verbose = false, format } = options
  const result = withOpenApi(document, () =>
    coverage(policy, bytes, serverPath === undefined ? {} : { serverPath }),
  )
  const lines = new LineIndex(loaded.text)
  const report: CoverageReport = {
    policy: loaded.path,
    document: document.path,
    coverage: result,
    placeOf: ({ span }) =>
      span === undefined ? loaded.path : placeText(loaded.path, lines.position(span.start)),
    verbose,
  }
  io.stdout.write(COVERAGE_FORMATS[format](report, colorsFor(io.stdout, io.env, options.color)))
  writeNotes(result.notes, verbose, io)
  const counts = countsOf(result)
  if (counts.undecided > 0) {
    throw new UsageError('not everything could be decided within the budget; see what is marked undecided')
  }
  const wanted = options.failOn ?? ['any']
  const fails = FINDINGS.some((kind) => counts[kind] > 0 && (wanted.includes('any') || wanted.includes(kind)))
  return fails ? EXIT.findings : EXIT.clean
}

type FailOn = CoverageFinding | 'any' | 'none'

function collect(value: string, earlier: readonly FailOn[] = []): readonly FailOn[] {
  const choices = [...FINDINGS, 'any', 'none'] as const
  const known = choices.find((choice) => choice === value)
  if (known === undefined) throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`)
  return [...earlier, known]
}
