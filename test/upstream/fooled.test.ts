/** Every model is able to fail, and on nothing that our policies grant. */
import { expect, test } from 'vitest'
import { policyOf } from '../properties/policy-of.ts'
import { CHARACTERS_ONLY, fooledBy } from './fooled.ts'
import { MODELS } from './models/all.ts'
import { documentWith } from './policies.ts'

const fooled = fooledBy(MODELS)

test('there are more than thirty models, each with a name of its own', () => {
  expect(new Set(MODELS.map(({ id }) => id)).size).toBe(MODELS.length)
  expect(MODELS.length).toBeGreaterThanOrEqual(30)
})

test.each(MODELS.map((model) => [model.id, model] as const))(
  'a glob without path rules is fooled by %s, we are not',
  (id, model) => {
    const { pattern = '', target = '', readAs } = fooled.get(id) ?? {}
    expect(model.read(target)).toBe(readAs)
    const { authorize, scopes } = policyOf(documentWith({}, [pattern]))
    expect(authorize([...scopes.keys()], 'GET', target)).toBe(false)
  },
)

test('these models read no other structure, only other characters', () => {
  const only = MODELS.filter(({ id }) => fooled.get(id)?.pattern === CHARACTERS_ONLY).map(({ id }) => id)
  // Kept for chains: what they decode, the next server acts on.
  expect(only).toEqual(['api-gateway', 'pekko'])
})
