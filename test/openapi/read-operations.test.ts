/** Path items to operations: which there are, in which order, what of them counts, and what is reported. */
import { describe, expect, test } from 'vitest'
import type { Alternative, OpenApiNote, Operation } from '../../src/openapi/model.ts'
import { readOperations } from '../../src/openapi/read/read-operations.ts'
import { References, type ResolveFile } from '../../src/openapi/read/references.ts'
import { SecurityReader } from '../../src/openapi/read/security.ts'

const SCHEMES = { kinds: new Map([['o', 'scopes'] as const]), scopes: new Map(), discovers: false }

interface Given {
  readonly root?: object
  readonly resolve?: ResolveFile
  readonly security?: readonly Alternative[] | null
  readonly basePaths?: readonly string[]
  readonly multiSegment?: readonly string[]
  readonly scopesFrom?: string
}

function read(
  paths: unknown,
  { root = {}, resolve, security = null, basePaths = [], multiSegment = [], scopesFrom }: Given = {},
): readonly [readonly Operation[], readonly OpenApiNote[]] {
  const notes: OpenApiNote[] = []
  const report = (note: OpenApiNote): void => void notes.push(note)
  const references = new References(root, report, resolve)
  const reader = new SecurityReader(SCHEMES, { anyScope: false, scopesFrom }, report)
  const set = new Set(multiSegment)
  const context = { references, reader, security, basePaths, report, multiSegment: set }
  return [readOperations(paths, context), notes]
}
/** Method and path of each operation. */
const requests = (operations: readonly Operation[]): readonly string[] =>
  operations.map(({ method, path }) => `${method} ${path}`)
const scopes = (...names: readonly string[]): Alternative => ({
  kind: 'scopes',
  scopes: names,
  others: false,
})
const asking = (scope: string): object => ({ security: [{ o: [scope] }] })

describe('an operation', () => {
  test('has method, path, template and place, and what the document says of all', () => {
    expect(read({ '/a/{x}': { get: {} } })).toEqual([
      [
        {
          method: 'GET',
          path: '/a/{x}',
          template: [{ literal: '/a/' }, { parameter: 'x', spans: false }],
          pointer: '/paths/~1a~1{x}/get',
          basePaths: [],
          security: null,
        },
      ],
      [],
    ])
    const given = { security: [scopes('all')], basePaths: ['/v1', '/v2'] }
    expect(read({ '/a': { get: {} } }, given)[0][0]).toMatchObject(given)
  })

  test('has an `operationId` where that is a string', () => {
    const [operations] = read({ '/a': { get: { operationId: 'list' }, put: { operationId: 5 } } })
    expect(operations.map((operation) => operation.operationId)).toEqual(['list', undefined])
    expect(operations.map((operation) => 'operationId' in operation)).toEqual([true, false])
  })

  test('may ask for other scopes than the document', () => {
    const [operations, notes] = read(
      { '/a': { get: {}, put: asking('put'), post: { security: [] }, patch: { security: 5 } } },
      { security: [scopes('all')] },
    )
    expect(operations.map(({ security }) => security)).toEqual([
      [scopes('all')],
      [scopes('put')],
      [{ kind: 'anybody' }],
      [{ kind: 'unknown' }],
    ])
    expect(notes.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['invalid-security', '/paths/~1a/patch/security'],
    ])
  })

  test('may list its scopes in an extension, next to which it is for anybody or not', () => {
    const [operations, notes] = read(
      {
        '/a': {
          get: { 'x-scopes': 'a' },
          put: { 'x-scopes': 'a', security: [{}] },
          post: {},
          patch: { 'x-scopes': 5 },
        },
      },
      { security: [scopes('all'), { kind: 'other' }], scopesFrom: 'x-scopes' },
    )
    expect(operations.map(({ security }) => security)).toEqual([
      [{ kind: 'other' }, scopes('a')],
      [{ kind: 'anybody' }, scopes('a')],
      [scopes('all'), { kind: 'other' }],
      [{ kind: 'other' }, { kind: 'unknown' }],
    ])
    expect(notes.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['invalid-security', '/paths/~1a/patch/x-scopes'],
    ])
  })

  test('has its own servers, those of its path item, or those of the document', () => {
    const servers = (url: string): object => ({ servers: [{ url }] })
    const [operations, notes] = read(
      {
        '/a': { ...servers('/item'), get: {}, put: servers('/operation'), post: { servers: 5 } },
        '/b': { get: {}, put: servers('/operation') },
        '/c': { servers: [{}], get: {} },
      },
      { basePaths: ['/document'] },
    )
    expect(operations.map(({ basePaths }) => basePaths)).toEqual(
      ['/item', '/operation', '/item', '/document', '/operation', '/document'].map((path) => [path]),
    )
    expect(notes.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['invalid-server', '/paths/~1a/post/servers'],
      ['invalid-server', '/paths/~1c/servers/0'],
    ])
  })

  test('that is not an object is left out', () => {
    expect(read({ '/a': { get: 5, put: null, post: [], patch: {} } })).toEqual([
      [expect.objectContaining({ method: 'PATCH' })],
      (['get', 'put', 'post'] as const).map((method) => ({
        code: 'invalid-operation',
        message: `\`${method.toUpperCase()} /a\` is not an object and is left out`,
        pointer: `/paths/~1a/${method}`,
      })),
    ])
  })

  test('has parameters that span segments: by the caller, its declarations and those of the path item', () => {
    const parameters = (name: string): object => ({ parameters: [{ name, in: 'path', allowReserved: true }] })
    const [[operation], notes] = read(
      { '/{a}/{b}/{c}/{d}': { ...parameters('c'), get: parameters('b') } },
      { multiSegment: ['a'] },
    )
    expect(operation?.template.filter((part) => 'parameter' in part)).toEqual([
      { parameter: 'a', spans: true },
      { parameter: 'b', spans: true },
      { parameter: 'c', spans: true },
      { parameter: 'd', spans: false },
    ])
    expect(notes.map(({ code }) => code)).toEqual(Array(3).fill('multi-segment-parameter'))
  })

  test('and path item report parameters that are not a list, each at its place', () => {
    const [, notes] = read({ '/{a}': { parameters: 5, get: { parameters: 5 } } })
    expect(notes.map(({ pointer }) => pointer)).toEqual([
      '/paths/~1{a}/get/parameters',
      '/paths/~1{a}/parameters',
    ])
  })
})

describe('operations are in the order of the document', () => {
  test('by path, those of a path by a fixed order of methods, then the additional ones', () => {
    const [operations, notes] = read({
      '/b': {
        additionalOperations: { COPY: {}, Frob: {} },
        query: {},
        trace: {},
        patch: {},
        head: {},
        options: {},
        delete: {},
        post: {},
        put: {},
        get: {},
      },
      '/a': { get: {} },
    })
    expect(requests(operations)).toEqual([
      'GET /b',
      'PUT /b',
      'POST /b',
      'DELETE /b',
      'OPTIONS /b',
      'HEAD /b',
      'PATCH /b',
      'TRACE /b',
      'QUERY /b',
      'COPY /b',
      'Frob /b',
      'GET /a',
    ])
    expect(operations.slice(8, 11).map(({ pointer }) => pointer)).toEqual([
      '/paths/~1b/query',
      '/paths/~1b/additionalOperations/COPY',
      '/paths/~1b/additionalOperations/Frob',
    ])
    expect(notes).toEqual([])
  })

  test('a method counts once, where it is first', () => {
    const [operations] = read({
      '/a': { additionalOperations: { GET: asking('additional') }, get: asking('field') },
    })
    expect(operations.map(({ security }) => security)).toEqual([[scopes('field')]])
  })

  test('what is not an object has none', () => {
    for (const paths of [undefined, null, 5, []]) expect(read(paths)).toEqual([[], []])
  })
})

describe('a path', () => {
  test('that begins with `x-` is an extension', () => {
    expect(read({ 'x-a': { get: {} } })).toEqual([[], []])
  })

  test('without a slash at its start is left out', () => {
    expect(read({ 'a/x-': { get: {} }, '': { get: {} }, '/b': { get: {} } })).toEqual([
      [expect.objectContaining({ path: '/b' })],
      ['a/x-', ''].map((path) => ({
        code: 'invalid-path',
        message: `path \`${path}\` does not begin with a slash and is left out`,
        pointer: path === '' ? '/paths/' : '/paths/a~1x-',
      })),
    ])
  })

  test('has at most 8,192 characters', () => {
    const long = `/${'a'.repeat(8191)}`
    expect(read({ [`${long}b`]: { get: {} }, [long]: { get: {} } })).toEqual([
      [expect.objectContaining({ path: long })],
      [
        {
          code: 'invalid-path',
          message: 'a path of 8,193 characters is longer than any request',
          pointer: `/paths/~1${long.slice(1)}b`,
        },
      ],
    ])
  })

  test('of which something is unclear is reported once, and only where it has operations', () => {
    expect(read({ '/{': { get: {}, put: {} }, '/}': { summary: 'nothing' } })[1]).toEqual([
      {
        code: 'unclear-template',
        message: 'a brace that does not enclose a parameter, read as a character, in `/{`',
        pointer: '/paths/~1{',
      },
    ])
  })
})

describe('a path item', () => {
  test.each([null, 5, [], 'x'])('that is not an object is reported: %j', (item) => {
    expect(read({ '/a': item })).toEqual([
      [],
      [
        {
          code: 'invalid-path-item',
          message: '`/a` is not an object and is left out',
          pointer: '/paths/~1a',
        },
      ],
    ])
  })

  test('that is empty is not', () => {
    expect(read({ '/a': {} })).toEqual([[], []])
  })

  test('has no other fields than those of OpenAPI, and extensions', () => {
    const known = { summary: 's', description: 'd', servers: [], parameters: [], additionalOperations: {} }
    expect(read({ '/a': { ...known, 'x-a': 1, get: {} } })[1]).toEqual([])
    expect(read({ '/a': { gte: {}, GET: {}, 'ax-': 1, sumary: 1 } })).toEqual([
      [],
      [
        ['gte', 'get'],
        ['GET', 'get'],
        ['ax-', undefined],
        ['sumary', 'summary'],
      ].map(([name, meant]) => ({
        code: 'unknown-field',
        message: `unknown field \`${name}\` of a path item`,
        ...(meant !== undefined && { help: `did you mean \`${meant}\`?` }),
        pointer: `/paths/~1a/${name}`,
      })),
    ])
  })
})

describe('references', () => {
  const root = {
    item: {
      get: { operationId: 'other', ...asking('other') },
      put: { operationId: 'other' },
      additionalOperations: { COPY: {} },
      servers: [{ url: '/item' }],
      $other: 1,
    },
    operation: { operationId: 'referred', ...asking('referred'), servers: [{ url: '/operation' }] },
  }

  test('of a path item add what it does not have itself', () => {
    const [operations, notes] = read({ '/a': { $ref: '#/item', get: { operationId: 'own' } } }, { root })
    expect(
      operations.map(({ method, operationId, security, basePaths }) => [
        method,
        operationId,
        security,
        basePaths,
      ]),
    ).toEqual([
      ['GET', 'own', null, ['/item']],
      ['PUT', 'other', null, ['/item']],
      ['COPY', undefined, null, ['/item']],
    ])
    expect(notes).toEqual([
      {
        code: 'unknown-field',
        message: 'unknown field `$other` of a path item',
        pointer: '/paths/~1a/$other',
      },
    ])
  })

  test('of an operation add what it does not have itself', () => {
    const reference = { $ref: '#/operation' }
    const [operations, notes] = read(
      { '/a': { get: reference, put: { ...reference, ...asking('own'), operationId: 'own', servers: [] } } },
      { root },
    )
    expect(
      operations.map(({ operationId, security, basePaths }) => [operationId, security, basePaths]),
    ).toEqual([
      ['referred', [scopes('referred')], ['/operation']],
      ['own', [scopes('own')], ['/operation']],
    ])
    expect(notes).toEqual([])
  })

  test('of an operation may lead to an extension', () => {
    const [operations] = read(
      { '/a': { get: { $ref: '#/x' } } },
      { root: { x: { 'x-scopes': 'a' } }, scopesFrom: 'x-scopes' },
    )
    expect(operations.map(({ security }) => security)).toEqual([[scopes('a')]])
  })

  test('are read in the file that has them', () => {
    const files: Record<string, object> = {
      'items/a.yaml': { get: { $ref: '#/x' }, x: asking('there') },
    }
    const [operations] = read(
      { '/a': { $ref: 'items/a.yaml' } },
      { root: { x: asking('here') }, resolve: (path) => files[path] },
    )
    expect(operations.map(({ security }) => security)).toEqual([[scopes('there')]])
  })

  test('of an operation that lead to nothing let nobody in', () => {
    const [operations, notes] = read(
      { '/a': { get: { $ref: '#/nowhere', ...asking('own') } } },
      { security: [{ kind: 'anybody' }] },
    )
    expect(operations.map(({ security }) => security)).toEqual([[{ kind: 'unknown' }]])
    expect(notes.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['unresolved-reference', '/paths/~1a/get'],
    ])
  })

  test('of a path item that lead to nothing are reported, and what it has itself counts', () => {
    const [operations, notes] = read({ '/a': { $ref: '#/nowhere', get: asking('own') } })
    expect(operations.map(({ security }) => security)).toEqual([[scopes('own')]])
    expect(notes.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['unresolved-reference', '/paths/~1a'],
    ])
  })
})

test('a document with more than 100,000 operations is refused', () => {
  const methods = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`M${index}`, {}]))
  const paths = { '/a': { additionalOperations: methods }, '/b': { get: {} } }
  expect(() => read(paths)).toThrow(
    'the OpenAPI document cannot be used: it has more than 100,000 operations',
  )
})
