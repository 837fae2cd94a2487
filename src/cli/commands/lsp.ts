/** `scope-policy lsp`: the language server, over standard input and output. */
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Option } from '../commander.ts'
import manifest from '../../../package.json' with { type: 'json' }
import { optionsFor } from '../../lint/config/config.ts'
import type { LintOptions } from '../../lint/lint.ts'
import type { RegisterCommand } from '../command.ts'
import { Files, type Io } from '../io/files.ts'
import { Configs, layersFor } from '../lint/configs.ts'

const EXAMPLES = `
Editors start it themselves; see the how-to page on editors for VS Code, Neovim, Helix, Zed and JetBrains.
It reads the same .scope-policyrc.yaml as \`scope-policy lint\`.

Exit codes: 0 ended by the editor`

export const registerLsp: RegisterCommand = (program, { io }) => {
  program
    .command('lsp')
    .summary('language server for editors')
    .description(
      'A language server (LSP): diagnostics, fixes, hover, completion, rename, references, outline.',
    )
    .option('--stdio', 'speak over standard input and output (the only way, and the default)')
    // As the protocol names it for editors; VS Code passes it. The library reads the same from `initialize`.
    .addOption(new Option('--clientProcessId <pid>', 'the process of the editor').hideHelp())
    .addHelpText('after', EXAMPLES)
    .action(() => run(io))
}

async function run(io: Io): Promise<void> {
  // Only here: no other command should load the protocol.
  const [
    { createConnection, ProposedFeatures, StreamMessageReader, StreamMessageWriter },
    { startLanguageServer },
  ] = await Promise.all([import('vscode-languageserver/node'), import('../../lsp/server.ts')])
  // Taken apart by hand: to copy `io` would touch what waits for signals, and they should end the server.
  const { stdin, stdout, stderr, env } = io
  const stopped = new AbortController().signal
  const connection = createConnection(
    ProposedFeatures.all,
    new StreamMessageReader(stdin),
    new StreamMessageWriter(process.stdout),
  )
  await startLanguageServer(connection, {
    version: manifest.version,
    optionsFor: (uri) =>
      configured(uri, (cwd) => {
        const outside = { stdin, stdout, stderr, env, stopped, cwd }
        return { ...outside, files: new Files(outside, () => false) }
      }),
  })
}

/** Of the configuration beside the file; of one that is not on disk, or cannot be used, none. */
async function configured(uri: string, ioIn: (folder: string) => Io): Promise<LintOptions> {
  if (!uri.startsWith('file:')) return {}
  const file = fileURLToPath(uri)
  const found = await new Configs(ioIn(dirname(file)), {}).of(file)
  if (found === undefined) return {}
  return optionsFor(layersFor(found, file))
}
