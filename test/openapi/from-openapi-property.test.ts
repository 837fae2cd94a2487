/** First policies: what they say, that they load, and that they decide as the document says. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadPolicy, parsePolicy } from '../../src/index.ts'
import type { Policy } from '../../src/index.ts'
import { lint } from '../../src/lint/index.ts'
import { coverage, fromOpenApi } from '../../src/openapi/index.ts'
import { runs } from '../arbitrary/settings.ts'

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

describe('round trip', () => {
  const piece = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('/', '/', '/', '{id}', '{id}', '/{id}') },
    { weight: 3, arbitrary: fc.constantFrom('a', 'b', 'me', '.json', '-') },
    { weight: 2, arbitrary: fc.constantFrom(...Array.from('*?!$&\'()+,:=@[]^|"`<>~_.\\;')) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('%20', '%C3%A9', 'é', ' ', '%2F', '##[x]', '**', '..', '#', '//'),
    },
  )
  const path = fc
    .array(piece, { minLength: 1, maxLength: 7 })
    .map((pieces) => `/${pieces.join('')}`.replace(/\{id\}\{id\}/g, '{id}'))
  const names = ['a', 'b:c', 'https://x.example/auth', '1e3', 'on', '__proto__', '-', '?', '[x]']

  test('each operation is reached by exactly the scopes that its document asks for, all of it', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(path, { minLength: 1, maxLength: 4 }),
        fc.array(fc.constantFrom(...names), { minLength: 4, maxLength: 4 }),
        (paths, scopes) => {
          const items = Object.fromEntries(
            paths.map((one, index) => [one, { get: by([scopes[index] ?? 'a']) }]),
          )
          const declared = Object.fromEntries(names.map((name) => [name, `Label of ${name}`]))
          const document = api(items, declared)
          const { text, notes } = fromOpenApi(document)
          const policy = loadPolicy(text)
          const wider = new Set(
            notes.filter(({ code }) => code === 'wider-than-documented').map(({ pointer }) => pointer),
          )
          const refused = new Set(
            notes.filter(({ code }) => code === 'unreachable-path').map(({ pointer }) => pointer),
          )
          for (const operation of coverage(policy, document).operations) {
            const { pointer, reach, unmet, undeclared } = operation
            if (refused.has(pointer)) {
              expect(reach).toBe('none')
              continue
            }
            expect([operation.path, text, reach]).toEqual([operation.path, text, 'full'])
            expect(unmet).toEqual([])
            if (!wider.has(pointer)) expect(undeclared).toEqual([])
          }
        },
      ),
      runs(300),
    )
  })

  test('a pattern allows nothing but what its template matches, and one slash behind a parameter', () => {
    fc.assert(
      fc.property(path, path, (written, other) => {
        const { text } = fromOpenApi(api({ [written]: { get: by(['a']) } }))
        const policy = loadPolicy(text)
        // Another template is reached only where both have a path in common, which its own policy shows.
        const twin = loadPolicy(fromOpenApi(api({ [other]: { get: by(['a']) } })).text)
        const there = coverage(policy, api({ [other]: { get: by(['a']) } })).operations[0]
        const back = coverage(twin, api({ [written]: { get: by(['a']) } })).operations[0]
        const slash =
          [written, other].some((one) => one.endsWith('}')) &&
          [written, other].some((one) => one.endsWith('/'))
        if (!slash)
          expect([written, other, there?.reach === 'none']).toEqual([written, other, back?.reach === 'none'])
      }),
      runs(300),
    )
  })
})
