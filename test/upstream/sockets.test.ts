/** The law over the wire: frameworks on real servers behind our middleware, asked in raw bytes. */
import { createAdaptorServer } from '@hono/node-server'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scopePolicy as forExpress } from '../../src/middleware/express.ts'
import { scopePolicy as forFastify } from '../../src/middleware/fastify.ts'
import { scopePolicy as forHono } from '../../src/middleware/hono.ts'
import { scopePolicy as forKoa } from '../../src/middleware/koa.ts'
import { raw } from '../middleware/raw-http.ts'
import { policyOf } from '../properties/policy-of.ts'
import { application, someTargets } from './routers/application.ts'
import { routed as onExpress } from './routers/express.ts'
import { routed as onHono } from './routers/hono.ts'
import { routeOf } from './routers/koa.ts'
import { pathOf, ROUTES } from './routers/router.ts'

const policy = policyOf(application())
const SCOPES = ['public', 'profile', 'search']
const guard = { policy, scopes: (): readonly string[] => SCOPES }

type Take = (path: string) => void

const FRAMEWORKS: readonly [name: string, start: (take: Take) => Server | Promise<Server>][] = [
  [
    'Express',
    (take) => {
      const app = express()
      app.use(forExpress(guard))
      onExpress(app, (path, response) => {
        take(path)
        response.end('reached')
      })
      return createServer(app as never)
    },
  ],
  [
    'Fastify',
    async (take) => {
      const app = fastify({
        routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
        useSemicolonDelimiter: true,
      })
      await app.register(forFastify(guard))
      for (const route of ROUTES) {
        app.get(route, (request) => {
          const { id = '', '*': rest = '' } = request.params as Record<string, string | undefined>
          take(pathOf(route, id, rest))
          return 'reached'
        })
      }
      await app.ready()
      return app.server
    },
  ],
  [
    'Hono',
    (take) => {
      const app = new Hono({ strict: false })
      app.use(forHono(guard))
      onHono(app, take)
      return createAdaptorServer({ fetch: app.fetch }) as Server
    },
  ],
  [
    'Koa',
    (take) => {
      const app = new Koa()
      app.use(forKoa(guard))
      app.use((context) => {
        const path = routeOf(context.path)
        if (path !== undefined) {
          take(path)
          context.body = 'reached'
        }
      })
      const listener = app.callback()
      return createServer((request, response) => void listener(request, response))
    },
  ],
]

describe.each(FRAMEWORKS)('%s', (_, start) => {
  let server: Server
  let taken: string[] = []

  beforeAll(async () => {
    server = await start((path) => taken.push(path))
    if (!server.listening) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  test('serves what is granted, and nothing else', async () => {
    const { port } = server.address() as AddressInfo
    const answered: [target: string, allowed: boolean, taken: string[]][] = []
    for (const target of someTargets()) {
      taken = []
      const { status } = await raw(port, `GET ${target}`)
      const allowed = policy.authorize(SCOPES, 'GET', target)
      if (!allowed) expect([target, status >= 400]).toEqual([target, true])
      answered.push([target, allowed, taken])
    }
    const served = answered.filter(([, , paths]) => paths.length > 0)
    expect(served.length).toBeGreaterThan(10)
    expect(served.filter(([, allowed]) => !allowed)).toEqual([])
    expect(
      served.filter(([, , paths]) => paths.some((path) => !policy.authorize(SCOPES, 'GET', path))),
    ).toEqual([])
  })
})
