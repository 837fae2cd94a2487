/** The three questions about two request sets, answered by the short cuts and by automata. */
import { describe, expect, test } from 'vitest'
import { type Answer, compareRequestSets, type Goal, GOALS } from '../../src/analysis/compare-request-sets.ts'
import type { RequestSet } from '../../src/analysis/request-set.ts'
import { SearchBudget } from '../../src/automaton/search-budget.ts'
import type { PathRules } from '../../src/pattern/request-path.ts'
import { BrokenBudget, CountingBudget, endedBudget, RULES, SEGMENT, setOf } from './sets.ts'

function compare(
  a: RequestSet,
  b: RequestSet,
  goals: readonly Goal[] = GOALS,
  budget = new SearchBudget(),
): readonly (string | null)[] {
  const answers = compareRequestSets(a, b, goals, budget)
  const print = (answer: Answer): string | null => {
    if (answer === null) return null
    return 'path' in answer ? `${answer.method} ${answer.path}` : answer.undecided
  }
  return [print(answers.onlyInA), print(answers.onlyInB), print(answers.inBoth)]
}

/** As a list for either way of finding the answer. */
function both(
  a: readonly string[],
  b: readonly string[],
  goals?: readonly Goal[],
  change: Partial<PathRules> = {},
): readonly (readonly (string | null)[])[] {
  return [RULES, SEGMENT].map((rules) =>
    compare(setOf(a, { ...rules, ...change }), setOf(b, { ...rules, ...change }), goals),
  )
}

const twice = <T>(answer: T): readonly [T, T] => [answer, answer]
const OUT_OF_STATES = (states: number): string => `the budget of ${states} states is used up`

describe('compareRequestSets', () => {
  test.each([
    [
      ['a', 'b'],
      ['b', 'c'],
      ['GET /a', 'GET /c', 'GET /b'],
    ],
    [['a'], ['a'], [null, null, 'GET /a']],
    [['a'], ['PUT a'], ['GET /a', 'PUT /a', null]],
    [['a'], [], ['GET /a', null, null]],
    [[], ['DELETE a'], [null, 'DELETE /a', null]],
    [[], [], [null, null, null]],
    [['a/*'], ['*/b'], ['GET /a/a', 'GET /a/b', 'GET /a/b']],
    [
      ['abc', 'PUT a'],
      ['PUT bc', 'b'],
      ['PUT /a', 'GET /b', null],
    ],
    [['abc', 'PUT ab', 'POST x', 'DELETE yz'], ['PATCH a'], ['POST /x', 'PATCH /a', null]],
    [
      ['a', 'PUT b', 'POST c'],
      ['a', 'PUT b'],
      ['POST /c', null, 'GET /a'],
    ],
  ])('%j and %j: %j', (a, b, expected) => {
    const [any, segment] = both(a, b)
    expect(any?.map((one) => one?.length)).toEqual(expected.map((one) => one?.length))
    expect(segment?.map((one) => one?.length)).toEqual(expected.map((one) => one?.length))
    if (!a.join().includes('*')) expect([any, segment]).toEqual([expected, expected])
  })

  test('answers only what is asked', () => {
    const [a, b] = [
      ['a', 'b'],
      ['b', 'c'],
    ] as const
    expect(both(a, b, ['onlyInA'])).toEqual(twice(['GET /a', null, null]))
    expect(both(a, b, ['onlyInB'])).toEqual(twice([null, 'GET /c', null]))
    expect(both(a, b, ['inBoth'])).toEqual(twice([null, null, 'GET /b']))
    expect(both(a, b, [])).toEqual(twice([null, null, null]))
  })

  test('up to the shorter limit of path lengths', () => {
    expect(both(['abc'], ['abc'], GOALS, { pathLength: 4 })).toEqual(twice([null, null, 'GET /abc']))
    expect(both(['abc', 'd'], ['e'], GOALS, { pathLength: 3 })).toEqual(twice(['GET /d', 'GET /e', null]))
    expect(both(['abc'], ['abc'], GOALS, { pathLength: 3 })).toEqual(twice([null, null, null]))
    for (const rules of [RULES, SEGMENT]) {
      const short = { ...rules, pathLength: 3 }
      expect(compare(setOf(['abc'], rules), setOf([], short))).toEqual([null, null, null])
      expect(compare(setOf(['abc'], short), setOf([], rules))).toEqual([null, null, null])
    }
  })

  test('sets that read paths in different ways are compared by automata', () => {
    const ignore: PathRules = { ...RULES, trailingSlash: 'ignore' }
    expect(compare(setOf(['a']), setOf(['a'], ignore))).toEqual([null, 'GET /a/', 'GET /a'])
    expect(compare(setOf(['a'], ignore), setOf(['a']))).toEqual(['GET /a/', null, 'GET /a'])
  })

  test('the short cuts are taken only where each pattern of the sets that are asked has one', () => {
    const rules: PathRules = { ...RULES, extensions: ['json'] }
    const without = setOf(['a*/', 'b'], rules)
    expect(without.short).toBeNull()
    expect(compare(without, setOf([], rules))).toEqual(['GET /b', null, null])
    expect(compare(setOf([], rules), without)).toEqual([null, 'GET /b', null])
    expect(compare(setOf(['b', 'c'], rules), without)).toEqual(['GET /c', 'GET /a/', 'GET /b'])
    expect(compare(without, setOf(['b', 'c'], rules))).toEqual(['GET /a/', 'GET /c', 'GET /b'])
  })

  test('the short cuts answer without a search', () => {
    const rules: PathRules = { ...RULES, extensions: ['json'] }
    const [a, b, without] = [
      ['a', 'b'],
      ['b', 'c'],
      ['b', 'x*/'],
    ].map((endpoints) => setOf(endpoints, rules))
    if (a === undefined || b === undefined || without === undefined) throw new Error('three sets')
    const searches = (left: RequestSet, right: RequestSet, goals: readonly Goal[]): number => {
      const budget = new CountingBudget()
      compareRequestSets(left, right, goals, budget)
      return budget.searches
    }
    expect(searches(a, b, GOALS)).toBe(0)
    expect(searches(a, without, ['onlyInA'])).toBe(0)
    expect(searches(without, a, ['onlyInB'])).toBe(0)
    expect(searches(without, a, ['onlyInA'])).toBe(1)
    expect(searches(a, without, ['onlyInB'])).toBe(1)
    // One for all methods that the same endpoints grant.
    expect(searches(setOf(['GET,PUT a', 'POST b'], SEGMENT), setOf([], SEGMENT), GOALS)).toBe(2)
    expect(searches(setOf(['GET,PUT a'], SEGMENT), setOf(['PUT a'], SEGMENT), GOALS)).toBe(2)
  })

  test('a budget that ends leaves a question open, and only a question that was asked', () => {
    expect(compare(setOf(['a']), setOf(['b']), ['onlyInA', 'inBoth'], endedBudget())).toEqual([
      'the budget of 0 ms is used up',
      null,
      'the budget of 0 ms is used up',
    ])
    expect(compare(setOf(['a'], SEGMENT), setOf(['b'], SEGMENT), ['onlyInB'], endedBudget())).toEqual([
      null,
      'the budget of 0 ms is used up',
      null,
    ])
    const states = (budget: number, a: readonly string[], b: readonly string[]): readonly (string | null)[] =>
      compare(setOf(a, SEGMENT), setOf(b, SEGMENT), GOALS, new SearchBudget({ states: budget }))
    const open = OUT_OF_STATES(3)
    // What was found before the end is kept, also by another method.
    expect(states(3, ['a', 'abcdefg'], ['abcdefg'])).toEqual(['GET /a', null, open])
    expect(states(3, ['a', 'PUT abcdefg'], [])).toEqual(['GET /a', null, null])
    expect(states(3, ['abcdefg', 'PUT a'], [])).toEqual(['PUT /a', null, null])
    expect(states(3, ['abcdefg', 'PUT a'], ['PUT a'])).toEqual([open, null, 'PUT /a'])
    expect(states(3, ['PUT a'], ['PUT a', 'abcdefg'])).toEqual([null, open, 'PUT /a'])
    expect(states(3, ['PUT a'], ['abcdefg'])).toEqual(['PUT /a', open, null])
    expect(states(3, ['abcdefg'], ['PUT a'])).toEqual([open, 'PUT /a', null])
    expect(states(3, ['abcdefg'], ['abcdefg', 'PUT a'])).toEqual([null, 'PUT /a', open])
  })

  describe('where the product of the automata is large', () => {
    const LONG = 'x'.repeat(2100)
    // `z*/` has no short cut.
    const set = (...endpoints: readonly string[]): RequestSet =>
      setOf([...endpoints, 'z*/'], { ...RULES, extensions: ['json'] })
    const long = (...more: readonly string[]): RequestSet => set(LONG, ...more)
    const tight = (): SearchBudget => new SearchBudget({ states: 2050 })

    test('inclusion is proved pattern by pattern', () => {
      expect(compare(long(), long('y'), ['onlyInA'], tight())).toEqual([null, null, null])
      expect(compare(long('y'), long(), ['onlyInB'], tight())).toEqual([null, null, null])
      expect(compare(long(), long('y'), ['onlyInA', 'onlyInB'], tight())).toEqual([null, 'GET /y', null])
      expect(compare(long('y'), long(), ['onlyInA', 'onlyInB'], tight())).toEqual(['GET /y', null, null])
    })

    test('what is proved stays proved where the budget ends before another question is answered', () => {
      const [less, more] = [long(), long('y'.repeat(2100))]
      const open = OUT_OF_STATES(2050)
      expect(compare(less, more, GOALS, tight())).toEqual([null, open, 'GET /z/'])
      expect(compare(more, less, GOALS, tight())).toEqual([open, null, 'GET /z/'])
    })

    test('and the rest by a search with all of the budget', () => {
      const wide = set('x*')
      expect(compare(long(), wide, ['onlyInA'], tight())).toEqual([OUT_OF_STATES(2050), null, null])
      expect(compare(wide, long(), ['onlyInB'], tight())).toEqual([null, OUT_OF_STATES(2050), null])
      expect(compare(long(), wide)).toEqual([null, 'GET /x', 'GET /z/'])
      expect(compare(wide, long())).toEqual(['GET /x', null, 'GET /z/'])
      const other = set(`${LONG}y`)
      // Only what is asked is searched: the other set has as many states.
      const asMany = set('y'.repeat(2100))
      const enough = (): SearchBudget => new SearchBudget({ states: 2200 })
      expect(compare(long(), asMany, ['onlyInA'], enough())).toEqual([`GET /${LONG}`, null, null])
      expect(compare(asMany, long(), ['onlyInB'], enough())).toEqual([null, `GET /${LONG}`, null])
      expect(compare(long(), other)).toEqual([`GET /${LONG}`, `GET /${LONG}y`, 'GET /z/'])
    })
  })

  test('a witness that `authorize` does not confirm is an internal error', () => {
    const disagree = 'analysis and authorize disagree about GET /a'
    for (const allows of [(): boolean => true, (): boolean => false]) {
      const lying = setOf(['a'], SEGMENT, allows)
      const nothing = setOf([], SEGMENT, () => !allows())
      const ask = (goal: Goal): (() => unknown) => {
        const [a, b] = goal === 'onlyInB' ? [nothing, lying] : [lying, goal === 'inBoth' ? lying : nothing]
        return () => compare(a, b, [goal])
      }
      for (const goal of GOALS) {
        if (allows()) expect(ask(goal)).not.toThrow()
        else expect(ask(goal)).toThrow(disagree)
      }
    }
    const [right, lying] = [setOf(['a'], SEGMENT), setOf([], SEGMENT, () => true)]
    expect(() => compare(right, lying, ['onlyInA'])).toThrow(disagree)
    expect(() => compare(lying, right, ['onlyInB'])).toThrow(disagree)
    const denying = setOf(['a'], SEGMENT, () => false)
    expect(() => compare(right, denying, ['inBoth'])).toThrow(disagree)
    expect(() => compare(denying, right, ['inBoth'])).toThrow(disagree)
  })

  test('other errors are not taken for the end of a budget', () => {
    const broken = setOf(['a'], RULES, () => {
      throw new Error('broken')
    })
    expect(() => compare(setOf(['a']), broken)).toThrow('broken')
    expect(() => compare(setOf(['a'], SEGMENT), setOf([], SEGMENT), GOALS, new BrokenBudget())).toThrow(
      'broken',
    )
  })
})
