/** First policies: what they say, that they load, and that they decide as the document says. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { loadPolicy, parsePolicy } from '../../src/index.ts'
import type { Policy } from '../../src/index.ts'
import { lint } from '../../src/lint/index.ts'
import { coverageOf } from '../../src/openapi/compare/coverage.ts'
import { coverage, type Coverage, fromOpenApi, type ReachKind } from '../../src/openapi/index.ts'

vi.mock('../../src/openapi/compare/coverage.ts', { spy: true })

const CLINIC = readFileSync(join(import.meta.dirname, 'documents', 'clinic.yaml'))

const codes = (document: object | string): string[] => fromOpenApi(document).notes.map(({ code }) => code)

function api(
  paths: object,
  scopes: Readonly<Record<string, string>> = { a: 'Label of a', b: 'Label of b' },
): object {
  return {
    openapi: '3.1.0',
    info: { title: 'Test', version: '1' },
    components: { securitySchemes: { o: { type: 'oauth2', flows: { implicit: { scopes } } } } },
    paths,
  }
}

const by = (...alternatives: readonly string[][]): object => ({
  security: alternatives.map((scopes) => ({ o: scopes })),
})

function allowing(policy: Policy, method: string, path: string): string[] {
  return [...policy.scopes.keys()].filter((scope) => policy.authorize(scope, method, path))
}

describe('the clinic', () => {
  const { text, notes } = fromOpenApi(CLINIC)
  const policy = loadPolicy(text)

  test('is written as it stands in the golden file', async () => {
    const shown = notes.map(({ code, message, pointer = '' }) => `# ${code} ${pointer}: ${message}`)
    await expect(`${text}\n${shown.join('\n')}\n`).toMatchFileSnapshot(
      join(import.meta.dirname, 'documents', 'clinic.expected.txt'),
    )
  })

  test.each([
    ['GET', '/api/v2/patients', ['records:read']],
    ['POST', '/api/v2/patients', ['records:write', 'admin']],
    ['GET', '/api/v2/patients/7', ['records:read']],
    ['GET', '/api/v2/patients/7/8', []],
    ['PUT', '/api/v2/patients/7', ['records:write', 'admin']],
    ['DELETE', '/api/v2/patients/7', []],
    // A policy cannot leave a path out of a star; the notes say so.
    ['GET', '/api/v2/patients/me', ['profile', 'records:read']],
    ['GET', '/api/v2/patients/7/files/a.pdf', ['records:read']],
    ['GET', '/api/v2/patients/7/files/.pdf', []],
    ['GET', '/api/v2/patients/7/files/a.', []],
    ['GET', '/api/v2/patients/7/notes/', ['records:read']],
    ['GET', '/api/v2/patients/7/notes', []],
    ['GET', '/api/v2/search(query=x)', ['records:read']],
    ['GET', '/api/v2/search(query=)', []],
    ['GET', '/api/v2/searchquery=x', []],
    ['GET', '/api/v2/shared', ['records:read']],
    ['OPTIONS', '/api/v2/shared', []],
    ['GET', '/patients', []],
    ['GET', '/api/v2/health', []],
  ])('decides %s %s', (method, path, scopes) => {
    expect(allowing(policy, method, path)).toEqual(scopes)
  })

  test('lints without errors, and what is left is for people', () => {
    expect([...new Set(lint(text).map(({ code }) => code))].sort()).toEqual([
      'equivalent-scopes',
      'label-is-name',
      'scope-without-endpoints',
    ])
  })

  test('is reached by its own scopes wherever one suffices', () => {
    const { operations } = coverage(policy, CLINIC)
    const own = operations.filter(({ unmet, asks }) => asks === 'scopes' && unmet.length === 0)
    expect(own.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /patients',
      'POST /patients',
      'GET /patients/{patient}',
      'PUT /patients/{patient}',
      'GET /patients/me',
      'GET /patients/{patient}/files/{name}.{format}',
      'GET /patients/{patient}/notes/',
      'GET /search(query={text})',
      'GET /shared',
    ])
  })
})

describe('what a document asks for', () => {
  test('alternatives are one or the other', () => {
    const policy = loadPolicy(fromOpenApi(api({ '/x': { get: by(['a'], ['b']) } })).text)
    expect(allowing(policy, 'GET', '/x')).toEqual(['a', 'b'])
  })

  test('scopes of one requirement are asked for together, so none alone suffices', () => {
    const { text, notes } = fromOpenApi(api({ '/x': { get: by(['a', 'b']) } }))
    expect(allowing(loadPolicy(text), 'GET', '/x')).toEqual([])
    expect(notes.map(({ code }) => code)).toContain('several-scopes')
    // Taking the mark away makes the comment an endpoint.
    const edited = text.replace('endpoints: []\n    # - x', 'endpoints:\n    - x')
    expect(allowing(loadPolicy(edited), 'GET', '/x')).toEqual(['a'])
  })

  test('so are schemes of one requirement', () => {
    const document = api({ '/x': { get: { security: [{ o: ['a'], p: ['b'] }] } } }) as { components: object }
    const schemes = {
      o: { type: 'oauth2', flows: { password: { scopes: { a: 'Label' } } } },
      p: { type: 'openIdConnect', openIdConnectUrl: 'https://a.example' },
    }
    const { text } = fromOpenApi({ ...document, components: { securitySchemes: schemes } })
    expect(allowing(loadPolicy(text), 'GET', '/x')).toEqual([])
  })

  test('an operation overrides the document, and an empty list takes it back', () => {
    const document = {
      ...api({ '/x': { get: {}, put: by(['b']), post: { security: [] } } }),
      security: [{ o: ['a'] }],
    }
    const policy = loadPolicy(fromOpenApi(document).text)
    expect(['GET', 'PUT', 'POST'].map((method) => allowing(policy, method, '/x'))).toEqual([['a'], ['b'], []])
  })

  test('methods of one path stand together', () => {
    const { text } = fromOpenApi(api({ '/x': { put: by(['a']), get: by(['a']), delete: by(['a']) } }))
    expect(text).toContain('    - x: [GET, PUT, DELETE]\n')
  })

  test('methods of 3.2: QUERY, and others that are registered', () => {
    const item = { query: by(['a']), additionalOperations: { COPY: by(['a']), Frob: by(['a']) } }
    const { text, notes } = fromOpenApi({ ...api({ '/x': item }), openapi: '3.2.0' })
    expect(text).toContain('- x: [COPY, QUERY]')
    expect(notes.map(({ code }) => code)).toContain('unknown-method')
  })

  test('the device flow of 3.2 has scopes as well', () => {
    const schemes = { o: { type: 'oauth2', flows: { deviceAuthorization: { scopes: { d: 'Label of d' } } } } }
    const document = {
      openapi: '3.2.0',
      components: { securitySchemes: schemes },
      paths: { '/x': { get: by(['d']) } },
    }
    expect(fromOpenApi(document).text).toContain('label: Label of d')
  })

  test('Swagger 2.0', () => {
    const { text } = fromOpenApi({
      swagger: '2.0',
      basePath: '/v1/',
      securityDefinitions: {
        o: { type: 'oauth2', flow: 'implicit', scopes: { a: 'Label of a', 'x-note': 'no' } },
      },
      paths: { '/x/{y}': { get: by(['a']) } },
    })
    const policy = loadPolicy(text)
    expect([...policy.scopes.keys()]).toEqual(['a'])
    expect(allowing(policy, 'GET', '/v1/x/1')).toEqual(['a'])
  })
})

describe('what it notes', () => {
  test.each([
    ['a scope that no scheme declares', api({ '/x': { get: by(['z']) } }), 'undeclared-scope'],
    ['a scope that nothing asks for', api({}), 'unused-scope'],
    ['no scopes at all', { openapi: '3.0.0', paths: {} }, 'no-scopes'],
    ['a name that is no scope name', api({ '/x': { get: by(['a b']) } }), 'scope-name'],
    ['a scheme that is not there', api({ '/x': { get: { security: [{ q: [] }] } } }), 'unknown-scheme'],
    ['a query in a path', api({ '/x?y={z}': { get: by(['a']) } }), 'unreachable-path'],
    ['a path without a slash', api({ x: { get: by(['a']) } }), 'invalid-path'],
    ['a reference to nowhere', api({ '/x': { $ref: '#/components/pathItems/q' } }), 'unresolved-reference'],
    ['a reference in a circle', api({ '/x': { $ref: '#/paths/~1x' } }), 'unresolved-reference'],
    [
      'servers that differ',
      { ...api({}), servers: [{ url: 'https://a.example/v1' }, { url: '/v2' }] },
      'several-base-paths',
    ],
    [
      'a variable in the base path',
      { ...api({}), servers: [{ url: '/{v}', variables: { v: { default: 'v1' } } }] },
      'server-variable',
    ],
  ])('%s', (_, document, code) => {
    expect(codes(document)).toContain(code)
    expect(
      parsePolicy(fromOpenApi(document).text).diagnostics.filter(({ severity }) => severity === 'error'),
    ).toEqual(code === 'no-scopes' ? [expect.objectContaining({ code: 'empty-document' })] : [])
  })

  test('nothing that is not so: a plain document has no notes', () => {
    expect(codes(api({ '/x/{y}': { get: by(['a']), put: by(['b']) } }))).toEqual([])
  })
})

describe('descriptions become labels', () => {
  test.each([
    ['Two\n  lines', 'Two lines'],
    ['\u202eevil\u0000', 'evil'],
    ['Long sentence. '.repeat(20), 'Long sentence'],
    ['w'.repeat(300), `${'w'.repeat(119)}…`],
    ['"quoted" # not a comment: {a}', '"quoted" # not a comment: {a}'],
    ['yes', 'yes'],
    ['##[command] x', '##[command] x'],
  ])('%j', (description, label) => {
    const { text } = fromOpenApi(api({}, { a: description }))
    expect(loadPolicy(text).scopes.get('a')?.label).toBe(label)
    expect(text).not.toContain('##[')
  })
})

describe('what a pattern allows in addition', () => {
  const wider = (message: string): object => ({
    code: 'wider-than-documented',
    message,
    help: 'a policy cannot leave a path out; give the operation a separate path, or grant less',
    pointer: '/paths/~1x~1me/get',
  })

  test('is noted for the operation that has the path', () => {
    const { notes } = fromOpenApi(api({ '/x/{id}': { get: by(['a']) }, '/x/me': { get: by(['b']) } }))
    expect(notes).toEqual([
      wider('`GET /x/me` is also allowed to scope `a`, by a pattern with a star in its place'),
    ])
  })

  test('is one note for several scopes', () => {
    const scopes = { a: 'A', b: 'B', c: 'C', d: 'D' }
    const me = { '/x/me': { get: by(['b']) } }
    expect(
      fromOpenApi(api({ '/x/{id}': { get: by(['a'], ['c']) }, ...me }, { a: 'A', b: 'B', c: 'C' })).notes,
    ).toEqual([
      wider('`GET /x/me` is also allowed to scope `a` and 1 more, by a pattern with a star in its place'),
    ])
    expect(fromOpenApi(api({ '/x/{id}': { get: by(['a'], ['c'], ['d']) }, ...me }, scopes)).notes).toEqual([
      wider('`GET /x/me` is also allowed to scope `a` and 2 more, by a pattern with a star in its place'),
    ])
  })

  test.each([
    [undefined, ['wider-than-documented']],
    ['/v1', ['wider-than-documented']],
    ['/v2', ['wider-than-documented']],
    ['', ['wider-than-documented']],
  ])('is found where the paths begin: serverPath %j', (serverPath, expected) => {
    const document = {
      ...api({ '/x/{id}': { get: by(['a']) }, '/x/me': { get: by(['b']) } }),
      servers: [{ url: '/v1' }],
    }
    const { notes } = fromOpenApi(document, serverPath === undefined ? {} : { serverPath })
    expect(notes.map(({ code }) => code)).toEqual(expected)
  })

  test('is found where each pattern has a base path', () => {
    const document = {
      ...api({ '/x/{id}': { get: by(['a']) }, '/x/me': { get: by(['b']) } }),
      servers: [{ url: '/v1' }, { url: '/v2' }],
    }
    expect(fromOpenApi(document).notes.map(({ code }) => code)).toEqual([
      'several-base-paths',
      'wider-than-documented',
    ])
    for (const serverPath of ['/v2', '/v3']) {
      expect(fromOpenApi(document, { serverPath }).notes.map(({ code }) => code)).toEqual([
        'wider-than-documented',
      ])
    }
  })

  test('is found at the root where no path begins as the server states', () => {
    const document = {
      ...api({ '/x/{id}': { get: by(['a']) }, '/x/me': { get: by(['b']) } }),
      servers: [{ url: '/a//b' }],
    }
    expect(fromOpenApi(document).notes.map(({ code }) => code)).toEqual([
      'unreachable-path',
      'wider-than-documented',
    ])
  })

  const undecided = (operations: string): object => ({
    code: 'undecided',
    message: `whether other scopes come by it as well is undecided for ${operations}: the time for that is used up`,
    help: 'ask `scope-policy coverage`, which takes more time',
  })

  test('is undecided where the time ends, which is one note', () => {
    // Each look at the clock takes 11 seconds.
    let now = 0
    const clock = vi
      .spyOn(process, 'threadCpuUsage')
      .mockImplementation(() => ({ user: 11_000_000 * now++, system: 0 }))
    onTestFinished(() => {
      clock.mockRestore()
    })
    const { text, notes } = fromOpenApi(
      api({ '/x/{id}': { get: by(['a']) }, '/{id}/y': { get: by(['b']) }, '/z': { get: by(['b']) } }),
    )
    expect(loadPolicy(text).authorize('a', 'GET', '/x/1')).toBe(true)
    expect(notes).toEqual([undecided('3 operations')])
  })

  test.each<[string, readonly (readonly [ReachKind, ...ReachKind[]])[]]>([
    ['1 operation', [['partly', 'full', 'undecided'], ['full', 'full'], ['none']]],
    ['2 operations', [['undecided'], ['undecided', 'undecided'], ['partly', 'partly']]],
  ])('is undecided for %s, of which the reach or that of a scope is', (count, reaches) => {
    vi.mocked(coverageOf).mockReturnValueOnce({
      operations: reaches.map(([reach, ...scopes]) => ({
        reach,
        scopes: scopes.map((one) => ({ scope: 'a', reach: one })),
        undeclared: [],
      })),
    } as unknown as Coverage)
    expect(fromOpenApi(api({ '/x': { get: by(['a'], ['b']) } })).notes).toEqual([undecided(count)])
  })
})

describe('notes', () => {
  test('are those of the document, then those of the policy; what was not understood is also apart', () => {
    const document = api({ '/x': { gte: {}, get: {} }, y: {}, '/z': { get: by(['a'], ['b']) } })
    const { notes, unread } = fromOpenApi(document)
    expect(notes.map(({ code }) => code)).toEqual([
      'unknown-field',
      'invalid-path',
      'operation-without-scopes',
    ])
    expect(unread).toEqual(notes.slice(0, 2))
    expect(fromOpenApi(api({ '/x': { get: by(['a'], ['b']) } })).unread).toEqual([])
  })

  test('are of the document alone where it has no scopes', () => {
    const { text, notes } = fromOpenApi({
      openapi: '3.0.0',
      info: { title: 'T' },
      paths: { '/x': { get: {} } },
    })
    expect(notes.map(({ code }) => code)).toEqual(['operation-without-scopes', 'no-scopes'])
    expect(text).toContain('# A first policy for `T`, made from its OpenAPI document.')
    expect(text.split('\n').every((line) => line === '' || line.startsWith('#'))).toBe(true)
  })
})

test('options are those of reading a document, and of the draft', () => {
  const document = api({ '/x/{y}': { get: by(['a', 'b']), put: { 'x-s': 'a' } } })
  const { text } = fromOpenApi(document, {
    anyScope: true,
    multiSegment: ['y'],
    scopesFrom: 'x-s',
    serverPath: '/v1',
  })
  const policy = loadPolicy(text)
  expect(allowing(policy, 'GET', '/v1/x/1/2')).toEqual(['a', 'b'])
  expect(allowing(policy, 'PUT', '/v1/x/1')).toEqual(['a'])
  expect(text).toContain('# Made with --any-scope')
})

test('a document whose policy is too large is refused', () => {
  const scopes = Object.fromEntries(
    Array.from({ length: 4000 }, (_, index) => [`s${index}`, '😀'.repeat(1000)]),
  )
  expect(() => fromOpenApi(api({}, scopes))).toThrow(
    /^the OpenAPI document cannot be used: no policy can be made of it: the document has 17,\d{3},\d{3} bytes, more than 16,777,216$/,
  )
})
