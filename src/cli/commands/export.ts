/** `scope-policy export`: a policy in the language of another engine. */
import { Option } from '../commander.ts'
import { basename, dirname, join } from 'node:path'
import { type Exported, TARGETS, toOpenApi, unexpressedText } from '../../export/index.ts'
import type { Policy } from '../../index.ts'
import { sanitize } from '../../report/safe.ts'
import { declaration, type OptionsOf, type RegisterCommand, registering } from '../command.ts'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import { namesIn, refuseFlags } from '../flags.ts'
import type { Io } from '../io/files.ts'
import { readOnce, STDIN } from '../io/source.ts'
import { loadPolicy, shownText } from '../load.ts'
import {
  addPathFlags,
  OPENAPI_HELP,
  openApiSource,
  readOpenApiDocument,
  withOpenApi,
} from '../openapi-source.ts'
import { addPolicyFlags, toParseOptions } from '../policy-flags.ts'

const EXAMPLES = `
Targets:
${Object.entries(TARGETS)
  .map(([name, { what }]) => `  ${name.padEnd(10)} ${what}`)
  .join('\n')}
  openapi    \`security\` of the OpenAPI document that --document names, every other byte kept

Examples:
  scope-policy export scopes.yaml --to cedar > policies.cedar
  scope-policy export scopes.yaml --to cedar -o cedar/     writes policies.cedar and schema.cedarschema
  scope-policy export scopes.yaml --to openapi --document openapi.yaml -o openapi.yaml --force

What the target cannot express is left out, so that it is denied there, and named on standard error. Path rules
are applied before: each target states in its first lines what it is to be asked with.
${OPENAPI_HELP}

Exit codes: 0 written, 1 written but something could not be expressed, 2 nothing written`

const declare = declaration((program) => {
  const command = program
    .command('export')
    .summary("a policy in another engine's language")
    .description('Write a policy in the language of another engine, which then decides as `authorize` does.')
    .argument('<policy>', 'the scope document; - is standard input')
    .addOption(
      new Option('--to <target>', 'the engine')
        .choices([...namesIn(TARGETS), 'openapi'] as const)
        .makeOptionMandatory(),
    )
    .option('--document <file>', 'with openapi: the document, YAML or JSON; - is standard input')
    .option('--scheme <name>', 'with openapi: the security scheme of new requirements')
    .option(
      '-o, --output <path>',
      'a folder to write all files to, with openapi a file; otherwise the first goes to standard output',
    )
    .option('--force', 'replace files that are there')
  return addPolicyFlags(addPathFlags(command)).addHelpText('after', EXAMPLES)
})

type ExportOptions = OptionsOf<typeof declare>

export const registerExport: RegisterCommand = registering(declare, exportPolicy)

async function exportPolicy(options: ExportOptions, io: Io, path: string): Promise<ExitCode> {
  const { output, force = false } = options
  if (force && output === undefined) throw new UsageError('--force is for --output')
  checkDocumentFlags(path, options)
  const source = io.files.source(path)
  const { policy } = await loadPolicy(source, toParseOptions(options), 'is not exported', io, options)
  const { files, unexpressed } = await exported(policy, options, io)
  if (output === undefined) io.stdout.write(files[0]?.text ?? '')
  else for (const { name, text } of files) await io.files.writeNew(join(folderOf(options), name), text, force)
  for (const one of unexpressed) io.stderr.write(`warning: ${sanitize(unexpressedText(one))}\n`)
  return unexpressed.length > 0 ? EXIT.findings : EXIT.clean
}

function checkDocumentFlags(path: string, options: ExportOptions): void {
  const { to, document } = options
  if (to === 'openapi') {
    if (document === undefined) throw new UsageError('--to openapi needs the document: --document FILE')
    if (document === STDIN && path === STDIN) throw new UsageError('only one document can be standard input')
    return
  }
  refuseFlags(options, ['--document', '--scheme', '--server-path', '--multi-segment'], 'for --to openapi')
}

/** With `openapi` the output is a file. */
function folderOf({ to, output = '' }: ExportOptions): string {
  return to === 'openapi' ? dirname(output) : output
}

async function exported(policy: Policy, options: ExportOptions, io: Io): Promise<Exported> {
  const { to, document = '', scheme, output } = options
  if (to !== 'openapi') return TARGETS[to].write(policy)
  const { source, bytes } = await readOnce(openApiSource(document, io))
  const read = await readOpenApiDocument(source, options, io)
  return withOpenApi(source, () =>
    toOpenApi(policy, {
      text: shownText(bytes),
      ...read.options,
      ...(scheme !== undefined && { scheme }),
      ...(output !== undefined && { name: basename(output) }),
    }),
  )
}
