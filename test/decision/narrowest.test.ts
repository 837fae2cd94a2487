/** The order of scopes, and inclusion with each wildcard, on scopes that are lists written down here. */
import { describe, expect, test } from 'vitest'
import { nfaOf } from '../../src/automaton/nfa.ts'
import {
  containsAutomaton,
  containsText,
  narrowestFirst,
  once,
  type ReachableAutomaton,
} from '../../src/decision/narrowest.ts'
import { readSegmentPattern } from '../../src/pattern/segment-pattern.ts'

describe('narrowestFirst', () => {
  /** A scope contains those whose number divides its own. */
  const divides = (big: number, small: number): boolean => big % small === 0

  test('sorts by how many are narrower, and keeps the order of the others', () => {
    expect(narrowestFirst([12, 6, 5, 2, 3], divides)).toEqual([5, 2, 3, 6, 12])
    expect(narrowestFirst([8, 4, 2], divides)).toEqual([2, 4, 8])
    expect(narrowestFirst([7, 5, 3], divides)).toEqual([7, 5, 3])
    expect(narrowestFirst([], divides)).toEqual([])
  })

  test('equal scopes are not narrower than each other', () => {
    const all = (): boolean => true
    expect(narrowestFirst([3, 1, 2], all)).toEqual([3, 1, 2])
    const halves = (big: number, small: number): boolean => Math.floor(big / 2) >= Math.floor(small / 2)
    expect(narrowestFirst([5, 4, 3, 2], halves)).toEqual([3, 2, 5, 4])
  })

  test('sorts the first 64, and the others follow as they are', () => {
    const ids = Array.from({ length: 70 }, (_, index) => 70 - index)
    const isBigger = (big: number, small: number): boolean => big >= small
    const first = ids.slice(0, 64).reverse()
    expect(narrowestFirst(ids, isBigger)).toEqual([...first, ...ids.slice(64)])
  })
})

describe('containsText', () => {
  test('asks for every endpoint and every method', () => {
    const scopes = [
      [{ text: 'a', methods: ['GET', 'PUT'] }],
      [
        { text: 'a', methods: ['GET'] },
        { text: 'b', methods: ['GET'] },
      ],
      [],
    ]
    const asked: unknown[] = []
    const contains = containsText(
      (scope) => scopes[scope] ?? [],
      (ids, method, reading) => {
        asked.push([ids, method, reading])
        return method === 'GET' && reading.refusal === undefined && reading.path === 'a'
      },
    )
    expect(contains(7, 0)).toBe(false)
    expect(contains(7, 1)).toBe(false)
    expect(contains(7, 2)).toBe(true)
    expect(asked).toEqual([
      [[7], 'GET', { path: 'a' }],
      [[7], 'PUT', { path: 'a' }],
      [[7], 'GET', { path: 'a' }],
      [[7], 'GET', { path: 'b' }],
    ])
  })
})

describe('containsAutomaton', () => {
  const endpoint = (pattern: string, ...methods: string[]): ReachableAutomaton => ({
    pattern,
    methods,
    nfa: () => (pattern === '' ? null : nfaOf(readSegmentPattern(pattern, true))),
  })
  const SCOPES = [
    [endpoint('a/*', 'GET')],
    [endpoint('a/**', 'GET', 'PUT')],
    [endpoint('a/b', 'GET'), endpoint('a/c', 'GET')],
    [endpoint('a/b', 'GET', 'POST')],
    [endpoint('', 'GET')],
    [endpoint('', 'GET'), endpoint('a/{b,c}', 'POST', 'GET')],
    [],
    [endpoint('x', 'GET'), endpoint('a/*', 'GET')],
  ]
  const of = (scope: number): readonly ReachableAutomaton[] => SCOPES[scope] ?? []

  test('covers endpoint by endpoint, for the same method', () => {
    const contains = containsAutomaton(of, new Map())
    const answers = SCOPES.map((_, big) =>
      SCOPES.flatMap((_, small) => (contains(big, small) ? [small] : [])),
    )
    expect(answers).toEqual([
      [0, 2, 6],
      [0, 1, 2, 6],
      [2, 6],
      [3, 6],
      [4, 6],
      [2, 3, 4, 5, 6],
      [6],
      [0, 2, 6, 7],
    ])
  })

  test('reads no automaton where the patterns are the same text', () => {
    const none = (pattern: string): ReachableAutomaton => ({
      pattern,
      methods: ['GET'],
      nfa: () => {
        throw new Error('not to be read')
      },
    })
    const contains = containsAutomaton((scope) => [none(scope < 2 ? 'same' : 'other')], new Map())
    expect(contains(0, 1)).toBe(true)
    expect(() => contains(0, 2)).toThrow()
  })

  test('remembers what was compared, big and small apart, and forgets before it is too much', () => {
    const known = new Map<number, boolean>()
    let asked = 0
    const contains = containsAutomaton((scope) => {
      asked += 1
      return of(scope)
    }, known)
    expect([contains(1, 0), contains(0, 1)]).toEqual([true, false])
    const before = asked
    expect([contains(1, 0), contains(0, 1)]).toEqual([true, false])
    expect(asked).toBe(before)
    expect(known.size).toBe(2)
    for (let key = -1; known.size < 1 << 16; key--) known.set(key, true)
    contains(2, 3)
    expect(known.size).toBe(1)
    contains(3, 2)
    expect(known.size).toBe(2)
  })
})

test('once makes each value once', () => {
  let made = 0
  const list = once((scope) => [scope, (made += 1)])
  expect([list(1), list(2), list(1), list(2)]).toEqual([
    [1, 1],
    [2, 2],
    [1, 1],
    [2, 2],
  ])
})
