/**
 * Random documents for the long run: those of the property tests, and beside them dense ones, over so small an
 * alphabet that patterns touch, contain and spoil each other all the time.
 */
import fc from 'fast-check'
import { documentOf, anyDocument, segmentDocument } from '../arbitrary/document.ts'
import type { DocumentParts } from '../arbitrary/document.ts'
import { largeDocument } from '../arbitrary/large-document.ts'
import { COMMON_METHODS } from '../arbitrary/method.ts'
import { anyPattern, oddSegmentPattern, segmentPattern } from '../arbitrary/pattern.ts'
import type { PlainOptions } from '../reference/document.ts'
import { withNames } from './names.ts'

/** Every option with every value, and those that are easily got wrong together. */
const options: fc.Arbitrary<PlainOptions> = fc.record<PlainOptions, never>(
  {
    preset: fc.constant('cerb'),
    basePath: fc.constantFrom('', '/', '/rest', '/a/b', 'a', '/caf%C3%A9', '/caf%c3%a9/', '/x%7Ey', '/.a'),
    extensions: fc.constantFrom<string[]>(
      [],
      ['json'],
      ['a'],
      ['gz', 'tar.gz'],
      ['b', 'a.b', 'a'],
      ['JSON', 'json'],
    ),
    caseSensitive: fc.boolean(),
    trailingSlash: fc.constantFrom<'strict' | 'ignore'>('strict', 'ignore'),
    head: fc.constantFrom<'explicit' | 'as-get'>('explicit', 'as-get'),
    encodedSlash: fc.constantFrom<'refuse' | 'data' | 'opaque'>('refuse', 'data', 'opaque'),
    delimiters: fc.constantFrom<'refuse' | 'data'>('refuse', 'data'),
    methods: fc.uniqueArray(fc.constantFrom(...COMMON_METHODS, 'HEAD', 'OPTIONS'), {
      minLength: 1,
      maxLength: 3,
    }),
  },
  { requiredKeys: [] },
)

const segmentOptions = options.map((chosen): PlainOptions => ({ ...chosen, wildcard: 'segment' }))

function dense(pieces: readonly string[]): fc.Arbitrary<string> {
  return fc
    .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 9, size: 'max' })
    .map((list) => list.join(''))
}

const COMMON = [
  '*',
  '*',
  '*',
  '/',
  '/',
  '/',
  'a',
  'a',
  'b',
  '.',
  '.',
  'a/',
  '/a',
  '/b',
  '/*',
  '*/',
  '.a',
  'b',
  'a',
  'A',
  '0',
]
const RARE = ['%2F', '%2E', ';', '%3b', '%20', '%C3%A9', '%', '%25']
const DENSE = [...COMMON, ...COMMON, ...COMMON, ...RARE]
const DENSE_SEGMENT = [
  ...DENSE,
  '**',
  '/**',
  '**/',
  '?',
  '[ab]',
  '[!a]',
  '{a,b}',
  '{a,b/a}',
  '{,a}',
  '[a-b.]',
]

const pathDocument: fc.Arbitrary<DocumentParts> = fc.oneof(
  { weight: 4, arbitrary: anyDocument },
  { weight: 2, arbitrary: segmentDocument },
  { weight: 2, arbitrary: documentOf(dense(DENSE), fc.constant({})) },
  { weight: 4, arbitrary: documentOf(dense(DENSE), options) },
  { weight: 2, arbitrary: documentOf(anyPattern, options) },
  { weight: 2, arbitrary: documentOf(dense(DENSE_SEGMENT), segmentOptions) },
  { weight: 1, arbitrary: documentOf(segmentPattern, segmentOptions) },
  { weight: 1, arbitrary: documentOf(oddSegmentPattern, segmentOptions) },
  { weight: 2, arbitrary: largeDocument },
)

export const fuzzDocument: fc.Arbitrary<DocumentParts> = fc.oneof(
  { weight: 2, arbitrary: pathDocument },
  { weight: 1, arbitrary: withNames(pathDocument) },
)
