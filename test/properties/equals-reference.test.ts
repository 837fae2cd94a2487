/**
 * The core against the slow reference, on generated policies and near-miss requests. Each member that
 * answers whether a request is allowed must give the reference's answer.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyDocument, segmentDocument, toDocument } from '../arbitrary/document.ts'
import type { DocumentParts } from '../arbitrary/document.ts'
import { COMMON_METHODS } from '../arbitrary/method.ts'
import { recipes, toRequest } from '../arbitrary/request.ts'
import { runs } from '../arbitrary/settings.ts'
import { referenceAuthorize, referencePolicy } from '../reference/authorize.ts'
import { characters, foldAscii } from '../reference/characters.ts'
import { refusalsOf } from '../reference/request-path.ts'
import { policyOf } from './policy-of.ts'

const METHODS = [...COMMON_METHODS, 'HEAD', 'OPTIONS', 'PROPFIND']

const MODES: readonly (readonly [mode: string, documents: fc.Arbitrary<DocumentParts>])[] = [
  ['wildcard: any', anyDocument],
  ['wildcard: segment', segmentDocument],
]

describe.each(MODES)('with %s', (_, documents) => {
  test('authorize, grant and explain decide as the reference does', () => {
    fc.assert(
      fc.property(documents, recipes, (parts, list) => {
        const document = toDocument(parts)
        const policy = policyOf(document)
        const reference = referencePolicy(document)
        for (const chosen of list) {
          const { scopes, method, path } = toRequest(parts, chosen)
          const request = JSON.stringify([scopes, method, path])
          const expected = reference.authorize(scopes, method, path)
          const answers = {
            array: policy.authorize(scopes, method, path),
            set: policy.authorize(new Set(scopes), method, path),
            text: policy.authorize(scopes.join(' '), method, path),
            grant: policy.grant(scopes).authorize(method, path),
            explain: policy.explain(scopes, method, path).allowed,
          }
          const wrong = Object.entries(answers).filter(([, answer]) => answer !== expected)
          expect(wrong, request).toEqual([])
        }
      }),
      runs(400),
    )
  })

  test('scopesFor and methodsFor list exactly what the reference allows', () => {
    fc.assert(
      fc.property(documents, recipes, (parts, list) => {
        const document = toDocument(parts)
        const policy = policyOf(document)
        const reference = referencePolicy(document)
        for (const chosen of list) {
          const { scopes, method, path } = toRequest(parts, chosen)
          const request = JSON.stringify([scopes, method, path])
          const allowing = reference.scopes.filter((scope) => reference.authorize([scope], method, path))
          expect([...policy.scopesFor(method, path)].sort(), request).toEqual(allowing.sort())
          const allowed = METHODS.filter((candidate) => reference.authorize(scopes, candidate, path))
          expect(policy.methodsFor(scopes, path), request).toEqual(allowed.sort())
        }
      }),
      runs(140),
    )
  })

  test('explain names the rule that refuses a path, and the tested path of one that is granted', () => {
    fc.assert(
      fc.property(documents, recipes, (parts, list) => {
        const document = toDocument(parts)
        const policy = policyOf(document)
        const reference = referencePolicy(document)
        for (const chosen of list) {
          const { scopes, method, path } = toRequest(parts, chosen)
          const request = JSON.stringify([scopes, method, path])
          const decision = policy.explain(scopes, method, path)
          const broken = refusalsOf(path, reference.options)
          if (broken.size > 0) {
            expect(decision.reason, request).toBe('path-refused')
            expect([...broken], request).toContain(decision.refusal)
          } else if (decision.reason === 'path-refused') {
            // Only what trimming an extension uncovers is refused without a broken rule in the raw path.
            expect(decision.refusal, request).toBe('dot-segment')
            expect(reference.options.extensions.length, request).toBeGreaterThan(0)
          }
          if (!decision.allowed) continue
          // Whether letters are shown folded is a matter of taste.
          const shown = (text = ''): string =>
            reference.options.caseSensitive ? text : characters(text).map(foldAscii).join('')
          expect(shown(decision.path), request).toBe(shown(reference.testedPath(path)))
        }
      }),
      runs(140),
    )
  })

  test('options in code mean what the same options in the document mean', () => {
    fc.assert(
      fc.property(documents, recipes, (parts, list) => {
        const policy = policyOf(toDocument({ ...parts, options: {} }), parts.options)
        const document = toDocument(parts)
        for (const chosen of list) {
          const { scopes, method, path } = toRequest(parts, chosen)
          const expected = referenceAuthorize(document, scopes, method, path)
          expect(policy.authorize(scopes, method, path), JSON.stringify([scopes, method, path])).toBe(
            expected,
          )
        }
      }),
      runs(70),
    )
  })

  test('a path one character over the limit is refused, at the limit it is not', () => {
    fc.assert(
      fc.property(documents, recipes, fc.integer({ min: 1, max: 20 }), (parts, list, pathLength) => {
        const document = toDocument(parts)
        const policy = policyOf(document, { limits: { pathLength } })
        for (const chosen of list) {
          const { scopes, method, path } = toRequest(parts, chosen)
          const expected = referenceAuthorize(document, scopes, method, path, { pathLength })
          expect(policy.authorize(scopes, method, path), JSON.stringify([scopes, method, path])).toBe(
            expected,
          )
        }
      }),
      runs(40),
    )
  })
})

test('generated requests are granted often enough to mean something', () => {
  let granted = 0
  let refused = 0
  let total = 0
  fc.assert(
    fc.property(anyDocument, recipes, (parts, list) => {
      const reference = referencePolicy(toDocument(parts))
      for (const chosen of list) {
        const { scopes, method, path } = toRequest(parts, chosen)
        total += 1
        if (reference.testedPath(path) === undefined) refused += 1
        else if (reference.authorize(scopes, method, path)) granted += 1
      }
    }),
    { numRuns: 300, seed: 1 },
  )
  expect(granted / total).toBeGreaterThan(0.1)
  expect(refused / total).toBeGreaterThan(0.1)
})
