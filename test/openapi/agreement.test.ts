/** Where the security of an operation and a policy differ, alternative by alternative. */
import { describe, expect, test } from 'vitest'
import { agreementOf, type Together } from '../../src/openapi/compare/agreement.ts'
import type { ScopeReach } from '../../src/openapi/compare/types.ts'
import type { Alternative } from '../../src/openapi/model.ts'

const scopes = (...names: string[]): Alternative => ({ kind: 'scopes', scopes: names, others: false })
const anybody: Alternative = { kind: 'anybody' }
const other: Alternative = { kind: 'other' }
const token: Alternative = { kind: 'token' }
const unknown: Alternative = { kind: 'unknown' }
const always = (): boolean => true
const full: Together = () => ({ reach: 'full' })

describe('what an operation asks for', () => {
  test.each<[ReturnType<typeof agreementOf>['asks'], readonly Alternative[] | null]>([
    [null, null],
    ['nothing', [anybody]],
    ['nothing', [scopes('r'), anybody]],
    ['nothing', [unknown, token, anybody]],
    ['token', [token]],
    ['token', [other, token]],
    ['token', [unknown, token]],
    ['unknown', [unknown]],
    ['unknown', [other, unknown]],
    ['other', [other]],
    ['other', []],
    ['scopes', [scopes('r')]],
    ['scopes', [token, scopes('r')]],
    ['scopes', [unknown, scopes('r'), other]],
    ['token', [scopes()]],
    ['token', [scopes('r'), scopes()]],
  ])('%s: %j', (asks, security) => {
    expect(agreementOf(security, [], always, always, full).asks).toBe(asks)
  })
})

describe('scopes that reach the operation and that it does not ask for', () => {
  const reaching: readonly ScopeReach[] = [
    { scope: 'r', reach: 'full' },
    { scope: 'w', reach: 'partly' },
    { scope: 'u', reach: 'undecided' },
    { scope: 'x', reach: 'full' },
  ]
  const undeclared = (security: readonly Alternative[] | null): readonly string[] =>
    agreementOf(security, reaching, (scope) => scope !== 'x', always, full).undeclared

  test('are those that the document knows, and that are not enough alone', () => {
    expect(undeclared([scopes('r')])).toEqual(['w'])
    expect(undeclared([scopes('r'), scopes('w')])).toEqual([])
    expect(undeclared([scopes('r', 'w')])).toEqual(['r', 'w'])
    expect(undeclared([other])).toEqual(['r', 'w'])
    expect(undeclared([unknown])).toEqual(['r', 'w'])
  })

  test('are none where no scope is asked for', () => {
    for (const security of [null, [anybody], [token], [scopes('r'), scopes()]]) {
      expect(
        agreementOf(
          security,
          reaching,
          always,
          () => false,
          () => ({ reach: 'none' }),
        ),
      ).toMatchObject({
        undeclared: [],
        unmet: [],
      })
    }
  })
})

test('requirements that the policy does not let in everywhere are unmet, with the request and the unknown scopes', () => {
  const missing = { method: 'GET', path: '/a' }
  const together: Together = (names) =>
    names.includes('r')
      ? { reach: 'full' }
      : names.includes('w')
        ? { reach: 'partly', missing }
        : { reach: 'none' }
  const asked = [scopes('r'), scopes('w', 'n'), scopes('n'), other]
  expect(agreementOf(asked, [], always, (scope) => scope !== 'n', together).unmet).toEqual([
    { scopes: ['w', 'n'], reach: 'partly', missing, unknown: ['n'] },
    { scopes: ['n'], reach: 'none', unknown: ['n'] },
  ])
  expect(agreementOf(asked, [], always, always, together).unmet.map((one) => 'missing' in one)).toEqual([
    true,
    false,
  ])
})
