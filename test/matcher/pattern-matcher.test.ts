/** The plain form of the rule against the definition of `*`. */
import { expect, test } from 'vitest'
import { matchesRuns, patternMatcher } from '../../src/matcher/pattern-matcher.ts'
import { readPattern } from '../../src/pattern/pattern.ts'
import { RULES } from '../pattern/rules.ts'
import { textsOver } from '../properties/small-world.ts'
import { globMatches } from '../reference/glob.ts'

test('runs match as their pattern does, on every short pattern and path', () => {
  const paths = textsOver(['a', 'b'], 5)
  const wrong: unknown[] = []
  for (const pattern of textsOver(['a', 'b', '*'], 5)) {
    for (const path of paths) {
      if (matchesRuns(pattern.split('*'), path) !== globMatches(Array.from(pattern), Array.from(path))) {
        wrong.push([pattern, path])
      }
    }
  }
  expect(wrong).toEqual([])
})

test('a pattern of each kind', () => {
  const rules = { ...RULES, wildcard: 'segment' } as const
  const any = patternMatcher(readPattern('a/*', RULES).meaning)
  expect(['a/b', 'a/b/c', 'a'].map(any)).toEqual([true, true, false])
  const segment = patternMatcher(readPattern('a/*', rules).meaning)
  expect(['a/b', 'a/b/c', 'a'].map(segment)).toEqual([true, false, false])
  const never = patternMatcher(readPattern('a//b', RULES).meaning)
  expect(['a//b', 'a/b', ''].map(never)).toEqual([false, false, false])
})
