/** `scope-policy coverage`: what a policy opens of the API that an OpenAPI document describes. */
import type { Policy } from '../../index.ts'
import { mcpCoverage } from '../../mcp/coverage/coverage.ts'
import { coverage } from '../../openapi/index.ts'
import { COVERAGE_FORMATS } from '../../report/coverage/formats.ts'
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
import { declaration, type OptionsOf, type RegisterCommand, registering } from '../command.ts'
import { type ExitCode, UsageError } from '../exit-code.ts'
import { failsOn, formatOption, someOf } from '../flags.ts'
import type { Io } from '../io/files.ts'
import { STDIN } from '../io/source.ts'
import { loadPolicy } from '../load.ts'
import { listsIn } from '../mcp-lists.ts'
import {
  addOpenApiFlags,
  OPENAPI_HELP,
  openApiSource,
  readOpenApiDocument,
  refuseOpenApiFlags,
  withOpenApi,
  writeNotes,
} from '../openapi-source.ts'
import { addPolicyFlags, toParseOptions } from '../policy-flags.ts'

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

const declare = declaration((program) => {
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
    .addOption(formatOption(COVERAGE_FORMATS))
    .option(
      '--fail-on <finding>',
      `exit with 1 on ${ALL_FINDINGS.join(', ')}, any (default) or none; repeatable`,
      someOf<FailOn>([...ALL_FINDINGS, 'any', 'none']),
    )
    .option('--verbose', 'list everything')
  return addPolicyFlags(addOpenApiFlags(command)).addHelpText('after', EXAMPLES)
})

type CoverageOptions = OptionsOf<typeof declare>

export const registerCoverage: RegisterCommand = registering(declare, run)

async function run(
  options: CoverageOptions,
  io: Io,
  policy: string,
  openApi: string | undefined,
): Promise<ExitCode> {
  const { mcp } = options
  if (mcp !== undefined && openApi !== undefined)
    throw new UsageError('--mcp takes the place of the OpenAPI document')
  if (mcp !== undefined) return coverMcp(policy, mcp, options, io)
  if (openApi !== undefined) return cover(policy, openApi, options, io)
  throw new UsageError('name an OpenAPI document, or the lists of an MCP server with --mcp')
}

async function cover(
  policyPath: string,
  openApiPath: string,
  options: CoverageOptions,
  io: Io,
): Promise<ExitCode> {
  const document = openApiSource(openApiPath, io)
  const { path, policy, placeOf } = await readPolicy(policyPath, openApiPath, options, io)
  const { verbose = false, format } = options
  const read = await readOpenApiDocument(document, options, io)
  const result = withOpenApi(document, () => coverage(policy, read.document, read.options))
  const report: CoverageReport = {
    policy: path,
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
  return failsOn(FINDINGS, counts, options.failOn)
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
  const { path, policy, placeOf } = await readPolicy(policyPath, mcpPath, options, io)
  const lists = listsIn(document, await document.read())
  const { verbose = false, format } = options
  const report: McpCoverageReport = {
    policy: path,
    document: document.path,
    coverage: mcpCoverage(policy, lists),
    placeOf,
    verbose,
  }
  io.stdout.write(MCP_COVERAGE_FORMATS[format](report, colorsFor(io.stdout, io.env, options.color)))
  return failsOn(MCP_FINDINGS, mcpCountsOf(report.coverage), options.failOn)
}

interface ReadPolicy {
  readonly path: string
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
  const { policy, text } = await loadPolicy(source, toParseOptions(options), 'opens nothing', io, options)
  const lines = new LineIndex(text)
  const placeOf = ({ span }: { readonly span?: Span }): string =>
    span === undefined ? source.path : placeText(source.path, lines.position(span.start))
  return { path: source.path, policy, placeOf }
}

const ALL_FINDINGS = [...new Set([...FINDINGS, ...MCP_FINDINGS])]

type FailOn = CoverageFinding | McpFinding | 'any' | 'none'
