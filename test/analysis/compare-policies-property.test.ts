/** Comparisons of large policies, and of random ones with edited copies. */
import { describe, expect, test } from 'vitest'
import { comparePolicies } from '../../src/analysis/index.ts'
import { loadPolicy } from '../../src/index.ts'
import { documentOf, edited, pick, policyFrom, randomFrom, worldOf } from './small-policies.ts'

describe('comparePolicies', () => {
  test('a policy equals itself, and an edited one that is equal decides a million requests alike', () => {
    let requests = 0
    for (let seed = 1; requests < 1_000_000; seed++) {
      const random = randomFrom(seed)
      const world = worldOf(random)
      const document = documentOf(random, world, 3)
      const before = policyFrom(document, world.options)
      const after = policyFrom(edited(random, world, document), world.options)
      if (before === null || after === null) continue
      expect(comparePolicies(before, before).change).toBe('equal')
      if (comparePolicies(before, after).change !== 'equal') continue
      for (let index = 0; index < 20_000; index++, requests++) {
        const length = Math.floor(random() * 7)
        const path = `/${Array.from({ length }, () => pick(random, world.alphabet)).join('')}`
        const scopes = ['s0', 's1', 's2', 's9'].filter(() => random() < 0.5)
        const method = pick(random, ['GET', 'POST'])
        if (before.authorize(scopes, method, path) !== after.authorize(scopes, method, path)) {
          expect.fail(`seed ${seed}: ${scopes.join()} ${method} ${path}`)
        }
      }
    }
  })

  test('12,000 grants are compared with an edited copy in less than a second of computing', () => {
    const document = (edit: number): object =>
      Object.fromEntries(
        Array.from({ length: 300 }, (_, scope) => [
          `scope${scope}`,
          {
            label: 'label',
            endpoints: Array.from({ length: 40 }, (_, index) => ({
              [`v1/resource${scope}/*/part${index + (scope % 10 === 0 && index === 7 ? edit : 0)}/*`]: 'GET',
            })),
          },
        ]),
      )
    const [before, after] = [loadPolicy(document(0)), loadPolicy(document(100))]
    const start = process.cpuUsage()
    const { change, scopes } = comparePolicies(before, after)
    expect(process.cpuUsage(start).user).toBeLessThan(1_000_000)
    expect([change, scopes.filter((scope) => scope.change === 'mixed').length]).toEqual(['mixed', 30])
  })
})
