/** `scope-policy doctor`: the same scopes in every document that names them. */
import { quote } from '../../diagnostic/words.ts'
import { compareScopes } from '../../doctor/compare.ts'
import { placed } from '../../doctor/places.ts'
import {
  issuerFindings,
  readApi,
  readAuthzen,
  readMcp,
  readResourceMetadata,
  readServerMetadata,
} from '../../doctor/read-sources.ts'
import {
  DOCTOR_FINDINGS,
  type DoctorFindingKind,
  type Finding,
  type Listing,
  SOURCE_KINDS,
  SourceError,
  type SourceKind,
} from '../../doctor/types.ts'
import type { Policy } from '../../index.ts'
import { mcpCoverage } from '../../mcp/coverage/coverage.ts'
import { readOpenApi } from '../../openapi/read/read-openapi.ts'
import { DOCTOR_FORMATS } from '../../report/doctor/formats.ts'
import { doctorCounts, type DoctorReport, type DoctorSource } from '../../report/doctor/report.ts'
import { decodeUtf8 } from '../../source/decode.ts'
import { colorsFor } from '../colors.ts'
import { declaration, type OptionsOf, type RegisterCommand, registering } from '../command.ts'
import { type ExitCode, orUsageError, UsageError } from '../exit-code.ts'
import { failsOn, formatOption, someOf } from '../flags.ts'
import { addressSource, isAddress } from '../io/address.ts'
import type { Io } from '../io/files.ts'
import { readOnce, type ReadSource, STDIN } from '../io/source.ts'
import { loadPolicy } from '../load.ts'
import { listsIn } from '../mcp-lists.ts'
import { openApiSource, readOpenApiDocument, withOpenApi } from '../openapi-source.ts'
import { addPolicyFlags, toParseOptions } from '../policy-flags.ts'
import { dataOf } from '../read-data.ts'

type FailOn = DoctorFindingKind | 'any' | 'none'

const EXAMPLES = `
Examples:
  scope-policy doctor scopes.yaml --as https://login.example/.well-known/oauth-authorization-server
  scope-policy doctor scopes.yaml --resource resource.json --openapi openapi.yaml --format markdown
  scope-policy doctor scopes.yaml --mcp tools.json --authzen serve.yaml --fail-on extra

Findings:
  missing      scopes of the policy that a document does not list, unless they are deprecated
  extra        scopes of a document that the policy does not have; openid, profile, email, address, phone and
               offline_access are never extra
  renamed      the same, where a scope of the policy is close
  described    descriptions that are neither the label nor the description of the scope
  unlisted     documents without scopes
  unread       parts of a document that are not understood
  address      issuers that the resource does not name, endpoints that are not of the decision point
  unreached    names of the MCP server that no token may use
  unused       patterns that match no name of the MCP server

A scope is listed by its name, by one of its aliases, or by requestAs. What is unlisted or unread counts whatever
--fail-on says, unless it says none. A URL has to be https, or http on loopback; redirections are not followed.

Exit codes: 0 no findings, 1 findings (those of --fail-on), 2 an error`

const declare = declaration((program) => {
  const command = program
    .command('doctor')
    .summary('the same scopes in every document that names them')
    .description(
      'Compare the scopes of a policy with metadata, OpenAPI documents, MCP lists and AuthZEN configurations.',
    )
    .argument('<policy>', 'the scope document; - is standard input')
    .option('--as <file|url>', 'authorization server metadata (RFC 8414)')
    .option('--resource <file|url>', 'protected resource metadata (RFC 9728)')
    .option('--openapi <file>', 'OpenAPI document, YAML or JSON')
    .option('--mcp <file>', 'lists of an MCP server, JSON')
    .option('--authzen <file>', 'AuthZEN metadata, or a configuration of serve with subjects')
    .addOption(formatOption(DOCTOR_FORMATS))
    .option(
      '--fail-on <finding>',
      `exit with 1 on ${DOCTOR_FINDINGS.join(', ')}, any (default) or none; repeatable`,
      someOf<FailOn>([...DOCTOR_FINDINGS, 'any', 'none']),
    )
  return addPolicyFlags(command).addHelpText('after', EXAMPLES)
})

type DoctorOptions = OptionsOf<typeof declare>

export const registerDoctor: RegisterCommand = registering(declare, diagnose)

async function diagnose(options: DoctorOptions, io: Io, policyPath: string): Promise<ExitCode> {
  const given = SOURCE_KINDS.filter((kind) => options[kind] !== undefined)
  if (given.length === 0)
    throw new UsageError('name a document: --as, --resource, --openapi, --mcp or --authzen')
  const paths = [policyPath, ...given.map((kind) => options[kind])]
  if (paths.filter((path) => path === STDIN).length > 1)
    throw new UsageError('only one document can be standard input')
  const source = io.files.source(policyPath)
  const { policy } = await loadPolicy(source, toParseOptions(options), 'nothing was compared', io, options)
  const report: DoctorReport = { policy: source.path, sources: await readSources(policy, options, io) }
  io.stdout.write(DOCTOR_FORMATS[options.format](report, colorsFor(io.stdout, io.env, options.color)))
  return failsOn(DOCTOR_FINDINGS, doctorCounts(report), options.failOn)
}

async function readSources(policy: Policy, options: DoctorOptions, io: Io): Promise<readonly DoctorSource[]> {
  const sources: DoctorSource[] = []
  const add = (kind: SourceKind, read: ReadSource, listing: Listing, more: readonly Finding[] = []): void => {
    const findings = [...compareScopes(policy, listing), ...more]
    const decoded = decodeUtf8(read.bytes)
    sources.push({
      kind,
      path: read.source.path,
      scopes: listing.scopes.size,
      findings: 'text' in decoded ? placed(kind, decoded.text, findings) : findings,
    })
  }
  const { as, resource, openapi, mcp, authzen } = options
  const server = as === undefined ? undefined : await readFrom(as, readServerMetadata, io)
  if (server !== undefined) add('as', server, server.value.listing)
  if (resource !== undefined) {
    const read = await readFrom(resource, readResourceMetadata, io)
    add('resource', read, read.value.listing, server && issuerFindings(server.value, read.value))
  }
  if (openapi !== undefined) {
    const read = await readOnce(openApiSource(openapi, io))
    const { document, options } = await readOpenApiDocument(read.source, {}, io)
    const api = withOpenApi(read.source, () => readOpenApi(document, options))
    add('openapi', read, readApi(api))
  }
  if (mcp !== undefined) {
    const read = await readOnce(openApiSource(mcp, io))
    const lists = listsIn(read.source, read.bytes)
    add('mcp', read, readMcp(lists, mcpCoverage(policy, lists)))
  }
  if (authzen !== undefined) {
    if (isAddress(authzen)) throw new UsageError('--authzen takes a file')
    const read = await readFrom(authzen, readAuthzen, io)
    add('authzen', read, read.value)
  }
  return sources
}

/** A file or an address, as what `read` makes of its data. */
async function readFrom<T>(
  path: string,
  read: (value: unknown) => T,
  io: Io,
): Promise<ReadSource & { readonly value: T }> {
  const { source, bytes } = await readOnce(isAddress(path) ? addressSource(path) : io.files.source(path))
  const data = dataOf(bytes, source.path)
  return { source, bytes, value: orUsageError(SourceError, () => read(data), `${quote(source.path)}: `) }
}
