/** The order of scopes, and inclusion with each wildcard, on scopes that are lists written down here. */
import { createEffort } from '../../src/automaton/effort.ts'
import { describe, expect, test } from 'vitest'
import { createAuthorizer } from '../../src/decision/authorize.ts'
import { inclusion, narrowestFirst as narrowestSetsFirst, remembered } from '../../src/decision/narrowest.ts'
import { automatonInclusion } from '../../src/decision/automaton-inclusion.ts'
import { treeInclusion } from '../../src/decision/tree-inclusion.ts'
import { buildTables } from '../../src/matcher/build.ts'
import { dataOf, type Grants } from '../matcher/tables-of.ts'

const always = (): boolean => true

/** Single scopes, sorted. */
const narrowestFirst = (
  ids: readonly number[],
  contains: (big: number, small: number) => boolean,
  mayGoOn: () => boolean,
): readonly number[] =>
  narrowestSetsFirst(
    ids.map((id) => [id]),
    contains,
    mayGoOn,
  ).flat()

describe('narrowestFirst', () => {
  /** A scope contains those whose number divides its own. */
  const divides = (big: number, small: number): boolean => big % small === 0

  test('sorts by how many are narrower, and keeps the order of the others', () => {
    expect(narrowestFirst([12, 6, 5, 2, 3], divides, always)).toEqual([5, 2, 3, 6, 12])
    expect(narrowestFirst([8, 4, 2], divides, always)).toEqual([2, 4, 8])
    expect(narrowestFirst([7, 5, 3], divides, always)).toEqual([7, 5, 3])
    expect(narrowestFirst([], divides, always)).toEqual([])
  })

  test('equal scopes are not narrower than each other', () => {
    const all = (): boolean => true
    expect(narrowestFirst([3, 1, 2], all, always)).toEqual([3, 1, 2])
    const halves = (big: number, small: number): boolean => Math.floor(big / 2) >= Math.floor(small / 2)
    expect(narrowestFirst([5, 4, 3, 2], halves, always)).toEqual([3, 2, 5, 4])
  })

  test('sorts the first 64, and the others follow as they are', () => {
    const ids = Array.from({ length: 70 }, (_, index) => 70 - index)
    const isBigger = (big: number, small: number): boolean => big >= small
    const first = ids.slice(0, 64).reverse()
    expect(narrowestFirst(ids, isBigger, always)).toEqual([...first, ...ids.slice(64)])
  })

  test('keeps document order where the budget ends before the last comparison', () => {
    let left = 5
    expect(narrowestFirst([12, 6, 5, 2, 3], divides, () => left-- > 0)).toEqual([12, 6, 5, 2, 3])
  })

  test('sorts sets by inclusion, the smaller one first among equals', () => {
    expect(narrowestSetsFirst([[5, 7], [11], [2, 3], [6]], divides, always)).toEqual([
      [11],
      [5, 7],
      [2, 3],
      [6],
    ])
  })

  test('compares no scope with itself', () => {
    const compared: [number, number][] = []
    narrowestFirst([1, 2], (big, small) => compared.push([big, small]) > 0, always)
    expect(compared.every(([big, small]) => big !== small)).toBe(true)
    expect(compared).toHaveLength(4)
  })
})

describe('inclusion', () => {
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
    const contains = inclusion(8, (scope) => scopes[scope] ?? [], {
      effort: createEffort(),
      allows: (ids, method, reading) => {
        asked.push([ids, method, reading])
        return method === 'GET' && reading.refusal === undefined && reading.path === 'a'
      },
    })(always)
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

  test('compares a pair of patterns once, not once for each method', () => {
    const methods = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT']
    const compared: string[] = []
    const contains = inclusion(
      2,
      (scope) => [{ text: `${scope}`, methods }],
      { effort: createEffort(), allows: () => true },
      (big, small) => {
        compared.push(`${big.text}${small.text}`)
        return true
      },
    )(always)
    expect(contains(0, 1)).toBe(true)
    expect(compared).toEqual(['01'])
  })

  test('asks nothing of a grant that both scopes have', () => {
    const contains = inclusion(2, () => [{ text: 'a', methods: ['GET'], key: 'same' }], {
      effort: createEffort(),
      allows: () => {
        throw new Error('not to be asked')
      },
    })(always)
    expect(contains(0, 1)).toBe(true)
  })
})

/** Which scopes each scope contains, by the tables. */
function contained(grants: Grants, options: Parameters<typeof dataOf>[1]): readonly (readonly number[])[] {
  const data = dataOf(grants, options)
  const tables = buildTables(data)
  const inclusionOf = data.rules.wildcard === 'segment' ? automatonInclusion : treeInclusion
  const contains = inclusionOf(tables, createAuthorizer(tables, data.rules))(always)
  const ids = [...tables.scopes.keys()]
  return ids.map((big) => ids.filter((small) => contains(big, small)))
}

describe('treeInclusion', () => {
  test('with wildcard: segment covers endpoint by endpoint, for the same method', () => {
    const scopes: Grants = {
      0: [['/a/*', 'GET']],
      1: [['/a/**', 'GET', 'PUT']],
      2: [
        ['/a/b', 'GET'],
        ['/a/c', 'GET'],
      ],
      3: [['/a/b', 'GET', 'POST']],
      4: [['/', 'GET']],
      5: [
        ['/', 'GET'],
        ['/a/{b,c}', 'POST', 'GET'],
      ],
      6: [],
      7: [
        ['/x', 'GET'],
        ['/a/*', 'GET'],
      ],
    }
    expect(contained(scopes, { wildcard: 'segment' })).toEqual([
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

  test('with wildcard: any reads literals, stars at the end, inside, and several of them', () => {
    const scopes: Grants = {
      0: [['/a', 'GET']],
      1: [['/a*', 'GET']],
      2: [['/a*b', 'GET']],
      3: [['/a*c*b', 'GET']],
      4: [['/*', 'GET']],
      5: [['/a', 'GET', 'PUT']],
      6: [
        ['/a*b', 'PUT'],
        ['/*b', 'GET'],
      ],
    }
    expect(contained(scopes, {})).toEqual([
      [0],
      [0, 1, 2, 3],
      [2, 3],
      [3],
      [0, 1, 2, 3, 4],
      [0, 5],
      [2, 3, 6],
    ])
    expect(contained({ 0: [['/AB*', 'GET']], 1: [['/abC', 'GET']] }, { caseSensitive: false })).toEqual([
      [0, 1],
      [1],
    ])
  })
})

describe('remembered', () => {
  test('answers cost what they cost first, so that no request changes the answer to another', () => {
    const known = new Map<number, number>()
    const effort = createEffort()
    const ask = (answer: boolean) => (): boolean => {
      effort.steps += 41
      return answer
    }
    for (const [key, answer] of [
      [1, true],
      [2, false],
    ] as const) {
      for (let turn = 0; turn < 2; turn++) {
        const before = effort.steps
        expect(remembered(known, key, effort, always, ask(answer))).toBe(answer)
        expect(effort.steps - before).toBe(61)
      }
    }
  })

  test('keeps no answer that the budget has ended', () => {
    const known = new Map<number, number>()
    remembered(known, 1, createEffort(), () => false, always)
    expect(known.size).toBe(0)
  })

  test('forgets before it is too much', () => {
    const known = new Map<number, number>()
    for (let key = 0; known.size < 1 << 16; key++) known.set(key, 1)
    remembered(known, -1, createEffort(), always, always)
    expect(known.size).toBe(1)
  })
})
