/** Sets of methods as numbers. */
import { expect, test } from 'vitest'
import { MethodSets } from '../../src/matcher/method-sets.ts'

const METHODS = ['GET', 'POST', 'HEAD', 'PUT']

test('a set has one number, however it is spelled', () => {
  const sets = new MethodSets(METHODS)
  const both = sets.id(['GET', 'POST'])
  expect(sets.id(['POST', 'GET', 'POST'])).toBe(both)
  expect(sets.id(['POST'])).not.toBe(both)
  expect(sets.id([])).not.toBe(both)
  expect(sets.size).toBe(3)
  expect(sets.id(['AB', 'C'])).not.toBe(sets.id(['A', 'BC']))
})

test('a union has the methods of both, and the empty set -1 adds none', () => {
  const sets = new MethodSets(METHODS)
  const get = sets.id(['GET'])
  const post = sets.id(['POST'])
  expect(sets.union(-1, post)).toBe(post)
  expect(sets.union(post, post)).toBe(post)
  expect(sets.size).toBe(2)
  const both = sets.union(get, post)
  expect(both).toBe(sets.id(['GET', 'POST']))
  expect(sets.union(both, get)).toBe(both)
  expect(sets.union(0, post)).toBe(both)
})

test('the table has a row for each method and a column for each set', () => {
  const sets = new MethodSets(METHODS)
  sets.id(['GET', 'HEAD'])
  sets.id(['POST'])
  sets.id(['GET', 'POST', 'PUT'])
  expect([...sets.table()]).toEqual([1, 0, 1, 0, 1, 1, 1, 0, 0, 0, 0, 1])
})
