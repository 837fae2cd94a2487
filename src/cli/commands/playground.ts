/** `scope-policy playground`: the page to try documents on, served on this machine or written to a file. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFile } from 'node:fs/promises'
import { Option } from '../commander.ts'
import type { RegisterCommand } from '../command.ts'
import { UsageError } from '../exit-code.ts'
import type { Io } from '../io/files.ts'
import { untilAborted } from '../io/process-io.ts'

const EXAMPLES = `
Examples:
  scope-policy playground
  scope-policy playground --output playground.html

The page makes no request: documents stay in it, and in the link that it copies.

Exit codes: 0 stopped by a signal or written, 2 error`

interface PlaygroundOptions {
  readonly port: string
  readonly output?: string
  readonly force?: boolean
}

export const registerPlayground: RegisterCommand = (program, { io }) => {
  program
    .command('playground')
    .summary('a page to try documents, requests and consent on')
    .description('Serves a page to try documents on: findings, decisions, diff, consent, OpenAPI coverage.')
    .addOption(new Option('--port <number>', 'the port on loopback; 0 takes a free one').default('0'))
    .option('-o, --output <file>', 'write the page to a file instead; it works without a server')
    .option('--force', 'replace the file if it exists')
    .addHelpText('after', EXAMPLES)
    .action((options: PlaygroundOptions) => run(options, io))
}

async function run({ port, output, force = false }: PlaygroundOptions, io: Io): Promise<void> {
  const page = await readPage()
  if (output !== undefined) {
    await io.files.writeNew(output, page, force)
    return
  }
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new UsageError(`--port ${port} is not a port number; write 0 to 65535`)
  }
  const server = createServer((request, response) => {
    const isPage = request.url === '/' && (request.method === 'GET' || request.method === 'HEAD')
    response.writeHead(isPage ? 200 : 404, {
      'content-type': isPage ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    response.end(isPage ? page : 'not found\n')
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'the port is taken' : error.message
      reject(new UsageError(`cannot listen on port ${port}: ${why}`))
    })
    server.listen(Number(port), '127.0.0.1', resolve)
  })
  io.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}/\n`)
  io.stderr.write('press Ctrl+C to stop\n')
  await untilAborted(io.stopped)
  server.close()
  server.closeAllConnections()
}

/** Beside the built command. */
async function readPage(): Promise<string> {
  try {
    return await readFile(new URL('playground.html', import.meta.url), 'utf8')
  } catch {
    throw new UsageError('the page is not in this build; `npm run build` makes it')
  }
}
