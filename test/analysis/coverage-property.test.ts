/** The short ways of large comparisons agree with the long ones. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareScopes, equivalentScopes } from '../../src/analysis/index.ts'
import { superfluous } from '../../src/analysis/coverage.ts'
import { matches } from '../../src/analysis/glob.ts'
import { GlobIndex } from '../../src/analysis/glob-index.ts'
import { literalStart, StartIndex } from '../../src/analysis/literal-start.ts'
import { matchesText } from '../../src/analysis/sample.ts'
import { requestSetsOf } from '../../src/analysis/request-sets.ts'
import { processorTime } from '../../src/automaton/processor-time.ts'
import { SearchBudget } from '../../src/automaton/search-budget.ts'
import { loadPolicy } from '../../src/index.ts'
import { anyDocument, plainDocument, segmentDocument, toDocument } from '../arbitrary/document.ts'
import { runs } from '../arbitrary/settings.ts'

test('an index of patterns finds those that match', () => {
  fc.assert(
    fc.property(anyDocument, (parts) => {
      const sides = requestSetsOf(loadPolicy(toDocument(parts)))
      const items = sides.names.flatMap((name) => sides.of(name).items)
      const index = new GlobIndex(items)
      for (const { glob } of items) {
        for (const fill of ['*', '', 'a/b']) {
          const text = glob?.runs.join(fill) ?? ''
          const expected = items.filter((item) => item.glob !== null && matches(item.glob, text))
          expect(index.matching(text)).toEqual(expected)
        }
      }
    }),
    runs(200),
  )
})

test('patterns with a string in common are near, in order, and samples are matched', () => {
  fc.assert(
    fc.property(segmentDocument, (parts) => {
      const sides = requestSetsOf(loadPolicy(toDocument(parts)))
      const items = [...new Set(sides.names.flatMap((name) => sides.of(name).items))]
      const index = new StartIndex(items, ({ pattern }) => literalStart(pattern))
      for (const { pattern, sample } of items) {
        const near = index.near(literalStart(pattern))
        expect(near).toEqual(items.filter((item) => near.includes(item)))
        if (sample === null) continue
        expect(matchesText(pattern, sample)).toBe(true)
        expect(sample.toLowerCase().startsWith(literalStart(pattern))).toBe(true)
        const common = items.filter((other) => matchesText(other.pattern, sample))
        expect(near).toEqual(expect.arrayContaining(common))
      }
    }),
    runs(200),
  )
})

describe('equivalent scopes', () => {
  test('are those that compare as equal and allow something', () => {
    let groups = 0
    fc.assert(
      fc.property(plainDocument, fc.nat({ max: 3 }), (parts, copied) => {
        const [name, scope] = parts.scopes[copied % parts.scopes.length] ?? ['', undefined]
        const copy = { label: 'copy', ...(scope?.endpoints?.length ? scope : { includes: [name] }) }
        const policy = loadPolicy({ ...toDocument(parts), 'a-copy': copy })
        const found = equivalentScopes(policy)
        const names = [...policy.scopes.keys()]
        const equal = (a: string, b: string): boolean => {
          const { relation, inBoth } = compareScopes(policy, a, b)
          return relation === 'equal' && inBoth !== undefined
        }
        const expected = names
          .map((one) => names.filter((other) => equal(one, other)))
          .filter((group, index) => group.length > 1 && group[0] === names[index])
        expect(found).toEqual(expected)
        groups += found.length
      }),
      runs(120),
    )
    expect(groups).toBeGreaterThan(20)
  }, 60_000)

  test('that allow nothing are left out', () => {
    const nothing = { label: 'x', endpoints: [] }
    expect(
      equivalentScopes(loadPolicy({ a: nothing, b: nothing, c: { label: 'x', endpoints: ['a//b'] } })),
    ).toEqual([])
  })
})

test('what a budget leaves open is named, and what was found before it stays', () => {
  const sides = requestSetsOf(
    loadPolicy({ s: { label: 'x', endpoints: [{ 'a/*': 'GET' }, { 'a/b': 'GET' }, { 'a/b': 'PUT' }] } }),
  )
  const side = sides.of('s')
  const open: string[] = []
  const ended = new SearchBudget({ milliseconds: 0 })
  const start = processorTime()
  while (processorTime() === start);
  const found = superfluous(side, new Set(side.items), ended, ({ endpoint }) => open.push(endpoint.pattern))
  expect(found).toEqual([])
  expect(open).toEqual(['a/b', 'a/b', 'a/*'])
})
