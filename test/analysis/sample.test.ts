/** One path that a pattern of `wildcard: segment` matches. */
import { expect, test } from 'vitest'
import { matchesText, sampleText } from '../../src/analysis/sample.ts'
import { readPattern } from '../../src/pattern/pattern.ts'
import type { PathRules } from '../../src/pattern/request-path.ts'
import { RULES, SEGMENT } from './sets.ts'

const sampleOf = (pattern: string, rules: PathRules): string | null =>
  sampleText(readPattern(pattern, rules), rules)

test.each([
  ['a/b', SEGMENT, 'a/b'],
  ['a[bc]', SEGMENT, 'ab'],
  ['a?', SEGMENT, 'a*'],
  ['a/b', { ...SEGMENT, basePath: 'v1' }, 'a/b'],
  // No request path is read as these.
  ['a.json', { ...SEGMENT, extensions: ['json'] }, null],
  ['abc', { ...SEGMENT, pathLength: 3 }, null],
  ['abc', { ...SEGMENT, pathLength: 4 }, 'abc'],
  ['a', RULES, null],
])('of %s: %s', (pattern, rules, expected) => {
  expect(sampleOf(pattern, rules)).toBe(expected)
})

test('whether a pattern matches a string is known of those that are expressions', () => {
  const matches = (pattern: string, text: string, rules: PathRules): boolean =>
    matchesText(readPattern(pattern, rules), text)
  expect(matches('a[bc]', 'ab', SEGMENT)).toBe(true)
  expect(matches('a[bc]', 'ad', SEGMENT)).toBe(false)
  expect(matches('ab', 'ab', RULES)).toBe(false)
})
