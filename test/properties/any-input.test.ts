/**
 * Any string in any position neither throws nor hangs: in scopes, method and path of a request, in every
 * text of a document, and as the document itself.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadPolicy, parsePolicy, PolicyError } from '../../src/index.ts'
import type { Policy } from '../../src/index.ts'
import { plainDocument, toDocument } from '../arbitrary/document.ts'
import { mutate, mutation } from '../arbitrary/mutation.ts'
import { anyPattern } from '../arbitrary/pattern.ts'
import { BOUNDS, runs } from '../arbitrary/settings.ts'
import { policyOf } from './policy-of.ts'

/** Code units of every kind, unpaired surrogates included, and text with structure. */
const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: BOUNDS.anyText }),
  fc.array(fc.nat({ max: 0xffff }), { maxLength: 20 }).map((units) => String.fromCharCode(...units)),
  fc.string({
    unit: fc.constantFrom(...'/%.*;?#:\\ 2eEfF0aA[]{},!()\n\0é'.split('')),
    maxLength: BOUNDS.anyText,
  }),
  fc.tuple(anyPattern, fc.array(mutation, { maxLength: 4 })).map(([text, list]) => list.reduce(mutate, text)),
)

function askEverything(policy: Policy, scopes: string, method: string, path: string): void {
  const allowed = policy.authorize([scopes], method, path)
  expect(typeof allowed).toBe('boolean')
  expect(policy.grant([scopes]).authorize(method, path)).toBe(allowed)
  expect(policy.explain([scopes], method, path).allowed).toBe(allowed)
  expect(Array.isArray(policy.scopesFor(method, path))).toBe(true)
  expect(Array.isArray(policy.methodsFor(scopes, path))).toBe(true)
  expect(typeof policy.authorize(scopes, method, path)).toBe('boolean')
}

describe('any string neither throws nor hangs', () => {
  test('as scope, method or path of a request', () => {
    fc.assert(
      fc.property(
        plainDocument,
        fc.array(fc.tuple(anyText, anyText, anyText), { minLength: 1 }),
        (parts, list) => {
          const policy = policyOf(toDocument(parts))
          const known = parts.scopes[0]?.[0] ?? ''
          for (const [scope, method, path] of list) {
            askEverything(policy, scope, method, path)
            askEverything(policy, known, 'GET', path)
          }
        },
      ),
      runs(70),
    )
  })

  test('as the text of a document', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { policy, diagnostics } = parsePolicy(text)
        if (policy === null) {
          expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(true)
          expect(() => loadPolicy(text)).toThrow(PolicyError)
        } else {
          expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(false)
        }
      }),
      runs(220),
    )
  })

  test('as a piece of a document that was well-formed', () => {
    fc.assert(
      fc.property(plainDocument, anyText, fc.nat(), fc.nat({ max: 8 }), (parts, text, place, dropped) => {
        const json = JSON.stringify(toDocument(parts), null, 1)
        const at = place % json.length
        const { policy } = parsePolicy(json.slice(0, at) + text + json.slice(at + dropped))
        policy?.authorize(['a'], 'GET', '/a')
      }),
      runs(180),
    )
  })

  test('as bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        parsePolicy(bytes)
      }),
      runs(140),
    )
  })

  test('as name, label, pattern, method, include and option of a document', () => {
    const everywhere = fc.record({
      name: anyText,
      label: anyText,
      pattern: anyText,
      method: anyText,
      include: anyText,
      base: anyText,
    })
    fc.assert(
      fc.property(everywhere, fc.constantFrom('any', 'segment'), anyText, (texts, wildcard, path) => {
        const documents = [
          { [texts.name]: { label: 'x', endpoints: ['a'] } },
          { s: { label: texts.label, endpoints: ['a'] } },
          { s: { label: 'x', endpoints: [texts.pattern, { [texts.pattern]: 'GET' }] } },
          { s: { label: 'x', endpoints: [{ a: texts.method }, { b: [texts.method] }] } },
          { s: { label: 'x', includes: [texts.include] } },
          { $options: { basePath: texts.base }, s: { label: 'x', endpoints: ['*'] } },
          { $options: { extensions: [texts.base] }, s: { label: 'x', endpoints: ['*'] } },
          { s: { label: 'x', [texts.name]: texts.label, endpoints: ['*'] } },
        ]
        for (const document of documents) {
          const { policy } = parsePolicy(document, { wildcard: wildcard as 'any' })
          if (policy !== null) askEverything(policy, 's', 'GET', path)
        }
      }),
      runs(110),
    )
  })
})
