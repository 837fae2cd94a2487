/** `scope-policy init`: a first document to edit. */
import { withSchemaPath } from '../schema-path.ts'
import type { RegisterCommand } from '../command.ts'

/** What `init` writes. It lints clean, as a test asserts. */
const FIRST_DOCUMENT = `# yaml-language-server: $schema=node_modules/scope-policy/schema/scope-policy.schema.json
#
# Which API calls each OAuth scope allows. What is not granted here is denied, and nothing can be taken away:
# one more scope never allows less.

# How paths are read. Every line is the default; delete what you do not change.
$options:
  # basePath: /api/v1          # what every request path begins with; patterns leave it out
  # extensions: [json, xml]    # response formats stripped from the end of the path
  # trailingSlash: ignore      # drops one slash at the end
  wildcard: any                # \`*\` also crosses \`/\`; with \`segment\` it stays in one, and \`**\` crosses

profile:
  # What a person reads on the consent screen, in one language or in several: { en: …, de: … }.
  label: Read your profile
  endpoints:
    # A path and its method, a list of methods, or nothing for DELETE, GET, PATCH, POST and PUT.
    - users/me: GET

orders:read:
  label: Read your orders
  group: Orders
  endpoints:
    - orders: GET
    - orders/*: GET

orders:write:
  label: Place, change and cancel your orders
  group: Orders
  # The person may refuse this scope and grant the others.
  optional: true
  endpoints:
    - orders: POST
    - orders/*: [PATCH, DELETE]
`

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
