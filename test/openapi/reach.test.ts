/** Reach by examples: which patterns have to do with an operation, and what sets of them allow of it. */
import { describe, expect, test } from 'vitest'
import { SearchBudget } from '../../src/automaton/search-budget.ts'
import { Reach } from '../../src/openapi/compare/reach.ts'
import { itemsOfTemplate, plainParts, readTemplate } from '../../src/openapi/read/template.ts'
import { readPattern } from '../../src/pattern/pattern.ts'
import type { PathRules } from '../../src/pattern/request-path.ts'
import { BrokenBudget, CountingBudget } from '../analysis/sets.ts'
import { reachOf, rulesOf } from './small-templates.ts'

/** Of one template, with so many states for each search. */
function reachWithin(
  states: number,
  template: string,
  patterns: readonly string[],
  options: Readonly<Record<string, unknown>>,
  excluded: readonly string[] = [],
  change: Partial<PathRules> = {},
): ReturnType<Reach['of']> {
  const rules: PathRules = { ...rulesOf(options), ...change }
  const read = (path: string): ReturnType<typeof readTemplate> => readTemplate(plainParts(path), rules)
  const reach = new Reach(
    patterns.map((pattern) => readPattern(pattern, rules)),
    rules,
    new SearchBudget({ states }),
  )
  return reach.of({ template: read(template), excluded: excluded.map((path) => itemsOfTemplate(read(path))) })
}

describe('Reach', () => {
  test.each([
    [['users/*', 'users'], '/users/', '/users/'],
    [['users/*/*', 'users/me'], '/users/{id}/', '/users/me/'],
    [['users/*/*', 'users/m*'], '/users/{id}/', '/users/m/'],
    [['*/', 'x'], '/{a}/', '/a/'],
  ])('a slash at the end may take two patterns: %j open %s', (patterns, template, allowed) => {
    const operation = reachOf(template, patterns, {})
    expect(operation.compare([...operation.patterns]).allowed).toBe(allowed)
  })

  test('one half of what opens a slash at the end opens nothing', () => {
    for (const pattern of ['users/*', 'users']) {
      const operation = reachOf('/users/', [pattern], {})
      expect(operation.compare([...operation.patterns])).toEqual({ missing: '/users/' })
    }
  })

  describe('patterns that have to do with an operation, and what they allow of it together', () => {
    const BASE = { basePath: '/v1' }
    const IGNORE = { trailingSlash: 'ignore' }
    const SEGMENT = { wildcard: 'segment' }
    const FOLDED = { caseSensitive: false }
    const JSON_PATHS = { extensions: ['json'] }

    test.each<[string, string, string[], object, number[], string | undefined, string | RegExp | undefined]>([
      ['a concrete path', '/a', ['a', 'b', '*'], {}, [0, 2], '/a', undefined],
      ['a parameter', '/a/{x}', ['a/b', 'b/*', 'a/*/c'], {}, [0], '/a/b', /^\/a\/.$/],
      ['the shorter of two', '/a/{x}', ['a/bcd', 'a/bc'], {}, [0, 1], '/a/bc', /^\/a\/.$/],
      ['the shorter of two, first', '/a/{x}', ['a/bc', 'a/bcd'], {}, [0, 1], '/a/bc', /^\/a\/.$/],
      ['nothing', '/a', ['b'], {}, [], undefined, '/a'],
      ['a pattern that matches nothing', '/a', ['a/../b', 'a//b', 'a'], {}, [2], '/a', undefined],
      ['below the base path', '/v1/a/{x}', ['a/*', 'b'], BASE, [0], '/v1/a/a', undefined],
      ['the base path itself', '/v1', ['*', 'a'], BASE, [0], '/v1', undefined],
      ['beside the base path', '/v2/a', ['*'], BASE, [], undefined, '/v2/a'],
      ['a longer name than the base path', '/v10/a', ['*'], BASE, [], undefined, '/v10/a'],
      ['the start of the base path', '/v', ['*'], BASE, [], undefined, '/v'],
      ['a parameter in the place of the base path', '/{v}/a', ['a', 'b'], BASE, [0], '/v1/a', /^\/.\/a$/],
      ['a parameter in a part of it', '/v{n}/a', ['a', 'b'], BASE, [0], '/v1/a', /^\/v.\/a$/],
      ['a parameter beside it', '/w{n}/a', ['*'], BASE, [], undefined, /^\/w.\/a$/],
      ['a slash at the end', '/a/', ['a/', 'a', 'b/'], {}, [0, 1], '/a/', undefined],
      ['a slash that is ignored', '/a/', ['a', 'a/'], IGNORE, [0], '/a/', undefined],
      ['a class', '/{x}', ['[ab]', 'c?'], SEGMENT, [0, 1], '/a', /^\/[^ab]$/],
      ['a class that has nothing of it', '/x', ['[ab]'], SEGMENT, [], undefined, '/x'],
      ['stars that stay in their segment', '/a/{x}', ['*', 'a/*'], SEGMENT, [1], '/a/a', undefined],
      ['an escape', '/%20/{x}', ['%20/*', '%21/*'], SEGMENT, [0], '/%20/a', undefined],
      ['other letter case', '/Users/{x}', ['users/*'], FOLDED, [0], '/Users/a', undefined],
      ['other letter case in a class', '/A', ['[a]'], { ...SEGMENT, ...FOLDED }, [0], '/A', undefined],
      ['an extension that is stripped', '/a.json', ['a', 'b'], JSON_PATHS, [0], '/a.json', undefined],
      ['a parameter that may have an extension', '/{x}', ['a'], JSON_PATHS, [0], '/a', /^\/.$/],
      ['a slash before an extension', '/a/{x}', ['a', 'a/*'], JSON_PATHS, [0, 1], '/a/a', '/a/..json'],
    ])('%s', (_, template, patterns, options, near, allowed, missing) => {
      const operation = reachOf(template, patterns, options as Readonly<Record<string, unknown>>)
      expect([...operation.patterns]).toEqual(near)
      const found = operation.compare(near)
      expect(found.allowed).toBe(allowed)
      expect(found.undecided).toBeUndefined()
      if (missing instanceof RegExp) expect(found.missing).toMatch(missing)
      else expect(found.missing).toBe(missing)
      expect(operation.compare([]).allowed).toBeUndefined()
      expect(operation.compare([]).missing).not.toBeUndefined()
      expect(operation.compare(near)).toEqual(found)
      for (const id of near) expect(operation.alone(id).missing).toBeUndefined()
      expect(operation.alone(99)).toEqual({})
    })

    test('a template that no request path has is not reached, and nothing of it is missing', () => {
      const operation = reachOf('/a/../b', ['*'], {})
      expect([...operation.patterns]).toEqual([])
      expect(operation.compare([])).toEqual({})
      expect(operation.alone(0)).toEqual({})
    })

    test('paths that other operations take do not count', () => {
      const taken = reachOf('/u/{id}', ['u/me', 'u/m*'], {}, ['/u/me'])
      expect([...taken.patterns]).toEqual([1])
      expect(taken.compare([1])).toEqual({
        allowed: '/u/m',
        missing: expect.stringMatching(/^\/u\/[^m]$/) as string,
      })
      const other = reachOf('/u/{id}', ['u/m*'], {}, ['/u/m'])
      expect(other.compare([0]).allowed).toMatch(/^\/u\/m.$/)
      const all = reachOf('/u/{id}', ['u/*'], {}, ['/u/a', '/u/g'])
      expect(all.compare([0])).toEqual({ allowed: expect.stringMatching(/^\/u\/[^ag]$/) as string })
    })
  })

  test('a search that the budget ends is undecided, with what was found before', () => {
    const rules = rulesOf({ wildcard: 'segment' })
    const at = (states: number): ReturnType<Reach['of']> =>
      new Reach([readPattern('[ab]/*', rules)], rules, new SearchBudget({ states })).of({
        template: readTemplate(plainParts('/{x}/{y}'), rules),
        excluded: [],
      })
    expect(at(0).compare([0])).toEqual({ undecided: 'the budget of 0 states is used up' })
    expect([...at(0).patterns]).toEqual([0])
    expect(at(0).alone(0)).toEqual({ undecided: 'the budget of 0 states is used up' })
    expect(at(10_000).compare([0])).toEqual({ allowed: '/a/a', missing: expect.any(String) as string })
  })

  describe('what is plain needs no automaton: not one state is looked at', () => {
    const BASE = { basePath: '/v1' }
    const ALL = 'ghijklmnopqrstuvwxyzGHIJKLMNOPQRSTUVWXYZ'

    test.each<[string, string, string[], object, number[], object]>([
      ['all of it', '/a/{x}', ['a/*'], {}, [0], { allowed: '/a/a' }],
      ['a part', '/a/{x}', ['a/b'], {}, [0], { allowed: '/a/b', missing: '/a/g' }],
      ['the first of two', '/a/{x}', ['a/b', 'a/c'], {}, [0, 1], { allowed: '/a/b', missing: '/a/g' }],
      ['a letter that is spelled', '/a/{x}', ['a/g*'], {}, [0], { allowed: '/a/g', missing: '/a/h' }],
      ['all letters spelled', '/a/{x}', ['a/*', `a/${ALL}`], {}, [0, 1], { allowed: '/a/a' }],
      ['stars between', '/abc', ['a*d*c', 'a*c'], {}, [1], { allowed: '/abc' }],
      [
        'a segment that differs',
        '/a/{x}',
        ['b/*', 'a/*/c', 'a/b'],
        {},
        [2],
        { allowed: '/a/b', missing: '/a/g' },
      ],
      ['below the base path', '/v1/a/{x}', ['a/*', 'b/*'], BASE, [0], { allowed: '/v1/a/a' }],
      ['beside the base path', '/v2/a', ['*'], BASE, [], { missing: '/v2/a' }],
      ['beside it, with a parameter', '/v2/{x}', ['*'], BASE, [], {}],
      ['a parameter beside it', '/w{n}/a', ['*'], BASE, [], {}],
      ['the start of the base path', '/v', ['*'], BASE, [], {}],
      ['no path', '/a/../b', ['*'], {}, [], {}],
      ['a slash at the end', '/a/{x}/', ['a/*/*'], {}, [0], { missing: '/a/g/' }],
      // What one pattern matches with the slash, and another without.
      ['two patterns', '/{x}/me/', ['*/me/*', '*/me'], {}, [0, 1], { allowed: '/g/me/' }],
      ['and a third', '/{x}/me/', ['*/me/*', '*/me', 'a/me/'], {}, [0, 1, 2], { allowed: '/a/me/' }],
      ['a longer third', '/{x}/me/', ['*/me/*', '*/me', 'abc/me/'], {}, [0, 1, 2], { allowed: '/g/me/' }],
      [
        'as short as any',
        '/u/{x}/',
        ['u/*/*', 'u/me', 'u/a/'],
        {},
        [0, 1, 2],
        { allowed: '/u/a/', missing: '/u/g/' },
      ],
    ])('%s', (_, template, patterns, options, near, expected) => {
      const operation = reachWithin(0, template, patterns, options as Readonly<Record<string, unknown>>)
      expect([...operation.patterns]).toEqual(near)
      const found = operation.compare(near)
      // The path that is missing of an operation without patterns takes an automaton, where its base path is unclear.
      if (Object.keys(expected).length > 0 && !template.startsWith('/v2'))
        expect(found).toStrictEqual(expected)
      expect(operation.compare(near)).toBe(found)
    })

    test('paths that other operations take', () => {
      const taken = (...paths: readonly string[]): ReturnType<Reach['of']> =>
        reachWithin(0, '/a/{x}', ['a/b', 'a/*'], {}, paths)
      expect(taken('/a/g').compare([0])).toStrictEqual({ allowed: '/a/b', missing: '/a/h' })
      expect(taken('/a/c').compare([0, 1])).toStrictEqual({ allowed: '/a/b' })
      expect(taken('/a/b').alone(0)).toStrictEqual({ undecided: 'the budget of 0 states is used up' })
    })

    test('a template that no request has', () => {
      const operation = reachWithin(0, '/a/../b', ['*'], {})
      expect(operation.compare([])).toStrictEqual({})
      expect(operation.alone(0)).toStrictEqual({})
    })
  })

  describe('what takes an automaton', () => {
    const BASE = { basePath: '/v1' }
    const JSON_PATHS = { extensions: ['json'] }
    const SEGMENT = { wildcard: 'segment' }
    const IGNORE = { trailingSlash: 'ignore' }
    const ALL = 'ghijklmnopqrstuvwxyzGHIJKLMNOPQRSTUVWXYZ'

    test.each<[string, string, string[], object, number[], object]>([
      ['the root', '/', ['*', 'a', '/'], {}, [0, 2], { allowed: '/' }],
      ['above the base path', '/', ['*'], BASE, [0], { missing: '/' }],
      ['the base path', '/v1', ['/', 'a'], BASE, [0], { allowed: '/v1' }],
      ['a parameter in its place', '/{x}', ['*', 'a'], BASE, [0], { allowed: '/v1', missing: '/g' }],
      [
        'and of its first segment',
        '/{v}/{y}',
        ['a/b', 'a'],
        BASE,
        [1],
        { allowed: '/v1/a', missing: '/a/a' },
      ],
      [
        'with a slash at the end',
        '/{v}/x/',
        ['x/*', 'x'],
        BASE,
        [0, 1],
        { allowed: '/v1/x/', missing: '/g/x/' },
      ],
      ['an extension', '/ab', ['*'], JSON_PATHS, [0], { allowed: '/ab' }],
      [
        'an extension and few letters',
        '/a/{x}',
        ['a/a*'],
        JSON_PATHS,
        [0],
        { allowed: '/a/a', missing: '/a/g' },
      ],
      ['no letter left', '/a/{x}', ['a/a*', `a/${ALL}`], {}, [0, 1], { allowed: '/a/a', missing: '/a/b' }],
      [
        'an extension, and a slash that is ignored',
        '/{x}',
        ['a/b', 'a'],
        { ...JSON_PATHS, ...IGNORE },
        [1],
        { allowed: '/a', missing: '/g' },
      ],
      ['a shortest path that is refused', '/{x}', ['.*'], {}, [0], { allowed: '/.g', missing: '/g' }],
      ['an escape', '/%20/{x}', ['%20/*', '%21/*'], {}, [0], { allowed: '/%20/a' }],
      [
        'classes and a slash that is ignored',
        '/a/',
        ['[bc]', '[ac]'],
        { ...SEGMENT, ...IGNORE },
        [1],
        { allowed: '/a/' },
      ],
      [
        'classes that grant a slash together',
        '/a/',
        ['{a/,zz}', '[a]', '[b]'],
        SEGMENT,
        [0, 1, 2],
        { allowed: '/a/' },
      ],
      ['a pattern that matches nothing', '/a/', ['a/../b', 'a/'], {}, [1], { allowed: '/a/' }],
      // Alone the pattern with the slash grants a longer path than the two others together.
      [
        'a shorter path by two',
        '/u/{x}/',
        ['u/*/*', 'u/me', 'u/abc/'],
        {},
        [0, 1, 2],
        { allowed: '/u/me/', missing: '/u/a/' },
      ],
    ])('%s', (_, template, patterns, options, near, expected) => {
      const operation = reachWithin(10_000, template, patterns, options as Readonly<Record<string, unknown>>)
      expect([...operation.patterns]).toEqual(near)
      expect(operation.compare(near)).toStrictEqual(expected)
      for (const id of near) expect(operation.alone(id)).not.toHaveProperty('missing')
    })

    test('a parameter that leaves the base path and its segment', () => {
      const rules = rulesOf(BASE)
      const patterns = ['a/b', 'a'].map((pattern) => readPattern(pattern, rules))
      const parts = [{ literal: '/v1' }, { parameter: 'x', spans: true }]
      const template = readTemplate(parts, rules)
      const operation = new Reach(patterns, rules, new SearchBudget()).of({ template, excluded: [] })
      expect([...operation.patterns]).toEqual([0, 1])
      expect(operation.compare([0, 1]).allowed).toBe('/v1/a')
    })

    test('up to the longest path', () => {
      const at = (pathLength: number): object =>
        reachWithin(10_000, '/abc', ['abc'], JSON_PATHS, [], { pathLength }).compare([0])
      expect(at(4)).toStrictEqual({ allowed: '/abc' })
      expect(at(3)).toStrictEqual({})
    })

    test('each search has the states of the budget', () => {
      const at = (states: number): ReturnType<Reach['of']> =>
        reachWithin(states, '/abcdef', ['[a]bcdef', '[a]bcde[f]'], SEGMENT)
      expect(at(3).compare([0])).toStrictEqual({ undecided: 'the budget of 3 states is used up' })
      expect(at(10).compare([0])).toStrictEqual({ allowed: '/abcdef' })
      expect(at(10).compare([0, 1])).toStrictEqual({ allowed: '/abcdef' })
    })

    test('one that is undecided alone is undecided with others', () => {
      const operation = reachWithin(0, '/{x}', ['.*', 'b'], {})
      expect(operation.alone(0)).toStrictEqual({ undecided: 'the budget of 0 states is used up' })
      expect(operation.alone(1)).toStrictEqual({ allowed: '/b' })
      expect(operation.compare([0, 1])).toStrictEqual({ undecided: 'the budget of 0 states is used up' })
    })

    test('other errors are not taken for the end of a budget', () => {
      const rules = rulesOf(SEGMENT)
      const reach = new Reach([readPattern('[ab]', rules)], rules, new BrokenBudget())
      expect(() => reach.of({ template: readTemplate(plainParts('/{x}'), rules), excluded: [] })).toThrow(
        'broken',
      )
    })
  })

  test('the time is checked for each pattern that may have to do with an operation, and for 256 others', () => {
    const checks = (template: string, patterns: readonly string[], options = {}): number => {
      const rules = rulesOf(options)
      const budget = new CountingBudget()
      const reach = new Reach(
        patterns.map((pattern) => readPattern(pattern, rules)),
        rules,
        budget,
      )
      reach.of({ template: readTemplate(plainParts(template), rules), excluded: [] })
      return budget.checks
    }
    const others = Array.from({ length: 300 }, (_, id) => `*/b/${id}`)
    expect(checks('/a', others)).toBe(2)
    expect(checks('/a', [...others, 'a', 'a*'])).toBe(4)
    expect(checks('/{v}/a', ['a', 'b', 'c'], { basePath: '/v1' })).toBe(3)
  })

  test('a thousand paths that end in a slash need no automaton: not one state is looked at', () => {
    const rules = rulesOf({ wildcard: 'segment' })
    const ids = [...Array(1_000).keys()]
    const reach = new Reach(
      ids.map((id) => readPattern(`r/*/${id}/`, rules)),
      rules,
      new SearchBudget({ states: 0 }),
    )
    for (const id of ids) {
      const operation = reach.of({ template: readTemplate(plainParts(`/r/{a}/${id}/`), rules), excluded: [] })
      expect([...operation.patterns]).toEqual([id])
      expect(operation.compare([id])).toEqual({ allowed: `/r/a/${id}/` })
      expect(operation.compare([]).missing).toMatch(/^\/r\/[a-zA-Z]\/\d+\/$/)
    }
  })
})
