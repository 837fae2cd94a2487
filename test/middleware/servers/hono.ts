import { Hono } from 'hono'
import type { Context } from 'hono'
import { mount } from 'hono/mount'
import { decisionOf, protectedResourceMetadata, scopePolicy } from '../../../src/middleware/hono.ts'
import { policy } from '../audits/app.ts'
import type { Setup } from '../audits/setups.ts'
import { onBareServer, onNodeServer } from './fetch-on-node.ts'
import type { FetchHandler } from './fetch-on-node.ts'
import { ALL, METADATA, optionsOf } from './server.ts'
import type { Framework, Told } from './server.ts'

function guardOf(setup: Setup, told: Told): ReturnType<typeof scopePolicy<Context>> {
  const options = optionsOf<Context>(setup, told, (context) => context.req.header('authorization'))
  return scopePolicy<Context>({
    ...options,
    skip: (context) => context.req.method === 'GET' && /^[^?]*\/open$/.test(context.req.url),
  })
}

function routesOf(told: Told): Hono {
  const routes = new Hono()
  for (const route of ALL) {
    routes.on(route.method, route.path, (context) => {
      const id = route.path.includes(':id') ? context.req.param('id') : undefined
      told.ran({ method: context.req.method, route, id, decision: decisionOf(context) })
      return context.text('reached')
    })
  }
  return routes
}

function handlerOf(setup: Setup, told: Told): FetchHandler {
  const app = new Hono()
  app.use(protectedResourceMetadata({ ...METADATA, policy }))
  app.use(guardOf(setup, told))
  app.route('/rest', routesOf(told))
  return app.fetch
}

/** The middleware inside an application that another one has cut the prefix off for. */
function mountedHandlerOf(setup: Setup, told: Told): FetchHandler {
  const inner = new Hono()
  inner.use(guardOf(setup, told))
  inner.route('/', routesOf(told))
  const app = new Hono()
  app.use(protectedResourceMetadata({ ...METADATA, policy }))
  app.all('/rest/*', mount(inner.fetch))
  return app.fetch
}

export const frameworks: readonly Framework[] = [
  { name: 'hono, on @hono/node-server', start: (setup, told) => onNodeServer(handlerOf(setup, told)) },
  {
    name: 'hono, mounted',
    lacks: ['whole-server'],
    start: (setup, told) => onNodeServer(mountedHandlerOf(setup, told)),
  },
  {
    name: 'hono, with nothing but a Request',
    lacks: ['raw-target'],
    start: (setup, told) => onBareServer(handlerOf(setup, told)),
  },
]
