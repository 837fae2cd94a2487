import 'reflect-metadata'
import { HttpException, SetMetadata } from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import { describe, expect, test, vi } from 'vitest'
import { decisionOf, PUBLIC, Public, ScopePolicyGuard } from '../../src/middleware/nest.ts'
import type { ContextLike, NestOptions, RequestLike } from '../../src/middleware/nest.ts'
import { fakePolicy } from './fake-policy.ts'

const OPTIONS: NestOptions<RequestLike> = { policy: fakePolicy(), HttpException }

function decorated(
  decorate: (handler: object, controller: object) => void = () => undefined,
): [object, object] {
  class Controller {
    handler(): void {
      // Called by nobody.
    }
  }
  const descriptor = Object.getOwnPropertyDescriptor(Controller.prototype, 'handler')
  decorate((descriptor as PropertyDescriptor).value as object, Controller)
  return [(descriptor as PropertyDescriptor).value as object, Controller]
}

/** What happens to a request: `true`, or what is thrown, with the headers that were set. */
async function outcomeOf(
  request: object,
  { type = 'http', targets = decorated(), options = {} } = {},
): Promise<{ readonly outcome: unknown; readonly headers: Readonly<Record<string, string>> }> {
  const headers: Record<string, string> = {}
  const response = { header: (name: string, value: string) => void (headers[name] = value) }
  const context: ContextLike = {
    getType: () => type,
    getHandler: () => targets[0],
    getClass: () => targets[1],
    switchToHttp: () => ({ getRequest: () => request, getResponse: () => response }),
  }
  const guard = new ScopePolicyGuard({ ...OPTIONS, ...options })
  const outcome: unknown = await guard.canActivate(context).catch((error: unknown) => error)
  return { outcome, headers }
}

const get = (more: object): object => ({ method: 'GET', originalUrl: '/a', headers: {}, ...more })

describe('scopes by default', () => {
  test.each<[title: string, request: object, expected: true | number]>([
    ['of `user`', get({ user: { scope: 'read' } }), true],
    ['of `auth` where there is no `user`', get({ auth: { payload: { scope: 'read' } } }), true],
    ['of `user` alone where there are both', get({ user: { scope: '' }, auth: { scope: 'read' } }), 403],
    ['none', get({}), 401],
  ])('are those %s', async (_title, request, expected) => {
    const { outcome } = await outcomeOf(request)
    expect(outcome instanceof HttpException ? outcome.getStatus() : outcome).toBe(expected)
  })
})

describe('a denial', () => {
  test('is an HttpException with our body, and the challenge is on the response', async () => {
    const { outcome, headers } = await outcomeOf({ ...get({ user: { scope: 'read' } }), method: 'PUT' })
    expect(outcome).toBeInstanceOf(HttpException)
    expect((outcome as HttpException).getResponse()).toEqual({
      error: 'insufficient_scope',
      error_description: 'the access token lacks the scope',
    })
    expect(headers['www-authenticate']).toMatch(/scope="write"$/)
  })
})

describe('the request', () => {
  const user = { scope: 'read' }

  test('of Fastify has its target in `raw`', async () => {
    const request = { method: 'GET', headers: {}, raw: { url: '/a' }, user }
    expect((await outcomeOf(request)).outcome).toBe(true)
    expect((await outcomeOf({ ...request, raw: { url: '/a/../b' } })).outcome).toMatchObject({ status: 400 })
  })

  test('keeps the decision', async () => {
    const request = get({ user })
    await outcomeOf(request)
    expect(decisionOf(request)).toMatchObject({ allowed: true, path: '/a' })
  })

  test.each(['ws', 'rpc', 'graphql', ''])('of type %j is always denied', async (type) => {
    const { outcome } = await outcomeOf(get({ user }), { type, targets: decorated(Public()) })
    expect(outcome).toBeInstanceOf(TypeError)
  })
})

describe('a public route', () => {
  const skipped = async (decorate: (handler: object, controller: object) => void): Promise<boolean> => {
    const onDecision = vi.fn()
    const { outcome } = await outcomeOf(get({}), { targets: decorated(decorate), options: { onDecision } })
    expect(onDecision).toHaveBeenCalledTimes(outcome === true ? 0 : 1)
    return outcome === true
  }
  const onHandler = (handler: object, value?: boolean): void => {
    Public(value)({}, 'handler', { value: handler })
  }

  test('is marked by itself or by its controller, and the route counts first', async () => {
    expect(
      await skipped((handler) => {
        onHandler(handler)
      }),
    ).toBe(true)
    expect(
      await skipped((_handler, controller) => {
        Public()(controller as never)
      }),
    ).toBe(true)
    const both = skipped((handler, controller) => {
      Public()(controller as never)
      onHandler(handler, false)
    })
    expect(await both).toBe(false)
    expect(await skipped(() => undefined)).toBe(false)
  })

  test('is marked by SetMetadata as well, and read by Reflector', async () => {
    expect(
      await skipped((_handler, controller) => {
        SetMetadata(PUBLIC, true)(controller as never)
      }),
    ).toBe(true)
    expect(
      await skipped((_handler, controller) => {
        SetMetadata(PUBLIC, 'yes')(controller as never)
      }),
    ).toBe(false)
    const [, controller] = decorated((_handler, target) => {
      Public()(target as never)
    })
    expect(new Reflector().get(PUBLIC, controller as never)).toBe(true)
  })
})

test('the guard cannot be made without the class to throw', () => {
  expect(() => new ScopePolicyGuard({ policy: fakePolicy() } as never)).toThrow('`HttpException` must be')
})
