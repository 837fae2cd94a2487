/** What a policy was made of. */
import { expect, test } from 'vitest'
import { policyData } from '../../src/analysis/policy-data.ts'
import type { Policy } from '../../src/index.ts'
import { policyOf } from '../decision/example.ts'

test('of a policy that was loaded its scopes are known, of anything else nothing', () => {
  expect([...policyData(policyOf({ a: 'x', b: 'y' })).scopes.keys()]).toEqual(['a', 'b'])
  const message = 'analysis needs a policy that was made by loadPolicy or parsePolicy'
  for (const other of [{}, { ...policyOf({ a: 'x' }) }, undefined]) {
    expect(() => policyData(other as unknown as Policy)).toThrow(new TypeError(message))
  }
})
