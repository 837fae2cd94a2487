/** `scope-policy consent`: what a person is asked when a client requests these scopes. */
import { canonicalLanguage } from '../../consent/view/language.ts'
import {
  consent,
  renderConsent,
  type ConsentView,
  type McpTool,
  type PageOptions,
} from '../../consent/index.ts'
import { frameFor } from '../../consent/strings/index.ts'
import { quote } from '../../diagnostic/words.ts'
import { toJsonText } from '../../report/findings/json.ts'
import { colorsFor } from '../colors.ts'
import { declaration, type OptionsOf, type RegisterCommand, registering } from '../command.ts'
import { contactSheet } from '../consent-sheet.ts'
import { consentText } from '../consent-text.ts'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import { joined } from '../flags.ts'
import type { Io } from '../io/files.ts'
import type { Source } from '../io/source.ts'
import { loadPolicy } from '../load.ts'
import { listsIn } from '../mcp-lists.ts'
import { unknownScopeHints } from '../unknown-scopes.ts'
import { addPolicyFlags, toParseOptions } from '../policy-flags.ts'

const EXAMPLES = `
Examples:
  scope-policy consent scopes.yaml --scopes "profile search"
  scope-policy consent scopes.yaml --scopes "profile search" --locale de --html > consent.html
  scope-policy consent scopes.yaml --scopes api --json | jq '.groups[].items[].access'

Exit codes: 0 shown, 1 shown with requested scopes that the policy does not have, 2 no answer`

const declare = declaration((program) => {
  const command = program
    .command('consent')
    .summary('preview the consent screen')
    .description('Show what a person is asked when a client requests these scopes.')
    .argument('<policy>', 'the document; - is standard input')
    .requiredOption('--scopes <names>', 'the requested scopes, separated by spaces; repeatable', joined)
    .option('--locale <tag>', 'the language of the person, such as de or pt-BR')
    .option('--accept-language <header>', 'the same as a browser sends it')
    .option('--client <name>', 'the name of the client', 'Example App')
    .option('--mcp <file>', 'the tools of an MCP server, as its tools/list has them, JSON')
    .option('--html', 'print the page, which cannot be posted')
    .option('--details', 'with --html: list the endpoints as well')
    .option('--all-locales', 'print pages in all languages next to each other, as HTML')
    .option('--json', 'print the view as JSON')
  return addPolicyFlags(command).addHelpText('after', EXAMPLES)
})

type ConsentFlags = OptionsOf<typeof declare>

export const registerConsent: RegisterCommand = registering(declare, preview)

async function preview(flags: ConsentFlags, io: Io, path: string): Promise<ExitCode> {
  const { scopes, locale, acceptLanguage } = flags
  if (flags.html === true && flags.json === true) throw new UsageError('choose one of --html and --json')
  if (locale !== undefined && canonicalLanguage(locale) === undefined) {
    throw new UsageError(`${quote(locale)} is not a language tag, such as \`de\` or \`pt-BR\``)
  }
  const source = io.files.source(path)
  const { policy } = await loadPolicy(source, toParseOptions(flags), 'cannot be shown', io, flags)
  const tools = flags.mcp === undefined ? undefined : await toolsOf(io.files.source(flags.mcp))
  const view = consent(policy, scopes, { locale, acceptLanguage, tools })
  for (const hint of unknownScopeHints(view.unknown, policy)) io.stderr.write(`note: ${hint}\n`)
  if (flags.allLocales === true) {
    if (flags.json === true) throw new UsageError('choose one of --all-locales and --json')
    io.stdout.write(contactSheet(policy, scopes, { ...flags, tools }))
    return view.unknown.length > 0 ? EXIT.findings : EXIT.clean
  }
  io.stdout.write(print(view, source.path, flags, io))
  return view.unknown.length > 0 ? EXIT.findings : EXIT.clean
}

function print(
  view: ConsentView,
  policy: string,
  { client, color, details, html, json }: ConsentFlags,
  io: Io,
): string {
  if (json === true) return toJsonText({ policy, ...view })
  const page: PageOptions = {
    action: '/consent',
    client: { name: client },
    preview: true,
    details: details === true,
  }
  if (html === true) return renderConsent(view, page)
  return consentText(view, client, frameFor(view.languages), colorsFor(io.stdout, io.env, color))
}

/** Titles and annotations of the wrong kind are as none: a preview is not the place to judge a server. */
async function toolsOf(source: Source): Promise<readonly McpTool[]> {
  const { tools } = listsIn(source, await source.read())
  return tools.map((tool) => {
    const { name, title, annotations } = tool as { name: string; title?: unknown; annotations?: unknown }
    const { readOnlyHint, destructiveHint, title: other } = (annotations ?? {}) as Record<string, unknown>
    const shown = [title, other].find((one) => typeof one === 'string')
    return {
      name,
      title: shown,
      annotations: {
        ...(typeof readOnlyHint === 'boolean' && { readOnlyHint }),
        ...(typeof destructiveHint === 'boolean' && { destructiveHint }),
      },
    }
  })
}
