/**
 * Documents of many scopes with long patterns of ordinary words, as real APIs have: what a compiled policy
 * does for size alone (filters, shared beginnings, wide offsets) is not reached by small ones.
 */
import fc from 'fast-check'
import type { PlainEndpoint, PlainOptions, PlainScope } from '../reference/document.ts'
import type { DocumentParts } from './document.ts'
import { documentMethod, REGISTERED_METHODS } from './method.ts'
import { BOUNDS } from './settings.ts'

const WORDS = [
  'api',
  'v1',
  'v2',
  'workers',
  'workspaces',
  'records',
  'recipients',
  'me',
  'messages',
  'search',
  'settings',
]
const STARRED = ['*', '*', '*', 'item-*', '*.zip', 'a*b', '**']

const segment = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 2, arbitrary: fc.constantFrom(...STARRED) },
)

const longPattern = fc
  .tuple(
    fc.array(segment, { minLength: 1, maxLength: BOUNDS.segments }),
    fc.constantFrom('', '', '', '', '/', '/*', '.json', '%20x', 'X'),
  )
  .map(([segments, end]) => segments.join('/') + end)

const method = fc.oneof(
  { weight: 3, arbitrary: documentMethod },
  { weight: 1, arbitrary: fc.constantFrom(...REGISTERED_METHODS) },
)

const endpoint: fc.Arbitrary<PlainEndpoint> = fc.oneof(
  longPattern,
  fc
    .tuple(longPattern, fc.array(method, { minLength: 1, maxLength: 6 }))
    .map(([key, list]) => ({ [key]: list })),
)

const options: fc.Arbitrary<PlainOptions> = fc.record<PlainOptions, never>(
  {
    basePath: fc.constant('/api'),
    extensions: fc.constantFrom(['json'], ['json', 'zip']),
    caseSensitive: fc.boolean(),
    trailingSlash: fc.constantFrom<'strict' | 'ignore'>('strict', 'ignore'),
    wildcard: fc.constantFrom<'any' | 'segment'>('any', 'any', 'segment'),
    head: fc.constantFrom<'explicit' | 'as-get'>('explicit', 'as-get'),
  },
  { requiredKeys: [] },
)

const scopes = fc.array(fc.array(endpoint, { minLength: 1, maxLength: BOUNDS.endpointsPerScope }), {
  minLength: BOUNDS.scopes,
  maxLength: BOUNDS.manyScopes,
  size: 'max',
})

/** The scopes are called `s0`, `s1` and so on. */
export const largeDocument: fc.Arbitrary<DocumentParts> = fc
  .tuple(options, scopes)
  .map(([chosen, lists]) => ({
    options: chosen,
    scopes: lists.map((endpoints, index): [string, PlainScope] => [
      `s${index}`,
      { label: `${index}`, endpoints },
    ]),
  }))
