/** `scope-policy check`: decides one request and says why. */
import { toJsonText } from '../../report/findings/json.ts'
import { colorsFor } from '../colors.ts'
import { declaration, type OptionsOf, type RegisterCommand, registering } from '../command.ts'
import { decisionText, neededText } from '../decision-text.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { joined } from '../flags.ts'
import type { Io } from '../io/files.ts'
import { loadPolicy } from '../load.ts'
import { addPolicyFlags, toParseOptions } from '../policy-flags.ts'

const EXAMPLES = `
Examples:
  scope-policy check scopes.yaml GET /workers/me    which scopes would allow it?
  scope-policy check scopes.yaml --scopes "profile search" GET /workers/me
  scope-policy check scopes.yaml --scopes api --json DELETE /records/7 | jq .reason
  scope-policy check - --preset cerb --scopes profile GET /rest/workers/me.json < scopes.yaml

PATH is the request target as received: percent-encoded, a query may follow. With tools/call,
resources/read and prompts/get it is the name of a tool, the URI of a resource, the name of a prompt.

Exit codes: 0 allowed (without --scopes: by some scope), 1 denied, 2 error`

const declare = declaration((program) => {
  const command = program
    .command('check')
    .summary('decide one request and say why')
    .description('Decide whether a token with these scopes may make a request, and say why.')
    .argument('<policy>', 'the document; - is standard input')
    .argument('<method>', 'the request method, in upper case')
    .argument('<path>', 'the request path')
    .option(
      '--scopes <names>',
      'the scopes of the token, separated by spaces; may be empty; repeatable (default: asks which are needed)',
      joined,
    )
    .option('--json', 'print the decision as JSON')
  return addPolicyFlags(command).addHelpText('after', EXAMPLES)
})

type CheckOptions = OptionsOf<typeof declare>

export const registerCheck: RegisterCommand = registering(declare, check)

async function check(
  options: CheckOptions,
  io: Io,
  document: string,
  method: string,
  path: string,
): Promise<ExitCode> {
  const source = io.files.source(document)
  const loaded = await loadPolicy(source, toParseOptions(options), 'decides nothing', io, options)
  const { policy } = loaded
  const request = { scopes: options.scopes ?? '', method, path }
  const colors = colorsFor(io.stdout, io.env, options.color)
  const decision = policy.explain(request.scopes, request.method, request.path)
  const isQuestion = options.scopes === undefined && decision.reason !== 'path-refused'
  if (options.json === true) {
    io.stdout.write(toJsonText({ policy: loaded.path, request, ...decision }))
  } else if (isQuestion && !decision.allowed) {
    io.stdout.write(neededText(decision, request, colors))
  } else {
    io.stdout.write(decisionText(decision, request, loaded, colors))
  }
  if (isQuestion && decision.setsThatWouldAllow.length > 0) return EXIT.clean
  return decision.allowed ? EXIT.clean : EXIT.findings
}
