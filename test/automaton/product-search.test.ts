/** Shortest requests that two sets share or do not, against all short paths in order of their length. */
import { describe, expect, test } from 'vitest'
import { BudgetExceededError, SearchBudget } from '../../src/automaton/search-budget.ts'
import { LETTER_OF, textOf } from '../../src/automaton/letters.ts'
import { type Found, type PathAutomaton, searchProduct } from '../../src/automaton/product-search.ts'
import { RequestAutomaton } from '../../src/automaton/request-automaton.ts'
import type { PathRules } from '../../src/pattern/request-path.ts'
import { dataOf } from '../matcher/tables-of.ts'
import { textsOver } from '../properties/small-world.ts'

function automatonOf(patterns: readonly string[], options: Partial<PathRules> = {}): RequestAutomaton {
  const { grants, rules } = dataOf({ s: patterns.map((pattern) => [`/${pattern}`, 'GET'] as const) }, options)
  return new RequestAutomaton(
    (grants.get('s') ?? []).map(({ pattern }) => pattern),
    rules,
  )
}

/** The letters of a path on the wire. */
function lettersOf(path: string): readonly number[] {
  return Array.from(path.slice(1).matchAll(/%([0-9A-F]{2})|./g), ([char, hex]) =>
    hex === undefined
      ? (LETTER_OF.get(char.charCodeAt(0)) ?? -1)
      : (LETTER_OF.get(0xe000 + parseInt(hex, 16)) ?? -1),
  )
}

const ALL = { onlyInA: true, onlyInB: true, inBoth: true, longest: 100 } as const
const PATHS = textsOver(['a', 'b', '/', 'c'], 5).map((text) => `/${text}`)
const PATTERNS = ['a', '*', 'a*', '*b', 'a*b', '*/a', 'b/*/b', 'a/', 'ab', '*a*b*', 'b*/', '', 'a/b', '*ab']

describe('finds the shortest request of each kind, and none where there is none', () => {
  test.each(PATTERNS)('of `%s` and every other pattern', (pattern) => {
    for (const other of PATTERNS) {
      const [a, b] = [automatonOf([pattern]), automatonOf([other, 'cc'])]
      const found = searchProduct(a, b, ALL, new SearchBudget())
      const kinds = {
        onlyInA: (path: string): boolean => a.accepts(lettersOf(path)) && !b.accepts(lettersOf(path)),
        onlyInB: (path: string): boolean => b.accepts(lettersOf(path)) && !a.accepts(lettersOf(path)),
        inBoth: (path: string): boolean => a.accepts(lettersOf(path)) && b.accepts(lettersOf(path)),
      }
      for (const kind of ['onlyInA', 'onlyInB', 'inBoth'] as const) {
        const shortest = PATHS.find((path) => kinds[kind](path))
        const witness = found[kind]
        if (witness !== undefined) expect(kinds[kind](witness), `${kind} ${pattern} ${other}`).toBe(true)
        if (shortest !== undefined)
          expect(witness?.length, `${kind} ${pattern} ${other}`).toBe(shortest.length)
        else expect(witness === undefined || witness.length > 6, `${kind} ${pattern} ${other}`).toBe(true)
      }
    }
  })

  test('an escape is three characters long, and comes only where nothing shorter does', () => {
    const [a, b] = [automatonOf(['x%20*', 'xabcd']), automatonOf(['y'])]
    expect(searchProduct(a, b, ALL, new SearchBudget())).toEqual({ onlyInA: '/x%20', onlyInB: '/y' })
    const shorter = automatonOf(['x%20*', 'xab'])
    expect(searchProduct(shorter, b, ALL, new SearchBudget())).toEqual({ onlyInA: '/xab', onlyInB: '/y' })
    const equal = searchProduct(automatonOf(['%20', 'abc']), b, ALL, new SearchBudget()).onlyInA
    expect(['/%20', '/abc']).toContain(equal)
    // Reached first by the longer way, then by the shorter.
    const late = automatonOf(['*z'], { wildcard: 'segment' })
    expect(
      searchProduct(late, automatonOf(['?z', 'z'], { wildcard: 'segment' }), ALL, new SearchBudget()).onlyInA,
    ).toBe('/aaz')
  })

  test('examples are readable ones', () => {
    expect(searchProduct(automatonOf(['*']), automatonOf(['']), ALL, new SearchBudget()).onlyInA).toBe('/a')
    expect(
      searchProduct(automatonOf(['*']), automatonOf(['', 'a*', 'b*']), ALL, new SearchBudget()).onlyInA,
    ).toBe('/c')
  })
})

describe('looks for what is wanted only', () => {
  const [a, b] = [automatonOf(['a*']), automatonOf(['*b'])]
  test.each<[keyof Found, string]>([
    ['onlyInA', '/a'],
    ['onlyInB', '/b'],
    ['inBoth', '/ab'],
  ])('%s', (kind, path) => {
    expect(searchProduct(a, b, { [kind]: true, longest: 100 }, new SearchBudget())).toEqual({ [kind]: path })
  })

  test('nothing', () => {
    expect(searchProduct(a, b, { longest: 100 }, new SearchBudget())).toEqual({})
  })

  test('no longer than it may be', () => {
    const long = automatonOf(['aaaaa', 'aaaaaaa'])
    const none = automatonOf(['b'])
    expect(searchProduct(long, none, { onlyInA: true, longest: 4 }, new SearchBudget())).toEqual({})
    expect(searchProduct(long, none, { onlyInA: true, longest: 5 }, new SearchBudget())).toEqual({
      onlyInA: '/aaaaa',
    })
  })
})

test('what was found is kept when the budget ends', () => {
  const found: Found = {}
  const [a, b] = [automatonOf(['a', '*a*b*c*d*e']), automatonOf(['*e*d*c*b*a*z'])]
  expect(() => searchProduct(a, b, ALL, new SearchBudget({ states: 20 }), found)).toThrow(BudgetExceededError)
  expect(found.onlyInA).toBe('/a')
})

test('pairs that lead nowhere are not followed', () => {
  // Were they, the budget would end.
  const [a, b] = [automatonOf(['a/*a*b*c*d*e*f*g']), automatonOf(['b/*a*b*c*d*e*f*g'])]
  expect(searchProduct(a, b, { inBoth: true, longest: 100 }, new SearchBudget({ states: 5 }))).toEqual({})
  expect(
    searchProduct(a, automatonOf(['c']), { onlyInB: true, longest: 100 }, new SearchBudget({ states: 5 })),
  ).toEqual({
    onlyInB: '/c',
  })
  expect(
    searchProduct(automatonOf(['c']), b, { onlyInA: true, longest: 100 }, new SearchBudget({ states: 5 })),
  ).toEqual({
    onlyInA: '/c',
  })
})

/** `a` with the pairs of states that it was asked about, and the letters. */
function counted(a: PathAutomaton): PathAutomaton & { readonly tried: number[]; readonly asked: number[] } {
  const tried: number[] = []
  const asked: number[] = []
  return {
    start: a.start,
    classes: a.classes,
    next: (state, letter) => {
      tried.push(letter)
      return a.next(state, letter)
    },
    allows: (state) => {
      asked.push(state)
      return a.allows(state)
    },
    tried,
    asked,
  }
}

class CountingClock extends SearchBudget {
  ticks = 0
  override tick(): void {
    this.ticks += 1
  }
}

describe('does no more than it must', () => {
  test('tries one letter of each class, and the classes of both sides', () => {
    const a = counted(automatonOf(['ab']))
    searchProduct(a, automatonOf(['c']), { inBoth: true, longest: 0 }, new SearchBudget())
    const tried = a.tried.map(textOf)
    expect(tried.slice(0, 4)).toEqual(['a', 'b', 'c', 'd'])
    expect(new Set(tried).size).toBe(tried.length)
    expect(tried.length).toBeLessThan(40)
  })

  test('only the letters that it is given', () => {
    const letters = new Set(lettersOf('/bc'))
    const a = counted(automatonOf(['aa', 'b', 'c']))
    expect(
      searchProduct(a, automatonOf(['']), { onlyInA: true, longest: 9, letters }, new SearchBudget()),
    ).toEqual({
      onlyInA: '/b',
    })
    expect(a.tried.map(textOf)).toEqual(['b', 'c'])
  })

  test('only the letter that the first side can take, where just that side counts', () => {
    const [x] = lettersOf('/x') as [number]
    const single = { ...counted(automatonOf(['x', 'y'])), only: () => x }
    const other = automatonOf(['yy'])
    expect(searchProduct(single, other, { onlyInA: true, longest: 9 }, new SearchBudget())).toEqual({
      onlyInA: '/x',
    })
    expect(single.tried).toEqual([x])
    expect(searchProduct(single, other, { onlyInB: true, longest: 9 }, new SearchBudget())).toEqual({
      onlyInB: '/yy',
    })
    const escape = lettersOf('/%20')[0] as number
    const long = { ...counted(automatonOf(['%20'])), only: () => escape }
    expect(searchProduct(long, other, { onlyInA: true, longest: 2 }, new SearchBudget())).toEqual({})
    expect(searchProduct(long, other, { onlyInA: true, longest: 3 }, new SearchBudget())).toEqual({
      onlyInA: '/%20',
    })
  })

  test('stops at the last of what is wanted, in the middle of a length', () => {
    const a = counted(automatonOf(['a', 'b', 'c', 'd']))
    const searchBudget = new SearchBudget({ states: 1 })
    searchProduct(a, automatonOf(['x']), { onlyInA: true, longest: 9 }, searchBudget)
    expect(a.asked).toHaveLength(2)
  })

  test('asks about each pair once, by its shortest way, and about no pair that leads nowhere', () => {
    // `a` is reached by one letter, `%20` by three; what follows either is the same state.
    const a = counted(automatonOf(['%20a', 'bcaa', '%20c', 'bcac'].map((pattern) => `${pattern}zzzzz`)))
    const b = automatonOf(['q'])
    expect(searchProduct(a, b, { onlyInA: true, longest: 20 }, new SearchBudget())).toEqual({
      onlyInA: '/%20azzzzz',
    })
    const both = counted(automatonOf(['ab', 'cd']))
    expect(
      searchProduct(both, automatonOf(['ae', 'ce']), { inBoth: true, longest: 9 }, new SearchBudget()),
    ).toEqual({})
    // The start, `a` and `c`: behind those one side is dead whatever comes.
    expect(both.asked).toHaveLength(3)
    const difference = counted(automatonOf(['ab']))
    searchProduct(difference, automatonOf(['ab', 'c']), { onlyInA: true, longest: 9 }, new SearchBudget())
    // The start, `a`, `ab`, and `ab/`, which might have been granted to one of them.
    expect(difference.asked).toHaveLength(4)
    const neither = counted(automatonOf(['a']))
    searchProduct(
      neither,
      automatonOf(['b']),
      { onlyInB: true, inBoth: true, longest: 9 },
      new SearchBudget(),
    )
    expect(neither.asked).toHaveLength(2)
  })

  test('a pair that was of use for what has been found is left', () => {
    // Only in A is `x`; of the pairs behind `a`, of use to A alone, nothing more is asked.
    const a = counted(automatonOf(['x', 'aaaaaaaa']))
    const clock = new CountingClock()
    searchProduct(a, automatonOf(['yy']), { onlyInA: true, onlyInB: true, longest: 9 }, clock)
    expect(clock.ticks).toBe(3)
  })
})

test('a way that is found to be longer than another is forgotten', () => {
  // The same state behind `b` (one character) and behind an escape (three): a loop makes it reachable late.
  const automaton: PathAutomaton = {
    start: 1,
    classes: automatonOf(['%20b']).classes,
    // From 1 by `%20` to 2, by `b` to 3, from 3 by `b` to 2, from 2 by `b` to the end.
    next: (state, letter) => {
      const text = textOf(letter)
      if (state === 1) return text === '%20' ? 2 : text === 'b' ? 3 : 0
      return text !== 'b' ? 0 : state === 3 ? 2 : state === 2 ? 4 : 0
    },
    allows: (state) => state === 4,
  }
  const a = counted(automaton)
  expect(searchProduct(a, automatonOf(['q']), { onlyInA: true, longest: 9 }, new SearchBudget())).toEqual({
    onlyInA: '/bbb',
  })
  expect(a.asked).toEqual([1, 3, 2, 4])
})

test('letters of the wire are read back', () => {
  expect(lettersOf('/a%20').map(textOf)).toEqual(['a', '%20'])
})

test('a search ends when it holds more memory than it may, and keeps what it has found', () => {
  const automaton = (first: string): RequestAutomaton =>
    automatonOf([`*${first}${'?'.repeat(7)}`, `${first}${first}`], { wildcard: 'segment' })
  const search = (bytes?: number): Found | string => {
    const found: Found = {}
    try {
      return searchProduct(automaton('a'), automaton('b'), ALL, new SearchBudget({}, bytes), found)
    } catch (error) {
      return error instanceof BudgetExceededError
        ? `${error.reason}: ${JSON.stringify(found)}`
        : String(error)
    }
  }
  expect(search(2 ** 20)).toBe('the budget of 1 MiB is used up: {"onlyInA":"/aa","onlyInB":"/bb"}')
  // No path has both letters at the same place.
  expect(search()).toEqual({ onlyInA: '/aa', onlyInB: '/bb' })
})
