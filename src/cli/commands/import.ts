/** `scope-policy import`: a first document from an OpenAPI document, an MCP server, or a file of another tool. */
import { Option } from '../commander.ts'
import { resolve } from 'node:path'
import { quote } from '../../diagnostic/words.ts'
import {
  detectFormat,
  IMPORT_FORMATS,
  importFrom as readForeign,
  type ImportFormatName,
} from '../../import/index.ts'
import { LineIndex } from '../../source/line-index.ts'
import { locate, readLocated } from '../../yaml/located.ts'
import { readData } from '../../yaml/read-data.ts'
import { fromMcp } from '../../mcp/coverage/first-document.ts'
import { fromOpenApi } from '../../openapi/index.ts'
import { declaration, type OptionsOf, type RegisterCommand, registering } from '../command.ts'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import { namesIn } from '../flags.ts'
import type { Io } from '../io/files.ts'
import { readOnce } from '../io/source.ts'
import { listsIn } from '../mcp-lists.ts'
import { sanitize } from '../../report/safe.ts'
import {
  addOpenApiFlags,
  OPENAPI_HELP,
  openApiSource,
  readOpenApiDocument,
  refuseOpenApiFlags,
  withOpenApi,
  writeNotes,
} from '../openapi-source.ts'
import { dataOf } from '../read-data.ts'

const EXAMPLES = `
Examples:
  scope-policy import openapi.yaml -o scopes.yaml
  curl -s https://api.example/openapi.json | scope-policy import - > scopes.yaml
  scope-policy import openapi.yaml --server-path /v1 --multi-segment path -o scopes.yaml
  scope-policy import --mcp tools.json -o scopes.yaml
  scope-policy import permissions.json --from kibali -o scopes.yaml

Formats, recognized by their content without --from:
  openapi      OpenAPI 3.0 to 3.2, Swagger 2.0
${Object.entries(IMPORT_FORMATS)
  .map(([name, { what }]) => `  ${name.padEnd(12)} ${what}`)
  .join('\n')}

--mcp reads results of tools/list, prompts/list, resources/list and resources/templates/list. Tools whose
readOnlyHint is true get a separate scope; a table { tools: { name: { required, accepted } } } names scopes.

Nothing is granted that the document does not say: what takes several scopes together is a comment.
Notes on standard error name what could not be expressed.
${OPENAPI_HELP}

Exit codes: 0 written, 1 written but parts of the document were not understood, 2 nothing written`

const declare = declaration((program) => {
  const command = program
    .command('import')
    .summary('a first document from an OpenAPI document or an MCP server')
    .description('Make a first scope document to edit from the scopes and operations of an OpenAPI document.')
    .argument('[file]', 'an OpenAPI document or a file of another format, YAML or JSON; - is standard input')
    .addOption(
      new Option('--from <format>', 'the format of the file').choices([
        'openapi',
        ...namesIn(IMPORT_FORMATS),
      ]),
    )
    .option('--mcp <file>', 'read the lists of an MCP server instead, JSON; - is standard input')
    .option('-o, --output <file>', 'write it to a file that is not there yet')
    .option('--force', 'replace the file if it is there')
    .option('--verbose', 'show all notes')
  return addOpenApiFlags(command).addHelpText('after', EXAMPLES)
})

type ImportOptions = OptionsOf<typeof declare>

export const registerImport: RegisterCommand = registering(declare, importFrom)

async function importFrom(options: ImportOptions, io: Io, openApi: string | undefined): Promise<ExitCode> {
  if ((openApi === undefined) === (options.mcp === undefined)) {
    throw new UsageError('name an OpenAPI document, or the lists of an MCP server with --mcp')
  }
  const { output, force = false, verbose = false } = options
  if (force && output === undefined) throw new UsageError('--force is for --output')
  const document = openApiSource(openApi ?? options.mcp ?? '', io)
  if (output !== undefined && document.file === resolve(io.cwd, output)) {
    throw new UsageError(`the output would replace ${quote(document.path)}, which is read`)
  }
  if (options.mcp !== undefined) {
    refuseOpenApiFlags(options)
    const bytes = await document.read()
    if (options.from !== undefined) throw new UsageError('--from is for a file, not for --mcp')
    const draft = fromMcp(listsIn(document, bytes))
    if (draft.notes.some(({ code }) => code === 'empty')) {
      throw new UsageError(`${quote(document.path)} has empty lists, so there is nothing to write`)
    }
    await write(draft.text, options, io)
    for (const { code, message } of draft.notes) io.stderr.write(`note: ${sanitize(message)} [${code}]\n`)
    return EXIT.clean
  }
  const { source, bytes } = await readOnce(document)
  const foreign = foreignFormat(bytes, options.from)
  if (foreign !== undefined) {
    refuseOpenApiFlags(options)
    return importForeign(foreign, bytes, source.path, options, io)
  }
  const read = await readOpenApiDocument(source, options, io)
  const { text, notes, unread } = withOpenApi(source, () => fromOpenApi(read.document, read.options))
  if (notes.some(({ code }) => code === 'no-scopes')) {
    writeNotes(notes, verbose, io)
    throw new UsageError(`${quote(source.path)} has no scopes, so there is nothing to write`)
  }
  await write(text, options, io)
  writeNotes(notes, verbose, io)
  return unread.length > 0 ? EXIT.findings : EXIT.clean
}

/** Undefined for what is read as an OpenAPI document. */
function foreignFormat(bytes: Uint8Array, from: ImportOptions['from']): ImportFormatName | undefined {
  if (from !== undefined) return from === 'openapi' ? undefined : from
  const data = readData(bytes)
  return 'value' in data ? detectFormat(data.value) : undefined
}

async function importForeign(
  format: ImportFormatName,
  bytes: Uint8Array,
  path: string,
  options: ImportOptions,
  io: Io,
): Promise<ExitCode> {
  const { text, scopes, notes } = readForeign(format, dataOf(bytes, path))
  if (scopes > 0) await write(text, options, io)
  const source = new TextDecoder().decode(bytes)
  const root = readLocated(source)
  const lines = new LineIndex(source)
  for (const { code, message, pointer } of notes) {
    const found = root === undefined ? undefined : locate(root, pointer)
    const start = found?.entry?.keySpan.start ?? found?.node.span.start
    const { line, column } = lines.position(start ?? 0)
    const place = start === undefined ? path : `${path}:${line}:${column}`
    io.stderr.write(`${sanitize(place)}: ${sanitize(message)} [${code}]\n`)
  }
  if (scopes === 0)
    throw new UsageError(
      `${quote(path)} has no scopes of ${IMPORT_FORMATS[format].what}, so there is nothing to write`,
    )
  return notes.some(({ code }) => code === 'left-out') ? EXIT.findings : EXIT.clean
}

async function write(text: string, { output, force }: ImportOptions, io: Io): Promise<void> {
  if (output === undefined) io.stdout.write(text)
  else await io.files.writeNew(output, text, force === true)
}
