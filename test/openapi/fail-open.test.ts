/**
 * What is not understood lets nobody in and is never called fine: security schemes, requirements, references
 * and path templates, each with generated variations.
 */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadPolicy, parsePolicy } from '../../src/index.ts'
import { lint } from '../../src/lint/index.ts'
import { coverage, fromOpenApi } from '../../src/openapi/index.ts'
import { runs } from '../arbitrary/settings.ts'
import { folderWith, runCli } from '../cli/run-cli.ts'

const POLICY = '"things:read":\n  label: Read your things\n  endpoints:\n    - things: GET\n'
const OAUTH = { type: 'oauth2', flows: { implicit: { scopes: { r: 'Read things', w: 'Change things' } } } }

function api(paths: object, rest: object = {}): object {
  return {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    components: { securitySchemes: { o: OAUTH } },
    security: [{ o: ['r'] }],
    paths,
    ...rest,
  }
}

const codes = (document: object): string[] => fromOpenApi(document).unread.map(({ code }) => code)
/** What each scope of the imported policy has. */
function granted(document: object, options = {}): Record<string, string[]> {
  const { scopes } = loadPolicy(fromOpenApi(document, options).text)
  return Object.fromEntries(
    [...scopes].map(([name, { endpoints }]) => [name, endpoints.map(({ pattern }) => pattern)]),
  )
}
async function cover(document: object | string, ...flags: string[]): Promise<[number, string]> {
  const text = typeof document === 'string' ? document : JSON.stringify(document)
  const cwd = folderWith({ 'p.yaml': POLICY, 'api.yaml': text })
  const { code, stdout } = await runCli(['coverage', 'p.yaml', 'api.yaml', ...flags], { cwd })
  return [code, stdout.split('\n')[0] ?? '']
}

describe('credentials that ask for a token, or that nobody understands, are never "no token"', () => {
  const all = { '/things': { get: {}, post: {}, delete: {} } }
  const withScheme = (scheme: object, name = 's'): object =>
    api(all, { components: { securitySchemes: { s: scheme } }, security: [{ [name]: [] }] })

  test.each([
    ['http bearer', { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 's', 'token'],
    ['Bearer in any case', { type: 'http', scheme: 'BEARER' }, 's', 'token'],
    ['DPoP', { type: 'http', scheme: 'DPoP' }, 's', 'token'],
    ['an API key in Authorization', { type: 'apiKey', in: 'header', name: 'Authorization' }, 's', 'token'],
    ['the same in lower case', { type: 'apiKey', in: 'header', name: 'authorization' }, 's', 'token'],
    ['access_token of RFC 6750', { type: 'apiKey', in: 'query', name: 'access_token' }, 's', 'token'],
    ['a misspelled scheme', { type: 'oauth2', flows: {} }, 'misspelt', 'unknown'],
    ['an external reference', { $ref: './common.yaml#/s' }, 's', 'unknown'],
    ['a URL', { $ref: 'https://x.example/common.yaml#/s' }, 's', 'unknown'],
    ['a reference to nothing', { $ref: '#/nowhere' }, 's', 'unknown'],
    ['an unknown type', { type: 'oauth3' }, 's', 'unknown'],
    ['an unknown scheme of HTTP', { type: 'http', scheme: 'jwt' }, 's', 'unknown'],
    ['an API key nowhere', { type: 'apiKey', name: 'x' }, 's', 'unknown'],
    ['no type', {}, 's', 'unknown'],
  ])('%s', async (_, scheme, name, asks) => {
    const document = withScheme(scheme, name)
    const result = coverage(loadPolicy(POLICY), document)
    expect(result.operations.map((operation) => operation.asks)).toEqual([asks, asks, asks])
    expect(result.unread.length > 0).toBe(asks === 'unknown')
    for (const failOn of ['any', 'unreached']) {
      const [code, headline] = await cover(document, '--fail-on', failOn)
      expect([code, headline]).toEqual([1, expect.stringContaining('2 of 3 operations reached by no scope')])
    }
  })

  test.each([
    ['basic', { type: 'http', scheme: 'basic' }],
    ['mutual TLS', { type: 'mutualTLS' }],
    ['an API key in a header', { type: 'apiKey', in: 'header', name: 'X-API-Key' }],
    ['an API key in a cookie', { type: 'apiKey', in: 'cookie', name: 'sid' }],
  ])('%s is no bearer token, and is counted', async (_, scheme) => {
    expect(await cover(withScheme(scheme))).toEqual([
      0,
      expect.stringContaining('2 of 3 operations without a token, the others reached in full'),
    ])
  })

  test('an API token next to OAuth does not hide scopes that the document does not ask for', () => {
    const key = { type: 'apiKey', in: 'header', name: 'Authorization' }
    const document = api(
      { '/things': { get: { security: [{ o: ['w'] }, { key: [] }] } } },
      { components: { securitySchemes: { o: OAUTH, key } } },
    )
    const policy = loadPolicy('r: { label: Read, endpoints: [{ things: GET }] }')
    expect(coverage(policy, document).operations[0]).toMatchObject({ asks: 'scopes', undeclared: ['r'] })
  })

  test('a scheme in a file below the folder of the document is read', async () => {
    const cwd = folderWith({
      'p.yaml': POLICY,
      'api.yaml': JSON.stringify(withScheme({ $ref: './common.yaml#/s' })),
      'common.yaml': 's: { type: http, scheme: basic }\n',
    })
    expect((await runCli(['coverage', 'p.yaml', 'api.yaml'], { cwd })).code).toBe(0)
  })
})

describe('a malformed security is a finding and grants nothing', () => {
  const shapes: unknown[] = [
    { o: ['w'] },
    'w',
    ['w'],
    [['w']],
    [{ o: 'w' }],
    [{ o: { w: 'x' } }],
    [null],
    null,
    5,
    true,
    [{ o: [5] }],
    [{ o: ['5'] }],
    [{ o: [null] }],
    [{ o: [['w']] }],
    [{ o: [{ w: [] }] }],
    [{ o: null }],
    [{ o: ['w'] }, 'w'],
    [{ o: ['w'] }, null],
    [[]],
    [1],
  ]

  test.each(shapes.map((shape) => [JSON.stringify(shape), shape]))('%s', (_, security) => {
    const operation = { delete: { security } }
    expect(granted(api({ '/a': operation }))).toEqual({ r: [], w: [] })
    expect(codes(api({ '/a': operation }))).toEqual(['invalid-security'])
    const [only] = coverage(loadPolicy(POLICY), api({ '/a': operation })).operations
    expect(only).toMatchObject({ asks: 'unknown', reach: 'none' })
    // The same for all of the document.
    expect(granted(api({ '/a': { delete: {} } }, { security }))).toEqual({ r: [], w: [] })
  })

  test('as YAML, with both commands', async () => {
    const text = `openapi: 3.1.0
info: { title: T, version: "1" }
components: { securitySchemes: { o: { type: oauth2, flows: { implicit: { scopes: { r: Read things, w: Change things } } } } } }
security: [{ o: [r] }]
paths:
  /a: { delete: { security: { o: [w] } } }
  /b: { delete: { security: w } }
  /c: { delete: { security: [w] } }
  /d: { delete: { security: [{ o: w }] } }
  /e: { delete: { security: [{ o: [5] }] } }
  /f: { delete: { security: } }
`
    const cwd = folderWith({ 'api.yaml': text })
    const { code, stdout, stderr } = await runCli(['import', 'api.yaml'], { cwd })
    expect(code).toBe(1)
    expect(stdout).not.toContain('DELETE')
    expect(stderr.match(/\[invalid-security\]/g)?.length).toBe(6)
    expect(await cover(text)).toEqual([1, expect.stringContaining('6 of 6 operations reached by no scope')])
  })

  test('whatever is in its place, only lists of objects with lists of declared scopes grant', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (security) => {
        const document = api({ '/a': { delete: { security } } })
        const isEmpty = Array.isArray(security) && security.length === 0
        const isObjects =
          Array.isArray(security) &&
          security.every((one) => typeof one === 'object' && one !== null && !Array.isArray(one))
        expect(granted(document)).toEqual({ r: [], w: [] })
        // A list may hold another fault as well, such as a scheme that nobody declared.
        if (!isEmpty && !isObjects) expect(codes(document)).toContain('invalid-security')
      }),
      runs(200),
    )
  })
})

describe('references', () => {
  const operations = { wipe: { security: [{ o: ['w'] }] } }
  const rest = { components: { securitySchemes: { o: OAUTH }, 'x-operations': operations } }

  test('an operation that is a reference asks for what it refers to', () => {
    const document = api(
      {
        '/a': { delete: { $ref: '#/components/x-operations/wipe' } },
        '/b': { delete: { $ref: './b.yaml' } },
      },
      rest,
    )
    expect(granted(document)).toEqual({ r: [], w: ['a'] })
    expect(codes(document)).toEqual(['external-reference'])
    const resolve = (path: string): object | undefined => (path === 'b.yaml' ? operations.wipe : undefined)
    expect(granted(document, { resolve })).toEqual({ r: [], w: ['a', 'b'] })
  })

  test.each([
    'https://x.example/a.yaml',
    '//x.example/a.yaml',
    'file:///etc/passwd',
    '/etc/passwd',
    '../a.yaml',
    'x/../../a.yaml',
    '%2e%2e/a.yaml',
    '..%2fa.yaml',
    '%2Fetc/passwd',
    'c:\\a.yaml',
    '..\\a.yaml',
    'a.yaml?x',
    'a%00.yaml',
    'a%zz.yaml',
  ])('%s is never asked for', (name) => {
    const asked: string[] = []
    const document = api({ '/a': { $ref: `${name}#/x` }, '/b': { get: { $ref: name } } })
    const resolve = (path: string): undefined => void asked.push(path)
    expect(new Set(fromOpenApi(document, { resolve }).unread.map(({ code }) => code))).toEqual(
      new Set(['external-reference']),
    )
    expect(asked).toEqual([])
  })

  test('paths are relative to the file that has them, and files are read once', () => {
    const files: Record<string, object> = {
      'paths/a.yaml': { get: { $ref: 'ops/get.yaml#/x' }, post: { $ref: '../shared.yaml#/post' } },
      'paths/ops/get.yaml': { x: { $ref: '#/y' }, y: { security: [{ o: ['w'] }] } },
      'shared.yaml': { post: { security: [{ o: ['r'] }] } },
    }
    const asked: string[] = []
    const resolve = (path: string): object | undefined => {
      asked.push(path)
      return files[path]
    }
    const document = api({ '/a': { $ref: './paths/a.yaml' }, '/b': { $ref: 'paths/./a.yaml#' } })
    const { text, unread } = fromOpenApi(document, { resolve })
    expect(unread).toEqual([])
    const { authorize } = loadPolicy(text)
    expect(['GET', 'POST'].map((method) => authorize(['w'], method, '/b'))).toEqual([true, false])
    expect([...asked].sort()).toEqual(['paths/a.yaml', 'paths/ops/get.yaml', 'shared.yaml'])
  })

  test('a path item that is not read is a finding of coverage', async () => {
    const document = {
      openapi: '3.1.0',
      info: {},
      paths: { '/things': { get: {} }, '/admin': { $ref: './admin.yaml' } },
    }
    const [code, headline] = await cover(document)
    expect([code, headline]).toEqual([1, expect.stringContaining('1 part of the document not understood')])
    expect((await cover(document, '--fail-on', 'unused'))[0]).toBe(1)
    expect((await cover(document, '--fail-on', 'none'))[0]).toBe(0)
    const cwd = folderWith({
      'p.yaml': POLICY,
      'api.yaml': JSON.stringify(document),
      'admin.yaml': 'delete: {}',
    })
    const { stdout } = await runCli(['coverage', 'p.yaml', 'api.yaml'], { cwd })
    expect(stdout).toContain('DELETE /admin')
  })

  test('a link out of the working folder is refused, also where a document refers to it', async () => {
    const outside = folderWith({ 'secret.yaml': 'delete: {}' })
    const cwd = folderWith({ 'p.yaml': POLICY })
    mkdirSync(join(cwd, 'x'))
    writeFileSync(join(cwd, 'x', 'api.yaml'), JSON.stringify(api({ '/a': { $ref: 'link.yaml' } })))
    symlinkSync(join(outside, 'secret.yaml'), join(cwd, 'x', 'link.yaml'))
    const { code, stderr } = await runCli(['coverage', 'p.yaml', 'x/api.yaml'], { cwd })
    expect([code, stderr]).toEqual([2, expect.stringContaining('symbolic link')])
    expect(stderr).not.toContain('delete')
  })

  test('cycles and references to nothing are findings', () => {
    const paths = {
      '/a': { $ref: '#/paths/~1b' },
      '/b': { $ref: '#/paths/~1a' },
      '/c': { $ref: '#/x' },
      '/d': { get: { $ref: '#anchor' } },
    }
    expect(new Set(codes(api(paths)))).toEqual(new Set(['unresolved-reference']))
    expect(granted(api(paths))).toEqual({ r: [], w: [] })
  })
})

describe('what else is not understood is a finding', () => {
  test.each([
    ['unknown-field', { '/a': { gte: {} } }],
    ['unknown-field', { '/a': { GET: {} } }],
    ['invalid-operation', { '/a': { get: null } }],
    ['invalid-operation', { '/a': { get: [] } }],
    ['invalid-operation', { '/{a}': { get: {}, parameters: {} } }],
    ['invalid-path-item', { '/a': null }],
    ['invalid-path', { a: { get: {} } }],
    ['invalid-server', { '/a': { get: { servers: {} } } }],
    ['invalid-server', { '/a': { get: { servers: [{}] } } }],
    ['unclear-template', { '/a/{id': { get: {} } }],
    ['unclear-template', { '/a/id}': { get: {} } }],
    ['unclear-template', { '/a/{{id}}': { get: {} } }],
    ['unclear-template', { '/a/{}': { get: {} } }],
    ['unclear-template', { '/a/{id?}': { get: {} } }],
    ['unclear-template', { '/a/:id': { get: {} } }],
    ['unclear-template', { '/a/<id>': { get: {} } }],
  ])('%s: %j', async (code, paths) => {
    expect(codes(api(paths))).toEqual([code])
    expect((await cover(api(paths), '--fail-on', 'unmet'))[0]).toBe(1)
  })
})

describe('parameters that span segments', () => {
  const declared = (parameter: object): object => ({
    get: { parameters: [{ name: 'x', in: 'path', required: true, ...parameter }] },
  })
  const string = { type: 'string' }
  const spanning: [string, object][] = [
    ['/f/{x+}', { get: {} }],
    ['/f/{x*}', { get: {} }],
    ['/f/{*x}', { get: {} }],
    ['/f/{**x}', { get: {} }],
    ['/f/{+x}', { get: {} }],
    ['/f/{x...}', { get: {} }],
    ['/f/{x=**}', { get: {} }],
    ['/f/{x:.*}', { get: {} }],
    ['/f/{x:.+}', { get: {} }],
    ['/f/{x:[^?]+}', { get: {} }],
    ['/f/{x:path}', { get: {} }],
    ['/f/{x}', declared({ 'x-multi-segment': true, schema: string })],
    ['/f/{x}', declared({ allowReserved: true, schema: string })],
    ['/f/{x}', declared({ 'x-ms-skip-url-encoding': true })],
    ['/f/{x}', declared({ schema: { ...string, enum: ['a', 'requests/count'] } })],
    ['/f/{x}', declared({ schema: { ...string, pattern: '^[a-z/]+$' } })],
    ['/f/{x}', declared({ schema: { ...string, pattern: '^projects/[^/]+$' } })],
    ['/f/{x}', declared({ schema: { ...string, pattern: '^[!-~]+$' } })],
    ['/f/{x}', declared({ schema: { ...string, pattern: '\\x2f' } })],
    ['/f/{x}', declared({ pattern: '.+/.+' })],
    ['/f/{x}', { get: {}, parameters: [{ name: 'x', in: 'path', 'x-multi-segment': 'true' }] }],
  ]

  test.each(spanning)('%s %j takes slashes, exactly, with a note', (path, item) => {
    const document = api({ [path]: item })
    const { text, notes, unread } = fromOpenApi(document)
    const { authorize } = loadPolicy(text)
    for (const request of ['/f/a', '/f/a/b.txt', '/f/a/b/c'])
      expect([request, authorize('r', 'GET', request)]).toEqual([request, true])
    for (const request of ['/f', '/f/', '/g/a', '/a/f/b'])
      expect([request, authorize('r', 'GET', request)]).toEqual([request, false])
    expect(notes.map(({ code }) => code)).toContain('multi-segment-parameter')
    expect(unread).toEqual([])
    const [operation] = coverage(loadPolicy(text), document).operations
    expect(operation?.reach).toBe('full')
    // A star of one segment is no longer all of it.
    const narrow = loadPolicy(
      '$options: { wildcard: segment }\nr: { label: Read, endpoints: [{ f/*: GET }] }',
    )
    expect(coverage(narrow, document).operations[0]?.reach).toBe('partly')
  })

  test.each([
    ['example', declared({ schema: string, example: 'a/b' })],
    ['default of the schema', declared({ schema: { ...string, default: 'a/b' } })],
    ['examples', declared({ schema: string, examples: { one: { value: 'x' }, two: { value: 'a/b' } } })],
    ['examples of the schema', declared({ schema: { ...string, examples: ['a/b'] } })],
  ])('a slash in an %s is reported, and widens nothing', (_, item) => {
    const { text, notes } = fromOpenApi(api({ '/f/{x}': item }))
    expect(loadPolicy(text).authorize('r', 'GET', '/f/a/b')).toBe(false)
    expect(notes.filter(({ code }) => code === 'slash-in-example')).toEqual([
      expect.objectContaining({
        message: 'parameter `x` of `/f/{x}` is one segment, and its example `a/b` has several',
      }) as object,
    ])
    const said = fromOpenApi(api({ '/f/{x}': item }), { multiSegment: ['x'] })
    expect(said.notes.map(({ code }) => code)).not.toContain('slash-in-example')
    expect(loadPolicy(said.text).authorize('r', 'GET', '/f/a/b')).toBe(true)
  })

  test.each([
    ['/f/{x:[0-9]{3}}', { get: {} }],
    ['/f/{x:[^/]+}', { get: {} }],
    ['/f/{x:\\d+}', { get: {} }],
    ['/f/{x:int}', { get: {} }],
    ['/f/{x:3}', { get: {} }],
    ['/f/{x:(?!/)[a-z]+}', { get: {} }],
    ['/f/{x=*}', { get: {} }],
    ['/f{/x}', { get: {} }],
    ['/f/{x}{?q,r}', { get: {} }],
    ['/f/{x}', declared({ schema: { ...string, pattern: '.*' } })],
    ['/f/{x}', declared({ schema: { ...string, pattern: '^[^/]+$' } })],
    ['/f/{x}', declared({ schema: { ...string, pattern: '^[+--]\\S+$' } })],
    ['/f/{x}', declared({ 'x-multi-segment': false })],
    ['/f/{x}', { get: { parameters: [{ name: 'x', in: 'query', allowReserved: true }] } }],
  ])('%s %j stays in its segment', (path, item) => {
    const document = api({ [path]: item })
    const { authorize } = loadPolicy(fromOpenApi(document).text)
    expect(['/f/a', '/f/a/b', '/f'].map((request) => authorize('r', 'GET', request))).toEqual([
      true,
      false,
      false,
    ])
    expect(codes(document)).toEqual([])
  })

  test('Google: {name=shelves/*/books/**}', () => {
    const { authorize } = loadPolicy(
      fromOpenApi(api({ '/v1/{name=shelves/*/books/**}:get': { get: {} } })).text,
    )
    expect(
      ['/v1/shelves/a/books/b/c:get', '/v1/shelves/a/books/b', '/v1/shelves/a/b/books/c:get'].map((path) =>
        authorize('r', 'GET', path),
      ),
    ).toEqual([true, false, false])
  })

  test.each(['/f/{x+}.txt', '/f/pre{x+}suf/z', '/{x+}', '/{x+}/{y+}', '/f/{x+}-{y}'])(
    '%s: next to text, the patterns allow all of it',
    (path) => {
      const document = api({ [path]: { get: {} } })
      expect(coverage(loadPolicy(fromOpenApi(document).text), document).operations[0]?.reach).toBe('full')
    },
  )

  test('only a slash alone, at the end, next to text is not allowed, and coverage says so', () => {
    const document = api({ '/f/pre{x+}': { get: {} } })
    const [operation] = coverage(loadPolicy(fromOpenApi(document).text), document).operations
    expect(operation).toMatchObject({ reach: 'partly', missing: { path: '/f/pre/' } })
  })

  test('--multi-segment names what the document only says in prose', async () => {
    const cwd = folderWith({ 'api.json': JSON.stringify(api({ '/v1/{name}': { get: {} } })) })
    const { code, stdout } = await runCli(['import', 'api.json', '--multi-segment', 'name'], { cwd })
    expect([code, stdout]).toEqual([0, expect.stringContaining('v1/**/*: [GET]')])
  })
})

describe('scopes that documents list elsewhere', () => {
  const jwt = { components: { securitySchemes: { jwt: { type: 'http', scheme: 'bearer' } } }, security: [] }

  test('roles of a bearer scheme are scopes, with a note', () => {
    const document = api({ '/things': { get: { security: [{ jwt: ['things:read'] }] } } }, jwt)
    expect(granted(document)).toEqual({ 'things:read': ['things'] })
    expect(fromOpenApi(document).notes.map(({ code }) => code)).toContain('roles')
  })

  test.each([
    [['a', 'b'], {}],
    ['a b', {}],
    [[{ scheme: 'o', scopes: ['a'] }, { scopes: ['b'] }], { a: ['things'], b: ['things'] }],
    [['a'], { a: ['things'] }],
    [{ a: 1 }, undefined],
    [[1], undefined],
    [[{ scopes: 'a' }], undefined],
  ])('--scopes-from x-scopes: %j', (value, expected) => {
    const document = api({ '/things': { get: { 'x-scopes': value } } }, jwt)
    const { text, unread } = fromOpenApi(document, { scopesFrom: 'x-scopes' })
    expect(unread.map(({ code }) => code)).toEqual(expected === undefined ? ['invalid-security'] : [])
    const { policy } = parsePolicy(text)
    expect(
      Object.fromEntries(
        [...(policy?.scopes ?? [])]
          .filter(([, { endpoints }]) => endpoints.length > 0)
          .map(([name, { endpoints }]) => [name, endpoints.map(({ pattern }) => pattern)]),
      ),
    ).toEqual(expected ?? {})
  })

  test('--any-scope makes each scope of a list enough, and the file says so', async () => {
    const cwd = folderWith({
      'api.json': JSON.stringify(api({ '/a': { get: { security: [{ o: ['r', 'w'] }] } } })),
    })
    expect((await runCli(['import', 'api.json'], { cwd })).stdout).not.toMatch(/^ {4}- a/m)
    const { stdout } = await runCli(['import', 'api.json', '--any-scope'], { cwd })
    expect(stdout.match(/^ {4}- a: \[GET\]$/gm)).toHaveLength(2)
    expect(stdout.split('\n\n')[0]).toContain('--any-scope')
  })
})

describe('base paths', () => {
  const document = api(
    { '/a/{x}': { get: {} } },
    { servers: [{ url: 'https://api.example/v1' }, { url: 'https://sandbox.example/sandbox/v1' }] },
  )

  test('several of them are in the patterns', () => {
    const { text, unread } = fromOpenApi(document)
    const { authorize } = loadPolicy(text)
    expect(unread).toEqual([])
    expect(['/v1/a/1', '/sandbox/v1/a/1', '/a/1'].map((path) => authorize('r', 'GET', path))).toEqual([
      true,
      true,
      false,
    ])
    expect(coverage(loadPolicy(text), document).operations[0]?.reach).toBe('full')
  })

  test.each(['/v1', 'v1/', '/sandbox/v1', '/elsewhere', ''])('--server-path %j chooses one', (serverPath) => {
    const { text } = fromOpenApi(document, { serverPath })
    const path = serverPath.replace(/^\/|\/$/g, '')
    expect(loadPolicy(text).authorize('r', 'GET', `${path === '' ? '' : `/${path}`}/a/1`)).toBe(true)
  })
})

test('an imported policy does not trip rules of the linter that import can know of', () => {
  const document = api({
    '/a/{id}': { get: {}, delete: {} },
    '/a/me': { get: {} },
    '/a/{id}/x': { post: {} },
    '/a/x-{id}.json': { delete: {} },
    '/files/{x+}': { get: {} },
    '/files/{y}': { get: {} },
  })
  const declared = { r: 'Manage things', w: 'Never asked for' }
  Object.assign(document, {
    components: { securitySchemes: { o: { type: 'oauth2', flows: { implicit: { scopes: declared } } } } },
  })
  const { text } = fromOpenApi(document)
  expect(lint(text).map(({ code }) => code)).toEqual([])
  expect(granted(document)['r']).toEqual(['a/*', 'a/*/x', 'files/**/*'])
})

test('the headline counts what is undecided', async () => {
  const { coverageHeadline } = await import('../../src/report/coverage/report.ts')
  const policy = loadPolicy('s: {label: x, endpoints: ["*x*"]}')
  const result = coverage(
    policy,
    { openapi: '3.1.0', paths: { '/{a}/x/{b}': { get: {} } } },
    { milliseconds: 0 },
  )
  const report = { policy: 'p', document: 'd', coverage: result, placeOf: () => '', verbose: false }
  expect(coverageHeadline(report)).toBe('2 undecided')
})

test('a document over 64 MiB is refused with its size, and the help names the limit', async () => {
  const cwd = folderWith({ 'big.json': ' '.repeat(68_000_000) })
  const { code, stderr } = await runCli(['import', 'big.json'], { cwd })
  expect([code, stderr]).toEqual([2, expect.stringMatching(/68,000,000 bytes.*67,108,864 \(64 MiB\)/)])
  expect((await runCli(['import', '--help'], { cwd })).stdout).toContain('64 MiB')
})
