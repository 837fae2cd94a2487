/** Where the paths of a document begin, for one policy. */
import { expect, test } from 'vitest'
import { chooseBasePaths } from '../../src/openapi/compare/base-paths.ts'
import type { OpenApiNote, Operation } from '../../src/openapi/model.ts'

function choose(
  {
    policy = '',
    server,
    known = [],
    operations = [],
  }: {
    policy?: string
    server?: string
    known?: readonly string[]
    operations?: readonly (readonly string[])[]
  },
  own: readonly string[] = [],
): readonly [readonly string[], readonly OpenApiNote[]] {
  const notes: OpenApiNote[] = []
  const description = {
    basePaths: known,
    operations: operations.map((basePaths) => ({ basePaths }) as Operation),
  }
  const chosen = chooseBasePaths(description, policy, server, (note) => notes.push(note))
  return [chosen(own), notes]
}

test.each([
  ['/v1', '/v1'],
  ['/v1/', '/v1'],
  ['/v1//', '/v1'],
  ['/a//b', '/a//b'],
  ['v1', '/v1'],
  ['', ''],
  ['/', ''],
])('what the caller says comes first: %j', (server, path) => {
  expect(choose({ server, policy: '/api', known: ['/v2'] }, ['/v2'])).toEqual([[path], []])
})

test('without a base path of the policy those of the operation count, or the root', () => {
  expect(choose({ known: ['/v1'] }, ['/v1', '/v2'])).toEqual([['/v1', '/v2'], []])
  expect(choose({})).toEqual([[''], []])
})

test('the base path of the policy counts where it is one of those of the operation', () => {
  expect(choose({ policy: '/v1', known: ['/v1', '/v2'] }, ['/v1', '/v2'])).toEqual([['/v1'], []])
  expect(choose({ policy: '/v1', known: ['/v1', '/v2'] }, ['/v2', '/v3'])).toEqual([['/v2', '/v3'], []])
  expect(choose({ policy: '/v1', known: ['/v1'] })).toEqual([['/v1'], []])
})

test('a policy about other paths than all servers is reported, with what to set', () => {
  const help =
    'say where the paths of the document begin: `serverPath` in code, `--server-path` on the command line'
  expect(choose({ policy: '/v1', known: ['/v2', ''], operations: [['/v3'], ['/v2']] }, ['/v2'])).toEqual([
    ['/v2'],
    [
      {
        code: 'other-server',
        message: 'the policy is about paths below `/v1`, the document about `/v2`, `/` or `/v3`',
        help,
      },
    ],
  ])
  expect(choose({ policy: '/v1', known: ['/v2'], operations: [['/v1']] }, ['/v2'])).toEqual([['/v2'], []])
})

test('a document without servers begins at the base path of the policy, which is reported', () => {
  expect(choose({ policy: '/v1' })).toEqual([
    ['/v1'],
    [{ code: 'no-server', message: 'the document names no server; its paths are taken to begin at `/v1`' }],
  ])
})
