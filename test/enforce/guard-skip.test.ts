import { describe, expect, test, vi } from 'vitest'
import { ask, boom, DENIED_BY_ERROR, GET, PUT } from './ask.ts'

describe('a request that `skip` names', () => {
  const anonymous = { ...PUT, scopes: undefined }

  test('passes unjudged and unreported', () => {
    const onDecision = vi.fn()
    const scopes = vi.fn()
    expect(ask(anonymous, { skip: () => true, onDecision, scopes })).toEqual({ allow: true })
    expect(onDecision).not.toHaveBeenCalled()
    expect(scopes).not.toHaveBeenCalled()
  })

  test.each([[false], [undefined], [1], ['true'], [{}], [Promise.resolve(true)]])(
    '%s is not `true`',
    (answer) => {
      expect(ask(anonymous, { skip: () => answer as boolean })).toMatchObject({ status: 401 })
    },
  )

  test.each(['/a/../b', '/a%2fb', '/a;b', '//a', 'http://host/a', '*', '', 'a', '/a\\b', '/%252e', '/a#b'])(
    'is judged all the same when its target is %j: the function is not asked',
    (target) => {
      const skip = vi.fn(() => true)
      expect(ask({ ...anonymous, target }, { skip })).toMatchObject({ status: 401 })
      expect(skip).not.toHaveBeenCalled()
    },
  )

  test('may have a query, escapes and a slash at the end', () => {
    for (const target of ['/a?b=../c//d', '/caf%C3%A9/', '/', '/a..b/...']) {
      expect(ask({ ...anonymous, target }, { skip: () => true })).toEqual({ allow: true })
    }
  })

  test('is denied when the function throws', () => {
    expect(ask(GET, { skip: boom })).toMatchObject(DENIED_BY_ERROR)
  })
})

describe('a request that asks for another method', () => {
  const headers = { 'x-http-method-override': 'DELETE' }

  test('is judged by its own method by default', () => {
    expect(ask({ ...GET, headers })).toMatchObject({ allow: true })
  })

  test('is answered 400 with `rejectMethodOverride`, before it is asked for a token', () => {
    const options = { rejectMethodOverride: true }
    expect(ask({ ...GET, headers, scopes: undefined }, options)).toMatchObject({
      status: 400,
      headers: { 'www-authenticate': expect.stringMatching(/^Bearer error="invalid_request"/) as string },
      body: { error: 'invalid_request' },
      decision: { reason: 'method-override', outcome: 'denied', status: 400 },
    })
  })

  test('is not skipped: the method that `skip` sees would not be the one that runs', () => {
    expect(ask({ ...GET, headers }, { rejectMethodOverride: true, skip: () => true })).toMatchObject({
      status: 400,
    })
  })

  test('passes in report-only, and is reported', () => {
    expect(ask({ ...GET, headers }, { rejectMethodOverride: true, mode: 'report-only' })).toMatchObject({
      allow: true,
      decision: { outcome: 'would-deny', reason: 'method-override' },
    })
  })
})
