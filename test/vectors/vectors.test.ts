/** The published vectors: what the reference says, and what every form of a policy answers. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parsePolicy } from '../../src/index.ts'
import type { CompiledPolicy } from '../../src/compiled/index.ts'
import { compiledForms } from '../compiled/forms.ts'
import { referencePolicy } from '../reference/authorize.ts'
import { policyOf } from '../properties/policy-of.ts'
import { FILE, print, type Row, type Vectors, vectors } from './generate.ts'

const text = readFileSync(FILE, 'utf8')
const published = JSON.parse(text) as Vectors
const policies = Object.entries(published.policies)

test('are those that the reference gives; `node test/vectors/generate.ts` writes them', () => {
  expect(text).toBe(print(vectors()))
})

test('are a few thousand rows of every kind in less than 300 kB', () => {
  const rows = policies.flatMap(([, { rows }]) => rows)
  expect(rows.length).toBeGreaterThan(3000)
  expect(text.length).toBeLessThan(300_000)
  expect(text).toMatch(/^[\n -~]*$/)
  const kinds = new Map<unknown, number>()
  for (const [, , , expected] of rows) kinds.set(expected, (kinds.get(expected) ?? 0) + 1)
  expect(kinds.get(1)).toBeGreaterThan(400)
  expect(kinds.get(0)).toBeGreaterThan(400)
  const rules = new Set(
    [...kinds.keys()].flatMap((kind) => (typeof kind === 'string' ? kind.split('|') : [])),
  )
  expect([...rules].sort()).toEqual(
    [
      ...[
        'absolute-form',
        'asterisk-form',
        'authority-form',
        'backslash',
        'control-character',
        'dot-segment',
      ],
      ...['double-encoding', 'empty-segment', 'empty-target', 'encoded-backslash', 'encoded-control'],
      ...['encoded-delimiter', 'encoded-slash', 'fragment', 'invalid-utf8', 'malformed-escape', 'non-ascii'],
      ...['semicolon', 'space'],
    ].sort(),
  )
})

/** Rows that a policy answers otherwise. */
function wrong(
  rows: readonly Row[],
  policy: Pick<CompiledPolicy, 'authorize' | 'grant' | 'explain'>,
): readonly unknown[] {
  return rows.filter(([scopes, method, path, expected]) => {
    const allowed = policy.authorize(scopes, method, path)
    const names = scopes === '' ? [] : scopes.split(' ')
    const { refusal, ...decision } = policy.explain(names, method, path)
    return (
      allowed !== (expected === 1) ||
      policy.authorize(names, method, path) !== allowed ||
      policy.authorize(new Set(names), method, path) !== allowed ||
      policy.grant(scopes).authorize(method, path) !== allowed ||
      decision.allowed !== allowed ||
      (typeof expected === 'string' ? !expected.split('|').includes(refusal ?? '') : refusal !== undefined)
    )
  })
}

describe.each(policies)('%s', (_, { document, rows }) => {
  test('the reference', () => {
    const { authorize } = referencePolicy(document)
    const differ = rows.filter(
      ([scopes, method, path, expected]) => authorize(scopes.split(' '), method, path) !== (expected === 1),
    )
    expect(differ).toEqual([])
  })

  test('the policy, read from an object and from text', () => {
    expect(wrong(rows, policyOf(document))).toEqual([])
    const { policy } = parsePolicy(JSON.stringify(document))
    expect(policy).not.toBeNull()
    if (policy !== null) expect(wrong(rows, policy)).toEqual([])
  })

  test('the compiled forms', async () => {
    for (const [form, policy] of await compiledForms(policyOf(document)))
      expect(wrong(rows, policy), form).toEqual([])
  })
})
