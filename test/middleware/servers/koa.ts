import Koa from 'koa'
import type { Middleware, ParameterizedContext } from 'koa'
import { createServer } from 'node:http'
import {
  decisionOf,
  guardUpgrade,
  protectedResourceMetadata,
  scopePolicy,
} from '../../../src/middleware/koa.ts'
import { policy } from '../audits/app.ts'
import type { Setup } from '../audits/setups.ts'
import { acceptUpgrades, listening, METADATA, optionsOf, routeOf } from './server.ts'
import type { Framework, Running, Told } from './server.ts'

/** As koa-mount does: the prefix is stripped from the path, for as long as what is mounted runs. */
function mount(prefix: string, middleware: readonly Middleware[]): Middleware {
  return async (context, next) => {
    if (!context.path.startsWith(`${prefix}/`)) {
      await next()
      return
    }
    const { path } = context
    context.path = path.slice(prefix.length)
    const run = async (index: number): Promise<unknown> =>
      (await middleware[index]?.(context, () => run(index + 1))) as unknown
    await run(0)
    context.path = path
  }
}

async function start(setup: Setup, told: Told, mounted: boolean): Promise<Running> {
  const app = new Koa()
  const options = optionsOf<ParameterizedContext>(
    setup,
    told,
    (context) => context.req.headersDistinct['authorization'],
  )
  const guard: Middleware = scopePolicy<ParameterizedContext>({
    ...options,
    skip: (context) => context.method === 'GET' && context.originalUrl === '/rest/open',
  })
  const router: Middleware = async (context, next) => {
    let found: ReturnType<typeof routeOf>
    try {
      found = routeOf(context.method, mounted ? `/rest${context.path}` : context.path)
    } catch {
      context.status = 400
      return
    }
    if (found === undefined) {
      await next()
      return
    }
    told.ran({ method: context.method, ...found, decision: decisionOf(context) })
    context.body = 'reached'
  }
  app.use(protectedResourceMetadata({ ...METADATA, policy }))
  if (mounted) app.use(mount('/rest', [guard, router]))
  else app.use(guard).use(router)
  const listener = app.callback()
  const server = createServer((request, response) => {
    void listener(request, response)
  })
  return listening(acceptUpgrades(server, setup, told, guardUpgrade))
}

export const frameworks: readonly Framework[] = [
  { name: 'koa', start: (setup, told) => start(setup, told, false) },
  { name: 'koa, mounted', lacks: ['whole-server'], start: (setup, told) => start(setup, told, true) },
]
