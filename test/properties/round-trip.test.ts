/** A policy printed as a document again, and read again, is the same policy. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainDocument, toDocument } from '../arbitrary/document.ts'
import { recipes, toRequest } from '../arbitrary/request.ts'
import { runs } from '../arbitrary/settings.ts'
import { policyOf } from './policy-of.ts'

test('parse, print, parse keeps every decision and the fingerprint', () => {
  fc.assert(
    fc.property(plainDocument, recipes, (parts, list) => {
      const policy = policyOf(toDocument(parts))
      const printed = policy.toJSON()
      const copies = [
        policyOf(printed),
        policyOf(JSON.stringify(printed)),
        policyOf(JSON.stringify(policy, null, 2)),
      ]
      for (const copy of copies) {
        expect(copy.fingerprint).toBe(policy.fingerprint)
        for (const chosen of list) {
          const { scopes, method, path } = toRequest(parts, chosen)
          expect(copy.authorize(scopes, method, path)).toBe(policy.authorize(scopes, method, path))
        }
      }
      expect(copies[0]?.toJSON()).toEqual(printed)
    }),
    runs(70),
  )
})

test('a document means the same as plain data, as JSON text and as UTF-8 bytes', () => {
  fc.assert(
    fc.property(plainDocument, recipes, (parts, list) => {
      const document = toDocument(parts)
      const text = JSON.stringify(document)
      const policy = policyOf(document)
      for (const copy of [policyOf(text), policyOf(new TextEncoder().encode(text))]) {
        expect(copy.fingerprint).toBe(policy.fingerprint)
        for (const chosen of list) {
          const { scopes, method, path } = toRequest(parts, chosen)
          expect(copy.authorize(scopes, method, path)).toBe(policy.authorize(scopes, method, path))
        }
      }
    }),
    runs(50),
  )
})
