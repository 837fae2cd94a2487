/** `scope-policy check`: decides one request and says why. */
import { quote } from '../../diagnostic/words.ts'
import type { Policy } from '../../index.ts'
import { toJsonText } from '../../report/findings/json.ts'
import { pretty } from '../../report/findings/pretty.ts'
import { summarize } from '../../report/findings/report.ts'
import { sanitize } from '../../report/safe.ts'
import { colorsFor, settingsFor } from '../colors.ts'
import type { GlobalOptions, RegisterCommand } from '../command.ts'
import { decisionText, neededText } from '../decision-text.ts'
import type { Request } from '../decision-text.ts'
import { EXIT, UsageError } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import type { Io } from '../io/files.ts'
import { loadBytes, usableOptions } from '../load.ts'
import type { Loaded } from '../load.ts'
import { addPolicyFlags, toParseOptions } from '../policy-flags.ts'
import type { PolicyFlags } from '../policy-flags.ts'

interface CheckOptions extends PolicyFlags, GlobalOptions {
  readonly scopes?: string
  readonly json?: boolean
}

const EXAMPLES = `
Examples:
  scope-policy check scopes.yaml GET /workers/me    which scopes would allow it?
  scope-policy check scopes.yaml --scopes "profile search" GET /workers/me
  scope-policy check scopes.yaml --scopes api --json DELETE /records/7 | jq .reason
  scope-policy check - --preset cerb --scopes profile GET /rest/workers/me.json < scopes.yaml

PATH is the request target as received: percent-encoded, a query may follow. With tools/call,
resources/read and prompts/get it is the name of a tool, the URI of a resource, the name of a prompt.

Exit codes: 0 allowed (without --scopes: by some scope), 1 denied, 2 error`

export const registerCheck: RegisterCommand = (program, context) => {
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
      join,
    )
    .option('--json', 'print the decision as JSON')
  addPolicyFlags(command)
    .addHelpText('after', EXAMPLES)
    .action(async (source: string, method: string, path: string, _: unknown, self: Self) => {
      const options = self.optsWithGlobals()
      const request = { scopes: options.scopes ?? '', method, path }
      context.finish(await check(source, request, options, context.io))
    })
}

interface Self {
  readonly optsWithGlobals: () => CheckOptions
}

async function check(path: string, request: Request, options: CheckOptions, io: Io): Promise<ExitCode> {
  const source = io.files.source(path)
  const parseOptions = usableOptions(toParseOptions(options))
  const loaded = loadBytes(source.path, await source.read(), parseOptions)
  const policy = usable(loaded, io, options)
  const decision = policy.explain(request.scopes, request.method, request.path)
  const isQuestion = options.scopes === undefined && decision.reason !== 'path-refused'
  if (options.json === true) {
    io.stdout.write(toJsonText({ policy: loaded.path, request, ...decision }))
  } else if (isQuestion && !decision.allowed) {
    io.stdout.write(neededText(decision, request, colorsFor(io.stdout, io.env, options.color)))
  } else {
    const judged = { policy, path: loaded.path, text: loaded.text }
    io.stdout.write(decisionText(decision, request, judged, colorsFor(io.stdout, io.env, options.color)))
  }
  if (isQuestion && decision.setsThatWouldAllow.length > 0) return EXIT.clean
  return decision.allowed ? EXIT.clean : EXIT.findings
}

/** A policy with errors decides nothing; what it holds besides errors is worth one line. */
function usable(loaded: Loaded, io: Io, options: CheckOptions): Policy {
  const { errors, warnings } = summarize([loaded])
  if (loaded.policy === null) {
    io.stderr.write(pretty([loaded], settingsFor(io.stderr, io.env, options.color)))
    const count = errors === 1 ? 'an error' : `${errors} errors`
    throw new UsageError(`${quote(loaded.path)} has ${count} and decides nothing`)
  }
  if (warnings > 0) {
    const [count, them] = warnings === 1 ? ['a warning', 'it'] : [`${warnings} warnings`, 'them']
    io.stderr.write(
      `note: ${sanitize(quote(loaded.path))} has ${count}; \`scope-policy lint\` shows ${them}\n`,
    )
  }
  return loaded.policy
}

function join(value: string, earlier: string | undefined): string {
  return earlier === undefined ? value : `${earlier} ${value}`
}
