/** Reach by examples: which patterns have to do with an operation, and what sets of them allow of it. */
import { describe, expect, test } from 'vitest'
import { SearchBudget } from '../../src/automaton/search-budget.ts'
import { Reach } from '../../src/openapi/compare/reach.ts'
import { plainParts, readTemplate } from '../../src/openapi/read/template.ts'
import { readPattern } from '../../src/pattern/pattern.ts'
import { reachOf, rulesOf } from './small-templates.ts'

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
