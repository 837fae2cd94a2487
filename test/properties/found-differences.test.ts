/** Decisions in which core and reference once differed, each in its smallest form. */
import { expect, test } from 'vitest'
import { referenceAuthorize } from '../reference/authorize.ts'
import type { PlainDocument, PlainOptions } from '../reference/document.ts'
import { policyOf } from './policy-of.ts'

interface Row {
  readonly why: string
  readonly options: PlainOptions
  readonly pattern: string
  readonly path: string
  readonly granted: boolean
}

const ROWS: readonly Row[] = [
  {
    why: 'extensions are trimmed in their own case only, so a pattern that ends in one can still match another case',
    options: { extensions: ['json'], caseSensitive: false },
    pattern: 'workers/me.json',
    path: '/workers/me.JSON',
    granted: true,
  },
  {
    why: 'picomatch grants the pattern spelled out',
    options: { wildcard: 'segment', caseSensitive: false },
    pattern: '{a,b}C',
    path: '/{a,b}C',
    granted: true,
  },
  {
    why: 'picomatch compares the pattern spelled out in its own case',
    options: { wildcard: 'segment', caseSensitive: false },
    pattern: '{a,b}',
    path: '/{A,b}',
    granted: false,
  },
  {
    why: 'both spellings of an escape are one pattern, also where the escape is a part of a character',
    options: { wildcard: 'segment' },
    pattern: '%c3*',
    path: '/%C3%A9',
    granted: true,
  },
  {
    why: 'the asterisk-form is judged behind the cut of the query',
    options: {},
    pattern: '*',
    path: '*?x',
    granted: false,
  },
]

test.each(ROWS)('$why: `$pattern` on `$path`', ({ options, pattern, path, granted }) => {
  const document: PlainDocument = { $options: options, s: { label: 's', endpoints: [{ [pattern]: 'GET' }] } }
  expect(referenceAuthorize(document, ['s'], 'GET', path)).toBe(granted)
  expect(policyOf(document).authorize('s', 'GET', path)).toBe(granted)
})
