/** What coverage states, member by member. */
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { loadPolicy, type Policy } from '../../src/index.ts'
import { coverage, type CoverageOptions, type Coverage } from '../../src/openapi/index.ts'

const OAUTH = { type: 'oauth2', flows: { implicit: { scopes: { r: 'Read', w: 'Write' } } } }

function api(paths: object, rest: object = {}): object {
  return {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    servers: [{ url: 'https://api.example' }],
    components: { securitySchemes: { o: OAUTH } },
    paths,
    ...rest,
  }
}
const cover = (policy: string, paths: object, options?: CoverageOptions, rest?: object): Coverage =>
  coverage(loadPolicy(policy), api(paths, rest), options)

describe('operations', () => {
  test('have what a token with all scopes may do, and each scope, with requests as evidence', () => {
    const policy = `
r: { label: R, endpoints: [things: GET, 'things/*': GET] }
w: { label: W, endpoints: ['things/b': [GET, DELETE]] }
`
    const { operations } = cover(policy, {
      '/things/{id}': { get: { operationId: 'one' }, delete: {}, post: {} },
      '/other': { get: {} },
    })
    expect(operations).toStrictEqual([
      {
        method: 'GET',
        path: '/things/{id}',
        operationId: 'one',
        pointer: '/paths/~1things~1{id}/get',
        reach: 'full',
        scopes: [
          { scope: 'r', reach: 'full', allowed: { method: 'GET', path: '/things/a' } },
          {
            scope: 'w',
            reach: 'partly',
            allowed: { method: 'GET', path: '/things/b' },
            missing: { method: 'GET', path: expect.stringMatching(/^\/things\/[^b]$/) as string },
          },
        ],
        asks: null,
        undeclared: [],
        unmet: [],
      },
      {
        method: 'POST',
        path: '/things/{id}',
        pointer: '/paths/~1things~1{id}/post',
        reach: 'none',
        missing: { method: 'POST', path: expect.stringMatching(/^\/things\/.$/) as string },
        scopes: [],
        asks: null,
        undeclared: [],
        unmet: [],
      },
      expect.objectContaining({
        method: 'DELETE',
        reach: 'partly',
        missing: { method: 'DELETE', path: expect.stringMatching(/^\/things\/.$/) as string },
        scopes: [expect.objectContaining({ scope: 'w', reach: 'partly' }) as object],
      }),
      expect.objectContaining({ path: '/other', reach: 'none', scopes: [] }),
    ])
  })

  test('scopes that only together allow a path with a slash at its end are none of them alone', () => {
    const [operation] = cover(
      `r: { label: R, endpoints: ['a/*': GET] }\nw: { label: W, endpoints: [a: GET] }`,
      {
        '/a/': { get: { security: [{ o: ['r', 'w'] }, { o: ['r'] }] } },
      },
    ).operations
    expect(operation).toMatchObject({
      reach: 'full',
      scopes: [],
      unmet: [{ scopes: ['r'], reach: 'none', missing: { path: '/a/' }, unknown: [] }],
    })
  })

  test('a scope is listed by what it adds to the baseline, not by what the baseline opens', () => {
    const [operation] = cover(`$baseline: { endpoints: ['a/': GET] }\nr: { label: R, endpoints: [a: GET] }`, {
      '/a/': { get: {} },
    }).operations
    expect(operation).toMatchObject({ reach: 'full', scopes: [] })
  })

  test('requirements are judged by all of their scopes, known or not', () => {
    const policy = `r: { label: R, endpoints: ['a/b': GET] }\nw: { label: W, endpoints: ['a/*': GET] }`
    const [operation] = cover(policy, {
      '/a/{x}': { get: { security: [{ o: ['r', 'gone'] }, { o: ['w'] }, { o: ['r', 'w'] }] } },
    }).operations
    expect(operation?.unmet).toEqual([
      { scopes: ['r', 'gone'], reach: 'partly', missing: expect.anything() as object, unknown: ['gone'] },
    ])
    expect(operation?.undeclared).toEqual(['r'])
  })

  test('concrete paths belong to their own operations', () => {
    const policy = `r: { label: R, endpoints: ['u/me': GET] }`
    const { operations } = cover(policy, { '/u/{id}': { get: {} }, '/u/me': { get: {} } })
    expect(operations.map(({ reach }) => reach)).toEqual(['none', 'full'])
  })
})

describe('base paths', () => {
  const paths = { '/a/{x}': { get: {} } }
  const servers = { servers: [{ url: '/longer' }, { url: '/v1' }] }

  test('an operation at several places is what it is at all of them, with shortest requests', () => {
    const policy = `r: { label: R, endpoints: ['longer/a/*': GET, 'v1/a/*': GET] }`
    const [both] = cover(policy, paths, {}, servers).operations
    expect(both).toMatchObject({ reach: 'full', scopes: [{ allowed: { path: '/v1/a/a' } }] })
    const [longer] = cover(`r: { label: R, endpoints: ['longer/*': GET] }`, paths, {}, servers).operations
    expect(longer).toMatchObject({ reach: 'partly', missing: { path: '/v1/a/g' } })
    expect(longer?.scopes).toMatchObject([{ allowed: { path: '/longer/a/a' }, missing: { path: '/v1/a/g' } }])
    const [none] = cover(`r: { label: R, endpoints: [other: GET] }`, paths, {}, servers).operations
    expect(none).toMatchObject({
      reach: 'none',
      missing: { path: expect.stringMatching(/^\/v1\/a\/.$/) as string },
    })
  })

  test('the shortest request is found whatever the order of the places', () => {
    const other = { servers: [{ url: '/v1' }, { url: '/longer' }] }
    const policy = `r: { label: R, endpoints: ['longer/a/*': GET, 'v1/a/*': GET] }`
    expect(cover(policy, paths, {}, other).operations[0]?.scopes).toMatchObject([
      { allowed: { path: '/v1/a/a' } },
    ])
  })

  test('an operation is undecided where it is at one of them', () => {
    const policy = `$options: { wildcard: segment }\nr: { label: R, endpoints: ['v1/{a,b}/*': GET] }`
    const { operations } = cover(policy, { '/{x}/{y}': { get: {} } }, { states: 0 }, servers)
    expect(operations).toMatchObject([{ reach: 'undecided', scopes: [{ scope: 'r', reach: 'undecided' }] }])
    const decided = cover(policy, { '/{x}/{y}': { get: {} } }, {}, servers).operations
    expect(decided).toMatchObject([{ reach: 'partly', scopes: [{ scope: 'r', reach: 'partly' }] }])
  })

  test('an endpoint counts an operation once, wherever it is', () => {
    const { endpoints } = cover(`r: { label: R, endpoints: ['*': GET] }`, paths, {}, servers)
    expect(endpoints).toMatchObject([{ operations: 1 }])
  })

  test('serverPath is where the paths begin', () => {
    const policy = `r: { label: R, endpoints: ['x/a/*': GET] }`
    expect(cover(policy, paths, { serverPath: '/x' }, servers).operations[0]?.reach).toBe('full')
    expect(cover(policy, paths, {}, servers).operations[0]?.reach).toBe('none')
  })

  test('the base path of the policy is one of those of the document', () => {
    const policy = `$options: { basePath: /v1 }\nr: { label: R, endpoints: ['a/*': GET] }`
    expect(cover(policy, paths, {}, servers).operations[0]).toMatchObject({
      reach: 'full',
      scopes: [{ allowed: { path: '/v1/a/a' } }],
    })
  })
})

describe('endpoints', () => {
  test('have the number of operations of which they alone allow a request', () => {
    const text = `r: { label: R, endpoints: ['a/*': [GET, POST], b: GET, a: PUT] }\nw: { label: W, endpoints: ['a/*': GET] }`
    const { endpoints } = cover(text, { '/a/{x}': { get: {}, post: {}, put: {} }, '/a/b': { get: {} } })
    expect(endpoints.map(({ scope, endpoint, operations }) => [scope, endpoint, operations])).toEqual([
      ['r', 'a/*', 3],
      ['r', 'b', 0],
      ['r', 'a', 0],
      ['w', 'a/*', 2],
    ])
    expect(endpoints[0]).toEqual({
      scope: 'r',
      endpoint: 'a/*',
      methods: ['GET', 'POST'],
      operations: 3,
      span: { start: text.indexOf("'a/*'"), end: expect.any(Number) as number },
    })
    expect(Object.keys(endpoints[1] ?? {})).toEqual(['scope', 'endpoint', 'methods', 'operations', 'span'])
  })
})

describe('scopes of the policy that the document does not mention', () => {
  const policy = 'r: { label: R, endpoints: [a: GET] }\nx: { label: X, endpoints: [a: GET] }'

  test('are listed, and are not undeclared', () => {
    const { unknownScopes, operations } = cover(policy, { '/a': { get: { security: [{ o: ['w'] }] } } })
    expect(unknownScopes).toEqual(['x'])
    expect(operations[0]?.undeclared).toEqual(['r'])
  })

  test('are mentioned where an operation asks for them', () => {
    const { unknownScopes } = cover(policy, { '/a': { get: { security: [{ o: ['x'] }] } } })
    expect(unknownScopes).toEqual([])
  })

  test('are none where it mentions no scope at all', () => {
    const rest = { components: {} }
    expect(cover(policy, { '/a': { get: {}, post: { security: [{}] } } }, {}, rest).unknownScopes).toEqual([])
  })
})

test('notes of the document and of its base paths are there; those of what was not understood again', () => {
  const { notes, unread } = cover('$options: { basePath: /v1 }\nr: { label: R, endpoints: [a: GET] }', {
    '/a': { get: null },
  })
  expect(notes.map(({ code }) => code)).toEqual(['invalid-operation', 'other-server'])
  expect(unread.map(({ code }) => code)).toEqual(['invalid-operation'])
})

describe('a budget that ends', () => {
  const odd = `$options: { wildcard: segment }\nr: { label: R, endpoints: ['{a,b}/*': GET] }\nw: { label: W, endpoints: [z: GET] }`

  test('leaves operations and endpoints undecided, with the reason', () => {
    const { operations, endpoints } = cover(odd, { '/{x}/{y}': { get: {} } }, { states: 0 })
    const undecided = 'the budget of 0 states is used up'
    expect(operations).toMatchObject([{ reach: 'undecided', scopes: [{ scope: 'r', reach: 'undecided' }] }])
    expect(Object.keys(operations[0]?.scopes[0] ?? {})).toEqual(['scope', 'reach'])
    expect(endpoints).toMatchObject([
      { endpoint: '{a,b}/*', operations: 0, undecided },
      { endpoint: 'z', operations: 0 },
    ])
    expect(endpoints[1]).not.toHaveProperty('undecided')
  })

  test('whatever a budget allows, a scope has the requests that its reach promises, and no others', () => {
    const members = { full: ['allowed'], partly: ['allowed', 'missing'] }
    const seen = new Set<string>()
    const longer = `$options: { wildcard: segment }\nr: { label: R, endpoints: ['{a,b}/wxyz': GET] }`
    for (let states = 0; states < 60; states++) {
      for (const { reach, scopes } of cover(longer, { '/{x}/{y}': { get: {} } }, { states }).operations) {
        seen.add(reach)
        for (const { scope, reach: own, ...requests } of scopes) {
          const keys = Object.keys(requests)
          expect([scope, states, keys]).toEqual([
            scope,
            states,
            own === 'undecided' ? keys.filter((key) => key === 'allowed') : members[own],
          ])
        }
      }
    }
    expect([...seen]).toEqual(['undecided', 'partly'])
  })

  test('without a budget nothing is undecided', () => {
    const { operations, endpoints } = cover(odd, { '/{x}/{y}': { get: {} } })
    expect(operations).toMatchObject([{ reach: 'partly' }])
    expect(endpoints[0]).toMatchObject({ operations: 1 })
    expect(endpoints[0]).not.toHaveProperty('undecided')
  })

  test('of time leaves all endpoints that reach nothing undecided', () => {
    // Each look at the clock takes a millisecond.
    let now = 0
    const clock = vi
      .spyOn(process, 'threadCpuUsage')
      .mockImplementation(() => ({ user: 1000 * now++, system: 0 }))
    onTestFinished(() => {
      clock.mockRestore()
    })
    const { operations, endpoints } = cover(
      'r: { label: R, endpoints: [a: GET] }',
      { '/a': { get: {} }, '/{x}': { get: {} }, '/b': { get: {} } },
      { milliseconds: 0 },
    )
    const undecided = 'the budget of 0 ms is used up'
    expect(operations.map(({ reach, scopes }) => [reach, scopes])).toEqual([
      ['undecided', []],
      ['undecided', []],
      ['none', []],
    ])
    expect(endpoints).toMatchObject([{ operations: 0, undecided }])
  })

  test('an endpoint that is known to reach an operation is not undecided', () => {
    const { endpoints } = cover(
      `$options: { wildcard: segment }\nr: { label: R, endpoints: ['{a,b}': GET, c: GET] }`,
      { '/c': { get: {} }, '/{x}': { get: {} } },
      { states: 0 },
    )
    expect(endpoints[1]).toEqual(expect.objectContaining({ endpoint: 'c', operations: 1 }))
    expect(endpoints[1]).not.toHaveProperty('undecided')
    expect(endpoints[0]).toHaveProperty('undecided')
  })
})

describe('what is not a policy, or not a document', () => {
  test('is refused, the policy first', () => {
    expect(() => coverage({} as Policy, 'not a document')).toThrow(TypeError)
    expect(() => coverage(loadPolicy('r: { label: R, endpoints: [a: GET] }'), [])).toThrow(
      'the OpenAPI document cannot be used: it is a list, not an object',
    )
  })

  test('a policy whose authorize disagrees is an error, never an answer', () => {
    const policy = loadPolicy('r: { label: R, endpoints: [a: GET] }')
    const liar = (answer: boolean): Policy =>
      Object.create(null, {
        ...Object.getOwnPropertyDescriptors(policy),
        authorize: { value: () => answer },
      }) as Policy
    expect(() => coverage(liar(false), api({ '/a': { get: {} } }))).toThrow(
      'coverage and authorize disagree about GET /a',
    )
    expect(() => coverage(liar(true), api({ '/b': { get: {} } }))).toThrow(
      'coverage and authorize disagree about GET /b',
    )
  })
})
