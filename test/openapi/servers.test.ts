/** The base paths of servers: what of a URL is a path, variables, and what is reported. */
import { describe, expect, test } from 'vitest'
import type { OpenApiNote } from '../../src/openapi/model.ts'
import { basePathsOf, swaggerBasePaths } from '../../src/openapi/read/servers.ts'

function read(servers: unknown): readonly [readonly string[] | undefined, readonly OpenApiNote[]] {
  const notes: OpenApiNote[] = []
  return [basePathsOf(servers, '/servers', (note) => notes.push(note)), notes]
}
const invalid = (message: string, pointer = '/servers'): OpenApiNote => ({
  code: 'invalid-server',
  message,
  pointer,
})

describe('the path of a server', () => {
  test.each([
    ['https://api.example/v1', '/v1'],
    ['https://api.example/v1/', '/v1'],
    ['https://api.example/v1//', '/v1'],
    ['https://api.example', ''],
    ['https://api.example/', ''],
    ['https://api.example?x=/y', ''],
    ['https://api.example#/y', ''],
    ['https://api.example/v1?x=/y', '/v1'],
    ['https://api.example/v1#/y', '/v1'],
    ['https://api.example/v1?x\ny', '/v1'],
    ['//api.example/v1', '/v1'],
    ['git+ssh.x-1://api.example/v1', '/v1'],
    ['/v1', '/v1'],
    ['/', ''],
    ['', ''],
    ['v1', '/v1'],
    ['v1/a/', '/v1/a'],
    ['/a//b', '/a//b'],
    ['/x/https://api.example/v1', '/x/https://api.example/v1'],
    ['1a://b/c', '/1a://b/c'],
  ])('%j: %j', (url, path) => {
    expect(read([{ url }])).toEqual([[path], []])
  })

  test('each path once, in document order', () => {
    const urls = ['/b', 'https://x.example/a', '/b/', 'https://y.example/c']
    expect(read(urls.map((url) => ({ url })))).toEqual([['/b', '/a', '/c'], []])
  })
})

describe('what is not a list of servers', () => {
  test.each([{}, 'https://x.example', null, 5])('%j is reported', (servers) => {
    expect(read(servers)).toEqual([undefined, [invalid('`servers` is not a list')]])
  })

  test('nothing is not reported, nor is an empty list', () => {
    expect(read(undefined)).toEqual([undefined, []])
    expect(read([])).toEqual([undefined, []])
  })

  test('a server without a URL is reported at its place, and the others are read', () => {
    const long = `/${'a'.repeat(8191)}`
    expect(read([{ url: 5 }, { url: '/a' }, {}, { url: `${long}b` }, { url: long }])).toEqual([
      ['/a', long],
      [
        invalid('a server has no `url`', '/servers/0'),
        invalid('a server has no `url`', '/servers/2'),
        invalid('the `url` of a server is too long', '/servers/3'),
      ],
    ])
  })

  test('the first 100 servers are read', () => {
    const servers = Array.from({ length: 100 }, (_, index) => ({ url: `/${index}` }))
    expect(read(servers)).toEqual([servers.map(({ url }) => url), []])
    expect(read([...servers, { url: '/more' }])).toEqual([
      servers.map(({ url }) => url),
      [invalid('of 101 servers the first 100 are read')],
    ])
  })
})

describe('variables', () => {
  const variable = (name: string, value: string): OpenApiNote => ({
    code: 'server-variable',
    message: `the base path depends on the server variable \`${name}\`, read as ${value}`,
    help: 'set `basePath` to what your server has',
    pointer: '/servers/0',
  })

  test('have their default, and are reported where the path depends on them', () => {
    const url = 'https://{tenant}.example/{version}/{none}'
    const variables = { tenant: { default: 'a' }, version: { default: 'v2' }, none: { default: 5 } }
    expect(read([{ url, variables }])).toEqual([
      ['/v2'],
      [variable('version', '`v2`'), variable('none', '``')],
    ])
  })

  test('in the host or the query are not reported', () => {
    expect(read([{ url: 'https://{x}.example/v1?{y}', variables: {} }])).toEqual([['/v1'], []])
  })

  test('may hold all of the URL', () => {
    const variables = { base: { default: 'https://x.example/v1' } }
    expect(read([{ url: '{base}', variables }])).toEqual([
      ['/v1'],
      [variable('base', '`https://x.example/v1`')],
    ])
  })
})

test.each([
  [{ basePath: '/v1/' }, ['/v1']],
  [{ basePath: 'v1', host: 'x.example' }, ['/v1']],
  [{ host: 'x.example' }, ['']],
  [{ host: 'x.example', basePath: 5 }, ['']],
  [{ basePath: '' }, ['']],
  [{ basePath: `/${'a'.repeat(8191)}` }, [`/${'a'.repeat(8191)}`]],
  [{ basePath: `/${'a'.repeat(8192)}`, host: 'x.example' }, undefined],
  [{}, undefined],
])('basePath of Swagger 2.0: %.40j', (root, expected) => {
  expect(swaggerBasePaths(root)).toEqual(expected)
})
