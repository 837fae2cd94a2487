/** A run is searched in up to three ways, by its length and by what the path has; all find the same. */
import { expect, test } from 'vitest'
import { createFindRun } from '../../src/matcher/find-run.ts'
import { textsOver } from '../properties/small-world.ts'

/** By definition: the first place within `path[start, end)`. */
function expected(run: string, path: string, start: number, end: number): number {
  const found = path.slice(start, end).indexOf(run)
  return found < 0 ? -1 : start + found + run.length
}

const TAILS = textsOver(['a', 'b'], 5)

test.each(['aaaaaaab', 'aaaaaaaab', 'abababababb', 'aaaaaaaabaaaaaaaac', 'babababab'])(
  'every way finds %s where it stands first',
  (run) => {
    const paths = TAILS.flatMap((tail) => [
      `${run.slice(0, 8)}${tail}${run}${tail}`,
      `${tail}${run.slice(0, -1)}${tail}${run}`,
      `${tail}${run.slice(0, 8)}`.repeat(3),
    ])
    for (const fold of [false, true]) {
      const find = createFindRun(run, fold)
      for (const path of paths) {
        for (const [start, end] of [
          [0, path.length],
          [3, path.length],
          [0, path.length - 1],
          [1, run.length],
        ] as const) {
          const asked = fold ? path.toUpperCase() : path
          expect([path, start, end, find(asked, start, end)]).toEqual([
            path,
            start,
            end,
            expected(run, path, start, end),
          ])
        }
      }
    }
  },
)

test('a run whose beginning stands everywhere is found in linear time', () => {
  const find = createFindRun(`${'a'.repeat(4000)}b`, false)
  const path = 'a'.repeat(1_000_000)
  expect(find(path, 0, path.length)).toBe(-1)
  expect(find(`${path}b`, 0, path.length + 1)).toBe(path.length + 1)
})
