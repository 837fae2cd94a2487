/**
 * The adapters name no framework, and fit the real ones all the same: these assertions hold when the file
 * compiles, which `npm run check` sees to.
 */
import type { CanActivate } from '@nestjs/common'
import { HttpException } from '@nestjs/common'
import type { Express, Request as ExpressRequest, RequestHandler } from 'express'
import type { FastifyInstance, FastifyPluginCallback, FastifyRequest } from 'fastify'
import { Hono } from 'hono'
import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import type Koa from 'koa'
import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, expectTypeOf, test } from 'vitest'
import type { fromCompiled } from '../../src/compiled/index.ts'
import type { NamedCompiledPolicy } from '../../src/compiled/index.ts'
import type { NamedPolicy, Policy } from '../../src/index.ts'
import * as express from '../../src/middleware/express.ts'
import * as fastify from '../../src/middleware/fastify.ts'
import * as fetch from '../../src/middleware/fetch.ts'
import * as hono from '../../src/middleware/hono.ts'
import * as koa from '../../src/middleware/koa.ts'
import * as nest from '../../src/middleware/nest.ts'
import type { DecidingPolicy, DecisionRecord } from '../../src/enforce/types.ts'
import { fakePolicy } from './fake-policy.ts'

const policy = fakePolicy()
const resource = 'https://api.example'

describe('the types fit', () => {
  test('every form of a policy', () => {
    expectTypeOf<Policy>().toExtend<DecidingPolicy>()
    expectTypeOf<NamedPolicy<'a' | 'b'>>().toExtend<DecidingPolicy>()
    expectTypeOf<NamedCompiledPolicy<'a'>>().toExtend<DecidingPolicy>()
    expectTypeOf<ReturnType<typeof fromCompiled>>().toExtend<DecidingPolicy>()
    expectTypeOf<NamedCompiledPolicy<'a'>>().toExtend<express.PolicyWithScopes>()
    expectTypeOf<Policy>().toExtend<express.PolicyWithScopes>()
  })

  test('Express, and node:http', () => {
    expectTypeOf(express.scopePolicy({ policy })).toExtend<RequestHandler>()
    expectTypeOf(express.scopePolicy<ExpressRequest>({ policy })).toExtend<RequestHandler>()
    expectTypeOf(express.protectedResourceMetadata({ resource })).toExtend<RequestHandler>()
    expectTypeOf<typeof express.scopePolicy<IncomingMessage>>().returns.parameters.toExtend<
      [IncomingMessage, express.ResponseLike, unknown]
    >()
    expectTypeOf<ServerResponse>().toExtend<express.ResponseLike>()
    const use = (app: Express): void => {
      app.use(
        '/rest',
        express.scopePolicy({ policy, scopes: (request: ExpressRequest) => request.get('x-scopes') }),
      )
    }
    expectTypeOf(use).toBeFunction()
  })

  test('Fastify', () => {
    expectTypeOf(fastify.scopePolicy({ policy })).toExtend<FastifyPluginCallback>()
    expectTypeOf(fastify.protectedResourceMetadata({ resource })).toExtend<FastifyPluginCallback>()
    expectTypeOf<FastifyRequest>().toExtend<fastify.RequestLike>()
    // Without an annotation.
    fastify.scopePolicy({ policy, skip: (request) => request.url === '/x' && request.ip === '::1' })
    const use = async (app: FastifyInstance): Promise<void> => {
      await app.register(
        fastify.scopePolicy({
          policy,
          scopes: (request: FastifyRequest) => request.headers.from,
          hook: 'preHandler',
        }),
      )
      app.get('/', (request) =>
        expectTypeOf(fastify.decisionOf(request)).toEqualTypeOf<DecisionRecord | undefined>(),
      )
    }
    expectTypeOf(use).toBeFunction()
  })

  test('Hono', () => {
    expectTypeOf(hono.scopePolicy({ policy })).toExtend<MiddlewareHandler>()
    expectTypeOf(hono.protectedResourceMetadata({ resource })).toExtend<MiddlewareHandler>()
    // Without an annotation.
    hono.scopePolicy({ policy, skip: (context) => context.req.path === '/x' })
    const app = new Hono<{ Bindings: { KEY: string } } & hono.ScopePolicyEnv>()
    app.use(hono.scopePolicy({ policy, scopes: (context: HonoContext) => context.req.header('x-scopes') }))
    app.get('/', hono.scopePolicy({ policy }), (context) => {
      expectTypeOf(context.get('scopeDecision')).toEqualTypeOf<DecisionRecord | undefined>()
      expectTypeOf(hono.decisionOf(context)).toEqualTypeOf<DecisionRecord | undefined>()
      return context.text('')
    })
  })

  test('Koa', () => {
    expectTypeOf(koa.scopePolicy({ policy })).toExtend<Koa.Middleware>()
    expectTypeOf(koa.protectedResourceMetadata({ resource })).toExtend<Koa.Middleware>()
    const use = (app: Koa): void => {
      app.use(koa.scopePolicy({ policy, scopes: (context: Koa.Context) => context.get('x-scopes') }))
    }
    expectTypeOf(use).toBeFunction()
  })

  test('Nest', () => {
    expectTypeOf<nest.ScopePolicyGuard>().toExtend<CanActivate>()
    expectTypeOf<nest.ScopePolicyGuard<ExpressRequest>>().toExtend<CanActivate>()
    expectTypeOf(new nest.ScopePolicyGuard({ policy, HttpException })).toExtend<CanActivate>()
    const decorate: [ClassDecorator, MethodDecorator] = [nest.Public(), nest.Public(false)]
    expect(decorate).toHaveLength(2)
    expectTypeOf(nest.scopePolicy({ policy })).toExtend<RequestHandler>()
  })

  test('handlers of the Fetch API, with what else they are given', () => {
    interface Env {
      readonly KEY: string
    }
    const guarded = fetch.protect((request: Request, env: Env) => new Response(request.url + env.KEY), {
      policy,
      scopes: (request, env) => {
        expectTypeOf(request).toEqualTypeOf<Request>()
        expectTypeOf(env).toEqualTypeOf<Env>()
        return env.KEY
      },
      onDecision: (_record, _request, env) => env.KEY,
    })
    expectTypeOf(guarded).toExtend<(request: Request, env: Env) => Response | Promise<Response>>()
    // @ts-expect-error: there is no usual place for claims
    expect(() => fetch.protect((request: Request) => new Response(request.url), { policy })).toThrow(
      TypeError,
    )
  })
})

test('no source file of the middleware imports a package', () => {
  const folder = new URL('../../src/middleware/', import.meta.url)
  for (const name of readdirSync(folder)) {
    const specifiers = readFileSync(new URL(name, folder), 'utf8').matchAll(
      /\bfrom '([^']+)'|\bimport\('([^']+)'/g,
    )
    for (const [, specifier] of specifiers) expect(specifier, name).toMatch(/^\.\.?\//)
  }
})
