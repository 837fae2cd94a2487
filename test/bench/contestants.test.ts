/**
 * The contestants that are measured for right answers give right answers: ours in all forms and the naive
 * loop. The peers are checked by the benchmark itself, which has them installed.
 */
import { describe, expect, test } from 'vitest'
import * as compiled from '../../src/compiled/index.ts'
import { loadPolicy } from '../../src/index.ts'
import { naive } from '../../bench/contestants/expressions.ts'
import { ourContestants } from '../../bench/contestants/ours.ts'
import { routeOf } from '../../bench/contestants/routes.ts'
import { ATTACKS } from '../../bench/measure/attacks.ts'
import { checkAnswers } from '../../bench/measure/check.ts'
import { measureHostile } from '../../bench/measure/hostile.ts'
import { freshPaths, newTokens, reusedPaths } from '../../bench/measure/loop.ts'
import { broadStream, hotStream, listClaims, splitClaims } from '../../bench/measure/stream.ts'
import { SIZES } from '../../bench/workload/document.ts'
import { PLAIN, STYLES } from '../../bench/workload/style.ts'
import { workloadFor } from '../../bench/workload/workload.ts'

const TRAFFIC = { requests: 3000, distinctPaths: 1500 }
const OURS = ourContestants({ loadPolicy, compiled })
const CONTESTANTS = [...OURS, naive]

describe.each(SIZES.slice(0, 2))('at size $name', (size) => {
  const { scopes, traffic, hot, yaml } = workloadFor(size, TRAFFIC, PLAIN)
  const policy = { scopes, yaml: () => Buffer.from(yaml) }

  test.each(CONTESTANTS)('$name answers every request as the oracle does', async (contestant) => {
    const authorizer = await contestant.create(policy)
    for (const tokens of [listClaims(traffic), splitClaims(traffic)]) {
      for (const stream of [broadStream(traffic), hotStream(traffic, hot)]) {
        const answers = checkAnswers(authorizer, stream, tokens, Infinity)
        expect(answers).toEqual({ checked: stream.length, wrongAllows: 0, wrongDenies: 0 })
      }
    }
  })

  test.each(CONTESTANTS)('every timed loop allows half of the requests to $name', async (contestant) => {
    const { authorize, subjectOf } = await contestant.create(policy)
    const stream = broadStream(traffic)
    const subjects = listClaims(traffic).map((names) => subjectOf(names)) as never[]
    const loops =
      contestant.resolved === true ? [freshPaths, reusedPaths] : [freshPaths, reusedPaths, newTokens]
    for (const loop of loops) {
      expect(loop(authorize, stream, subjects, 0, stream.length)).toBe(stream.length / 2)
      // A stretch that begins and ends in the middle of a batch sees its own requests only.
      const inside = stream.allowed.slice(77, 1234).filter(Boolean).length
      expect(loop(authorize, stream, subjects, 77, 1234)).toBe(inside)
    }
  })
})

test.each(STYLES)('ours answers as the oracle does in the style $name', async (style) => {
  const size = SIZES[1] ?? expect.unreachable()
  const { scopes, traffic, yaml } = workloadFor(size, TRAFFIC, style)
  for (const contestant of OURS) {
    const authorizer = await contestant.create({ scopes, yaml: () => Buffer.from(yaml) })
    const answers = checkAnswers(authorizer, broadStream(traffic), listClaims(traffic), Infinity)
    expect(answers).toEqual({ checked: TRAFFIC.requests, wrongAllows: 0, wrongDenies: 0 })
  }
})

test.each(ATTACKS)('ours denies the attack $name on short and long paths', async ({ name }) => {
  const [contestant] = OURS
  const task = { attack: name, lengths: [25, 20_000], turnMs: 0 }
  for await (const result of measureHostile(contestant, task, () => Promise.resolve())) {
    expect(result.right).toBe(true)
  }
})

test('the check counts wrong allows and wrong denies, and keeps the first as an example', () => {
  const { traffic } = workloadFor(SIZES[0] ?? expect.unreachable(), TRAFFIC, PLAIN)
  const stream = broadStream(traffic)
  const always = (answer: boolean) => ({
    authorize: () => answer,
    subjectOf: (names: readonly string[]) => names,
  })
  const check = (answer: boolean) => checkAnswers(always(answer), stream, listClaims(traffic), Infinity)
  expect(check(true)).toMatchObject({ wrongAllows: TRAFFIC.requests / 2, wrongDenies: 0 })
  expect(check(false)).toMatchObject({ wrongAllows: 0, wrongDenies: TRAFFIC.requests / 2 })
  expect(check(false).example).toMatch(/^denied (GET|POST|PUT|PATCH|DELETE) \//)
})

test.each([
  ['a/b', '/a/b'],
  ['a/*/b', '/a/:1/b'],
  ['a/*', '/a/**'],
  ['*', '/**'],
  ['*/a', '/:0/a'],
  ['a/*.csv', '/a/<>.csv'],
  ['a/b-*', '/a/b-<>'],
  ['a/*x*', null],
])('the pattern %s becomes the route %s', (pattern, route) => {
  const syntax = {
    segment: (index: number) => `:${index}`,
    rest: '**',
    inside: (before: string, after: string) => `${before}<>${after}`,
  }
  expect(routeOf(pattern, syntax)).toBe(route)
})
