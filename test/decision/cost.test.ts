/**
 * What one decision may cost: whatever a policy says within the limits, and whatever is asked, a decision
 * takes no longer than reading the path a bounded number of times.
 */
import { describe, expect, test } from 'vitest'
import { parsePolicy } from '../../src/index.ts'

/** Milliseconds for one decision: no measure of speed, but what a search that backtracks never ends within. */
const PATIENCE = 20_000

function cost(pattern: string, path: string, wildcard: 'any' | 'segment'): number {
  const { policy } = parsePolicy({ s: { label: 's', endpoints: [pattern] } }, { wildcard })
  // A pattern that is refused costs nothing.
  if (policy === null) return 0
  policy.authorize('s', 'GET', '/warm')
  const begun = performance.now()
  policy.authorize('s', 'GET', path)
  return performance.now() - begun
}

describe('one decision is quick', () => {
  const paths = [
    `/${'a'.repeat(2000)}`,
    `/${'a/'.repeat(1000)}b`,
    `/${'ab'.repeat(1000)}`,
    `/${'%61'.repeat(600)}`,
  ]
  const any = [
    '*a*'.repeat(300),
    '*a*a*a*b',
    `*${'a'.repeat(500)}b*`,
    `*${'ab'.repeat(200)}c*${'a'.repeat(400)}*x`,
    '*'.repeat(1000),
  ]
  const segment = [
    '**/'.repeat(300),
    '*a'.repeat(500),
    '(*)*'.repeat(300),
    '{*,**}'.repeat(60),
    '{,a}'.repeat(300),
    '(a*)+'.repeat(200),
    '{a,b}*'.repeat(150),
  ]

  for (const pattern of any) {
    test(`with wildcard: any and ${pattern.slice(0, 12)}…`, () => {
      for (const path of paths) expect(cost(pattern, path, 'any')).toBeLessThan(PATIENCE)
    })
  }

  for (const pattern of segment) {
    test(`with wildcard: segment and ${pattern.slice(0, 12)}…`, () => {
      for (const path of paths) expect(cost(pattern, path, 'segment')).toBeLessThan(PATIENCE)
    })
  }
})
