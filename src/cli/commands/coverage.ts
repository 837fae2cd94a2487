/** `scope-policy coverage`: what a policy opens of the API that an OpenAPI document describes. */
import { InvalidArgumentError, Option, namesIn } from '../commander.ts'
import type { Policy } from '../../index.ts'
import { mcpCoverage } from '../../mcp/coverage/coverage.ts'
import { readLists } from '../../mcp/coverage/read-lists.ts'
import { coverage } from '../../openapi/index.ts'
import { COVERAGE_FORMATS, type CoverageFormat } from '../../report/coverage/formats.ts'
import {
  countsOf,
  type CoverageFinding,
  type CoverageReport,
  FINDINGS,
} from '../../report/coverage/report.ts'
import {
  MCP_COVERAGE_FORMATS,
  MCP_FINDINGS,
  mcpCountsOf,
  type McpCoverageReport,
  type McpFinding,
} from '../../report/coverage/mcp.ts'
import { placeText } from '../../report/findings/place.ts'
import { LineIndex } from '../../source/line-index.ts'
import type { Span } from '../../source/span.ts'
import { colorsFor } from '../colors.ts'
import type { GlobalOptions, RegisterCommand } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import type { Io } from '../io/files.ts'
import { STDIN } from '../io/source.ts'
import { loadBytes, usableOptions } from '../load.ts'
import type { Loaded } from '../load.ts'
import { withLists } from '../mcp-lists.ts'
import {
  addOpenApiFlags,
  OPENAPI_HELP,
  type OpenApiFlags,
  openApiSource,
  readOpenApiDocument,
  refuseOpenApiFlags,
  withOpenApi,
  writeNotes,
} from '../openapi-source.ts'
import { addPolicyFlags, toParseOptions } from '../policy-flags.ts'
import type { PolicyFlags } from '../policy-flags.ts'
import { usablePolicy } from '../usable.ts'

interface CoverageOptions extends PolicyFlags, OpenApiFlags, GlobalOptions {
  readonly format: CoverageFormat
  readonly failOn?: readonly FailOn[]
  readonly mcp?: string
  readonly verbose?: boolean
}

const EXAMPLES = `
Examples:
  scope-policy coverage scopes.yaml openapi.yaml
  scope-policy coverage scopes.yaml openapi.json --server-path /rest --fail-on unreached
  scope-policy coverage scopes.yaml openapi.yaml --format markdown --verbose
  scope-policy coverage scopes.yaml --mcp tools.json

Findings:
  unreached    operations that no scope reaches, unless the document asks for no token
  partly       operations of which all scopes together allow a part only
  unused       endpoints that reach no operation
  undeclared   scopes that reach operations which ask for other scopes
  unmet        scopes that the document asks for and that do not reach the operation
  unread       parts of the document that are not understood, so that nothing is known of them; counted
               whatever --fail-on says, unless it says none

With --mcp: the results of tools/list, prompts/list, resources/list and resources/templates/list
  unreached    names that no token may use
  unused       patterns that match no name
  misleading   labels that promise to read only, of scopes that open tools which change something

Scopes that the document does not know are never undeclared. "No token" is what \`security: []\` and \`{}\` say, and
credentials that are not a bearer token (basic, mutual TLS, API keys elsewhere). What is reported is proved for all
paths of the templates as they were read; notes name the parameters that hold slashes.
${OPENAPI_HELP}

Exit codes: 0 no findings, 1 findings (those of --fail-on), 2 an error, or not everything could be decided`

export const registerCoverage: RegisterCommand = (program, context) => {
  const command = program
    .command('coverage')
    .summary('what a policy opens of an API')
    .description(
      'Compare a policy with an OpenAPI document: operations that no scope reaches, endpoints that reach no ' +
        'operation, and the scopes of each operation.',
    )
    .argument('<policy>', 'the scope document; - is standard input')
    .argument('[openapi]', 'the OpenAPI document, YAML or JSON; - is standard input')
    .option('--mcp <file>', 'compare with the lists of an MCP server instead, JSON; - is standard input')
    .addOption(
      new Option('--format <name>', 'how to print the answer')
        .choices(namesIn(COVERAGE_FORMATS))
        .default('pretty'),
    )
    .option(
      '--fail-on <finding>',
      `exit with 1 on ${ALL_FINDINGS.join(', ')}, any (default) or none; repeatable`,
      collect,
    )
    .option('--verbose', 'list everything')
  addPolicyFlags(addOpenApiFlags(command))
    .addHelpText('after', EXAMPLES)
    .action(async (policy: string, openApi: string | undefined, _: unknown, self: Self) => {
      const options = self.optsWithGlobals()
      const { mcp } = options
      if (mcp !== undefined && openApi !== undefined)
        throw new UsageError('--mcp takes the place of the OpenAPI document')
      if (mcp !== undefined) context.finish(await coverMcp(policy, mcp, options, context.io))
      else if (openApi === undefined)
        throw new UsageError('name an OpenAPI document, or the lists of an MCP server with --mcp')
      else context.finish(await cover(policy, openApi, options, context.io))
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
  const document = openApiSource(openApiPath, io)
  const { loaded, policy, placeOf } = await readPolicy(policyPath, openApiPath, options, io)
  const { verbose = false, format } = options
  const read = await readOpenApiDocument(document, options, io)
  const result = withOpenApi(document, () => coverage(policy, read.document, read.options))
  const report: CoverageReport = {
    policy: loaded.path,
    document: document.path,
    coverage: result,
    placeOf,
    verbose,
  }
  io.stdout.write(COVERAGE_FORMATS[format](report, colorsFor(io.stdout, io.env, options.color)))
  writeNotes(result.notes, verbose, io)
  const counts = countsOf(result)
  if (counts.undecided > 0) {
    throw new UsageError('not everything could be decided within the budget; see what is marked undecided')
  }
  return exitCode(FINDINGS, counts, options)
}

/** Drift between a policy and the lists of an MCP server. */
async function coverMcp(
  policyPath: string,
  mcpPath: string,
  options: CoverageOptions,
  io: Io,
): Promise<ExitCode> {
  refuseOpenApiFlags(options)
  const document = openApiSource(mcpPath, io)
  const { loaded, policy, placeOf } = await readPolicy(policyPath, mcpPath, options, io)
  const bytes = await document.read()
  const { verbose = false, format } = options
  const lists = withLists(document, () => readLists(bytes))
  const report: McpCoverageReport = {
    policy: loaded.path,
    document: document.path,
    coverage: mcpCoverage(policy, lists),
    placeOf,
    verbose,
  }
  io.stdout.write(MCP_COVERAGE_FORMATS[format](report, colorsFor(io.stdout, io.env, options.color)))
  return exitCode(MCP_FINDINGS, mcpCountsOf(report.coverage), options)
}

interface ReadPolicy {
  readonly loaded: Loaded
  readonly policy: Policy
  readonly placeOf: (one: { readonly span?: Span }) => string
}

async function readPolicy(
  path: string,
  other: string,
  options: CoverageOptions,
  io: Io,
): Promise<ReadPolicy> {
  if (path === STDIN && other === STDIN) throw new UsageError('only one of the two can be standard input')
  const source = io.files.source(path)
  const loaded = loadBytes(source.path, await source.read(), usableOptions(toParseOptions(options)))
  const policy = usablePolicy(loaded, 'opens nothing', io, options)
  const lines = new LineIndex(loaded.text)
  const placeOf = ({ span }: { readonly span?: Span }): string =>
    span === undefined ? loaded.path : placeText(loaded.path, lines.position(span.start))
  return { loaded, policy, placeOf }
}

function exitCode<Kind extends FailOn>(
  kinds: readonly Kind[],
  counts: Readonly<Record<Kind, number>>,
  { failOn: wanted = ['any'] }: CoverageOptions,
): ExitCode {
  // An operation that was not read could be any of the others.
  const isWanted = (kind: Kind): boolean =>
    wanted.includes('any') || wanted.includes(kind) || (kind === 'unread' && !wanted.includes('none'))
  const fails = kinds.some((kind) => counts[kind] > 0 && isWanted(kind))
  return fails ? EXIT.findings : EXIT.clean
}

const ALL_FINDINGS = [...new Set([...FINDINGS, ...MCP_FINDINGS])]

type FailOn = CoverageFinding | McpFinding | 'any' | 'none'

function collect(value: string, earlier: readonly FailOn[] = []): readonly FailOn[] {
  const choices: readonly FailOn[] = [...ALL_FINDINGS, 'any', 'none']
  const known = choices.find((choice) => choice === value)
  if (known === undefined) throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`)
  return [...earlier, known]
}
