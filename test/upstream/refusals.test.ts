/** Every rule that refuses a path is needed: without it, and with all others, some server breaks the law. */
import { REFUSAL_NAMES } from '../../src/language/refusals.ts'
import { describe, expect, test } from 'vitest'
import type { PlainOptions } from '../reference/document.ts'
import { refusalsOf } from '../reference/request-path.ts'
import { policyOf } from '../properties/policy-of.ts'
import { naive } from './authorizers.ts'
import { describeViolation, lawOf, worldOf } from './law.ts'
import { MODELS } from './models/all.ts'
import { documentWith } from './policies.ts'
import { REFUSALS } from './refusals.ts'

const REFUSE = { encodedSlash: 'refuse', delimiters: 'refuse' } as const
const ALL = { all: { label: 'All', endpoints: ['*'] } }

test.each(REFUSALS.map(({ target, refusal }) => [target.slice(0, 40), refusal, target] as const))(
  '%j is refused as %s, whatever the policy',
  (_, refusal, target) => {
    expect(policyOf(ALL).explain('all', 'GET', target)).toMatchObject({
      allowed: false,
      reason: 'path-refused',
      refusal,
      scopesThatWouldAllow: [],
    })
  },
)

const needed = REFUSALS.flatMap(({ target, refusal, witness }) =>
  witness === undefined ? [] : [[target, refusal, witness] as const],
)

describe.each(needed)('%j is refused', (target, refusal, { pattern, model, readAs }) => {
  test(`by ${refusal} alone`, () => {
    expect([...refusalsOf(target, REFUSE)]).toEqual([refusal])
  })

  test(`because ${model} reads it as a path that is not granted`, () => {
    const document = documentWith({}, [pattern])
    const models = MODELS.filter(({ id }) => id === model)
    const { violations } = lawOf(worldOf(document, models), document, naive(document))
    expect(violations(target).map((one) => describeViolation(document, one))).toEqual([
      `${pattern} grants ${JSON.stringify(target)}, but not ${JSON.stringify(readAs)}, as ${model} reads it`,
    ])
  })
})

const data = REFUSALS.flatMap(({ target, option = '' }) =>
  option.endsWith(': data') ? [[target.replace('..', 'x'), option] as const] : [],
)

test.each(data)('%j is accepted with `%s`', (target, option) => {
  const options: PlainOptions = { [option.replace(': data', '')]: 'data' }
  expect(policyOf(ALL).authorize('all', 'GET', target)).toBe(false)
  expect(policyOf({ $options: options, ...ALL }).authorize('all', 'GET', target)).toBe(true)
})

test('every refusal is in the table', () => {
  // That of URIs is of names, not of paths.
  const rules = REFUSAL_NAMES.filter((name) => name !== 'uri-form')
  expect([...new Set(REFUSALS.map(({ refusal }) => refusal))].sort()).toEqual(rules.toSorted())
})
