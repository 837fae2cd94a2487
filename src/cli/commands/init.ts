/** `scope-policy init`: a first document to edit. */
import { FIRST_DOCUMENT } from '../first-document.ts'
import { withSchemaPath } from '../schema-path.ts'
import type { RegisterCommand } from '../command.ts'

const EXAMPLES = `
Examples:
  scope-policy init
  scope-policy init api/scopes.yaml

Exit codes: 0 written, 2 nothing written`

export const registerInit: RegisterCommand = (program, context) => {
  program
    .command('init')
    .summary('a first document to edit')
    .description('Write a first scope document to edit, with comments on what it may say.')
    .argument('[file]', 'a file that is not there yet', 'scopes.yaml')
    .option('--force', 'replace the file if it is there')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, options: { readonly force?: boolean }) => {
      await context.io.files.writeNew(file, withSchemaPath(FIRST_DOCUMENT, file), options.force === true)
      context.io.stderr.write('note: edit it, then run `scope-policy lint` on it\n')
    })
}
