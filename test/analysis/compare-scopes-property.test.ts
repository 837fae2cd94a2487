/** Comparisons of scopes with large products, and what holds for random ones. */
import { describe, expect, test } from 'vitest'
import { compareScopes } from '../../src/analysis/index.ts'
import { policyOf } from '../decision/example.ts'
import { documentOf, pick, policyFrom, randomFrom, worldOf } from './small-policies.ts'

describe('compareScopes', () => {
  test('is undecided, with the reason, when the budget ends', () => {
    const hard = (tail: string): string[] =>
      Array.from(
        { length: 20 },
        (_, index) => `*a${'[ab]'.repeat(18)}${'ab'.charAt(index % 2)}*b${'[ab]'.repeat(index)}*${tail}`,
      )
    const policy = policyOf(
      { a: hard('a'), b: hard('a').slice(1).concat('*a*b*c') },
      { wildcard: 'segment', methods: ['GET'] },
    )
    const comparison = compareScopes(policy, 'a', 'b', { milliseconds: 500 })
    expect(comparison.relation).toBe('undecided')
    expect(comparison.reason).toMatch(/^the budget of (?:500 ms|200000 states) is used up$/)
  })

  test('decides twenty patterns with three stars each at once where stars cross slashes', () => {
    const random = randomFrom(1)
    const word = (): string => Array.from({ length: 3 }, () => pick(random, ['a', 'b'])).join('')
    const many = (): string[] => Array.from({ length: 20 }, () => `*${word()}*${word()}*${word()}`)
    const [first, second] = [many(), many()]
    const policy = policyOf({ a: first, b: second, c: [...first, ...second], d: '*' }, { methods: ['GET'] })
    expect(compareScopes(policy, 'a', 'c').relation).toBe('subset')
    expect(compareScopes(policy, 'c', 'd').relation).toBe('subset')
    expect(compareScopes(policy, 'a', 'b', { milliseconds: 2000 }).relation).toBe('partial')
  })
})

test('inclusion is transitive, and both ways it is equality', () => {
  for (let seed = 1; seed <= 150; seed++) {
    const random = randomFrom(seed)
    const world = worldOf(random)
    const policy = policyFrom(documentOf(random, world, 3), world.options)
    if (policy === null) continue
    const includes = (a: string, b: string): boolean => compareScopes(policy, a, b).onlyInB === undefined
    if (includes('s0', 's1') && includes('s1', 's2')) expect(includes('s0', 's2')).toBe(true)
    const equal = compareScopes(policy, 's0', 's1').relation === 'equal'
    expect(includes('s0', 's1') && includes('s1', 's0')).toBe(equal)
  }
})
