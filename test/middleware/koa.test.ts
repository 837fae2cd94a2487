import express from 'express'
import Koa from 'koa'
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { decisionOf, scopePolicy } from '../../src/middleware/koa.ts'
import { fakePolicy } from './fake-policy.ts'
import { raw } from './raw-http.ts'
import { listening } from './servers/server.ts'
import type { Running } from './servers/server.ts'

const policy = fakePolicy()
let server: Running | undefined
afterEach(() => server?.stop())

async function statusOf(listener: RequestListener, requestLine: string): Promise<number> {
  server = await listening(createServer(listener))
  return (await raw(server.port, requestLine)).status
}

const listenerOf = (app: Koa): RequestListener => {
  const callback = app.callback()
  return (request, response) => void callback(request, response)
}

describe('scopes by default', () => {
  test.each<[title: string, user: unknown, status: number]>([
    ['the claims in `ctx.state.user` (koa-jwt)', { scope: 'read' }, 200],
    ['the payload of a complete token', { header: {}, payload: { scope: 'read' } }, 200],
    ['claims without scopes', { sub: '1' }, 403],
    ['no claims', undefined, 401],
  ])('are those of %s', async (_title, user, status) => {
    const app = new Koa()
    app.use(async (context, next) => {
      context.state['user'] = user
      await next()
    })
    app.use(scopePolicy({ policy }))
    app.use((context) => {
      context.body = decisionOf(context)?.reason
    })
    expect(await statusOf(listenerOf(app), 'GET /a')).toBe(status)
  })
})

describe('the target', () => {
  const scopes = (): string[] => ['read']

  test('is the one before `ctx.url` was rewritten', async () => {
    const app = new Koa()
    app.use(async (context, next) => {
      context.url = '/a'
      await next()
    })
    app.use(scopePolicy({ policy, scopes }))
    expect(await statusOf(listenerOf(app), 'GET /secret')).toBe(403)
  })

  test('is the whole one where Koa is mounted in another server', async () => {
    const app = new Koa()
    app.use(scopePolicy({ policy, scopes }))
    const outer = express()
    outer.use('/mount', listenerOf(app))
    expect(await statusOf(outer as never, 'GET /mount/a')).toBe(403)
  })
})

test('somebody who has answered while the scopes were awaited is left alone, and nothing goes on', async () => {
  const reached = vi.fn()
  const app = new Koa()
  const scopes = (): Promise<string[]> => new Promise((resolve) => setTimeout(resolve, 20, []))
  app.use(async (context, next) => {
    context.respond = false
    context.res.writeHead(418).end()
    await next()
  })
  app.use(scopePolicy({ policy, scopes }))
  app.use(reached)
  expect(await statusOf(listenerOf(app), 'GET /a')).toBe(418)
  expect(reached).not.toHaveBeenCalled()
})
