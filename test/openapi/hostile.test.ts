/** Documents of strangers: one clear error, or an answer in bounded time, and never anybody else's code. */
import { describe, expect, test, vi } from 'vitest'
import { loadPolicy } from '../../src/index.ts'
import { coverage, fromOpenApi } from '../../src/openapi/index.ts'

const POLICY = loadPolicy('s: {label: x, endpoints: ["*"]}')
const asObject = (value: unknown): object => value as object

function refusal(document: unknown): unknown {
  try {
    fromOpenApi(asObject(document))
    return 'accepted'
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    expect(code).toBe('ERR_INVALID_OPENAPI')
    expect(() => coverage(POLICY, asObject(document))).toThrow(message)
    return message
  }
}

describe('what is no OpenAPI document', () => {
  test.each([
    [null, 'it is nothing, not an object'],
    [undefined, 'it is nothing, not an object'],
    [1, 'it is a number, not an object'],
    [[], 'it is a list, not an object'],
    [{}, 'it has no `openapi` field, which names the version'],
    [{ openapi: '4.0.0' }, 'version `4.0.0` is none of 3.0, 3.1, 3.2 and Swagger 2.0'],
    [{ openapi: 3.1 }, 'version `something else` is none of 3.0, 3.1, 3.2 and Swagger 2.0'],
    [{ swagger: '1.2' }, 'version `1.2` is none of 3.0, 3.1, 3.2 and Swagger 2.0'],
    [{ openapi: '3.1.0', paths: [] }, '`paths` is a list, not an object'],
    [Object.create({ openapi: '3.1.0' }), 'it has no `openapi` field, which names the version'],
    ['', 'there is nothing here'],
    ['just text', 'it is a string, not an object'],
    ['[1, 2]', 'it is a list, not an object'],
    ['a: &x 1\nb: *y', 'its aliases cannot be followed'],
    [new Uint8Array([0xff]), 'the bytes from here on are not UTF-8'],
  ])('%j', (document, reason) => {
    expect(refusal(document)).toContain(reason)
  })

  test('text has its place', () => {
    expect(refusal('openapi: 3.1.0\npaths: {a: [}')).toMatch(
      /^the OpenAPI document cannot be used at \d+:\d+: /,
    )
    expect(refusal('openapi: 3.1.0\n---\nopenapi: 3.1.0')).toContain(
      'at 2:1: a second YAML document begins here',
    )
    expect(refusal('[ '.repeat(400))).toContain('collections nested deeper than 256 levels')
  })

  test('a proxy that throws', () => {
    const proxy = new Proxy(
      {},
      {
        getOwnPropertyDescriptor: () => {
          throw new Error('mine')
        },
      },
    )
    expect(refusal(proxy)).toContain('it cannot be read')
  })
})

describe('what must not happen', () => {
  test('getters are not called, prototypes do not count', () => {
    const getter = vi.fn(() => ({ get: {} }))
    const paths = Object.defineProperty({ '/b': { get: {} } }, '/a', { get: getter, enumerable: true })
    const document = {
      openapi: '3.1.0',
      paths: Object.setPrototypeOf(paths, { '/c': { get: {} } }) as object,
    }
    expect(coverage(POLICY, document).operations.map(({ path }) => path)).toEqual(['/b'])
    expect(getter).not.toHaveBeenCalled()
  })

  test('`__proto__` is a name like others', () => {
    const document = `{"openapi": "3.1.0", "paths": {"/__proto__/{__proto__}": {"get": {"security": [{"__proto__": ["__proto__"]}]}}},
      "components": {"securitySchemes": {"__proto__": {"type": "oauth2", "flows": {"__proto__": {"scopes": {"__proto__": "Label"}}}}}}}`
    for (const text of [document, document.replace('"3.1.0"', '3.1.0')]) {
      const policy = loadPolicy(fromOpenApi(text).text)
      expect(policy.authorize(['__proto__'], 'GET', '/__proto__/x')).toBe(true)
    }
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  test('wrong types anywhere are passed over', () => {
    const odd = [null, 1, 'x', true, [], [null], {}, { x: null }]
    for (const value of odd) {
      for (const document of [
        { servers: value, security: value, components: value, info: value, paths: { '/a': value } },
        { servers: [value], security: [value], components: { securitySchemes: value } },
        { components: { securitySchemes: { a: value, b: { type: 'oauth2', flows: value } } } },
        { components: { securitySchemes: { b: { type: 'oauth2', flows: { x: value } } } } },
        { components: { securitySchemes: { b: { type: 'oauth2', flows: { x: { scopes: value } } } } } },
        { paths: { '/a': { get: value, servers: value, $ref: value, additionalOperations: value } } },
        { paths: { '/a': { get: { security: value, servers: [{ url: value, variables: value }] } } } },
        { paths: { '/a': { get: { security: [{ a: value }, value], operationId: value } } } },
      ]) {
        const whole = { openapi: '3.1.0', ...document }
        expect(coverage(POLICY, whole).operations.length).toBeLessThanOrEqual(1)
        expect(typeof fromOpenApi(whole).text).toBe('string')
      }
    }
  })

  test('circles, in the object and in its references', () => {
    const paths: Record<string, unknown> = { '/a': { $ref: '#/paths/~1b' }, '/b': { $ref: '#/paths/~1a' } }
    paths['/c'] = paths
    const document = { openapi: '3.1.0', paths, self: null as unknown }
    document.self = document
    expect(coverage(POLICY, document).operations).toEqual([])
  })

  test('bombs of aliases and deep text are refused', () => {
    const lines = Array.from({ length: 30 }, (_, at) => `l${at + 1}: &l${at + 1} [${`*l${at},`.repeat(9)}]`)
    expect(refusal(['openapi: 3.1.0', 'l0: &l0 [x]', ...lines].join('\n'))).toContain('cannot be used')
    expect(refusal(`{"openapi": "3.1.0", "x": ${'['.repeat(1e5)}`)).toContain('nested deeper')
  })

  test('more than there can be is refused', () => {
    const many = (number: number): string[] => Array.from({ length: number }, (_, at) => `s${at}`)
    const flows = { x: { scopes: {} } }
    const wide = (security: unknown): object => ({
      openapi: '3.1.0',
      components: { securitySchemes: { o: { type: 'oauth2', flows } } },
      paths: { '/a': { get: { security } } },
    })
    expect(refusal(wide([{ o: many(101) }]))).toContain('more than 100 scopes at once')
    expect(refusal(wide(many(1001).map((name) => ({ o: [name] }))))).toContain('more than 1000 alternatives')
    const paths = Object.fromEntries(Array.from({ length: 100_001 }, (_, at) => [`/${at}`, { get: {} }]))
    expect(refusal({ openapi: '3.1.0', paths })).toContain('more than 100,000 operations')
  })

  test('what takes too long is undecided, never a guess', () => {
    const paths = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`/{a}/x${at}/{b}`, { get: {} }]))
    const policy = loadPolicy({ s: { label: 'x', endpoints: ['*x*', '*/nowhere/*'] } })
    const { operations, endpoints } = coverage(policy, { openapi: '3.1.0', paths }, { milliseconds: 0 })
    expect(new Set(operations.map(({ reach }) => reach))).toEqual(new Set(['undecided']))
    expect(endpoints.every(({ undecided }) => undecided !== undefined)).toBe(true)
  })

  test('a misuse of the policy is a TypeError', () => {
    expect(() => coverage({} as never, { openapi: '3.1.0' })).toThrow(TypeError)
  })
})
