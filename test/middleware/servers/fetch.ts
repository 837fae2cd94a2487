import { decisionOf, protect, protectedResourceMetadata } from '../../../src/middleware/fetch.ts'
import { policy } from '../audits/app.ts'
import type { Setup } from '../audits/setups.ts'
import { onBareServer, onNodeServer } from './fetch-on-node.ts'
import type { FetchHandler } from './fetch-on-node.ts'
import { METADATA, optionsOf, routeOf } from './server.ts'
import type { Framework, Told } from './server.ts'

function handlerOf(setup: Setup, told: Told): FetchHandler {
  const options = optionsOf<Request>(setup, told, (request) => request.headers.get('authorization'))
  const metadata = protectedResourceMetadata({ ...METADATA, policy })
  const guarded = protect(
    (request: Request, environment?: object) => {
      const found = routeOf(request.method, new URL(request.url).pathname)
      if (found === undefined) return new Response('not found', { status: 404 })
      told.ran({ method: request.method, ...found, decision: decisionOf(request) })
      return new Response(environment === undefined ? 'reached' : 'reached on Node')
    },
    {
      ...options,
      skip: (request) => request.method === 'GET' && new URL(request.url).pathname === '/rest/open',
    },
  )
  return (request, environment) => metadata(request) ?? guarded(request, environment)
}

export const frameworks: readonly Framework[] = [
  { name: 'fetch, on @hono/node-server', start: (setup, told) => onNodeServer(handlerOf(setup, told)) },
  {
    name: 'fetch, with nothing but a Request',
    lacks: ['raw-target'],
    start: (setup, told) => onBareServer(handlerOf(setup, told)),
  },
]
