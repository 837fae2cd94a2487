/** The analysis against all requests over a tiny alphabet; see `long-run.ts` for many more. */
import { expect, test } from 'vitest'
import { checkChange } from './check-change.ts'
import { checkMinimal } from './check-minimal.ts'
import { checkPair } from './check-pair.ts'

function problems(
  check: (seed: number) => string | undefined | null,
  first: number,
  count: number,
): string[] {
  const found: string[] = []
  for (let seed = first; seed < first + count; seed++) {
    const problem = check(seed)
    if (typeof problem === 'string') found.push(problem)
  }
  return found
}

test('every relation of two scopes is that of brute force, its witnesses hold and none is shorter', () => {
  expect(problems(checkPair, 1, 2000)).toEqual([])
})

test('every change of a policy is that of brute force, mirrored by the way back; redundant endpoints can go', () => {
  expect(problems(checkChange, 1, 120)).toEqual([])
})

test('no smaller set of scopes suffices than minimalScopes says', () => {
  expect(problems(checkMinimal, 1, 400)).toEqual([])
})
