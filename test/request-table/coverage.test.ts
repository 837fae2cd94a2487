import { describe, expect, test } from 'vitest'
import { judge, tableOf } from './judge.ts'

describe('coverage counts one grant for each method of each endpoint of each scope', () => {
  test.each([
    ['GET /nothing: [api:read-only]', 12, 'the scope that is listed, although the row fails for another'],
    ['GET /workers/me: [profile, api:read-only, api]', 37, 'three scopes at once'],
    ['{ request: GET /workers/me, scopes: [profile, search], expect: allow }', 12, 'a token'],
    ['GET, POST, PUT, PATCH, DELETE /x: [api]', 62, 'methods one by one'],
  ])('%s: %i %%: %s', (row, percent) => {
    expect(judge(tableOf(row)).percent).toBe(percent)
  })

  test.each([
    'GET /workers/me: []',
    'GET /records/search: [search]',
    'GET /workers/../me: refused',
    '{ request: GET /workers/me, scopes: [search], expect: deny }',
    '{ request: GET /workers/me, scopes: [profile], expect: deny }',
  ])('no denial, and no expectation that does not hold, covers anything: %s', (row) => {
    expect(judge(tableOf(row)).percent).toBe(0)
  })

  test('what is missing is named with its methods', () => {
    const { uncovered } = judge(
      tableOf('GET, POST /x: [api]', 'GET /workers/me: [profile, api:read-only, api]'),
    )
    expect(uncovered).toEqual(['search records/*/search GET', 'api * DELETE PATCH PUT'])
  })

  test('an endpoint counts in the scope in whose list it stands', () => {
    const document = 'a:\n  label: A\n  endpoints: [{ x: GET }]\nb:\n  label: B\n  includes: [a]\n'
    const only = (scope: string): string => `{ request: GET /x, scopes: [${scope}], expect: allow }`
    expect(judge(tableOf(only('b')), document).percent).toBe(0)
    expect(judge(tableOf(only('a')), document).percent).toBe(100)
  })

  describe('and of each combination and the baseline', () => {
    const document =
      'a: { label: A, endpoints: [] }\nb: { label: B, endpoints: [] }\nc: { label: C, endpoints: [], includes: [b] }\n' +
      '"a b": { endpoints: [{ both: [GET, PUT] }], tools: [merge] }\n$baseline: { endpoints: [{ health: GET }] }\n'
    test.each([
      ['{ request: GET /both, scopes: [a, b], expect: allow }', 25],
      ['{ request: "GET, PUT /both", scopes: [a, c], expect: allow }', 50],
      ['{ request: tools/call merge, scopes: [a, b], expect: allow }', 25],
      ['{ request: GET /health, scopes: [], expect: allow }', 25],
      ['GET /health: [a, b, c]', 25],
      // Each scope of a list is a token of its own.
      ['GET /both: [a, b]', 0],
      ['{ request: GET /both, scopes: [a], expect: deny }', 0],
    ])('%s: %i %%', (row, percent) => {
      expect(judge(tableOf(row), document).percent).toBe(percent)
    })

    test('what is missing is named by its row', () => {
      expect(judge(tableOf('GET /health: [a, b, c]'), document).uncovered).toEqual([
        'a b both GET PUT',
        'a b merge tools/call',
      ])
    })
  })

  test('endpoints that can allow no request do not count', () => {
    const document = 'a:\n  label: A\n  endpoints: [{ x: GET }, { a//b: GET }, { "a/../*": GET }]\n'
    expect(judge(tableOf('GET /x: [a]'), document).percent).toBe(100)
    const segment =
      'a:\n  label: A\n  endpoints: [{ x: GET }, { "..": GET }, { "b/../*": GET }]\n$options: { wildcard: segment }\n'
    expect(judge(tableOf('GET /x: [a]'), segment).percent).toBe(100)
  })

  test('a policy that grants nothing is covered', () => {
    expect(judge(tableOf('GET /x: []'), 'openid:\n  label: O\n  endpoints: []\n').percent).toBe(100)
  })

  test('99.9 % is not 100 %', () => {
    const endpoints = Array.from({ length: 1001 }, (_, at) => `{ p${at}: GET }`).join()
    const document = `a:\n  label: A\n  endpoints: [${endpoints}]\n`
    const rows = Array.from({ length: 1000 }, (_, at) => `GET /p${at}: [a]`)
    expect(judge(tableOf(...rows), document).percent).toBe(99)
  })
})
