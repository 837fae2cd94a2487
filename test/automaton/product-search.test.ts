/** Shortest requests that two sets share or do not, against all short paths in order of their length. */
import { describe, expect, test } from 'vitest'
import { BudgetEnded, Clock } from '../../src/automaton/clock.ts'
import { LETTER_OF, textOf } from '../../src/automaton/letters.ts'
import { type Found, searchProduct } from '../../src/automaton/product-search.ts'
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
      const found = searchProduct(a, b, ALL, new Clock())
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
    expect(searchProduct(a, b, ALL, new Clock())).toEqual({ onlyInA: '/x%20', onlyInB: '/y' })
    const shorter = automatonOf(['x%20*', 'xab'])
    expect(searchProduct(shorter, b, ALL, new Clock())).toEqual({ onlyInA: '/xab', onlyInB: '/y' })
    const equal = searchProduct(automatonOf(['%20', 'abc']), b, ALL, new Clock()).onlyInA
    expect(['/%20', '/abc']).toContain(equal)
    // Reached first by the longer way, then by the shorter.
    const late = automatonOf(['*z'], { wildcard: 'segment' })
    expect(
      searchProduct(late, automatonOf(['?z', 'z'], { wildcard: 'segment' }), ALL, new Clock()).onlyInA,
    ).toBe('/aaz')
  })

  test('examples are readable ones', () => {
    expect(searchProduct(automatonOf(['*']), automatonOf(['']), ALL, new Clock()).onlyInA).toBe('/a')
    expect(searchProduct(automatonOf(['*']), automatonOf(['', 'a*', 'b*']), ALL, new Clock()).onlyInA).toBe(
      '/c',
    )
  })
})

describe('looks for what is wanted only', () => {
  const [a, b] = [automatonOf(['a*']), automatonOf(['*b'])]
  test.each<[keyof Found, string]>([
    ['onlyInA', '/a'],
    ['onlyInB', '/b'],
    ['inBoth', '/ab'],
  ])('%s', (kind, path) => {
    expect(searchProduct(a, b, { [kind]: true, longest: 100 }, new Clock())).toEqual({ [kind]: path })
  })

  test('nothing', () => {
    expect(searchProduct(a, b, { longest: 100 }, new Clock())).toEqual({})
  })

  test('no longer than it may be', () => {
    const long = automatonOf(['aaaaa', 'aaaaaaa'])
    const none = automatonOf(['b'])
    expect(searchProduct(long, none, { onlyInA: true, longest: 4 }, new Clock())).toEqual({})
    expect(searchProduct(long, none, { onlyInA: true, longest: 5 }, new Clock())).toEqual({
      onlyInA: '/aaaaa',
    })
  })
})

test('what was found is kept when the budget ends', () => {
  const found: Found = {}
  const [a, b] = [automatonOf(['a', '*a*b*c*d*e']), automatonOf(['*e*d*c*b*a*z'])]
  expect(() => searchProduct(a, b, ALL, new Clock({ states: 20 }), found)).toThrow(BudgetEnded)
  expect(found.onlyInA).toBe('/a')
})

test('pairs that lead nowhere are not followed', () => {
  // Were they, the budget would end.
  const [a, b] = [automatonOf(['a/*a*b*c*d*e*f*g']), automatonOf(['b/*a*b*c*d*e*f*g'])]
  expect(searchProduct(a, b, { inBoth: true, longest: 100 }, new Clock({ states: 5 }))).toEqual({})
  expect(
    searchProduct(a, automatonOf(['c']), { onlyInB: true, longest: 100 }, new Clock({ states: 5 })),
  ).toEqual({
    onlyInB: '/c',
  })
  expect(
    searchProduct(automatonOf(['c']), b, { onlyInA: true, longest: 100 }, new Clock({ states: 5 })),
  ).toEqual({
    onlyInA: '/c',
  })
})

test('letters of the wire are read back', () => {
  expect(lettersOf('/a%20').map(textOf)).toEqual(['a', '%20'])
})
