/** Analysis of names, combinations and the baseline, by brute force on small worlds. */
import { describe, expect, test } from 'vitest'
import { comparePolicies, compareScopes } from '../../src/analysis/index.ts'
import { loadPolicy, type Policy } from '../../src/index.ts'

const scope = (fields: object): object => ({ label: 'x', ...fields })
const NAMES = ['a', 'b', 'ab', 'aa', 'ba', 'x', 'xa', 'ax', 'q']
const PATTERNS = ['a', 'b', 'a*', '*a', '*', 'ab']
const SUBSETS = [[], ['p'], ['q'], ['r'], ['p', 'q'], ['p', 'r'], ['q', 'r'], ['p', 'q', 'r']]

/** Small policies, chosen by a generator of pseudo-random numbers. */
function* worlds(count: number): Generator<Policy> {
  let state = 7
  const below = (bound: number): number => {
    state = (state * 1103515245 + 12345) & 0x7fffffff
    return (state >> 8) % bound
  }
  const some = (): string[] => PATTERNS.filter(() => below(4) === 0)
  for (let index = 0; index < count; index++) {
    yield loadPolicy({
      p: scope({ tools: some(), ...(below(3) === 0 && { includes: ['q'] }) }),
      q: scope({ tools: some(), ...(below(3) === 0 && { aliases: ['z'] }) }),
      r: scope({ tools: some(), endpoints: [below(2) === 0 ? 'a' : 'b'] }),
      ...(below(2) === 0 && { 'p q': { tools: [...some(), 'ab'] } }),
      ...(below(2) === 0 && { 'q r': { tools: [...some(), 'ba'], endpoints: ['c'] } }),
      ...(below(3) === 0 && { $baseline: { tools: [...some(), 'q'] } }),
    })
  }
}
const all = [...worlds(60)]
const allowed = (policy: Policy, scopes: readonly string[]): readonly string[] =>
  NAMES.filter((name) => policy.authorize(scopes, 'tools/call', name))

describe('small worlds', () => {
  test('one more scope never takes access away', () => {
    for (const policy of all) {
      for (const set of SUBSETS) {
        for (const more of SUBSETS.filter((other) => set.every((name) => other.includes(name)))) {
          expect(allowed(policy, more)).toEqual(expect.arrayContaining([...allowed(policy, set)]))
        }
      }
    }
  })

  test('setsFor gives the sets of which no scope can be left out', () => {
    for (const policy of all) {
      for (const name of NAMES) {
        const allowing = SUBSETS.filter((set) => policy.authorize(set, 'tools/call', name))
        const smallest = allowing.filter(
          (set) => !allowing.some((other) => other !== set && other.every((one) => set.includes(one))),
        )
        expect(
          policy
            .setsFor('tools/call', name)
            .map((set) => [...set].sort().join())
            .sort(),
        ).toEqual(smallest.map((set) => set.join()).sort())
        expect(policy.scopesFor('tools/call', name).slice().sort()).toEqual(
          allowing
            .filter(({ length }) => length === 1)
            .flat()
            .concat(allowing.some(({ length }) => length === 0) ? [] : [])
            .sort(),
        )
      }
    }
  })

  test('minimalScopes gives a smallest set for several requests', () => {
    for (const policy of all) {
      for (const [one, other] of [
        ['a', 'ab'],
        ['ba', 'q'],
        ['ab', 'ba'],
        ['x', 'b'],
      ] as const) {
        const requests = [
          { method: 'tools/call', path: one },
          { method: 'tools/call', path: other },
        ]
        const allowing = SUBSETS.filter((set) =>
          requests.every(({ method, path }) => policy.authorize(set, method, path)),
        )
        const least = Math.min(...allowing.map(({ length }) => length))
        const found = policy.minimalScopes(requests)
        if (allowing.length === 0) expect(found).toBeNull()
        else {
          expect(found).toHaveLength(least)
          for (const { method, path } of requests)
            expect(policy.authorize(found ?? [], method, path)).toBe(true)
        }
      }
    }
  })

  test('compareScopes knows what each scope allows alone', () => {
    for (const policy of all) {
      for (const [a, b] of [
        ['p', 'q'],
        ['q', 'r'],
        ['p', 'r'],
      ] as const) {
        const { onlyInA, onlyInB, relation } = compareScopes(policy, a, b)
        const [left, right] = [allowed(policy, [a]), allowed(policy, [b])]
        if (left.some((name) => !right.includes(name))) expect(onlyInA).toBeDefined()
        if (right.some((name) => !left.includes(name))) expect(onlyInB).toBeDefined()
        expect(relation).not.toBe('undecided')
        for (const [witness, mine, theirs] of [
          [onlyInA, a, b],
          [onlyInB, b, a],
        ] as const) {
          if (witness === undefined) continue
          expect(policy.authorize([mine], witness.method, witness.path)).toBe(true)
          expect(policy.authorize([theirs], witness.method, witness.path)).toBe(false)
        }
      }
    }
  })

  test('comparePolicies says equal only where all tokens may do the same', () => {
    for (const [index, after] of all.entries()) {
      const before = all[(index * 7 + 1) % all.length] as Policy
      const tokens = [...SUBSETS, ['z'], ['z', 'p'], ['z', 'r']]
      const widened = tokens.some((set) =>
        allowed(after, set).some((name) => !allowed(before, set).includes(name)),
      )
      const narrowed = tokens.some((set) =>
        allowed(before, set).some((name) => !allowed(after, set).includes(name)),
      )
      const { change } = comparePolicies(before, after)
      if (widened && narrowed) expect(change).toBe('mixed')
      else if (widened) expect(['widened', 'mixed']).toContain(change)
      else if (narrowed) expect(['narrowed', 'mixed']).toContain(change)
      expect(comparePolicies(after, after).change).toBe('equal')
    }
  })
})

test('a wider pattern of tools is a change with an example', () => {
  const before = loadPolicy({ s: scope({ tools: ['get_*'] }) })
  const after = loadPolicy({ s: scope({ tools: ['get_*', 'delete_*'] }) })
  const { scopes, change } = comparePolicies(before, after)
  expect(change).toBe('widened')
  expect(scopes[0]?.added).toEqual([
    { endpoint: 'delete_*', methods: ['tools/call'], witness: { method: 'tools/call', path: 'delete_' } },
  ])
})

test('a scope that comes to hold a combination through another one is a change', () => {
  const document = (includes: object) => ({
    a: { label: 'x', endpoints: [], ...includes },
    b: scope({ endpoints: [] }),
    c: scope({ endpoints: [] }),
    'b c': { tools: ['both'] },
  })
  const [before, after] = [document({}), document({ includes: ['b'] })].map((one) => loadPolicy(one))
  if (before === undefined || after === undefined) throw new Error('two policies')
  expect(after.authorize(['a', 'c'], 'tools/call', 'both')).toBe(true)
  expect(comparePolicies(before, after).change).toBe('widened')
  expect(comparePolicies(after, before).change).toBe('narrowed')
})
