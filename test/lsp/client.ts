/** The client side of the protocol, by the library that VS Code itself uses, against the built command. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import {
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node'

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

export interface Editor {
  readonly connection: ProtocolConnection
  readonly initialized: InitializeResult
  readonly open: (uri: string, text: string) => Promise<void>
  /** Replaces the whole text, as an editor without incremental changes does. */
  readonly change: (uri: string, version: number, text: string) => Promise<void>
  /** Resolves with the next diagnostics about a document that `wanted` accepts. */
  readonly next: (
    uri: string,
    wanted?: (found: readonly Diagnostic[]) => boolean,
  ) => Promise<readonly Diagnostic[]>
  /** The exit code of the server, after the goodbye of the protocol. */
  readonly stop: () => Promise<number | null>
}

/** `program` is the file of the command; the built one by default. `flags` are those that the editor passes. */
export async function startEditor(
  cwd: string,
  program: string = CLI,
  flags: readonly string[] = ['--stdio'],
): Promise<Editor> {
  const child = spawn(process.execPath, [program, 'lsp', ...flags], {
    cwd,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  )
  const listeners = new Set<(uri: string, found: readonly Diagnostic[]) => void>()
  connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) => {
    for (const listener of listeners) listener(uri as string, diagnostics as readonly Diagnostic[])
  })
  connection.listen()
  const initialized = await connection.sendRequest<InitializeResult>('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
  })
  await connection.sendNotification('initialized', {})
  return {
    connection,
    initialized,
    open: (uri, text) =>
      connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'yaml', version: 1, text },
      }),
    change: (uri, version, text) =>
      connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      }),
    next: (uri, wanted = () => true) =>
      new Promise((resolve) => {
        const listener = (about: string, found: readonly Diagnostic[]): void => {
          if (about !== uri || !wanted(found)) return
          listeners.delete(listener)
          resolve(found)
        }
        listeners.add(listener)
      }),
    stop: async () => {
      const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
      await connection.sendRequest('shutdown')
      await connection.sendNotification('exit')
      return ended
    },
  }
}
