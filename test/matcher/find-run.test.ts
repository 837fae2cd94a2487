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

test('every way finds every short run in every short path', () => {
  const wrong: unknown[] = []
  for (const run of textsOver(['a', 'b'], 5).slice(1)) {
    const plain = createFindRun(run, false)
    const folded = createFindRun(run, true)
    for (const path of textsOver(['a', 'b'], 7)) {
      const found = expected(run, path, 0, path.length)
      if (plain(path, 0, path.length) !== found) wrong.push([run, path])
      for (const asked of [path, path.toUpperCase()]) {
        if (folded(asked, 0, asked.length) !== found) wrong.push([run, asked, 'folded'])
      }
    }
  }
  expect(wrong).toEqual([])
})

test('letters of ASCII are folded, what stands beside them is not, and nothing is where case counts', () => {
  const ends = (run: string, path: string, fold: boolean): number =>
    createFindRun(run, fold)(path, 0, path.length)
  for (const run of ['az', 'a/z', 'records/az', 'azazazazaz/az']) {
    expect(ends(run, `x${run.toUpperCase()}`, true)).toBe(run.length + 1)
    expect(ends(run, `x${run.toUpperCase()}`, false)).toBe(-1)
    expect(ends(run.toUpperCase(), `x${run.toUpperCase()}`, false)).toBe(run.length + 1)
    expect(ends(run.toUpperCase(), run, false)).toBe(-1)
  }
  for (const [run, other] of [
    ['a{', 'a['],
    ['a`', 'a@'],
    ['aP', 'a0'],
    ['a[', 'a\u003b'],
  ] as const) {
    expect(ends(run, other, true), run).toBe(-1)
    expect(ends(`aaaaaaaaa${run}`, `aaaaaaaaa${other}`, true), run).toBe(-1)
  }
})

test('a long run is told from the same letters in another case', () => {
  const find = createFindRun('ABCDEFGHIJ', false)
  expect(find('ABCDEFGHijABCDEFGHIJ', 0, 20)).toBe(20)
  expect(find('ABCDEFGHijABCDEFGHij', 0, 20)).toBe(-1)
})

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
