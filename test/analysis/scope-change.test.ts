/** What one request set allows and another does not, endpoint by endpoint. */
import { describe, expect, test } from 'vitest'
import { type Gains, gains } from '../../src/analysis/scope-change.ts'
import { SearchBudget } from '../../src/automaton/search-budget.ts'
import type { PathRules } from '../../src/pattern/request-path.ts'
import { BrokenBudget, CountingBudget, RULES, SEGMENT, setOf } from './sets.ts'

const IGNORE: PathRules = { ...RULES, trailingSlash: 'ignore' }

function find(set: readonly string[], other: readonly string[], rules: PathRules, otherRules = rules): Gains {
  return gains(setOf(set, rules), setOf(other, otherRules), new SearchBudget())
}

function print({ endpoints }: Gains): readonly string[] {
  return endpoints.map(
    ({ endpoint, methods, witness }) => `${methods.join()} ${endpoint}: ${witness.method} ${witness.path}`,
  )
}

describe('gains', () => {
  test.each<[readonly string[], readonly string[], readonly string[]]>([
    [['a', 'b'], ['a'], ['GET b: GET /b']],
    [['a'], ['a', 'b'], []],
    [['a'], ['PUT a'], ['GET a: GET /a']],
    [['GET,PUT a'], ['a'], ['PUT a: PUT /a']],
    [['GET,PUT a'], ['a', 'PUT a'], []],
    [['a', 'PUT a'], [], ['GET,PUT a: GET /a']],
    [['PUT a', 'DELETE,GET a'], ['a'], ['PUT,DELETE a: PUT /a']],
    [['a', 'b'], [], ['GET a: GET /a', 'GET b: GET /b']],
    // The shortest request of all methods.
    [['GET,PUT ab*'], ['ab', 'PUT abc'], ['GET,PUT ab*: PUT /ab']],
    [['GET,PUT ab*'], ['PUT ab'], ['GET,PUT ab*: GET /ab']],
    [['a*'], ['ab*', 'a'], ['GET a*: GET /aa']],
    [['ab*'], ['a*'], []],
  ])('of %j over %j: %j', (set, other, expected) => {
    expect(print(find(set, other, RULES))).toEqual(expected)
    expect(print(find(set, other, SEGMENT))).toEqual(expected)
  })

  test('where something is found, or nothing has changed, the slash at the end is not asked about', () => {
    expect(find(['a'], [], RULES).matchesMore).toBe(true)
    expect(find(['a'], ['a'], RULES)).toEqual({ endpoints: [], matchesMore: false })
    expect(find(['a'], ['a'], SEGMENT)).toEqual({ endpoints: [], matchesMore: false })
    expect(find(['ab*'], ['a*'], RULES)).toEqual({ endpoints: [], matchesMore: false })
  })

  test('what paths are read in another way allow more', () => {
    expect(print(find(['a'], ['a'], IGNORE, RULES))).toEqual(['GET a: GET /a/'])
    expect(find(['a'], ['a'], RULES, IGNORE)).toEqual({ endpoints: [], matchesMore: false })
    expect(print(find(['a'], ['b'], RULES, IGNORE))).toEqual(['GET a: GET /a'])
  })

  test('up to the shorter limit of path lengths', () => {
    const short: PathRules = { ...RULES, pathLength: 3 }
    expect(print(find(['abc', 'd'], [], RULES, short))).toEqual(['GET d: GET /d'])
    expect(print(find(['abc', 'd'], [], short, RULES))).toEqual(['GET d: GET /d'])
  })

  describe('a slash at the end for which two patterns are needed', () => {
    // Matches `a/`, `a/b` and its own text, and the first counts only where `a` is granted, too.
    const HALF = 'a/{b,}'

    test('what endpoints allow only together is found, and which take part', () => {
      expect(find([HALF, 'a'], ['a', 'a/?*'], SEGMENT)).toEqual({
        endpoints: [{ endpoint: HALF, methods: ['GET'], witness: { method: 'GET', path: '/a/' } }],
        matchesMore: true,
      })
      expect(print(find([`GET,PUT ${HALF}`, 'GET,PUT a'], ['GET,PUT a', 'GET,PUT a/?*'], SEGMENT))).toEqual([
        `GET,PUT ${HALF}: GET /a/`,
      ])
      expect(print(find([HALF, 'a/[bc]', 'a'], ['a', 'a/?*'], SEGMENT))).toEqual([`GET ${HALF}: GET /a/`])
    })

    test('matching more is reported also where alone it decides nothing', () => {
      expect(find([HALF], ['a/?*'], SEGMENT)).toEqual({ endpoints: [], matchesMore: true })
      expect(find([`GET,PUT ${HALF}`, 'PUT a'], ['GET,PUT a/?*', 'PUT a/', 'PUT a'], SEGMENT)).toEqual({
        endpoints: [],
        matchesMore: true,
      })
      // Each method by the endpoints that grant it.
      expect(find(['PUT a/?c', 'b/?c'], ['PUT a/?*', 'b/?*'], SEGMENT)).toEqual({
        endpoints: [],
        matchesMore: false,
      })
      // The other matches `a/`, too, though it does not grant it.
      expect(find([HALF], ['{a/,a/?*}'], SEGMENT)).toEqual({ endpoints: [], matchesMore: false })
      expect(find(['a/?c'], ['a/?*'], SEGMENT)).toEqual({ endpoints: [], matchesMore: false })
      expect(find([HALF, 'a'], ['a/**'], SEGMENT)).toEqual({ endpoints: [], matchesMore: false })
    })

    test('it has one meaning where the slash is ignored', () => {
      const ignore: PathRules = { ...SEGMENT, trailingSlash: 'ignore' }
      expect(find([HALF, 'a'], ['a', 'a/?*'], ignore)).toEqual({ endpoints: [], matchesMore: false })
    })

    test('no longer than either set reads', () => {
      const rules = (pathLength: number): PathRules => ({ ...SEGMENT, pathLength })
      const [set, other] = [
        [HALF, 'a'],
        ['a', 'a/?*'],
      ] as const
      expect(print(find(set, other, rules(3)))).toEqual([`GET ${HALF}: GET /a/`])
      expect(find(set, other, rules(2))).toEqual({ endpoints: [], matchesMore: false })
      expect(find(set, other, rules(2), SEGMENT)).toEqual({ endpoints: [], matchesMore: false })
      expect(find(set, other, SEGMENT, rules(2))).toEqual({ endpoints: [], matchesMore: false })
    })

    test('it is found also where the paths of a pattern are too long to be tried', () => {
      const rules: PathRules = { ...RULES, pathLength: 4 }
      // Only `/ab/` is short enough: the one matches it with the slash, the other without.
      expect(print(find(['a*b/*', 'ab'], ['ab'], rules))).toEqual(['GET a*b/*: GET /ab/'])
      expect(find(['a*b/*', 'ab'], ['ab', '*/'], rules).endpoints).toEqual([])
      expect(print(find(['a*b/*', 'ab', 'PUT c'], ['ab', 'PUT c*'], rules))).toEqual(['GET a*b/*: GET /ab/'])
      expect(print(find(['a*b/*', 'ab'], ['ab'], rules, RULES))).toEqual(['GET a*b/*: GET /ab/'])
    })
  })

  test('only endpoints are compared that the other set does not have for the method', () => {
    const asked: string[] = []
    const other = setOf(['a', 'PUT b', 'PUT d', 'c*', 'PUT c*'], RULES, (method, path) => {
      asked.push(`${method} ${path}`)
      return true
    })
    const set = setOf(['GET,PUT a', 'GET,PUT b', 'GET,PUT c*', 'PUT d'])
    expect(gains(set, other, new SearchBudget())).toEqual({ endpoints: [], matchesMore: false })
    expect(asked).toEqual(['PUT /a', 'GET /b'])
  })

  test('what was shown by single requests, or cannot be, is not searched', () => {
    const searches = (set: readonly string[], other: readonly string[], a = RULES, b = a): number => {
      const budget = new CountingBudget()
      gains(setOf(set, a), setOf(other, b), budget)
      return budget.searches
    }
    expect(searches(['a'], ['a'], SEGMENT)).toBe(0)
    expect(searches(['ab*'], ['a*'], { ...RULES, pathLength: 4 })).toBe(0)
    // One for the endpoint alone, one for what it matches.
    expect(searches(['a/?c'], ['a/?*'], SEGMENT)).toBe(2)
    expect(searches(['a/?c'], ['a/?*'], { ...SEGMENT, trailingSlash: 'ignore' })).toBe(1)
    // One more for all endpoints together, where paths are read in another way.
    const ignore: PathRules = { ...SEGMENT, trailingSlash: 'ignore' }
    expect(searches(['b', 'PUT a/?c'], ['b', 'PUT a/?*'], SEGMENT, ignore)).toBe(3)
  })

  test('a budget that ends leaves it open, with what was found before', () => {
    const found = gains(setOf(['a', 'bcdefg'], SEGMENT), setOf([], SEGMENT), new SearchBudget({ states: 3 }))
    expect(print(found)).toEqual(['GET a: GET /a'])
    expect(found).toMatchObject({ matchesMore: true, undecided: 'the budget of 3 states is used up' })
    const other = setOf([], RULES, () => {
      throw new Error('broken')
    })
    expect(() => gains(setOf(['a']), other, new SearchBudget())).toThrow('broken')
    expect(() => gains(setOf(['a'], SEGMENT), setOf([], SEGMENT), new BrokenBudget())).toThrow('broken')
  })
})
