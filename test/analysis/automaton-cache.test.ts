/** Automata of request sets are kept, up to a bound of memory. */
import { expect, test } from 'vitest'
import { AutomatonCache } from '../../src/analysis/automaton-cache.ts'
import { type MemoryCount, RequestAutomaton } from '../../src/automaton/request-automaton.ts'
import { RULES } from './sets.ts'

const MEBIBYTE = 2 ** 20

function counting(): {
  readonly build: (count: MemoryCount) => RequestAutomaton
  readonly counts: MemoryCount[]
} {
  const counts: MemoryCount[] = []
  const build = (count: MemoryCount): RequestAutomaton => {
    counts.push(count)
    return new RequestAutomaton([], RULES)
  }
  return { build, counts }
}

test('an automaton is built once for each owner and key', () => {
  const cache = new AutomatonCache()
  const { build, counts } = counting()
  const [one, other] = [{}, {}]
  const first = cache.get(one, 'a', build)
  expect(cache.get(one, 'a', build)).toBe(first)
  expect(counts).toHaveLength(1)
  expect(cache.get(one, 'b', build)).not.toBe(first)
  expect(cache.get(other, 'a', build)).not.toBe(first)
  expect(cache.get(one, 'a', build)).toBe(first)
  expect(counts).toHaveLength(3)
})

test('all are dropped, and counted anew, when those that there are take more than 128 MiB', () => {
  const cache = new AutomatonCache()
  const { build, counts } = counting()
  const owner = {}
  const first = cache.get(owner, 'a', build)
  const [count] = counts
  expect(count).toEqual({ bytes: 0 })
  if (count === undefined) return
  count.bytes = 128 * MEBIBYTE
  expect(cache.get(owner, 'a', build)).toBe(first)
  cache.get(owner, 'b', build)
  expect(counts[1]).toBe(count)
  count.bytes += 1
  expect(cache.get(owner, 'a', build)).not.toBe(first)
  expect(counts[2]).toEqual({ bytes: 0 })
  const second = cache.get(owner, 'a', build)
  expect(cache.get(owner, 'a', build)).toBe(second)
  expect(counts).toHaveLength(3)
})
