/** Which scopes allow the same requests, by normal forms and by comparison. */
import { describe, expect, test } from 'vitest'
import { equalScopes } from '../../src/analysis/equal-scopes.ts'
import { RequestSet } from '../../src/analysis/request-set.ts'
import { RequestSets, requestSetsOf } from '../../src/analysis/request-sets.ts'
import { SearchBudget } from '../../src/automaton/search-budget.ts'
import type { ParseOptions } from '../../src/index.ts'
import { policyOf } from '../decision/example.ts'
import {
  BrokenBudget,
  CountingBudget,
  endedBudget,
  itemOf,
  RULES,
  SEGMENT as SEGMENT_RULES,
  setOf,
} from './sets.ts'

type Scopes = Parameters<typeof policyOf>[0]

const GET = { methods: ['GET'] } as const
const SEGMENT = { ...GET, wildcard: 'segment' } as const

/** The groups, and what is left open. */
function find(
  sets: RequestSets,
  budget: SearchBudget,
): { readonly groups: readonly (readonly string[])[]; readonly open: readonly string[] } {
  const open: string[] = []
  const groups = equalScopes(sets, budget, (scope) => open.push(scope))
  return { groups, open }
}

function groups(scopes: Scopes, options: ParseOptions = GET): readonly string[] {
  const found = find(requestSetsOf(policyOf(scopes, options)), new SearchBudget())
  expect(found.open).toEqual([])
  return found.groups.map((names) => names.join())
}

function counted(scopes: Scopes, options: ParseOptions = GET): CountingBudget {
  const budget = new CountingBudget()
  find(requestSetsOf(policyOf(scopes, options)), budget)
  return budget
}

describe('equalScopes', () => {
  test.each([{}, { wildcard: 'segment' }] as const)(
    'groups scopes that allow the same, with %j',
    (options) => {
      const all = { ...GET, ...options }
      expect(groups({ a: ['x', 'y'], b: ['y'], c: ['y', 'x'], d: ['y'], e: ['x'] }, all)).toEqual([
        'a,c',
        'b,d',
      ])
      expect(groups({ a: ['x*', 'xy'], b: ['x*'], c: ['xy'] }, all)).toEqual(['a,b'])
      expect(groups({ a: ['x*'], b: ['x'], c: ['x*y'] }, all)).toEqual([])
      expect(groups({ a: ['x'] }, all)).toEqual([])
      expect(groups({}, all)).toEqual([])
    },
  )

  test('scopes that allow nothing are left out', () => {
    expect(groups({ a: [], b: [], c: ['x//y'], d: ['x//y'], e: ['x'] })).toEqual([])
    expect(groups({ a: ['../?'], b: ['../?'] }, SEGMENT)).toEqual([])
    expect(groups({ a: ['abc'], b: ['abc'] }, { ...GET, limits: { pathLength: 3 } })).toEqual([])
    expect(groups({ a: ['abc'], b: ['abc'] }, { ...SEGMENT, limits: { pathLength: 3 } })).toEqual([])
  })

  test('methods count', () => {
    expect(groups({ a: [{ 'x*': 'GET' }, { xy: 'PUT' }], b: [{ 'x*': 'GET' }] })).toEqual([])
    expect(groups({ a: [{ x: 'GET' }], b: [{ x: 'PUT' }] })).toEqual([])
    expect(
      groups({ a: [{ 'x*': ['GET', 'PUT'] }, { xy: 'PUT' }], b: [{ 'x*': 'GET' }, { 'x*': 'PUT' }] }),
    ).toEqual(['a,b'])
  })

  test('equal endpoints of a scope count once', () => {
    expect(groups({ a: ['x', 'x', 'y'], b: ['y', 'x'], c: ['y', 'y'], d: ['z', 'z'] })).toEqual(['a,b'])
    expect(groups({ a: ['x**', 'x*'], b: ['x*'], c: ['xy'] })).toEqual(['a,b'])
    expect(groups({ a: ['X'], b: ['x'], c: ['y'] }, { ...GET, caseSensitive: false })).toEqual(['a,b'])
  })

  test('a slash at the end', () => {
    expect(groups({ a: ['x*', 'x/'], b: ['x*'], c: ['x/*', 'x'] })).toEqual(['a,b'])
    expect(groups({ a: ['x*'], b: ['x*', 'x/'], c: ['x/*', 'x', 'x/'] })).toEqual(['a,b'])
    expect(groups({ a: ['x/*', 'x'], b: ['x/'], c: ['x/*', 'x', 'x/'], d: ['x/'] })).toEqual(['a,c', 'b,d'])
    expect(groups({ a: ['x/', 'x'], b: ['x'], c: ['x/'] })).toEqual([])
  })

  test('requests are equal up to the limit of path lengths', () => {
    const options = { ...GET, limits: { pathLength: 3 } }
    expect(groups({ a: ['x', 'xyz'], b: ['x'], c: ['xyz', 'x'], d: ['xy', 'x'] }, options)).toEqual(['a,b,c'])
    expect(groups({ a: ['xyz', 'x'], b: ['xy'], c: ['xy'] }, options)).toEqual(['b,c'])
    expect(groups({ a: ['xyz', 'x'], b: ['x'], c: ['y'] }, { ...SEGMENT, ...options })).toEqual(['a,b'])
  })

  test('where single requests of the endpoints show nothing, a request is searched', () => {
    const json = { extensions: ['json'] }
    expect(groups({ a: ['x*/'], b: ['x*/'], c: ['y*/'] }, { ...GET, ...json })).toEqual(['a,b'])
    expect(groups({ a: ['x*/', 'y'], b: ['y', 'x*/'] }, { ...GET, ...json })).toEqual(['a,b'])
    const scope = [{ abc: 'GET' }, { 'x*/': 'PUT' }]
    expect(groups({ a: scope, b: scope }, { ...json, limits: { pathLength: 3 } })).toEqual(['a,b'])
    expect(groups({ a: ['../?', 'x'], b: ['x', '../?'] }, SEGMENT)).toEqual(['a,b'])
  })

  test('scopes are equal where neither allows more', () => {
    expect(groups({ a: ['?'], b: ['?', '?x'] }, SEGMENT)).toEqual([])
    expect(groups({ a: ['?', '?x'], b: ['?'] }, SEGMENT)).toEqual([])
    expect(groups({ a: ['x/', 'x*'], b: ['x/', 'x*', 'y'] })).toEqual([])
    expect(groups({ a: ['x/', 'x*', 'y'], b: ['x/', 'x*'] })).toEqual([])
  })

  test('mostly one request of each scope distinguishes them', () => {
    expect(counted({ a: ['x', 'y'], b: ['y'], c: ['z'] }, SEGMENT).searches).toBe(0)
    expect(counted({ a: ['y'], b: ['x', 'y'], c: ['z'] }, SEGMENT).searches).toBe(0)
    expect(counted({ a: ['?'], b: ['?', '?x'] }, SEGMENT).searches).toBeGreaterThan(0)
  })

  test('what a budget leaves open is named', () => {
    const three = policyOf({ a: ['x'], b: ['x/'], c: ['y'] }, GET)
    expect(find(requestSetsOf(three), endedBudget())).toEqual({ groups: [], open: ['a', 'b', 'c'] })
    const slash = policyOf({ a: ['x/'], b: ['x/'] }, GET)
    expect(find(requestSetsOf(slash), endedBudget())).toEqual({ groups: [], open: ['a', 'b'] })
    // One scope is equal to no other.
    expect(find(requestSetsOf(policyOf({ a: ['x'] }, GET)), endedBudget())).toEqual({ groups: [], open: [] })
  })

  test('a scope of which a comparison stays open is named, and the others are grouped', () => {
    const states = (scopes: Scopes): ReturnType<typeof find> =>
      find(requestSetsOf(policyOf(scopes, SEGMENT)), new SearchBudget({ states: 8 }))
    const [long, more] = ['abcdefghijkl?', 'abcdefghijkl{?,?x}']
    expect(states({ a: ['x'], b: [long], c: ['x'], d: [more], e: ['x'] })).toEqual({
      groups: [['a', 'c', 'e']],
      open: ['d'],
    })
    // Open in one direction only.
    expect(states({ a: [long], b: [long, more] })).toEqual({ groups: [], open: ['b'] })
    expect(states({ a: [long, more], b: [long] })).toEqual({ groups: [], open: ['b'] })
    expect(() =>
      find(requestSetsOf(policyOf({ a: ['x?'], b: ['x?'] }, SEGMENT)), new BrokenBudget()),
    ).toThrow('broken')
  })

  describe('the number of pairs is bounded', () => {
    /** Scopes by number, whose sets are made when they are asked for. */
    class Numbered extends RequestSets {
      readonly #names: readonly string[]
      readonly #setOf: (number: number) => RequestSet
      constructor(numbers: readonly number[], setOf: (number: number) => RequestSet) {
        super(policyOf({ a: ['a'] }))
        this.#names = numbers.map((number, index) => `${index}:${number}`)
        this.#setOf = setOf
      }
      override get names(): readonly string[] {
        return this.#names
      }
      override of(name: string): RequestSet {
        return this.#setOf(Number(name.split(':')[1]))
      }
    }
    const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index)

    test('those that are tried by one request', () => {
      const distinct = (number: number): RequestSet =>
        new RequestSet(
          [itemOf(`a${number}`, SEGMENT_RULES)],
          SEGMENT_RULES,
          (_, path) => path === `/a${number}`,
        )
      // 1,999,000 pairs of the first 2,000, then 1,000 until the equal one is found: 2,000,000.
      const sets = new Numbered([...upTo(2000), 999, 0, 5000], distinct)
      expect(find(sets, new SearchBudget())).toEqual({
        groups: [['999:999', '2000:999']],
        open: ['2001:0', '2002:5000'],
      })
    })

    test('none is compared that has a normal form', () => {
      const rules = { ...RULES, pathLength: 4 }
      const simple = (number: number): RequestSet => setOf(['a', `b${number}`], rules)
      const numbers = upTo(70).map((number) => number + 10)
      const sets = new Numbered([...numbers, 79], simple)
      expect(find(sets, new SearchBudget())).toEqual({ groups: [['69:79', '70:79']], open: [] })
    })

    test('those that are compared', () => {
      // A pattern that ends in a slash leaves them without a normal form.
      const alike = (number: number): RequestSet => setOf(['a', `b${number}`, 'z/'])
      // 1,953 pairs of the first 63, then 47 until the equal one is found: 2,000.
      const sets = new Numbered([...upTo(63), 46, 0, 5000], alike)
      expect(find(sets, new SearchBudget())).toEqual({
        groups: [['46:46', '63:46']],
        open: ['64:0', '65:5000'],
      })
    })
  })
})
