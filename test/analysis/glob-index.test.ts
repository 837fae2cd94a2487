/** Many patterns at once: those that match a string, in the order of the list. */
import { expect, test } from 'vitest'
import { GlobIndex } from '../../src/analysis/glob-index.ts'
import type { AnalyzedEndpoint } from '../../src/analysis/request-set.ts'

/** Null for an item without short cuts. */
function matching(patterns: readonly (string | null)[], text: string): readonly (string | null)[] {
  const items = patterns.map((pattern) => ({
    pattern,
    glob: pattern === null ? null : { runs: pattern.split('*') },
  }))
  const index = new GlobIndex(items as unknown as AnalyzedEndpoint[])
  // Twice, since an index keeps what the last walk has reached.
  expect(index.matching(text)).toEqual(index.matching(text))
  return index.matching(text).map((item) => (item as unknown as (typeof items)[number]).pattern)
}

test.each([
  [['a', 'b'], 'a', ['a']],
  [['a', 'ab'], 'ab', ['ab']],
  [['b*', 'a*', '*', 'ab'], 'ab', ['a*', '*', 'ab']],
  [['a*', 'a*', 'a'], 'a', ['a*', 'a*', 'a']],
  [['*a', '*b'], 'cab', ['*b']],
  [['*ab', 'a*b', 'ab*'], 'ab', ['*ab', 'a*b', 'ab*']],
  [['*ab'], 'aab', ['*ab']],
  [['*a*'], 'aa', ['*a*']],
  [['a*b*c'], 'axbxc', ['a*b*c']],
  [['a*b*c'], 'axc', []],
  [['a**b', 'a*b'], 'ab', ['a**b', 'a*b']],
  [['a**b', 'a*b'], 'axb', ['a**b', 'a*b']],
  [['', '*', 'a'], '', ['', '*']],
  [[null, '*'], 'a', ['*']],
  [['abc'], 'abd', []],
  [['abc'], 'abcd', []],
  [[], 'a', []],
])('of %j %j matches %j', (patterns, text, expected) => {
  expect(matching(patterns, text)).toEqual(expected)
})

test('the order is that of the list, not of digits', () => {
  const patterns = Array.from({ length: 12 }, (_, at) => `${'a'.repeat(12 - at)}*`)
  expect(matching(patterns, 'a'.repeat(12))).toEqual(patterns)
})
