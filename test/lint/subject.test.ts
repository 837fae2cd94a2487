/** What rules look at: every node beside what it means, also through aliases, included scopes and extra methods. */
import { describe, expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../../src/lint/settings.ts'
import { createSubject, type Subject } from '../../src/lint/subject.ts'
import { readPolicy } from '../../src/load.ts'
import { fieldOf } from '../../src/yaml/node.ts'

function subjectOf(source: string): Subject {
  const { text, document, data, findings } = readPolicy(source, {})
  if (document === null || data === null) throw new Error(JSON.stringify(findings))
  return createSubject(text, document, data, DEFAULT_SETTINGS)
}

const subject = subjectOf(`$options: { head: as-get }
wide:
  label: Wide
  includes: [narrow]
  endpoints:
    - a/*: [POST, get]
    - b
narrow:
  label: Narrow
  endpoints: &list
    - "c": GET
shared:
  label: Shared
  endpoints: *list
names:
  label: Names
  tools: [list_*, get_it]
  resources: ["repo://*"]
wide names:
  tools: [add_it]
$baseline:
  prompts: [hello]
`)

const written = (span: { readonly start: number; readonly end: number }): string =>
  subject.text.slice(span.start, span.end)

test('scopes are in document order, each with its own endpoints and not those it includes', () => {
  expect(subject.scopes.map(({ name, endpoints }) => [name, endpoints.map(({ node }) => node.text)])).toEqual(
    [
      ['wide', ['a/*', 'b']],
      ['narrow', ['c']],
      ['shared', ['c']],
      ['names', []],
    ],
  )
})

test('an endpoint has its place, its pattern, the methods as written and those that it grants', () => {
  const [first, second] = subject.scopes[0]?.endpoints ?? []
  expect(first && written(first.node.span)).toBe('a/*')
  expect(first?.written.map(({ node, method }) => [node.text, method])).toEqual([
    ['POST', 'POST'],
    ['get', 'GET'],
  ])
  expect(first?.methods).toEqual(['GET', 'HEAD', 'POST'])
  expect(second?.written).toEqual([])
  expect(second?.value).toBeUndefined()
  expect(second?.methods).toEqual(['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'])
})

test('what an alias repeats is marked: an edit of one place is an edit of both', () => {
  const marks = subject.scopes.map(({ endpoints }) => endpoints.map(({ shared }) => shared))
  expect(marks).toEqual([[false, false], [true], [true], []])
})

describe('what grants names', () => {
  test('are scopes, keys of several names and the baseline', () => {
    expect(
      subject.holders.map(({ name, names }) => [
        name,
        names.map(({ field, node }) => `${field} ${node.text}`),
      ]),
    ).toEqual([
      ['wide', []],
      ['narrow', []],
      ['shared', []],
      ['names', ['tools list_*', 'tools get_it', 'resources repo://*']],
      ['wide names', ['tools add_it']],
      ['$baseline', ['prompts hello']],
    ])
  })

  test('have the place of each name in its list', () => {
    const names = subject.holders[3]?.names ?? []
    expect(names.map(({ index, node }) => [index, written(node.span)])).toEqual([
      [0, 'list_*'],
      [1, 'get_it'],
      [0, '"repo://*"'],
    ])
  })
})

test('the policy is made once, and decides as the document says', () => {
  expect(subject.policy).toBe(subject.policy)
  expect(subject.policy.authorize('wide', 'GET', '/c')).toBe(true)
  expect(subject.policy.authorize('wide names', 'tools/call', 'add_it')).toBe(true)
  expect(subject.policy.authorize('narrow', 'GET', '/b')).toBe(false)
})

test('a field is found by its name', () => {
  const [scope] = subject.scopes
  const map = scope?.value
  expect(map && fieldOf(map, 'includes')?.kind).toBe('list')
  expect(map && fieldOf(map, 'tools')).toBeUndefined()
})
