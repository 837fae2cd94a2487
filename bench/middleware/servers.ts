/**
 * The same small server on each framework, with and without the middleware: one parameter route behind a step
 * that leaves claims where JWT middleware leaves them.
 */
import { getRequestListener } from '@hono/node-server'
import { HttpException, Controller, Get, Logger, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import { loadPolicy } from '../../src/index.ts'
import { scopePolicy as forExpress } from '../../src/middleware/express.ts'
import { scopePolicy as forFastify } from '../../src/middleware/fastify.ts'
import { protect } from '../../src/middleware/fetch.ts'
import { scopePolicy as forHono } from '../../src/middleware/hono.ts'
import { scopePolicy as forKoa } from '../../src/middleware/koa.ts'
import { ScopePolicyGuard } from '../../src/middleware/nest.ts'

/** Twenty scopes with ten endpoints each, and the one that the requests are about. */
const policy = loadPolicy({
  ...Object.fromEntries(
    Array.from({ length: 20 }, (_, scope) => [
      `scope${scope}`,
      {
        label: 'L',
        endpoints: Array.from({ length: 10 }, (__, at) => ({ [`area${scope}/list${at}/*`]: 'GET' })),
      },
    ]),
  ),
  workers: { label: 'Workers', endpoints: [{ 'workers/*': 'GET' }] },
})

const claims = { sub: '1', scope: 'openid scope3 workers' }

/** `empty` has in the place of the middleware one that does nothing. */
export const VARIANTS = ['without', 'empty', 'with'] as const
export type Variant = (typeof VARIANTS)[number]

/** Makes a server that listens on the loopback interface, and gives its port. */
type Start = (variant: Variant) => Promise<number>

/** A listener may return a promise, which says nothing here. */
function listen(listener: (...of: Parameters<RequestListener>) => unknown): Promise<number> {
  const server = createServer((request, response) => {
    listener(request, response)
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve((server.address() as { port: number }).port)
    })
  })
}

export const SERVERS: Readonly<Record<string, Start>> = {
  'node:http': (variant) => {
    const guard =
      variant === 'with'
        ? forExpress({ policy })
        : (_: unknown, __: unknown, next: () => void) => {
            next()
          }
    return listen((request, response) => {
      Object.assign(request, { auth: claims })
      const answer = (): void => void response.end('ok')
      if (variant !== 'without') guard(request, response, answer)
      else answer()
    })
  },
  express: (variant) => {
    const app = express()
    app.use((request, _response, next) => {
      Object.assign(request, { auth: claims })
      next()
    })
    if (variant === 'with') app.use(forExpress({ policy }))
    if (variant === 'empty')
      app.use((_request, _response, next) => {
        next()
      })
    app.get('/workers/:id', (_request, response) => void response.end('ok'))
    return listen(app as never)
  },
  fastify: async (variant) => {
    const app = fastify()
    app.addHook('onRequest', (request, _reply, done) => {
      Object.assign(request, { user: claims })
      done()
    })
    if (variant === 'with') await app.register(forFastify({ policy }))
    if (variant === 'empty')
      app.addHook('onRequest', (_request, _reply, done) => {
        done()
      })
    app.get('/workers/:id', (_request, reply) => reply.send('ok'))
    await app.listen({ port: 0, host: '127.0.0.1' })
    return (app.server.address() as { port: number }).port
  },
  hono: (variant) => {
    const app = new Hono<{ Variables: { jwtPayload: unknown } }>()
    app.use(async (context, next) => {
      context.set('jwtPayload', claims)
      await next()
    })
    if (variant === 'with') app.use(forHono({ policy }))
    if (variant === 'empty') app.use((_context, next) => next())
    app.get('/workers/:id', (context) => context.text('ok'))
    return listen(getRequestListener(app.fetch))
  },
  koa: (variant) => {
    const app = new Koa()
    app.use((context, next) => {
      context.state['user'] = claims
      return next() as Promise<void>
    })
    if (variant === 'with') app.use(forKoa({ policy }))
    if (variant === 'empty') app.use((_context, next) => next())
    app.use((context) => {
      context.body = 'ok'
    })
    return listen(app.callback())
  },
  nest: async (variant) => {
    const Routes = class Routes {
      answer(): string {
        return 'ok'
      }
    }
    const descriptor = Object.getOwnPropertyDescriptor(Routes.prototype, 'answer') ?? {}
    Get('workers/:id')(Routes.prototype, 'answer', descriptor)
    Controller()(Routes)
    const App = class App {
      readonly name = 'app'
    }
    Module({ controllers: [Routes] })(App)
    Logger.overrideLogger(false)
    const app = await NestFactory.create(App, new ExpressAdapter())
    app.use((request: object, _response: unknown, next: () => void) => {
      Object.assign(request, { user: claims })
      next()
    })
    // Without it, a guard that always agrees: the cost of having guards at all is Nest's own.
    app.useGlobalGuards(
      variant === 'with' ? new ScopePolicyGuard({ policy, HttpException }) : { canActivate: () => true },
    )
    await app.listen(0, '127.0.0.1')
    return ((app.getHttpServer() as { address(): unknown }).address() as { port: number }).port
  },
  fetch: (variant) => {
    const handler = (request: Request): Response => new Response(request.url.length > 0 ? 'ok' : '')
    const given = protect(handler, { policy, scopes: () => claims.scope })
    const empty = (...given: [request: Request]): Response => handler(...given)
    return listen(getRequestListener({ with: given, empty, without: handler }[variant]))
  },
}
