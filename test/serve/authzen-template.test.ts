/** A template is granted exactly when every request of it is: against brute force on a small alphabet. */
import { describe, expect, test } from 'vitest'
import { loadHere, type ServedPolicy } from '../../src/serve/load-policy.ts'
import { grantsTemplate } from '../../src/serve/authzen/template.ts'

function servedPolicy(document: string): ServedPolicy {
  const { policy, diagnostics } = loadHere(new TextEncoder().encode(document), {})
  if (policy === null) throw new Error(diagnostics[0]?.message)
  return policy
}

/** Canonical characters of which some matter to patterns and path rules. */
const ALPHABET = ['a', 'b', '.', '-']
const MAX_LENGTH = 3

function* words(length: number): Generator<string> {
  if (length === 0) yield ''
  else for (const word of words(length - 1)) for (const char of ALPHABET) yield word + char
}
const VALUES: readonly string[] = Array.from({ length: MAX_LENGTH }, (_, index) => [
  ...words(index + 1),
]).flat()

/** Every instance of a template with values of the small world. */
function instances(template: string): readonly string[] {
  const [, before, after] = /^(.*?)\{[^}]*\}(.*)$/.exec(template) ?? []
  if (before === undefined || after === undefined) return [template]
  return VALUES.flatMap((value) => instances(`${before}${value}${after}`))
}

const isRequest = (path: string): boolean =>
  !path.split('/').some((segment) => segment === '.' || segment === '..')

const PATTERN_LISTS: readonly (readonly string[])[] = [
  ['*'],
  ['t/*'],
  ['t/*/x'],
  ['t/a'],
  ['t/a*', 't/b*'],
  ['t/a*', 't/b*', 't/-*', 't/.*'],
  ['t/*a', 't/*b', 't/*-'],
  ['t/*a', 't/*b', 't/*-', 't/*.'],
  ['t/*a*'],
  ['t'],
  ['t/*', 't/*/x'],
  ['t/*/'],
  ['t/*.*', 't/*'],
  ['t/*/x', 't/a*/x'],
]
const TEMPLATES = [
  '/t/{id}',
  '/t/{id}/x',
  '/t/{id}/{other}',
  '/{a}',
  '/{a}/{b}',
  '/t/a{id}',
  '/t/{id}.b',
  '/t/{id}a',
]
const OPTIONS: readonly string[] = [
  '{}',
  '{ trailingSlash: ignore }',
  '{ extensions: [b] }',
  '{ basePath: /t }',
  '{ caseSensitive: false }',
  '{ preset: cerb, basePath: "" }',
]

describe.each(OPTIONS)('with $options %s', (options) => {
  test.each(PATTERN_LISTS)('patterns %s', (...patterns) => {
    const endpoints = patterns.map((pattern) => `{ ${JSON.stringify(pattern)}: GET }`).join(', ')
    let policy: ServedPolicy
    try {
      policy = servedPolicy(`$options: ${options}\ns: { label: S, endpoints: [${endpoints}] }\n`)
    } catch {
      // An option and a pattern that exclude each other.
      return
    }
    for (const template of TEMPLATES) {
      const requests = instances(template).filter(isRequest)
      const missing = requests.find((path) => !policy.authorize(['s'], 'GET', path))
      const answer = grantsTemplate(policy, ['s'], 'GET', template, 5_000)
      const shown = { options, patterns, template }
      if (missing !== undefined)
        expect({ ...shown, missing, kind: answer.kind }).toMatchObject({ kind: 'not-all' })
      if (answer.kind === 'all') expect({ ...shown, missing }).toEqual({ ...shown, missing: undefined })
      if (answer.kind === 'not-all' && answer.example !== undefined)
        expect({ ...shown, example: policy.authorize(['s'], 'GET', answer.example) }).toMatchObject({
          example: false,
        })
      // What the small world grants in full and the proof does not, is denied outside of it.
      if (missing === undefined && answer.kind === 'not-all') expect(answer.example).toBeDefined()
      expect(answer.kind).not.toBe('undecided')
    }
  })
})

test('several scopes grant a template together, and none of them alone', () => {
  const policy = servedPolicy(`
$options: { wildcard: segment }
one: { label: One, endpoints: [{ "t/a*": GET }] }
two: { label: Two, endpoints: [{ "t/[^a]*": GET }] }
`)
  const kind = (scopes: readonly string[]): string =>
    grantsTemplate(policy, scopes, 'GET', '/t/{id}', 5_000).kind
  expect(kind(['one', 'two'])).toBe('all')
  expect(kind(['one'])).toBe('not-all')
  expect(kind(['two'])).toBe('not-all')
  expect(kind([])).toBe('not-all')
})

test('a proof that is not found in time is not a grant', () => {
  const patterns = Array.from({ length: 40 }, (_, index) => `{ "t/*${index}*a*b*c": GET }`)
  const policy = servedPolicy(`s: { label: S, endpoints: [${patterns.join(', ')}, { "t/*": GET }] }`)
  expect(grantsTemplate(policy, ['s'], 'GET', '/t/{id}/x{y}', 0).kind).not.toBe('all')
})

test('a template that is refused as a path, or not of the policy, is not granted', () => {
  const policy = servedPolicy('s: { label: S, endpoints: [{ "*": GET }] }')
  for (const path of ['/a/../{id}', '//{id}', '/a;b/{id}', '/{id}/%2F', '/{id}//x'])
    expect([path, grantsTemplate(policy, ['s'], 'GET', path, 5_000).kind]).toEqual([path, 'not-all'])
})

test('what every token may do, and combinations, grant templates as they grant requests', () => {
  const policy = servedPolicy(`
$options: { wildcard: segment }
one: { label: One, endpoints: [{ "u/a*": GET }], aliases: [uno] }
two: { label: Two, endpoints: [{ "v/*": GET }], includes: [one] }
three: { label: Three, endpoints: [] }
one three: { endpoints: [{ "u/[^a]*": GET }] }
$baseline: { endpoints: [{ "b/*": GET }] }
`)
  const kind = (scopes: readonly string[], path: string): string =>
    grantsTemplate(policy, scopes, 'GET', path, 5_000).kind
  expect(kind([], '/b/{id}')).toBe('all')
  expect(kind(['unknown'], '/b/{id}')).toBe('all')
  expect(kind([], '/u/{id}')).toBe('not-all')
  for (const scopes of [['one'], ['three'], ['uno'], ['two']])
    expect([scopes, kind(scopes, '/u/{id}')]).toEqual([scopes, 'not-all'])
  for (const scopes of [
    ['one', 'three'],
    ['uno', 'three'],
    ['two', 'three'],
  ])
    expect([scopes, kind(scopes, '/u/{id}')]).toEqual([scopes, 'all'])
})
