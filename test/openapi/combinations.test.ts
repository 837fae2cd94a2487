/** Coverage of policies in which tokens hold more than scopes: combinations, the baseline, aliases. */
import { describe, expect, test } from 'vitest'
import { loadPolicy } from '../../src/index.ts'
import { coverage } from '../../src/openapi/index.ts'

const policy = loadPolicy(`
$baseline: { endpoints: [health: GET, 'part/a': GET] }
a: { label: A, aliases: [a-old], endpoints: [x: GET, 'part/b*': GET] }
b: { label: B, endpoints: [y: GET] }
both: { label: Both, includes: [a, b] }
"a b": { endpoints: ['z/*': GET] }
`)

const document = (security: Readonly<Record<string, readonly string[]>>): object => ({
  openapi: '3.0.0',
  info: { title: 'T', version: '1' },
  components: {
    securitySchemes: {
      o: { type: 'oauth2', flows: { implicit: { scopes: { a: 'A', b: 'B', both: 'Both' } } } },
    },
  },
  paths: Object.fromEntries(
    Object.entries(security).map(([path, scopes]) => [path, { get: { security: [{ o: scopes }] } }]),
  ),
})

describe('coverage of policies with combinations and a baseline', () => {
  test('does not disagree with authorize about what a combination grants', () => {
    const [operation] = coverage(policy, document({ '/z/{id}': ['a', 'b'] })).operations
    expect(operation).toMatchObject({ reach: 'full', undeclared: ['both'], unmet: [] })
    expect(operation?.scopes).toMatchObject([{ scope: 'both', reach: 'full' }])
  })

  test('a requirement of one member of a combination is unmet', () => {
    const [operation] = coverage(policy, document({ '/z/{id}': ['a'] })).operations
    expect(operation?.unmet).toMatchObject([{ scopes: ['a'], reach: 'none' }])
  })

  test('what the baseline opens is reached without being a scope', () => {
    const [health, part] = coverage(policy, document({ '/health': [], '/part/{id}': ['a'] })).operations
    expect(health).toMatchObject({ reach: 'full', scopes: [], asks: 'token' })
    expect(part).toMatchObject({
      reach: 'partly',
      scopes: [{ scope: 'a', reach: 'partly' }, { scope: 'both' }],
    })
    expect(part?.unmet).toMatchObject([{ scopes: ['a'], reach: 'partly' }])
  })

  test('an alias is the scope', () => {
    const [operation] = coverage(policy, document({ '/x': ['a-old'] })).operations
    expect(operation?.unmet).toEqual([])
  })

  test('endpoints of combinations and of the baseline that reach nothing are listed', () => {
    const { endpoints } = coverage(policy, document({ '/x': ['a'] }))
    expect(endpoints.filter(({ operations }) => operations === 0).map(({ scope }) => scope)).toEqual([
      'a',
      'b',
      'a b',
      '$baseline',
      '$baseline',
    ])
  })
})
