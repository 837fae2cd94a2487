/**
 * Real servers while `Object.prototype` has members that a merge of hostile JSON has left there. No request
 * passes that does not pass without: neither one without a token nor one for a path that its scopes lack.
 */
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import 'reflect-metadata'
import { Controller, Get, HttpException, Logger, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { createServer } from 'node:http'
import type { IncomingMessage, RequestListener, Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import * as onExpress from '../../src/middleware/express.ts'
import * as onFastify from '../../src/middleware/fastify.ts'
import { protect } from '../../src/middleware/fetch.ts'
import * as onHono from '../../src/middleware/hono.ts'
import * as onKoa from '../../src/middleware/koa.ts'
import { safeGet } from '../../src/claims/safe-get.ts'
import { ScopePolicyGuard } from '../../src/middleware/nest.ts'
import { fakePolicy } from './fake-policy.ts'
import { raw } from './raw-http.ts'
import { onBareServer, onNodeServer } from './servers/fetch-on-node.ts'
import type { FetchHandler } from './servers/fetch-on-node.ts'
import { listening, running } from './servers/server.ts'
import type { Running } from './servers/server.ts'

const policy = fakePolicy()
const CLAIMS = { scope: 'read' }

/** Whether the client of the tests has sent a token; nothing is verified here. */
function hasToken({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return Object.hasOwn(headers, 'authorization')
}

const SERVERS: Readonly<Record<string, () => Promise<Running>>> = {
  'node:http': () => {
    const guard = onExpress.scopePolicy<IncomingMessage>({ policy })
    return listening(
      createServer((request, response) => {
        if (hasToken(request)) Object.assign(request, { auth: CLAIMS })
        guard(request, response, () => response.end('reached'))
      }),
    )
  },
  express: () => {
    const app = express()
    app.use((request, _response, next) => {
      if (hasToken(request)) Object.assign(request, { auth: CLAIMS })
      next()
    })
    app.use(onExpress.scopePolicy({ policy }))
    app.use((_request, response) => response.end('reached'))
    return listening(createServer(app as never))
  },
  fastify: async () => {
    const app = fastify()
    app.addHook('onRequest', (request, _reply, done) => {
      if (hasToken(request.raw)) Object.assign(request, { user: CLAIMS })
      done()
    })
    await app.register(onFastify.scopePolicy({ policy }))
    app.get('/a', () => 'reached')
    app.get('/secret', () => 'reached')
    await app.listen({ port: 0, host: '127.0.0.1' })
    return running(app.server, () => app.close())
  },
  hono: () => onNodeServer(honoApp().fetch),
  'hono, with nothing but a Request': () => {
    const { fetch } = honoApp()
    return onBareServer((request) => fetch(request, {}))
  },
  koa: () => {
    const app = new Koa()
    app.use((context, next) => {
      if (hasToken(context.req)) context.state['user'] = CLAIMS
      return next()
    })
    app.use(onKoa.scopePolicy({ policy }))
    app.use((context) => {
      context.body = 'reached'
    })
    return listening(createServer(app.callback() as RequestListener))
  },
  nest: async () => {
    const Routes = class Routes {
      a(): string {
        return 'reached'
      }
    }
    const descriptor = Object.getOwnPropertyDescriptor(Routes.prototype, 'a')
    Get(['a', 'secret'])(Routes.prototype, 'a', descriptor as never)
    Controller()(Routes)
    const App = class App {
      readonly name = 'app'
    }
    Module({ controllers: [Routes] })(App)
    Logger.overrideLogger(false)
    const app = await NestFactory.create(App, new ExpressAdapter())
    app.use((request: IncomingMessage, _response: unknown, next: () => void) => {
      if (hasToken(request)) Object.assign(request, { user: CLAIMS })
      next()
    })
    app.useGlobalGuards(new ScopePolicyGuard({ policy, HttpException }))
    await app.listen(0, '127.0.0.1')
    return running(app.getHttpServer() as Server, () => app.close())
  },
  'fetch, with nothing but a Request': () => {
    const scopes = (request: Request): string[] | undefined =>
      request.headers.has('authorization') ? ['read'] : undefined
    const handler: FetchHandler = () => new Response('reached')
    const guarded = protect(handler, { policy, scopes })
    return onBareServer((request) => guarded(request, {}))
  },
}

function honoApp(): { fetch: FetchHandler } {
  const app = new Hono<{ Variables: { jwtPayload: unknown } }>()
  app.use(async (context, next) => {
    if (context.req.header('authorization') !== undefined) context.set('jwtPayload', CLAIMS)
    await next()
  })
  app.use(onHono.scopePolicy({ policy }))
  app.all('*', (context) => context.text('reached'))
  return app
}

/** What the merged JSON has, by the name it is written to `Object.prototype` with. */
const MERGED: Readonly<Record<string, unknown>> = {
  auth: CLAIMS,
  user: CLAIMS,
  jwtPayload: CLAIMS,
  payload: CLAIMS,
  scope: 'read',
  originalUrl: '/a',
  incoming: { url: '/a' },
  raw: { url: '/a' },
  config: { scopePolicy: false },
  scopePolicy: false,
  decision: { allowed: true },
  scopeDecision: { allowed: true },
  denial: { allow: true },
  allow: true,
}

async function polluted<T>(name: string, enumerable: boolean, work: () => Promise<T>): Promise<T> {
  const value = MERGED[name]
  Object.defineProperty(Object.prototype, name, { value, enumerable, writable: true, configurable: true })
  try {
    return await work()
  } finally {
    Reflect.deleteProperty(Object.prototype, name)
  }
}

describe.each(Object.keys(SERVERS))('%s', (name) => {
  let server: Running | undefined
  beforeAll(async () => {
    server = await SERVERS[name]?.()
  })
  afterAll(() => server?.stop())
  const statusOf = async (target: string, ...headers: string[]): Promise<number> =>
    (await raw(server?.port ?? 0, `GET ${target}`, headers)).status

  test('decides as it should without a polluted prototype', async () => {
    expect(await statusOf('/a')).toBe(401)
    expect(await statusOf('/secret', 'Authorization: Bearer t')).toBe(403)
    expect(await statusOf('/a', 'Authorization: Bearer t')).toBe(200)
  })

  test.each(Object.keys(MERGED))('lets nothing more through with `Object.prototype.%s`', async (member) => {
    const statuses = (enumerable: boolean): Promise<number[]> =>
      polluted(member, enumerable, async () => [
        await statusOf('/a'),
        await statusOf('/secret', 'Authorization: Bearer t'),
      ])
    const [without, secret] = await statuses(false)
    expect(without).toBe(401)
    // 400 where Express has taken over an inherited target, and the true one is not known.
    expect(secret).toBe(member === 'originalUrl' && secret === 400 ? 400 : 403)
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    // As a merge leaves it, which also breaks some of the servers: `new Headers({})` then has a header too many.
    expect(await statuses(true)).not.toContain(200)
  })
})

describe('a member', () => {
  class Above {
    readonly #own = 'got'
    get member(): string {
      return this.#own
    }
  }
  test.each<[title: string, holder: unknown, member: unknown]>([
    ['of the object itself', { member: 1 }, 1],
    ['of an object without a prototype', Object.assign(Object.create(null) as object, { member: 1 }), 1],
    ['of a prototype, as Fastify decorates requests', Object.create({ member: 1 }), 1],
    ['that a getter of a class computes', new Above(), 'got'],
    ['that is nowhere', {}, undefined],
    ['of nothing', undefined, undefined],
    ['of a string', 'text', undefined],
  ])('%s', (_title, holder, member) => {
    expect(safeGet(holder, 'member')).toBe(member)
  })

  test('that everybody inherits is none', () => {
    expect(safeGet({}, 'toString')).toBeUndefined()
    expect(safeGet([], 'toString')).toBe(Array.prototype.toString)
  })
})
