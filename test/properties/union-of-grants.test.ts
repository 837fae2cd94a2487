/**
 * A policy is a plain union of grants: nothing is allowed without one, and one more never takes access
 * away. This holds whatever the reference says.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyDocument, endpointOf, plainDocument, segmentDocument, toDocument } from '../arbitrary/document.ts'
import type { DocumentParts } from '../arbitrary/document.ts'
import { documentMethod } from '../arbitrary/method.ts'
import { recipes, toRequest } from '../arbitrary/request.ts'
import type { PlainRequest } from '../arbitrary/request.ts'
import { scopeName } from '../arbitrary/scope-name.ts'
import { runs } from '../arbitrary/settings.ts'
import type { PlainEndpoint } from '../reference/document.ts'
import { policyOf } from './policy-of.ts'
import { eachEndpoint, eachScope, spread } from './rewrite.ts'

describe('denies by default', () => {
  test('no scopes, or only unknown ones, allow nothing', () => {
    fc.assert(
      fc.property(plainDocument, recipes, fc.array(scopeName), (parts, list, foreign) => {
        const policy = policyOf(toDocument(parts))
        const unknown = foreign.filter((name) => !parts.scopes.some(([known]) => known === name))
        for (const chosen of list) {
          const { method, path } = toRequest(parts, chosen)
          expect(policy.authorize([], method, path)).toBe(false)
          expect(policy.authorize('', method, path)).toBe(false)
          expect(policy.authorize(unknown, method, path)).toBe(false)
        }
      }),
      runs(70),
    )
  })

  test('a policy without endpoints allows nothing', () => {
    fc.assert(
      fc.property(plainDocument, recipes, (parts, list) => {
        const policy = policyOf(toDocument(eachScope(parts, ({ label }) => ({ label, endpoints: [] }))))
        for (const chosen of list) expect(policy.authorize(...spread(toRequest(parts, chosen)))).toBe(false)
      }),
      runs(40),
    )
  })
})

describe('never takes access away', () => {
  /** Whatever `before` allows, `after` allows too. */
  const keeps = (parts: DocumentParts, after: DocumentParts, requests: readonly PlainRequest[]): void => {
    const [narrow, wide] = [policyOf(toDocument(parts)), policyOf(toDocument(after))]
    for (const request of requests) {
      if (narrow.authorize(...spread(request))) {
        expect(wide.authorize(...spread(request)), JSON.stringify(request)).toBe(true)
      }
    }
  }

  test('one more scope in the token', () => {
    fc.assert(
      fc.property(plainDocument, recipes, scopeName, fc.nat(), (parts, list, foreign, which) => {
        const policy = policyOf(toDocument(parts))
        const known = parts.scopes[which % parts.scopes.length]?.[0] ?? foreign
        for (const request of list.map((chosen) => toRequest(parts, chosen))) {
          if (!policy.authorize(...spread(request))) continue
          for (const more of [known, foreign]) {
            expect(policy.authorize([...request.scopes, more], request.method, request.path)).toBe(true)
            expect(policy.authorize([more, ...request.scopes], request.method, request.path)).toBe(true)
          }
        }
      }),
      runs(90),
    )
  })

  test('one more endpoint in a scope', () => {
    fc.assert(
      fc.property(
        plainDocument,
        recipes,
        endpointOf(fc.constantFrom('*', '**', 'a', 'a/*', '*/b', 'workers/me')),
        fc.boolean(),
        (parts, list, more, first) => {
          const after = eachScope(parts, (scope) => {
            const own = scope.endpoints ?? []
            return { ...scope, endpoints: first ? [more, ...own] : [...own, more] }
          })
          const requests = list.map((chosen) => toRequest(parts, chosen))
          keeps(parts, after, requests)
        },
      ),
      runs(90),
    )
  })

  test('one more method on an endpoint', () => {
    fc.assert(
      fc.property(plainDocument, recipes, documentMethod, (parts, list, more) => {
        const after = eachEndpoint(parts, (endpoint) => {
          if (typeof endpoint === 'string') return [endpoint]
          const widened = Object.entries(endpoint).map(([pattern, methods]) => [
            pattern,
            [...(typeof methods === 'string' ? [methods] : methods), more],
          ])
          return [Object.fromEntries(widened) as PlainEndpoint]
        })
        const requests = list.map((chosen) => toRequest(parts, chosen))
        keeps(parts, after, requests)
      }),
      runs(90),
    )
  })

  test.each([
    ['any', anyDocument],
    ['segment', segmentDocument],
  ] as const)('one more scope in the document, with wildcard: %s', (_, documents) => {
    fc.assert(
      fc.property(documents, documents, recipes, (parts, others, list) => {
        const endpoints = others.scopes.flatMap(([, scope]) => scope.endpoints ?? [])
        const requests = list.map((chosen) => toRequest(parts, chosen))
        keeps(
          parts,
          { ...parts, scopes: [['added', { label: 'added', endpoints }], ...parts.scopes] },
          requests,
        )
      }),
      runs(40),
    )
  })
})
