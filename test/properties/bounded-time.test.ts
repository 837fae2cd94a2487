/** Time stays bounded on the worst patterns, paths and tokens; generously, to catch what is exponential. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parsePolicy } from '../../src/index.ts'
import { segmentPattern } from '../arbitrary/pattern.ts'
import { runs } from '../arbitrary/settings.ts'
import { policyOf } from './policy-of.ts'

describe('time stays bounded', () => {
  const timed = (work: () => void): number => {
    const start = performance.now()
    work()
    return performance.now() - start
  }

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
      const spent = timed(() => {
        const { policy } = parsePolicy(
          { s: { label: 's', endpoints: [pattern] } },
          {
            wildcard,
          },
        )
        for (const path of LONG_PATHS) policy?.authorize('s', 'GET', path)
      })
      expect(spent, pattern.slice(0, 40)).toBeLessThan(4000)
    }
  })

  test('for a token with very many scopes and for very long arguments', () => {
    const policy = policyOf({ s: { label: 's', endpoints: ['*'] } })
    const many = Array.from({ length: 200_000 }, (_, index) => `x${index}`)
    const long = 'x'.repeat(1_000_000)
    const spent = timed(() => {
      expect(policy.authorize([...many, 's'], 'GET', '/a')).toBe(true)
      expect(policy.authorize(`${many.join(' ')} s`, 'GET', '/a')).toBe(true)
      expect(policy.authorize('s', 'GET', long)).toBe(false)
      expect(policy.authorize('s', long, '/a')).toBe(false)
      expect(policy.authorize([long], 'GET', '/a')).toBe(false)
    })
    expect(spent).toBeLessThan(3000)
  })

  test('for random patterns that repeat themselves', () => {
    const repeated = fc
      .tuple(segmentPattern, fc.integer({ min: 1, max: 12 }))
      .map(([text, times]) => text.repeat(times))
    fc.assert(
      fc.property(repeated, fc.constantFrom(...LONG_PATHS), (pattern, path) => {
        const spent = timed(() => {
          const { policy } = parsePolicy(
            { s: { label: 's', endpoints: [pattern] } },
            {
              wildcard: 'segment',
            },
          )
          policy?.authorize('s', 'GET', path)
        })
        expect(spent).toBeLessThan(4000)
      }),
      runs(20),
    )
  })
})
