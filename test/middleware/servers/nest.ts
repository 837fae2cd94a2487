/** Nest, with its decorators called as functions: Node runs TypeScript without the syntax of decorators. */
import 'reflect-metadata'
import { Controller, HttpException, Logger, Module, Req } from '@nestjs/common'
import { Delete, Get, HttpCode, Options, Post, Put } from '@nestjs/common'
import { APP_GUARD, NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import type { Request } from 'express'
import type { Server } from 'node:http'
import {
  decisionOf,
  guardUpgrade,
  protectedResourceMetadata,
  Public,
  scopePolicy,
  ScopePolicyGuard,
} from '../../../src/middleware/nest.ts'
import { OPEN, policy } from '../audits/app.ts'
import type { Setup } from '../audits/setups.ts'
import { acceptUpgrades, ALL, METADATA, optionsOf, running } from './server.ts'
import type { Framework, Running, Told } from './server.ts'

type How = 'global guard' | 'APP_GUARD' | 'middleware'

const DECORATORS = { GET: Get, PUT: Put, POST: Post, DELETE: Delete, OPTIONS: Options }

function controllerOf(told: Told): new () => object {
  const Routes = class Routes {
    readonly name = 'routes'
  }
  for (const [index, route] of ALL.entries()) {
    const name = `route${index}`
    const value = (request: Request): string => {
      const { id } = request.params as { id?: string }
      told.ran({ method: request.method, route, id, decision: decisionOf(request) })
      return 'reached'
    }
    const descriptor = { value, configurable: true, enumerable: true, writable: true }
    Object.defineProperty(Routes.prototype, name, descriptor)
    Req()(Routes.prototype, name, 0)
    HttpCode(200)(Routes.prototype, name, descriptor)
    DECORATORS[route.method](route.path)(Routes.prototype, name, descriptor)
    if (route === OPEN) Public()(Routes.prototype, name, descriptor)
  }
  Controller()(Routes)
  return Routes
}

async function start(setup: Setup, told: Told, how: How): Promise<Running> {
  const options = optionsOf<Request>(setup, told, (request) => request.headersDistinct['authorization'])
  const guard = (): ScopePolicyGuard<Request> => new ScopePolicyGuard<Request>({ ...options, HttpException })
  const App = class App {
    readonly name = 'app'
  }
  Module({
    controllers: [controllerOf(told)],
    providers: how === 'APP_GUARD' ? [{ provide: APP_GUARD, useFactory: guard }] : [],
  })(App)
  Logger.overrideLogger(false)
  const app = await NestFactory.create(App, new ExpressAdapter())
  app.setGlobalPrefix('rest')
  app.use(protectedResourceMetadata({ ...METADATA, policy }))
  if (how === 'global guard') app.useGlobalGuards(guard())
  if (how === 'middleware') {
    app.use(scopePolicy<Request>({ ...options, skip: (request) => request.originalUrl === '/rest/open' }))
  }
  acceptUpgrades(app.getHttpServer() as Server, setup, told, guardUpgrade)
  await app.listen(0, '127.0.0.1')
  return running(app.getHttpServer() as Server, () => app.close())
}

export const frameworks: readonly Framework[] = [
  {
    name: 'nest, a global guard',
    lacks: ['unknown-routes', 'whole-server'],
    start: (setup, told) => start(setup, told, 'global guard'),
  },
  {
    name: 'nest, APP_GUARD',
    lacks: ['unknown-routes', 'whole-server'],
    start: (setup, told) => start(setup, told, 'APP_GUARD'),
  },
  { name: 'nest, as middleware', start: (setup, told) => start(setup, told, 'middleware') },
]
