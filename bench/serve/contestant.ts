/** A server of the benchmark in its own process: `bare` answers 200 to everything, `serve`, `grpc` and `authzen` decide. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createLog } from '../../src/serve/log.ts'
import { serve } from '../../src/serve/serve.ts'
import { DEFAULTS } from '../../src/serve/settings.ts'

process.on('disconnect', () => process.exit())
const [kind, file = '', jwks = '', issuer = '', audience = ''] = process.argv.slice(2)
if (kind === 'bare') {
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(200, { 'content-length': 0 }).end()
  })
  server.listen(0, '127.0.0.1', () => {
    process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  })
} else {
  const common = { ...DEFAULTS, listen: '127.0.0.1:0', reload: 0.2 }
  const settings =
    kind === 'authzen'
      ? { ...common, authzen: true, log: 'errors' as const }
      : {
          ...common,
          jwks: [jwks],
          issuer: [issuer],
          audience: [audience],
          ...(kind === 'grpc' && { grpc: '127.0.0.1:0' }),
        }
  const choices = [{ file, clients: [], audiences: [] }]
  const running = await serve(
    choices,
    settings,
    {},
    createLog(() => undefined),
  )
  process.send?.(running.grpc ?? running.url)
  const delays = monitorEventLoopDelay({ resolution: 1 })
  process.on('message', (message) => {
    if (message === 'delay') {
      // From the first question on: its timer costs those who do not ask.
      delays.enable()
      process.send?.(delays.max / 1e6)
      delays.reset()
      return
    }
    globalThis.gc?.()
    process.send?.(process.memoryUsage().heapUsed)
  })
}
