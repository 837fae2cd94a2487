/**
 * What one decision may cost: whatever a policy says within the limits, and whatever is asked, a decision
 * takes no longer than reading the path a bounded number of times.
 */
import { describe, expect, test } from 'vitest'
import { parsePolicy } from '../../src/index.ts'

/** Comes back, or the test is stopped: a search that backtracks would still be at it tomorrow. */
function decide(pattern: string, path: string, wildcard: 'any' | 'segment'): void {
  const { policy } = parsePolicy({ s: { label: 's', endpoints: [pattern] } }, { wildcard })
  expect(policy?.authorize('s', 'GET', path)).toBe(policy?.explain('s', 'GET', path).allowed)
}

describe('one decision ends', () => {
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
    '{*,a}*'.repeat(60),
    '{*,**}'.repeat(60),
    '{,a}'.repeat(300),
    '{a*,b}'.repeat(60),
    '{a,b}*'.repeat(150),
  ]

  for (const pattern of any) {
    test(`with wildcard: any and ${pattern.slice(0, 12)}…`, () => {
      for (const path of paths) decide(pattern, path, 'any')
    })
  }

  for (const pattern of segment) {
    test(`with wildcard: segment and ${pattern.slice(0, 12)}…`, () => {
      for (const path of paths) decide(pattern, path, 'segment')
    })
  }
})
