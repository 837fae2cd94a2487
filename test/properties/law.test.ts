/**
 * The law after the path rules: for every way in which a server may read a path, a granted path is still
 * granted as that server reads it. The one exception is a pattern that spells a trailing slash.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DocumentParts } from '../arbitrary/document.ts'
import { documentOf, toDocument } from '../arbitrary/document.ts'
import { anyPattern } from '../arbitrary/pattern.ts'
import { recipes, toRequest } from '../arbitrary/request.ts'
import { runs } from '../arbitrary/settings.ts'
import { referencePolicy } from '../reference/authorize.ts'
import type { PlainOptions } from '../reference/document.ts'
import { withoutQuery } from '../reference/request-path.ts'
import { composed, grantedAsRead, READINGS } from '../reference/readings.ts'
import type { Reading } from '../reference/readings.ts'
import { policyOf } from './policy-of.ts'

/** All options that leave `%2F` and `;` refused: who declares them data has told us how the server reads them. */
const options: fc.Arbitrary<PlainOptions> = fc.oneof(
  fc.constant<PlainOptions>({}),
  fc.record<PlainOptions, never>(
    {
      basePath: fc.constantFrom('/rest', '/a'),
      extensions: fc.constantFrom(['json'], ['json', 'xml']),
      caseSensitive: fc.boolean(),
      trailingSlash: fc.constantFrom<'strict' | 'ignore'>('strict', 'ignore'),
    },
    { requiredKeys: [] },
  ),
)
const documents = documentOf(anyPattern, options)

function holds(reading: Reading, numRuns: number, policies: fc.Arbitrary<DocumentParts> = documents): void {
  fc.assert(
    fc.property(policies, recipes, (parts, list) => {
      const document = toDocument(parts)
      const policy = policyOf(document)
      const reference = referencePolicy(document)
      for (const chosen of list) {
        const { scopes, method, path } = toRequest(parts, chosen)
        if (!policy.authorize(scopes, method, path)) continue
        const tested = reference.testedPath(path) ?? ''
        if (tested.endsWith('/') && reference.spellsSlash(scopes, method, tested)) continue
        const read = reading.read(withoutQuery(path))
        expect(
          grantedAsRead(document, scopes, method, read, reading.decodes),
          `${JSON.stringify(path)} is granted, but not as ${JSON.stringify(read)}`,
        ).toBe(true)
      }
    }),
    runs(numRuns),
  )
}

describe('a granted path is still granted when the server reads it with', () => {
  test.each(READINGS.map((reading) => [reading.name, reading] as const))('%s', (_, reading) => {
    holds(reading, 60)
  })
})

describe('and by a chain of two servers, the first of which reads it with', () => {
  // What turns decoded letters into other letters changes data, not structure, and patterns with it.
  const seconds = READINGS.filter(({ name }) => name !== 'NFKC' && name !== 'high byte dropped')

  test.each(READINGS.map((reading) => [reading.name, reading] as const))('%s', (_, first) => {
    for (const second of seconds) holds(composed(first, second), 4)
  })
})

describe('also where slashes and delimiters are data, for readings that leave the declared ones alone', () => {
  const encodedSlash = documentOf(anyPattern, fc.constant<PlainOptions>({ encodedSlash: 'data' }))
  const delimiters = documentOf(anyPattern, fc.constant<PlainOptions>({ delimiters: 'data' }))
  const cuts = ['parameters stripped', 'cut at semicolon']

  test.each(READINGS.map((reading) => [reading.name, reading] as const))('%s', (name, reading) => {
    holds(reading, 15, encodedSlash)
    if (!cuts.includes(name)) holds(reading, 15, delimiters)
  })
})

test('the readings do change paths that are not granted', () => {
  const inputs = [
    '/a/../b',
    '/a%2Fb',
    '/a%252Fb',
    '/a\\b',
    '/a//b',
    '/a;x/b',
    '/a\0b',
    '/a#b',
    '/a\nb',
    '/\uff41',
    '/\u012e',
    '/a/',
  ]
  for (const { name, read } of READINGS) {
    expect(
      inputs.filter((path) => read(path) !== path),
      name,
    ).not.toEqual([])
  }
})
