import { afterEach, describe, expect, test } from 'vitest'
import type { Policy } from '../../src/decision/types.ts'
import * as express from '../../src/middleware/express.ts'
import * as fastify from '../../src/middleware/fastify.ts'
import { protect } from '../../src/middleware/fetch.ts'
import * as hono from '../../src/middleware/hono.ts'
import * as koa from '../../src/middleware/koa.ts'
import { ScopePolicyGuard } from '../../src/middleware/nest.ts'
import { createGuard } from '../../src/enforce/guard.ts'
import type { ScopePolicyOptions } from '../../src/enforce/types.ts'
import { ask, PUT, reader } from './ask.ts'
import type { Request } from './ask.ts'
import { fakePolicy } from '../middleware/fake-policy.ts'

describe('options are checked when the guard is made', () => {
  const cases: [title: string, options: unknown][] = [
    ['no options', undefined],
    ['no policy', {}],
    ['a policy text', { policy: 'api:' }],
    [
      'the result of parsePolicy instead of its policy',
      { policy: { policy: fakePolicy(), diagnostics: [] } },
    ],
    ['a mode that is none', { policy: fakePolicy(), mode: 'reportonly' }],
    ['scopes that are no function', { policy: fakePolicy(), scopes: ['read'] }],
    ['a hook that is no function', { policy: fakePolicy(), onDecision: true }],
    ['a realm that no header can carry', { policy: fakePolicy(), realm: 'a\r\nb' }],
    ['a mode that is nothing', { policy: fakePolicy(), mode: null }],
    ['a flag that is a string', { policy: fakePolicy(), rejectMethodOverride: 'false' }],
    ['a skip that is a path', { policy: fakePolicy(), skip: '/health' }],
    ['a realm that is no text', { policy: fakePolicy(), realm: 7 }],
    ['a baseline that is a string', { policy: fakePolicy(), baseline: 'read' }],
    ['a baseline of what is not a scope', { policy: fakePolicy(), baseline: ['a b'] }],
    ['relative resource metadata', { policy: fakePolicy(), resourceMetadata: '/x' }],
  ]
  test.each(cases)('%s is a TypeError', (_title, options) => {
    expect(() => createGuard(options as ScopePolicyOptions<Request>, reader)).toThrow(TypeError)
  })

  test.each<[misspelt: object, message: string]>([
    [
      { rejectMethodOverrides: true },
      'unknown option `rejectMethodOverrides`; did you mean `rejectMethodOverride`?',
    ],
    [{ Mode: 'enforce' }, 'unknown option `Mode`; did you mean `mode`?'],
    [{ onDecison: () => undefined }, 'unknown option `onDecison`; did you mean `onDecision`?'],
    [{ exclude: ['/health'] }, 'unknown option `exclude`; write `policy`, '],
    // Of another adapter.
    [{ hook: 'onRequest' }, 'unknown option `hook`'],
  ])('%j, which would be ignored, is a TypeError that names what was meant', (misspelt, message) => {
    expect(() => createGuard({ policy: fakePolicy(), ...misspelt }, reader)).toThrow(
      new TypeError(message).message,
    )
    expect(() => createGuard({ policy: fakePolicy(), ...misspelt }, reader)).toThrow(TypeError)
  })

  test('every adapter takes its own options, and refuses a misspelt one', () => {
    const policy = fakePolicy()
    const scopes = (): string[] => []
    const makers: [name: string, own: object, make: (options: never) => unknown][] = [
      ['express', {}, express.scopePolicy],
      ['fastify', { hook: 'preHandler' }, fastify.scopePolicy],
      ['hono', { target: () => '/a' }, hono.scopePolicy],
      ['koa', {}, koa.scopePolicy],
      ['nest', { HttpException: Error }, (options) => new ScopePolicyGuard(options)],
      ['fetch', { target: () => '/a' }, (options) => protect(() => 'reached', options)],
    ]
    for (const [name, own, make] of makers) {
      const options = { policy, scopes, realm: 'api', skip: () => false, mode: 'enforce', ...own }
      expect(() => make(options as never), name).not.toThrow()
      expect(() => make({ ...options, skips: true } as never), name).toThrow('did you mean `skip`?')
    }
  })

  afterEach(() => {
    delete (Object.prototype as { mode?: unknown }).mode
  })

  test('an inherited mode does not switch enforcing off', () => {
    ;(Object.prototype as { mode?: unknown }).mode = 'report-only'
    expect(ask(PUT)).toMatchObject({ allow: false, status: 403 })
  })

  test('options changed afterwards change nothing', () => {
    const options: { policy: Policy; mode?: 'report-only' } = { policy: fakePolicy() }
    const guard = createGuard(options, reader)
    options.mode = 'report-only'
    expect(guard(PUT)).toMatchObject({ allow: false })
  })
})
