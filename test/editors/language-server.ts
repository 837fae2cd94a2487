/** The real yaml-language-server as an editor talks to it: JSON-RPC over its standard streams. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const SERVER = fileURLToPath(
  new URL('../../node_modules/yaml-language-server/bin/yaml-language-server', import.meta.url),
)

export interface EditorDiagnostic {
  readonly message: string
  readonly range: {
    readonly start: { readonly line: number; readonly character: number }
    readonly end: { readonly line: number; readonly character: number }
  }
}

export interface LanguageServer {
  /** Opens a document; resolves with the first diagnostics about it. */
  readonly open: (uri: string, text: string) => Promise<readonly EditorDiagnostic[]>
  /** What would be offered at a place: line and character from 0. */
  readonly complete: (uri: string, line: number, character: number) => Promise<readonly string[]>
  readonly hover: (uri: string, line: number, character: number) => Promise<string>
  readonly stop: () => void
}

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
}

export async function startLanguageServer(): Promise<LanguageServer> {
  const child = spawn(process.execPath, [SERVER, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const answers = new Map<number, (result: unknown) => void>()
  const published = new Map<string, (found: readonly EditorDiagnostic[]) => void>()
  const send = (message: object): void => {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message })
    child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
  }
  let last = 0
  const ask = (method: string, params: object): Promise<unknown> =>
    new Promise((resolve) => {
      last += 1
      answers.set(last, resolve)
      send({ id: last, method, params })
    })

  let buffer = Buffer.alloc(0)
  child.stdout.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk])
    for (;;) {
      const end = buffer.indexOf('\r\n\r\n')
      const length = Number(/Content-Length: (\d+)/.exec(buffer.subarray(0, end).toString())?.[1])
      if (end === -1 || buffer.length < end + 4 + length) return
      receive(JSON.parse(buffer.subarray(end + 4, end + 4 + length).toString()) as Message)
      buffer = buffer.subarray(end + 4 + length)
    }
  })
  function receive({ id, method, params, result }: Message): void {
    if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as { uri: string; diagnostics: readonly EditorDiagnostic[] }
      published.get(uri)?.(diagnostics)
    } else if (method === 'workspace/configuration') {
      // One answer for each section that is asked for: only what is checked here is switched on.
      const { items } = params as { items: readonly unknown[] }
      const yaml = { validate: true, hover: true, completion: true, schemaStore: { enable: false } }
      send({ id, result: items.map((_, index) => (index === 0 ? yaml : {})) })
    } else if (method !== undefined && id !== undefined) send({ id, result: null })
    else if (id !== undefined) answers.get(id)?.(result)
  }

  await ask('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: { workspace: { configuration: true }, textDocument: { hover: {}, completion: {} } },
  })
  send({ method: 'initialized', params: {} })
  return {
    open: (uri, text) =>
      new Promise((resolve) => {
        published.set(uri, resolve)
        send({
          method: 'textDocument/didOpen',
          params: { textDocument: { uri, languageId: 'yaml', version: 1, text } },
        })
      }),
    complete: async (uri, line, character) => {
      const result = await ask('textDocument/completion', {
        textDocument: { uri },
        position: { line, character },
      })
      const { items } = result as { items: readonly { label: string }[] }
      return items.map(({ label }) => label)
    },
    hover: async (uri, line, character) => {
      const result = await ask('textDocument/hover', { textDocument: { uri }, position: { line, character } })
      return JSON.stringify(result)
    },
    stop: () => {
      child.kill()
    },
  }
}
