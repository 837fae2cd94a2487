/** Neither order nor repetition matters: a document and its rewriting are one policy with one fingerprint. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainDocument, toDocument } from '../arbitrary/document.ts'
import type { DocumentParts } from '../arbitrary/document.ts'
import { recipes, toRequest } from '../arbitrary/request.ts'
import type { PlainRequest } from '../arbitrary/request.ts'
import { runs } from '../arbitrary/settings.ts'
import type { PlainEndpoint } from '../reference/document.ts'
import { policyOf } from './policy-of.ts'
import { eachEndpoint, eachScope, spread } from './rewrite.ts'

describe('order and repetition do not matter', () => {
  const same = (parts: DocumentParts, other: DocumentParts, requests: readonly PlainRequest[]): void => {
    const [one, two] = [policyOf(toDocument(parts)), policyOf(toDocument(other))]
    for (const request of requests) {
      const expected = one.authorize(...spread(request))
      expect(two.authorize(...spread(request)), JSON.stringify(request)).toBe(expected)
    }
    expect(two.fingerprint).toBe(one.fingerprint)
  }
  const reversed = <T>(list: readonly T[]): T[] => [...list].reverse()

  test('of scopes in the token', () => {
    fc.assert(
      fc.property(plainDocument, recipes, (parts, list) => {
        const policy = policyOf(toDocument(parts))
        for (const { scopes, method, path } of list.map((chosen) => toRequest(parts, chosen))) {
          const expected = policy.authorize(scopes, method, path)
          expect(policy.authorize(reversed(scopes), method, path)).toBe(expected)
          expect(policy.authorize([...scopes, ...scopes, ...reversed(scopes)], method, path)).toBe(expected)
        }
      }),
      runs(70),
    )
  })

  test('of scopes in the document', () => {
    fc.assert(
      fc.property(plainDocument, recipes, (parts, list) => {
        const requests = list.map((chosen) => toRequest(parts, chosen))
        same(parts, { ...parts, scopes: reversed(parts.scopes) }, requests)
      }),
      runs(90),
    )
  })

  test('of endpoints in a scope', () => {
    fc.assert(
      fc.property(plainDocument, recipes, (parts, list) => {
        const requests = list.map((chosen) => toRequest(parts, chosen))
        const other = eachScope(parts, (scope) =>
          scope.endpoints === undefined
            ? scope
            : { ...scope, endpoints: [...reversed(scope.endpoints), ...scope.endpoints] },
        )
        same(parts, other, requests)
      }),
      runs(90),
    )
  })

  test('of methods on an endpoint', () => {
    fc.assert(
      fc.property(plainDocument, recipes, (parts, list) => {
        const requests = list.map((chosen) => toRequest(parts, chosen))
        const other = eachEndpoint(parts, (endpoint) => {
          if (typeof endpoint === 'string') return [endpoint]
          const rewritten = Object.entries(endpoint).map(([pattern, methods]) => {
            const list = typeof methods === 'string' ? [methods] : methods
            return [pattern, [...reversed(list), ...list.map((method) => method.toLowerCase())]]
          })
          return [Object.fromEntries(rewritten) as PlainEndpoint]
        })
        same(parts, other, requests)
      }),
      runs(90),
    )
  })
})
