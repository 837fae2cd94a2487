/** The features are read off the text; what was never met is told. */
import { expect, test } from 'vitest'
import { countFeature, FEATURES, untested } from './counts.ts'
import type { Counts } from './counts.ts'
import { featuresOfDocument } from './document-features.ts'
import { featuresOfPattern } from './pattern-features.ts'
import { printCounts } from './report.ts'

test.each([
  ['a/*', 'any', ['any: one star', 'any: star at the end']],
  [
    '/a%20b/',
    'any',
    ['pattern: leading slash', 'pattern: trailing slash', 'pattern: escape kept', 'any: no star'],
  ],
  ['**/{a,b}', 'segment', ['segment: **', 'segment: braces']],
  ['[!a]?', 'segment', ['segment: negated class', 'segment: ?']],
] as const)('pattern %j in wildcard %j has %j', (pattern, wildcard, features) => {
  const found = featuresOfPattern(pattern, wildcard)
  expect(found).toEqual(expect.arrayContaining([...features]))
  expect(FEATURES.both).toEqual(expect.arrayContaining(found))
})

test('options are counted by value, given or not', () => {
  const found = featuresOfDocument({
    options: { preset: 'cerb', basePath: '/a/b' },
    scopes: [['on', { label: 'x', endpoints: [{ a: ['get', 'POST'] }] }]],
  })
  expect(found).toEqual(
    expect.arrayContaining([
      'option: preset=cerb',
      'option: basePath=several segments',
      'option: extensions=several',
      'option: caseSensitive=false',
      'option: head=explicit',
      'document: one scope',
      'document: a name that YAML may read as a value',
      'document: method in lower case',
    ]),
  )
  expect(FEATURES.both).toEqual(expect.arrayContaining(found))
})

test('a feature that was never met, never allowed or never denied is untested; so is one that nobody listed', () => {
  expect(untested({})).toHaveLength(2 * FEATURES.both.length + FEATURES.denied.length + FEATURES.met.length)
  const counts: Counts = {}
  for (const feature of Object.values(FEATURES).flat()) countFeature(counts, feature, false)
  for (const feature of FEATURES.both) countFeature(counts, feature, true)
  expect(untested(counts)).toEqual([])
  countFeature(counts, 'refused: space', true)
  countFeature(counts, 'option: new', true)
  expect(untested(counts)).toEqual(['refused: space: allowed', 'option: new: not among the features'])
  expect(printCounts(counts).split('\n')).toHaveLength(1 + Object.values(FEATURES).flat().length)
})
