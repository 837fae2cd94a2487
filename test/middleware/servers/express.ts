import express from 'express'
import type { Request, RequestHandler, Response } from 'express'
import { createServer } from 'node:http'
import {
  decisionOf,
  guardUpgrade,
  protectedResourceMetadata,
  scopePolicy,
} from '../../../src/middleware/express.ts'
import { policy } from '../audits/app.ts'
import type { Setup } from '../audits/setups.ts'
import { acceptUpgrades, ALL, listening, METADATA, optionsOf } from './server.ts'
import type { Framework, Running, Told } from './server.ts'

async function start(setup: Setup, told: Told, mounted: boolean): Promise<Running> {
  const app = express()
  const options = optionsOf<Request>(setup, told, (request) => request.headersDistinct['authorization'])
  const guard: RequestHandler = scopePolicy<Request>({
    ...options,
    skip: (request) => request.method === 'GET' && request.originalUrl === '/rest/open',
  })
  app.use(protectedResourceMetadata({ ...METADATA, policy }))
  const router = express.Router()
  if (mounted) router.use(guard)
  else app.use(guard)
  for (const route of ALL) {
    const method = route.method.toLowerCase() as 'get'
    router[method](route.path, (request: Request, response: Response) => {
      const { id } = request.params as { id?: string }
      told.ran({ method: request.method, route, id, decision: decisionOf(request) })
      response.send('reached')
    })
  }
  app.use('/rest', router)
  return listening(acceptUpgrades(createServer(app as never), setup, told, guardUpgrade))
}

export const frameworks: readonly Framework[] = [
  { name: 'express', start: (setup, told) => start(setup, told, false) },
  {
    name: 'express, in a mounted router',
    lacks: ['whole-server'],
    start: (setup, told) => start(setup, told, true),
  },
]
