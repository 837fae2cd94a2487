/** Requests that some endpoints allow: methods, letters, decisions, and which rules read paths alike. */
import { describe, expect, test } from 'vitest'
import { AutomatonCache } from '../../src/analysis/automaton-cache.ts'
import {
  AnalyzedEndpoint,
  isShort,
  lettersOf,
  onlyWidens,
  RequestSet,
  sameRules,
} from '../../src/analysis/request-set.ts'
import { LETTER_OF, LETTERS } from '../../src/automaton/letters.ts'
import { DEFAULT_OPTIONS } from '../../src/language/options.ts'
import { ESCAPE_BASE } from '../../src/pattern/canonical.ts'
import { readPattern } from '../../src/pattern/pattern.ts'
import type { PathRules } from '../../src/pattern/request-path.ts'

const RULES: PathRules = { ...DEFAULT_OPTIONS, pathLength: 8192 }
const SEGMENT: PathRules = { ...RULES, wildcard: 'segment' }

function item(pattern: string, methods: readonly string[] = ['GET'], rules = RULES): AnalyzedEndpoint {
  return new AnalyzedEndpoint({ endpoint: { pattern, methods }, pattern: readPattern(pattern, rules) }, rules)
}

test('lettersOf reads a path after its slash, an escape as one letter', () => {
  const letter = (unit: number): number => LETTER_OF.get(unit) ?? -2
  expect(lettersOf('/a%20b')).toEqual([letter(0x61), letter(ESCAPE_BASE + 0x20), letter(0x62)])
  expect(lettersOf('/%2F%25')).toEqual([letter(ESCAPE_BASE + 0x2f), letter(ESCAPE_BASE + 0x25)])
  expect(lettersOf('/')).toEqual([])
  expect(lettersOf('/a b')).toEqual([letter(0x61), -1, letter(0x62)])
  expect(LETTERS[lettersOf('/~')[0] ?? 0]).toBe(0x7e)
})

describe('an endpoint', () => {
  test('has its methods in the usual order, and what the comparisons ask about its pattern, made once', () => {
    const one = item('a/*', ['PUT', 'GET'])
    expect(one.methods).toEqual(['GET', 'PUT'])
    expect(one.glob).toMatchObject({ runs: ['a/', ''] })
    expect(one.glob).toBe(one.glob)
    expect([...one.places]).toEqual([0x61, 0x2f, -1])
    expect(one.places).toBe(one.places)
    expect(one.sample).toBeNull()
    expect(one.automaton.accepts(lettersOf('/a/b'))).toBe(true)
    expect(one.automaton.accepts(lettersOf('/b'))).toBe(false)
    expect(one.automaton).toBe(one.automaton)
  })

  test('of `wildcard: segment` has a sample, and no places', () => {
    const one = item('a/[bc]', ['GET'], SEGMENT)
    expect(one.glob).toBeNull()
    expect([...one.places]).toEqual([])
    expect(one.sample).toMatch(/^a\/[bc]$/)
  })

  test('decides by the rules for a slash at the end', () => {
    expect(item('a*').automaton.accepts(lettersOf('/a/'))).toBe(true)
    expect(item('a/*').automaton.accepts(lettersOf('/a/'))).toBe(false)
  })
})

describe('a set', () => {
  test('decides by its automata unless it is told how', () => {
    const set = new RequestSet([item('a'), item('b', ['PUT'])], RULES)
    expect([set.allows('GET', '/a'), set.allows('GET', '/b'), set.allows('PUT', '/b')]).toEqual([
      true,
      false,
      true,
    ])
    expect(new RequestSet([], RULES, () => true).allows('GET', '/x')).toBe(true)
  })

  test('has no endpoints that match nothing', () => {
    const set = new RequestSet([item('a/../b', ['DELETE']), item('b', ['PUT', 'GET'])], RULES)
    expect(set.items.map(({ pattern }) => pattern.text)).toEqual(['b'])
    expect(set.methods).toEqual(['GET', 'PUT'])
  })

  test('the key of a method is the endpoints that grant it', () => {
    const set = new RequestSet(
      [item('a', ['GET', 'POST']), item('b', ['PUT']), item('c', ['GET', 'POST'])],
      RULES,
    )
    expect(['GET', 'POST', 'PUT', 'DELETE', 'GET'].map((method) => set.key(method))).toEqual([
      '0,2',
      '0,2',
      '1',
      '',
      '0,2',
    ])
  })

  test('has an automaton for each key and judgement, of the endpoints of the method', () => {
    const cache = new AutomatonCache()
    const set = new RequestSet([item('a*', ['GET', 'POST']), item('b', ['PUT'])], RULES, undefined, cache)
    expect(set.automaton('GET')).toBe(set.automaton('POST'))
    expect(set.automaton('GET')).not.toBe(set.automaton('PUT'))
    expect(set.automaton('GET')).not.toBe(set.automaton('GET', 'match'))
    expect(set.automaton('PUT').accepts(lettersOf('/a'))).toBe(false)
    const slash = new RequestSet([item('b/*')], RULES)
    expect(slash.automaton('GET', 'match').accepts(lettersOf('/b/'))).toBe(true)
    expect(slash.automaton('GET').accepts(lettersOf('/b/'))).toBe(false)
  })

  test('has its endpoints by their shortest requests where each has a short cut', () => {
    const set = new RequestSet([item('abc'), item('a'), item('ab*')], RULES)
    expect(set.short?.map(({ pattern }) => pattern.text)).toEqual(['a', 'ab*', 'abc'])
    expect(set.short).toBe(set.short)
    expect(new RequestSet([item('abc', ['GET'], SEGMENT)], SEGMENT).short).toBeNull()
    const json: PathRules = { ...RULES, extensions: ['json'] }
    expect(new RequestSet([item('b', ['GET'], json), item('a*/', ['GET'], json)], json).short).toBeNull()
    expect(new RequestSet([], RULES).short).toEqual([])
    expect([item('a*'), item('a*/', ['GET'], json), item('a', ['GET'], SEGMENT)].map(isShort)).toEqual([
      true,
      false,
      false,
    ])
  })
})

test('rules read paths alike where all options of reading are equal', () => {
  expect(sameRules(RULES, RULES)).toBe(true)
  expect(sameRules(RULES, { ...RULES })).toBe(true)
  expect(sameRules({ ...RULES, extensions: ['json'] }, { ...RULES, extensions: ['json'] })).toBe(true)
  for (const change of [
    { basePath: 'v1' },
    { caseSensitive: false },
    { wildcard: 'segment' },
    { trailingSlash: 'ignore' },
    { extensions: ['json'] },
    { encodedSlash: 'data' },
    { delimiters: 'data' },
  ] as const) {
    expect([change, sameRules(RULES, { ...RULES, ...change })]).toEqual([change, false])
  }
})

describe('onlyWidens', () => {
  const widens = (narrow: Partial<PathRules>, wide: Partial<PathRules>, pattern = 'a/b'): boolean =>
    onlyWidens({ ...RULES, ...narrow }, { ...RULES, ...wide }, readPattern(pattern, RULES))

  test('equal rules', () => {
    expect(widens({}, {})).toBe(true)
    expect(widens({ basePath: 'v1' }, { basePath: 'v1' })).toBe(true)
  })

  test('without case a pattern of `wildcard: any` matches more, with case less', () => {
    expect(widens({}, { caseSensitive: false })).toBe(true)
    expect(widens({ caseSensitive: false }, {})).toBe(false)
  })

  test('without case a negated class of `wildcard: segment` matches less', () => {
    expect(widens({ wildcard: 'segment' }, { wildcard: 'segment', caseSensitive: false })).toBe(false)
    expect(widens({ wildcard: 'segment' }, { wildcard: 'segment' })).toBe(true)
  })

  test('`trailingSlash: ignore` matches more, but no pattern that asks for the slash', () => {
    expect(widens({}, { trailingSlash: 'ignore' })).toBe(true)
    expect(widens({}, { trailingSlash: 'ignore' }, 'a/')).toBe(false)
    expect(widens({ trailingSlash: 'ignore' }, { trailingSlash: 'ignore' }, 'a/')).toBe(true)
    expect(widens({}, { caseSensitive: false }, 'a/')).toBe(true)
    const folded = { trailingSlash: 'ignore', caseSensitive: false } as const
    expect(widens({ trailingSlash: 'ignore' }, folded, 'a/')).toBe(true)
    expect(widens({ trailingSlash: 'ignore' }, folded, 'a')).toBe(true)
  })

  test('`trailingSlash: strict` matches as much only where a star takes the slash', () => {
    expect(widens({ trailingSlash: 'ignore' }, {})).toBe(false)
    expect(widens({ trailingSlash: 'ignore' }, {}, 'a*')).toBe(true)
    expect(widens({ trailingSlash: 'ignore' }, {}, 'a*b')).toBe(false)
    expect(widens({ trailingSlash: 'ignore' }, {}, 'a*b*')).toBe(true)
    expect(widens({ trailingSlash: 'ignore' }, {}, '')).toBe(false)
    const json = { extensions: ['json'] }
    expect(widens({ ...json, trailingSlash: 'ignore' }, json, 'a*')).toBe(false)
    const segment: PathRules = { ...SEGMENT, trailingSlash: 'ignore' }
    expect(onlyWidens(segment, SEGMENT, readPattern('a*', SEGMENT))).toBe(false)
  })

  test('an option of characters that accepts more widens, one that accepts less does not', () => {
    expect(widens({}, { encodedSlash: 'data' })).toBe(true)
    expect(widens({ encodedSlash: 'data' }, {})).toBe(false)
    expect(widens({}, { delimiters: 'data' })).toBe(true)
    expect(widens({ delimiters: 'data' }, {})).toBe(false)
    expect(widens({ encodedSlash: 'data' }, { delimiters: 'data' })).toBe(false)
  })

  test('other options are not compared', () => {
    expect(widens({}, { basePath: 'v1' })).toBe(false)
    expect(widens({}, { extensions: ['json'] })).toBe(false)
    expect(widens({}, { basePath: 'v1', caseSensitive: false })).toBe(false)
    expect(widens({}, { wildcard: 'segment' })).toBe(false)
  })
})
