/** `scope-policy import`: a first document from an OpenAPI document. */
import { resolve } from 'node:path'
import { quote } from '../../diagnostic/words.ts'
import { fromOpenApi } from '../../openapi/index.ts'
import type { GlobalOptions, RegisterCommand } from '../command.ts'
import { UsageError } from '../exit-code.ts'
import type { Io } from '../io/process-io.ts'
import { openApiSource, withOpenApi, writeNotes } from '../openapi-source.ts'

interface ImportOptions extends GlobalOptions {
  readonly output?: string
  readonly force?: boolean
  readonly verbose?: boolean
}

const EXAMPLES = `
Examples:
  scope-policy import openapi.yaml -o scopes.yaml
  curl -s https://api.example/openapi.json | scope-policy import - > scopes.yaml

Nothing is granted that the document does not say: what takes several scopes together stands there as a comment.
Notes on standard error tell what could not be expressed.

Exit codes: 0 written, 2 nothing written`

export const registerImport: RegisterCommand = (program, context) => {
  program
    .command('import')
    .summary('a first document from an OpenAPI document')
    .description('Make a first scope document to edit from the scopes and operations of an OpenAPI document.')
    .argument('<openapi>', 'OpenAPI 3.0 to 3.2 or Swagger 2.0, YAML or JSON; - is standard input')
    .option('-o, --output <file>', 'write it to a file that is not there yet')
    .option('--force', 'replace the file if it is there')
    .option('--verbose', 'show all notes')
    .addHelpText('after', EXAMPLES)
    .action(async (openApi: string, _: unknown, self: { optsWithGlobals: () => ImportOptions }) => {
      await importFrom(openApi, self.optsWithGlobals(), context.io)
    })
}

async function importFrom(path: string, options: ImportOptions, io: Io): Promise<void> {
  const { output, force = false, verbose = false } = options
  if (force && output === undefined) throw new UsageError('--force is for --output')
  const source = openApiSource(path, io)
  if (output !== undefined && source.file === resolve(io.cwd, output)) {
    throw new UsageError(`the output would replace ${quote(source.path)}, which is read`)
  }
  const bytes = await source.read()
  const { text, notes } = withOpenApi(source, () => fromOpenApi(bytes))
  if (notes.some(({ code }) => code === 'no-scopes')) {
    writeNotes(notes, verbose, io)
    throw new UsageError(`${quote(source.path)} has no scopes, so there is nothing to write`)
  }
  if (output === undefined) io.stdout.write(text)
  else await io.files.writeNew(output, text, force)
  writeNotes(notes, verbose, io)
}
