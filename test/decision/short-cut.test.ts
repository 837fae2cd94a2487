/**
 * Plain paths are decided without being read first. Where a star meets the text around it, a path can get a
 * dot segment, an empty segment or a refused character that neither has alone: every short path over the
 * characters that matter there, against the reference.
 */
import { expect, test } from 'vitest'
import { METHODS } from '../../src/language/methods.ts'
import { referencePolicy } from '../reference/authorize.ts'
import type { PlainOptions } from '../reference/document.ts'
import { policyOf } from '../properties/policy-of.ts'
import { disagreements, policyDocument, textsOver } from '../properties/small-world.ts'

/** Each text around a star that dots, slashes or delimiters can complete to something else. */
const PATTERNS = [
  ...['*', '.*', '..*', '*.', '*..', '.*.', 'a*', 'a/*', 'a/.*', 'a/..*', 'a/...*', 'a.*', 'a..*', 'a/b..*'],
  ...['*/a', '*./a', '*../a', '.*/a', 'a/*/b', 'a/.*/b', 'a/..*/b', 'a*.*b', 'a/*.*', '*a*', '*.*', '*/*'],
  ...['.a', 'a/.a', '.a*', '..a*', '...*', 'aaaa.*', 'a:*', '*:'],
]

const short = textsOver(['a', '.', '/', 'b'], 5)
const special = textsOver(['a', '.', '/', ';', '?', ':'], 4)
const inside = textsOver(['a', '.', '/'], 5)

test.each<[string, PlainOptions, readonly string[]]>([
  ['with a slash in front', {}, [...short, ...special].map((path) => `/${path}`)],
  ['without one', {}, [...short, ...special]],
  ['behind text that is longer than what is looked at', {}, inside.map((path) => `/aaaa${path}`)],
  ['with trailingSlash: ignore', { trailingSlash: 'ignore' }, short.map((path) => `/${path}`)],
  ['with delimiters: data', { delimiters: 'data' }, special.map((path) => `/${path}`)],
  ['under a base path', { basePath: '/r' }, inside.flatMap((path) => [`/r${path}`, `r/${path}`])],
  ['with extensions', { extensions: ['b'] }, inside.flatMap((path) => [`/${path}.b`, `/${path}.b?a/..%`])],
])('a star and what it borders on, %s', (_, options, paths) => {
  expect(disagreements(policyDocument(PATTERNS, options), PATTERNS, paths)).toEqual([])
})

test('a scope grants each method to its own patterns only, however many methods there are', () => {
  const methods = [...METHODS]
  expect(methods.length).toBeGreaterThan(32)
  const document = Object.fromEntries(
    methods.map((method, index) => [
      `s${index}`,
      {
        label: method,
        endpoints: [
          { [`api/v1/a${index}/*`]: method },
          { [`*/b${index}`]: methods[(index + 1) % methods.length] },
        ],
      },
    ]),
  )
  const policy = policyOf(document)
  const reference = referencePolicy(document as Parameters<typeof referencePolicy>[0])
  for (let index = 0; index < methods.length; index++) {
    for (const path of [`/api/v1/a${index}/x`, `/api/v1/b${index}`, `/api/v1/a${index}/b${index}`]) {
      const scopes = [`s${(index + 1) % methods.length}`, `s${index}`]
      for (const method of methods) {
        expect([path, method, policy.authorize(scopes, method, path)]).toEqual([
          path,
          method,
          reference.authorize(scopes, method, path),
        ])
      }
    }
  }
})
