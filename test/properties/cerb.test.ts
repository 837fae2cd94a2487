/**
 * `preset: cerb` against a model of Cerb itself, on well-formed documents and unambiguous paths.
 *
 * Well-formed leaves out what Cerb silently never matches: a leading slash in a pattern, a method in lower
 * case. Unambiguous
 * leaves out what our path rules refuse or respell, and the one case where bytes and characters differ: a
 * star that would have to split an escape, such as `*0` on `a%20`.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { documentOf, patternsOf, toDocument } from '../arbitrary/document.ts'
import { COMMON_METHODS } from '../arbitrary/method.ts'
import { recipes, toRequest } from '../arbitrary/request.ts'
import { runs } from '../arbitrary/settings.ts'
import { referencePolicy } from '../reference/authorize.ts'
import { canonical } from '../reference/characters.ts'
import { cerbAuthorize } from '../reference/cerb.ts'
import type { PlainDocument } from '../reference/document.ts'
import { policyOf } from './policy-of.ts'

const PIECES = [
  '*',
  '*',
  '/',
  '/',
  'workers',
  'me',
  'records',
  'Search',
  'a',
  'b',
  '5',
  '.',
  '.json',
  '-',
  '~',
  'x+y',
  '%20',
  '(z)',
]

const pattern = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 7 })
  .map((pieces) => pieces.join(''))
  .filter((text) => !text.startsWith('/'))

const documents = documentOf(
  pattern,
  fc.constant({ preset: 'cerb' as const }),
  fc.constantFrom(...COMMON_METHODS, 'GET', 'GET'),
)

/** Whether some star is beside what could be a part of an escape. */
function splitsEscapes(text: string): boolean {
  return /\*[0-9A-Fa-f]|%[0-9A-Fa-f]?\*/.test(text)
}

test('decides every well-formed document and unambiguous path as Cerb does', () => {
  let compared = 0
  fc.assert(
    fc.property(documents, recipes, (parts, list) => {
      const ours = toDocument(parts)
      const policy = policyOf(ours)
      const reference = referencePolicy(ours)
      // Cerb knows no `includes`: such scopes are compared by what they list themselves.
      const theirs: PlainDocument = Object.fromEntries(parts.scopes)
      const including = new Set(parts.scopes.filter(([, scope]) => scope.includes).map(([name]) => name))
      const anySplits = patternsOf(parts).some(splitsEscapes)
      for (const chosen of list) {
        const request = toRequest(parts, chosen)
        const { method, path } = request
        const scopes = request.scopes.filter((name) => !including.has(name))
        const beforeQuery = path.split('?')[0] ?? ''
        if (!COMMON_METHODS.includes(method) || reference.testedPath(path) === undefined) continue
        if (canonical(beforeQuery) !== beforeQuery || (anySplits && beforeQuery.includes('%'))) continue
        const expected = cerbAuthorize(theirs, scopes, method, path)
        if (expected === undefined) continue
        compared += 1
        expect(policy.authorize(scopes, method, path), JSON.stringify([scopes, method, path])).toBe(expected)
      }
    }),
    runs(360),
  )
  expect(compared).toBeGreaterThan(0)
})

const DEFAULT_DOCUMENT = `
"profile":
  label: Access your profile information
  endpoints:
    - workers/me: GET
"search":
  label: Search records on your behalf
  endpoints:
    - records/*/search: [GET]
"api:read-only":
  label: Make any read-only API request on your behalf
  endpoints:
    - "*": [GET]
"api":
  label: Make any API request on your behalf
  endpoints:
    - "*" #[GET, PATCH, POST, PUT, DELETE]
`

const DEFAULT_DATA: PlainDocument = {
  profile: { label: 'p', endpoints: [{ 'workers/me': 'GET' }] },
  search: { label: 's', endpoints: [{ 'records/*/search': ['GET'] }] },
  'api:read-only': { label: 'r', endpoints: [{ '*': ['GET'] }] },
  api: { label: 'a', endpoints: ['*'] },
}

test('decides the default document of Cerb as Cerb does', () => {
  const policy = policyOf(DEFAULT_DOCUMENT, { preset: 'cerb' })
  const paths = [
    '/rest/workers/me.json',
    '/rest/workers/me.xml',
    '/rest/workers/me',
    '/rest/workers/me/',
    '/rest/Workers/ME.json',
    '/rest/workers/me.json.xml.json',
    '/rest/workers/me.JSON',
    '/rest/workers/me.json?expand=groups',
    '/rest/workers/me.txt',
    '/rest/workers/5.json',
    '/rest/records/ticket/search.json',
    '/rest/records/ticket/5/links/search.json',
    '/rest/records/ticket/search.json?q=status:o',
    '/rest/records/search.json',
    '/rest/records/ticket/create.json',
    '/rest',
    '/rest/',
    '/rest/.json',
    '/rest/workers/.json',
    '/workers/me',
    '/Rest/workers/me',
    '/restx/workers/me',
    '/',
  ]
  for (const scopes of [
    ['profile'],
    ['search'],
    ['api:read-only'],
    ['api'],
    ['profile', 'search'],
    [],
    ['Profile'],
  ]) {
    for (const method of COMMON_METHODS) {
      for (const path of paths) {
        const expected = cerbAuthorize(DEFAULT_DATA, scopes, method, path) ?? false
        expect(policy.authorize(scopes, method, path), `${scopes.join(' ')} ${method} ${path}`).toBe(expected)
      }
    }
  }
  expect(policy.authorize('profile', 'GET', '/rest/workers/me.json')).toBe(true)
  expect(policy.authorize('profile', 'POST', '/rest/workers/me.json')).toBe(false)
})
