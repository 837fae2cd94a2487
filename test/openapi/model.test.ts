/** Which notes are about parts that were not understood, and which scopes operations ask for. */
import { describe, expect, test } from 'vitest'
import {
  type Alternative,
  askedScopes,
  isUnread,
  type NoteCode,
  type Operation,
} from '../../src/openapi/model.ts'

describe('a note is about something that was not understood', () => {
  test.each([
    'external-reference',
    'unresolved-reference',
    'invalid-security',
    'unknown-scheme',
    'invalid-path',
    'invalid-path-item',
    'invalid-operation',
    'invalid-server',
    'unknown-field',
    'unclear-template',
  ] as const)('%s', (code) => {
    expect(isUnread({ code, message: '' })).toBe(true)
  })

  test.each<NoteCode>(['unreachable-path', 'unknown-method', 'several-scopes', 'undecided', 'no-scopes'])(
    'or not: %s',
    (code) => {
      expect(isUnread({ code, message: '' })).toBe(false)
    },
  )
})

describe('the scopes that operations ask for', () => {
  const operation = (security: readonly Alternative[] | null): Operation => ({
    method: 'GET',
    path: '/a',
    template: [{ literal: '/a' }],
    pointer: '/paths/~1a/get',
    basePaths: [],
    security,
  })

  test('are those of all alternatives, each once', () => {
    const operations = [
      operation([
        { kind: 'scopes', scopes: ['b', 'a'], others: false },
        { kind: 'scopes', scopes: ['c'], others: true },
      ]),
      operation([{ kind: 'scopes', scopes: ['a', 'd'], others: false }]),
    ]
    expect([...askedScopes(operations)]).toEqual(['b', 'a', 'c', 'd'])
  })

  test('are none where no alternative has scopes', () => {
    const kinds = ['anybody', 'other', 'token', 'unknown'] as const
    const operations = [operation(null), operation([]), operation(kinds.map((kind) => ({ kind })))]
    expect([...askedScopes(operations)]).toEqual([])
  })
})
