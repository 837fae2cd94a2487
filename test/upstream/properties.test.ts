/** The law for generated policies and for requests that nearly match them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { documentOf, segmentDocument, toDocument } from '../arbitrary/document.ts'
import type { DocumentParts } from '../arbitrary/document.ts'
import { anyPattern } from '../arbitrary/pattern.ts'
import { pathNear, recipes, type Recipe } from '../arbitrary/request.ts'
import { runs } from '../arbitrary/settings.ts'
import type { PlainOptions } from '../reference/document.ts'
import { policyOf } from '../properties/policy-of.ts'
import { withoutQuery } from '../reference/request-path.ts'
import { ours } from './authorizers.ts'
import { describeViolation, lawOf, worldOf } from './law.ts'
import { MODELS } from './models/all.ts'

const options: fc.Arbitrary<PlainOptions> = fc.record<PlainOptions, never>(
  {
    basePath: fc.constantFrom('/rest', '/a'),
    extensions: fc.constantFrom(['json'], ['json', 'xml']),
    caseSensitive: fc.boolean(),
    trailingSlash: fc.constantFrom<'strict' | 'ignore'>('strict', 'ignore'),
  },
  { requiredKeys: [] },
)
const documents = documentOf(anyPattern, options, fc.constant('GET'))

/** Servers get targets that begin with a slash; adapters refuse all others. */
function targetNear(parts: DocumentParts, recipe: Recipe): string {
  const path = pathNear(parts, recipe)
  return path.startsWith('/') ? path : `/${path}`
}

/** Extensions are compared with their case: a server that ignores it in formats is not covered. */
const MINDING_CASE = MODELS.filter(({ read }) => read('/A') !== '/a')

function holds(numRuns: number, chains: boolean): void {
  fc.assert(
    fc.property(documents, recipes, (parts, list) => {
      const document = toDocument(parts)
      const covered = parts.options.extensions === undefined ? MODELS : MINDING_CASE
      const { violations } = lawOf(worldOf(document, covered, chains), document, ours(document))
      expect(
        list
          .flatMap((recipe) => violations(targetNear(parts, recipe)))
          .map((one) => describeViolation(document, one)),
      ).toEqual([])
    }),
    runs(numRuns),
  )
}

describe('a granted path is granted as every server reads it', () => {
  test('alone', () => {
    holds(400, false)
  })

  test('behind another one', () => {
    holds(60, true)
  })
})

/** With these a path stays as it was spelled, so that the policy can be asked about what was read. */
const PLAIN = MODELS.filter(({ spell }) => spell === undefined)

test('with `wildcard: segment` what a server reads is granted, too', () => {
  const strict = segmentDocument.map((parts): DocumentParts => ({
    ...parts,
    options: { ...parts.options, encodedSlash: 'refuse', delimiters: 'refuse' },
  }))
  fc.assert(
    fc.property(strict, recipes, (parts, list) => {
      const { authorize, methodsFor, scopes } = policyOf(toDocument(parts))
      for (const recipe of list) {
        const path = withoutQuery(targetNear(parts, recipe))
        for (const scope of scopes.keys()) {
          for (const method of methodsFor([scope], path)) {
            for (const { id, read } of PLAIN) {
              const as = read(path)
              // A pattern that spells the slash asks for it.
              if (as === null || (path.endsWith('/') && !as.endsWith('/'))) continue
              expect([id, path, as, authorize([scope], method, as)]).toEqual([id, path, as, true])
            }
          }
        }
      }
    }),
    runs(200),
  )
})
