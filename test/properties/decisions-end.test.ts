/** Decisions end on the worst patterns, paths and tokens: what is exponential would not, before the test is stopped. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parsePolicy } from '../../src/index.ts'
import { segmentPattern } from '../arbitrary/pattern.ts'
import { runs } from '../arbitrary/settings.ts'
import { policyOf } from './policy-of.ts'

describe('a decision ends', () => {
  const HARD_ANY = [
    '*a'.repeat(2000),
    `${'*a'.repeat(24)}b`,
    '*/*/*/*/*/*/*/*/x',
    'a*'.repeat(30),
    '*'.repeat(4000),
  ]
  const HARD_SEGMENT = [
    '**/**/**/**/**/x',
    `${'**/*a'.repeat(12)}b`,
    `${'*a'.repeat(40)}b`,
    '{a,b}'.repeat(60),
    '?'.repeat(4000),
  ]
  const LONG_PATHS = [
    'a'.repeat(8000),
    'a/'.repeat(4000).slice(0, -1),
    '%61'.repeat(2700),
    'ab'.repeat(4000),
    '%C3%A9'.repeat(1300),
  ]

  test.each([
    ['any', HARD_ANY],
    ['segment', HARD_SEGMENT],
  ] as const)('for hard patterns on long paths with wildcard: %s', (wildcard, patterns) => {
    for (const pattern of patterns) {
      const { policy } = parsePolicy({ s: { label: 's', endpoints: [pattern] } }, { wildcard })
      for (const path of LONG_PATHS) {
        expect(policy?.authorize('s', 'GET', path)).toBe(policy?.explain('s', 'GET', path).allowed)
      }
    }
  })

  test('for a token with very many scopes and for very long arguments', () => {
    const policy = policyOf({ s: { label: 's', endpoints: ['*'] } })
    const many = Array.from({ length: 200_000 }, (_, index) => `x${index}`)
    const long = 'x'.repeat(1_000_000)
    expect(policy.authorize([...many, 's'], 'GET', '/a')).toBe(true)
    expect(policy.authorize(`${many.join(' ')} s`, 'GET', '/a')).toBe(true)
    expect(policy.authorize('s', 'GET', long)).toBe(false)
    expect(policy.authorize('s', long, '/a')).toBe(false)
    expect(policy.authorize([long], 'GET', '/a')).toBe(false)
  })

  test('for random patterns that repeat themselves', () => {
    const repeated = fc
      .tuple(segmentPattern, fc.integer({ min: 1, max: 12 }))
      .map(([text, times]) => text.repeat(times))
    fc.assert(
      fc.property(repeated, fc.constantFrom(...LONG_PATHS), (pattern, path) => {
        const { policy } = parsePolicy({ s: { label: 's', endpoints: [pattern] } }, { wildcard: 'segment' })
        expect(policy?.authorize('s', 'GET', path)).toBe(policy?.explain('s', 'GET', path).allowed)
      }),
      runs(20),
    )
  })
})
