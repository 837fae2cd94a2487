import fastify from 'fastify'
import type { FastifyRequest } from 'fastify'
import {
  decisionOf,
  guardUpgrade,
  protectedResourceMetadata,
  scopePolicy,
} from '../../../src/middleware/fastify.ts'
import type { Hook } from '../../../src/middleware/fastify.ts'
import { OPEN, policy } from '../audits/app.ts'
import type { Setup } from '../audits/setups.ts'
import { acceptUpgrades, ALL, METADATA, optionsOf, running } from './server.ts'
import type { Framework, Running, Told } from './server.ts'

async function start(setup: Setup, told: Told, hook: Hook): Promise<Running> {
  const app = fastify()
  const options = optionsOf<FastifyRequest>(
    setup,
    told,
    (request) => request.raw.headersDistinct['authorization'],
  )
  await app.register(protectedResourceMetadata({ ...METADATA, policy }))
  await app.register(scopePolicy<FastifyRequest>({ ...options, hook }))
  // A sibling, with a prefix.
  await app.register(
    (instance, _options, done) => {
      for (const route of ALL) {
        instance.route({
          method: route.method,
          url: route.path,
          ...(route === OPEN ? { config: { scopePolicy: false } } : {}),
          handler: (request, reply) => {
            const { id } = request.params as { id?: string }
            told.ran({ method: request.method, route, id, decision: decisionOf(request) })
            return reply.send('reached')
          },
        })
      }
      done()
    },
    { prefix: '/rest' },
  )
  acceptUpgrades(app.server, setup, told, guardUpgrade)
  await app.listen({ port: 0, host: '127.0.0.1' })
  return running(app.server, () => app.close())
}

const HOOKS: readonly Hook[] = ['onRequest', 'preParsing', 'preValidation', 'preHandler']

export const frameworks: readonly Framework[] = HOOKS.map((hook) => ({
  name: `fastify, ${hook}`,
  start: (setup, told) => start(setup, told, hook),
}))
