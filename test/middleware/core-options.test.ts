import { afterEach, describe, expect, test } from 'vitest'
import type { Policy } from '../../src/decision/types.ts'
import { createGuard } from '../../src/middleware/core.ts'
import type { ScopePolicyOptions } from '../../src/middleware/types.ts'
import { ask, PUT, reader } from './ask.ts'
import type { Request } from './ask.ts'
import { fakePolicy } from './fake-policy.ts'

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
    ['relative resource metadata', { policy: fakePolicy(), resourceMetadata: '/x' }],
  ]
  test.each(cases)('%s is a TypeError', (_title, options) => {
    expect(() => createGuard(options as ScopePolicyOptions<Request>, reader)).toThrow(TypeError)
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
