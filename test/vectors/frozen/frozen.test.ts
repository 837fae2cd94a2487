/** What users have stored stays valid: fingerprints, compiled policies, consent records, decisions. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fromCompiled } from '../../../src/compiled/index.ts'
import { changedSince, type ConsentRecord } from '../../../src/consent/index.ts'
import { policyOf } from '../../properties/policy-of.ts'
import type { Frozen } from './generate.ts'

const text = readFileSync(new URL('frozen.json', import.meta.url), 'utf8')
const frozen = Object.entries(JSON.parse(text) as Readonly<Record<string, Frozen>>)

test('there are a dozen documents and hundreds of decisions', () => {
  expect(frozen.length).toBeGreaterThan(12)
  expect(frozen.flatMap(([, { rows }]) => rows).length).toBeGreaterThan(700)
})

describe.each(frozen)('%s', (_, { document, fingerprint, compiled, record, rows }) => {
  const policy = policyOf(document)
  const differ = (authorize: typeof policy.authorize): readonly unknown[] =>
    rows.filter(([scopes, method, path, expected]) => authorize(scopes, method, path) !== (expected === 1))

  test('keeps its fingerprint', () => {
    expect(policy.fingerprint).toBe(fingerprint)
  })

  test('keeps its decisions', () => {
    expect(differ(policy.authorize)).toEqual([])
  })

  test('is opened from stored data, which decides the same', () => {
    const opened = fromCompiled(compiled)
    expect(opened.fingerprint).toBe(fingerprint)
    expect(differ(opened.authorize)).toEqual([])
  })

  test('is unchanged since a stored consent', () => {
    const unchanged = { askAgain: false, change: 'none', removed: [], relabelled: [] }
    expect(changedSince(record as ConsentRecord, policy)).toMatchObject(unchanged)
    // Compared endpoint by endpoint, too.
    const other = { ...(record as ConsentRecord), fingerprint: '0'.repeat(64) }
    expect(changedSince(other, policy)).toMatchObject(unchanged)
  })
})
