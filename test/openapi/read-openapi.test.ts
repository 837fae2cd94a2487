/** A document from its root: which are read, what is refused, and where scopes, servers and paths come from. */
import { describe, expect, test } from 'vitest'
import { OpenApiError } from '../../src/openapi/error.ts'
import type { Alternative } from '../../src/openapi/model.ts'
import { readOpenApi } from '../../src/openapi/read/read-openapi.ts'

const oauth = (scopes: object): object => ({ type: 'oauth2', flows: { implicit: { scopes } } })
const scopes = (...names: readonly string[]): Alternative => ({
  kind: 'scopes',
  scopes: names,
  others: false,
})

function reasonOf(source: unknown): string {
  try {
    readOpenApi(source as object)
  } catch (error) {
    if (error instanceof OpenApiError) return error.reason
    throw error
  }
  return 'nothing'
}

describe('a document', () => {
  test('without anything but its version is empty', () => {
    expect(readOpenApi({ openapi: '3.1.0' })).toEqual({
      title: '',
      version: '',
      scopes: new Map(),
      discovers: false,
      basePaths: [],
      operations: [],
      notes: [],
    })
  })

  test('of OpenAPI 3', () => {
    const description = readOpenApi({
      openapi: '3.1.0',
      info: { title: 'Things', version: '7' },
      servers: [{ url: 'https://x.example/v1' }, { url: '/v2' }],
      components: {
        securitySchemes: { o: oauth({ a: 'Read' }), d: { type: 'openIdConnect' } },
      },
      security: [{ o: ['a'] }],
      paths: { '/x': { get: {}, put: { servers: [{ url: '/v3' }] } } },
    })
    expect(description).toEqual({
      title: 'Things',
      version: '7',
      scopes: new Map([['a', { name: 'a', description: 'Read' }]]),
      discovers: true,
      basePaths: ['/v1', '/v2'],
      operations: (['get', 'put'] as const).map((method) => ({
        method: method.toUpperCase(),
        path: '/x',
        template: [{ literal: '/x' }],
        pointer: `/paths/~1x/${method}`,
        basePaths: method === 'get' ? ['/v1', '/v2'] : ['/v3'],
        security: [scopes('a')],
      })),
      notes: [],
    })
  })

  test('of Swagger 2.0', () => {
    const description = readOpenApi({
      swagger: '2.0',
      basePath: '/v1',
      // Of OpenAPI 3, which Swagger 2.0 does not have.
      servers: [{ url: '/v2' }],
      components: { securitySchemes: { o: oauth({ b: 'No' }) } },
      securityDefinitions: { o: { type: 'oauth2', flow: 'implicit', scopes: { a: 'Read' } } },
      paths: { '/x': { get: { security: [{ o: ['a'] }] } } },
    })
    expect([...description.scopes.keys()]).toEqual(['a'])
    expect(description.basePaths).toEqual(['/v1'])
    expect(description.operations[0]).toMatchObject({ basePaths: ['/v1'], security: [scopes('a')] })
    expect(readOpenApi({ swagger: '2.0' }).basePaths).toEqual([])
  })

  test('of OpenAPI 3 has no fields of Swagger 2.0', () => {
    const securityDefinitions = { o: { type: 'oauth2', scopes: { a: 'No' } } }
    const description = readOpenApi({ openapi: '3.0.0', basePath: '/v1', securityDefinitions })
    expect([description.scopes.size, description.basePaths]).toEqual([0, []])
  })

  test('may be text', () => {
    const { title, operations } = readOpenApi(
      'openapi: 3.0.3\ninfo: { title: T }\npaths: { /x: { get: {} } }\n',
    )
    expect([title, operations.map(({ path }) => path)]).toEqual(['T', ['/x']])
  })

  test('has a title and a version only where they are strings', () => {
    const { title, version } = readOpenApi({ openapi: '3.0.0', info: { title: 5, version: 6 } })
    expect([title, version]).toEqual(['', ''])
  })
})

describe('the version', () => {
  test.each(['3.0', '3.0.4', '3.1.0', '3.2.0', '3.2', '3.1.0-rc0'])('OpenAPI %s is read', (openapi) => {
    expect(readOpenApi({ openapi }).notes).toEqual([])
  })

  test.each(['2.0', 2])('Swagger %j is read', (swagger) => {
    expect(readOpenApi({ swagger }).notes).toEqual([])
    expect(readOpenApi({ swagger, openapi: '4.0' }).notes).toEqual([])
  })

  test.each(['3.3.0', '3.10.0', '4.0.0', '3', '13.0.0', '3.0x', '2.0', '3x1'])(
    'OpenAPI %s is refused',
    (openapi) => {
      expect(reasonOf({ openapi })).toBe(`version \`${openapi}\` is none of 3.0, 3.1, 3.2 and Swagger 2.0`)
    },
  )

  test.each([
    [{ swagger: '1.2' }, '1.2'],
    [{ swagger: '1.2', openapi: 3.1 }, '1.2'],
    [{ openapi: 3.1 }, 'something else'],
    [{ openapi: null }, 'something else'],
    [{ swagger: 1 }, 'something else'],
    [{ openapi: '5', swagger: '1.2' }, '5'],
  ])('%j is refused', (root, version) => {
    expect(reasonOf(root)).toBe(`version \`${version}\` is none of 3.0, 3.1, 3.2 and Swagger 2.0`)
  })

  test('has to be there', () => {
    expect(reasonOf({ info: {}, paths: {} })).toBe('it has no `openapi` field, which names the version')
  })
})

describe('what is not a document is refused', () => {
  test.each([
    [null, 'it is nothing, not an object'],
    [undefined, 'it is nothing, not an object'],
    [[], 'it is a list, not an object'],
    [5, 'it is a number, not an object'],
    ['just text', 'it is a string, not an object'],
    ['[1]', 'it is a list, not an object'],
    [{ openapi: '3.0.0', paths: [] }, '`paths` is a list, not an object'],
    [{ openapi: '3.0.0', paths: null }, '`paths` is nothing, not an object'],
    [{ openapi: '3.0.0', paths: 'x' }, '`paths` is a string, not an object'],
  ])('%j', (source, reason) => {
    expect(reasonOf(source)).toEqual(reason)
  })

  test('with its place, where it is text', () => {
    expect(() => readOpenApi('a: 1\n---\nb: 2\n')).toThrow('cannot be used at 2:1: a second YAML document')
  })

  test('what a Proxy throws is not passed on', () => {
    const hostile = new Proxy(
      {},
      {
        getOwnPropertyDescriptor() {
          throw new RangeError('secret')
        },
      },
    )
    expect(reasonOf(hostile)).toBe('it cannot be read')
  })

  test('a typed array other than of bytes is an object', () => {
    expect(reasonOf(new Uint16Array(2))).toBe('it has no `openapi` field, which names the version')
  })
})

describe('notes', () => {
  test('are of all parts, each at its place', () => {
    const oauth3 = { s: { type: 'oauth3' } }
    const { notes } = readOpenApi({
      openapi: '3.0.0',
      components: { securitySchemes: oauth3 },
      servers: 5,
      security: 5,
      paths: { x: {} },
    })
    expect(notes.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['unknown-scheme', '/components/securitySchemes/s'],
      ['invalid-server', '/servers'],
      ['invalid-security', '/security'],
      ['invalid-path', '/paths/x'],
    ])
    const swagger = readOpenApi({ swagger: '2.0', securityDefinitions: oauth3 })
    expect(swagger.notes.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['unknown-scheme', '/securityDefinitions/s'],
    ])
  })

  test('are at most 10,000', () => {
    const paths = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`p${index}`, {}]))
    const { notes } = readOpenApi({ openapi: '3.0.0', paths })
    expect(notes.length).toBe(10_000)
    expect(notes.at(-1)?.pointer).toBe('/paths/p9999')
  })
})

describe('options', () => {
  const document = {
    openapi: '3.0.0',
    components: { securitySchemes: { o: oauth({}) } },
    security: [{ o: ['a', 'b'] }],
    paths: { '/{x}': { get: { 'x-scopes': 'c' } } },
  }
  const first = (options: Parameters<typeof readOpenApi>[1]): readonly unknown[] => {
    const [operation] = readOpenApi(document, options).operations
    return [operation?.security, operation?.template.at(-1)]
  }

  test('without them scopes are asked for together, extensions are not read, and parameters are one segment', () => {
    expect(first({})).toEqual([[scopes('a', 'b')], { parameter: 'x', spans: false }])
    expect(readOpenApi(document).operations[0]?.security).toEqual([scopes('a', 'b')])
  })

  test('each scope may be enough by itself', () => {
    expect(first({ anyScope: true })[0]).toEqual([scopes('a'), scopes('b')])
  })

  test('an extension may list scopes', () => {
    expect(first({ scopesFrom: 'x-scopes' })[0]).toEqual([scopes('c')])
  })

  test.each(['x', '+x', 'x*', ' x'])('a parameter may span segments, named %j', (name) => {
    expect(first({ multiSegment: [name] })[1]).toEqual({ parameter: 'x', spans: true })
  })

  test('other files may be read', () => {
    const paths = { '/x': { $ref: 'x.yaml' } }
    const asked: string[] = []
    const resolve = (path: string): object => {
      asked.push(path)
      return { get: {} }
    }
    const { operations, notes } = readOpenApi({ openapi: '3.0.0', paths }, { resolve })
    expect([operations.length, notes, asked]).toEqual([1, [], ['x.yaml']])
    expect(readOpenApi({ openapi: '3.0.0', paths }).notes.map(({ code }) => code)).toEqual([
      'external-reference',
    ])
  })

  test('what reading another file throws is not passed on', () => {
    const paths = { '/x': { $ref: 'x.yaml' } }
    const resolve = (): never => {
      throw new RangeError('secret')
    }
    expect(() => readOpenApi({ openapi: '3.0.0', paths }, { resolve })).toThrow('it cannot be read')
  })
})
