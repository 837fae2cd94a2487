import { describe, expect, test, vi } from 'vitest'
import type { DecisionRecord, ScopePolicyOptions } from '../../src/enforce/types.ts'
import { ask, boom, DENIED_BY_ERROR, GET, PUT } from './ask.ts'
import type { Request } from './ask.ts'

describe('report-only', () => {
  const cases: [
    title: string,
    request: Request,
    status: number,
    options?: Partial<ScopePolicyOptions<Request>>,
  ][] = [
    ['no scopes', { ...GET, scopes: undefined }, 401],
    ['insufficient scopes', PUT, 403],
    ['a refused path', { ...GET, target: '/../a' }, 400],
    ['an exception', GET, 500, { scopes: boom }],
  ]
  test.each(cases)(
    'lets %s through and records what enforcing would have sent',
    (_title, request, status, more) => {
      const onDecision = vi.fn()
      const outcome = ask(request, { mode: 'report-only', onDecision, ...more })
      expect(outcome).toMatchObject({
        allow: true,
        decision: { allowed: false, outcome: 'would-deny', status },
      })
      expect(onDecision.mock.calls).toEqual([[outcome.decision, request]])
    },
  )

  test('records an allowed request as allowed', () => {
    expect(ask(GET, { mode: 'report-only' })).toMatchObject({ allow: true, decision: { outcome: 'allowed' } })
  })
})

describe('the audit hook', () => {
  test('gets the record of every request once, with the fingerprint of the policy', () => {
    const records: DecisionRecord[] = []
    const options = { onDecision: (record: DecisionRecord) => records.push(record) }
    for (const request of [GET, PUT, { ...GET, scopes: null }, { ...GET, target: '*' }]) ask(request, options)
    expect(records.map(({ reason, fingerprint }) => [reason, fingerprint])).toEqual([
      ['granted', 'f1'],
      ['method-not-granted', 'f1'],
      ['no-scopes', undefined],
      ['path-refused', 'f1'],
    ])
  })

  test('cannot change the record', () => {
    const onDecision = (record: DecisionRecord): void => {
      Object.assign(record, { allowed: true })
    }
    expect(ask(PUT, { onDecision })).toMatchObject({
      allow: false,
      status: 403,
      decision: { allowed: false },
    })
  })

  test('that throws leaves a denial the denial it was', () => {
    expect(ask(PUT, { onDecision: boom })).toMatchObject({ allow: false, status: 403 })
    expect(ask({ ...GET, scopes: undefined }, { onDecision: boom })).toMatchObject({ status: 401 })
  })

  test('that throws denies what would have been allowed: an exception anywhere denies', () => {
    expect(ask(GET, { onDecision: boom })).toMatchObject(DENIED_BY_ERROR)
  })

  test('that throws undefined has thrown all the same', () => {
    const onDecision = (): never => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- the least that can be thrown
      throw undefined
    }
    expect(ask(GET, { onDecision })).toMatchObject(DENIED_BY_ERROR)
  })

  test('that rejects changes nothing and ends no process', async () => {
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    const onDecision = (): Promise<never> => Promise.reject(new Error('audit'))
    expect(ask(GET, { onDecision })).toMatchObject({ allow: true })
    expect(ask(PUT, { onDecision })).toMatchObject({ allow: false, status: 403 })
    await new Promise((resolve) => setTimeout(resolve, 5))
    process.off('unhandledRejection', unhandled)
    expect(unhandled).not.toHaveBeenCalled()
  })
})
