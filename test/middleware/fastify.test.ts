import fastify from 'fastify'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { decisionOf, protectedResourceMetadata, scopePolicy } from '../../src/middleware/fastify.ts'
import type { FastifyOptions, Hook } from '../../src/middleware/fastify.ts'
import { fakePolicy } from './fake-policy.ts'

let app: FastifyInstance = fastify()
afterEach(async () => {
  await app.close()
  app = fastify()
})

const policy = fakePolicy()
const reached = vi.fn(() => 'reached')
afterEach(() => {
  reached.mockClear()
})

async function statusOf(url: string, method: 'GET' | 'PUT' = 'GET', payload?: string): Promise<number> {
  const headers = payload === undefined ? {} : { 'content-type': 'application/json' }
  const answer = await app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) })
  return answer.statusCode
}

/** Sets what @fastify/jwt leaves, in a hook that the user writes. */
function verifies(claims: unknown) {
  return (request: FastifyRequest, _reply: unknown, done: () => void): void => {
    Object.assign(request, { user: claims })
    done()
  }
}

describe('scopes by default', () => {
  test.each<[title: string, claims: unknown, status: number]>([
    ['the claims in `user`', { scope: 'read' }, 200],
    ['the payload of a complete token', { header: {}, payload: { scope: 'read' } }, 200],
    ['claims without scopes', { sub: '1' }, 403],
    ['no claims yet, as @fastify/jwt decorates requests', null, 401],
  ])('are those of %s', async (_title, claims, status) => {
    app.decorateRequest('user', null as never)
    app.addHook('onRequest', verifies(claims))
    await app.register(scopePolicy({ policy }))
    app.get('/a', reached)
    expect(await statusOf('/a')).toBe(status)
  })

  test('are looked for before a route has verified its token, unless a later hook is named', async () => {
    const route = { onRequest: verifies({ scope: 'read' }), handler: reached }
    await app.register(scopePolicy({ policy }))
    app.get('/a', route)
    expect(await statusOf('/a')).toBe(401)
    await app.close()
    app = fastify()
    await app.register(scopePolicy({ policy, hook: 'preParsing' }))
    app.get('/a', route)
    expect(await statusOf('/a')).toBe(200)
  })
})

describe('the plugin', () => {
  const guard = (options: Partial<FastifyOptions<FastifyRequest>> = {}) =>
    scopePolicy<FastifyRequest>({ policy, scopes: () => ['read'], ...options })

  test('reaches siblings, their children, unknown routes and routes that were there before', async () => {
    app.put('/before', reached)
    await app.register(guard())
    await app.register(
      async (child) => {
        child.put('/sibling', reached)
        await child.register(async (grandchild) => {
          await Promise.resolve()
          grandchild.put('/grandchild', reached)
        })
      },
      { prefix: '/x' },
    )
    for (const url of ['/before', '/x/sibling', '/x/grandchild', '/unknown']) {
      expect(await statusOf(url, 'PUT')).toBe(403)
    }
    expect(reached).not.toHaveBeenCalled()
  })

  test('keeps to the context where it is registered', async () => {
    await app.register(async (child) => {
      await child.register(guard())
      child.put('/inside', reached)
    })
    app.put('/outside', reached)
    expect([await statusOf('/inside', 'PUT'), await statusOf('/outside', 'PUT')]).toEqual([403, 200])
  })

  test('may be registered twice: both judge', async () => {
    await app.register(guard())
    await app.register(guard({ scopes: () => [] }))
    app.get('/a', reached)
    expect(await statusOf('/a')).toBe(403)
  })

  test('denies before the body is read', async () => {
    await app.register(guard())
    app.put('/a', reached)
    expect(await statusOf('/a', 'PUT', '{ not JSON')).toBe(403)
  })

  test('judges what `rewriteUrl` wrote, for that is what is routed', async () => {
    await app.close()
    app = fastify({ rewriteUrl: (request) => (request.url === '/a' ? '/secret' : '/a') })
    await app.register(guard())
    app.get('/secret', reached)
    app.get('/a', reached)
    expect([await statusOf('/a'), await statusOf('/b')]).toEqual([403, 200])
  })

  test.each<[config: object, status: number]>([
    [{ scopePolicy: false }, 200],
    [{ scopePolicy: true }, 403],
    [{ scopePolicy: undefined }, 403],
    [{ scopePolicy: 0 }, 403],
    [Object.create({ scopePolicy: false }) as object, 403],
    [{}, 403],
  ])('takes `config` %j for %i', async (config, status) => {
    await app.register(guard())
    app.put('/a', { config, handler: reached })
    expect(await statusOf('/a', 'PUT')).toBe(status)
  })

  test.each<[when: string, register: (options: object) => Promise<void>]>([
    [
      'before the plugin',
      async (options) => {
        app.put('/a', options as never)
        await app.register(guard())
      },
    ],
    [
      'in a plugin that is registered later',
      async (options) => {
        await app.register(guard())
        await app.register((inner, _, done) => {
          inner.put('/a', options as never)
          done()
        })
      },
    ],
    [
      'by an `onRoute` hook that runs later',
      async ({ handler }: { handler?: unknown }) => {
        await app.register(guard())
        app.addHook('onRoute', (route) => {
          route.config = { scopePolicy: false }
        })
        app.put('/a', { handler } as never)
      },
    ],
  ])('finds a route that is exempt, registered %s', async (_, register) => {
    await register({ config: { scopePolicy: false }, handler: reached })
    app.put('/b', reached)
    expect([await statusOf('/a', 'PUT'), await statusOf('/c', 'PUT')]).toEqual([200, 403])
  })

  test('leaves the decision on the request', async () => {
    await app.register(guard())
    app.get('/a', (request) => ({ reason: decisionOf(request)?.reason }))
    expect((await app.inject('/a')).json()).toEqual({ reason: 'granted' })
  })

  test('does not go on when somebody has answered while the scopes were awaited', async () => {
    const lines: string[] = []
    app = fastify({ logger: { level: 'warn', stream: { write: (line: string) => void lines.push(line) } } })
    app.addHook('onRequest', (_request, reply, done) => {
      setImmediate(() => {
        void reply.code(418).send('elsewhere')
      })
      done()
    })
    const scopes = (): Promise<string[]> => new Promise((resolve) => setTimeout(resolve, 20, []))
    await app.register(guard({ scopes }))
    app.get('/a', reached)
    expect(await statusOf('/a')).toBe(418)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect({ lines, calls: reached.mock.calls }).toEqual({ lines: [], calls: [] })
  })

  test('sends its denial as it is, past the response schema of the route', async () => {
    await app.register(guard())
    const schema = { response: { 403: { type: 'object', properties: { other: { type: 'string' } } } } }
    app.put('/a', { schema, handler: reached })
    const answer = await app.inject({ method: 'PUT', url: '/a' })
    expect(answer.json()).toEqual({
      error: 'insufficient_scope',
      error_description: 'the access token lacks the scope',
    })
  })

  test('knows four hooks', () => {
    for (const hook of ['onSend', '', 7]) {
      expect(() => guard({ hook: hook as Hook })).toThrow(TypeError)
    }
  })
})

describe('the metadata', () => {
  test('is not served with a prefix: the start fails', async () => {
    const start = app.register(
      async (child) => {
        await child.register(protectedResourceMetadata({ resource: 'https://api.example' }))
      },
      { prefix: '/x' },
    )
    await expect(Promise.resolve(start)).rejects.toThrow('is registered with a prefix')
  })

  test('is served for a path with a colon, which is none of a parameter', async () => {
    await app.register(protectedResourceMetadata({ resource: 'https://api.example/a:b' }))
    const path = '/.well-known/oauth-protected-resource'
    expect([await statusOf(`${path}/a:b`), await statusOf(`${path}/ac`)]).toEqual([200, 404])
  })
})
