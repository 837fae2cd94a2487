/**
 * Smallest sets against all subsets, on scopes that are nothing but a table of what they allow: the order
 * in which equally small sets are preferred is checked to the last place.
 */
import { describe, expect, test } from 'vitest'
import type { PathReading } from '../../src/pattern/request-path.ts'
import { type ScopeFacts, smallestSet as search } from '../../src/decision/minimal-scopes.ts'
import { randomFrom } from '../analysis/small-policies.ts'
import { RULES } from '../pattern/rules.ts'

/** For each scope the texts of paths that it matches, and those of them whose slash at the end it spells. */
interface Table {
  readonly matches: readonly ReadonlySet<string>[]
  readonly asks: readonly ReadonlySet<string>[]
  readonly grants: readonly number[]
}

interface Request {
  readonly method: string
  readonly path: string
}

function smallestSet(requests: unknown, facts: ScopeFacts, nodes?: number): readonly number[] | null {
  return search(requests, facts, undefined, nodes).ids
}

function factsOf({ matches, asks, grants }: Table): ScopeFacts {
  const has = (id: number, text: string): boolean => matches[id]?.has(text) === true
  const isPart = (small: number, big: number): boolean =>
    [...(matches[small] ?? [])].every((text) => has(big, text))
  return {
    ids: [...matches.keys()],
    rules: RULES,
    // As the authorizer does: one reading, or with a slash at the end two.
    allows: (ids, method, reading: PathReading) => {
      if (method !== 'GET' || reading.refusal !== undefined || reading.path === null) return false
      const { path, withoutSlash } = reading
      if (withoutSlash === undefined) return ids.some((id) => has(id, path))
      if (ids.some((id) => asks[id]?.has(path) === true)) return true
      return (
        withoutSlash !== null && ids.some((id) => has(id, path)) && ids.some((id) => has(id, withoutSlash))
      )
    },
    inclusion: () => (big, small) => isPart(small, big),
    grantsOf: (id) => grants[id] ?? 0,
  }
}

/** Of all sets that suffice the first in the order that is promised; null when there is none. */
function expected(table: Table, requests: readonly Request[]): readonly number[] | null {
  const facts = factsOf(table)
  const contains = facts.inclusion()
  const narrower = (id: number): number =>
    facts.ids.filter((other) => contains(id, other) && !contains(other, id)).length
  const weight = (ids: readonly number[]): readonly number[] => [
    ids.length,
    ids.reduce((sum, id) => sum + narrower(id), 0),
    ids.reduce((sum, id) => sum + facts.grantsOf(id), 0),
    ids.reduce((sum, id) => sum + id, 0),
  ]
  const readings = requests.map(({ method, path }) => {
    const text = path.slice(1)
    const slash = text.endsWith('/')
    return { method, reading: { path: text, withoutSlash: slash ? text.slice(0, -1) : undefined } }
  })
  let best: readonly number[] | null = null
  for (let bits = 0; bits < 1 << facts.ids.length; bits++) {
    const ids = facts.ids.filter((id) => (bits & (1 << id)) !== 0)
    if (!readings.every(({ method, reading }) => facts.allows(ids, method, reading))) continue
    if (best === null || compare(weight(ids), weight(best)) < 0) best = ids
  }
  return best
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((part, index) => part !== b[index])
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}

const TEXTS = ['a', 'b', 'c', 'd', 'a/', 'b/', 'c/']

function randomTable(random: () => number, scopes: number, density: number): Table {
  const matches = Array.from({ length: scopes }, () => new Set(TEXTS.filter(() => random() < density)))
  return {
    matches,
    asks: matches.map((set) => new Set([...set].filter((text) => text.endsWith('/') && random() < 0.3))),
    grants: matches.map(() => Math.floor(random() * 3)),
  }
}

/** Weights of the places tie, too: then any of the best is right. */
function check(table: Table, requests: readonly Request[], what: string): void {
  const found = smallestSet(requests, factsOf(table))
  const wanted = expected(table, requests)
  if (found === null || wanted === null) {
    expect([what, found]).toEqual([what, wanted])
    return
  }
  const facts = factsOf(table)
  const contains = facts.inclusion()
  const weight = (ids: readonly number[]): readonly number[] => [
    ids.length,
    ids.reduce((sum, id) => sum + facts.ids.filter((o) => contains(id, o) && !contains(o, id)).length, 0),
    ids.reduce((sum, id) => sum + facts.grantsOf(id), 0),
    ids.reduce((sum, id) => sum + id, 0),
  ]
  expect([what, weight(found)]).toEqual([what, weight(wanted)])
  expect([...found]).toEqual([...found].sort((a, b) => a - b))
  expect(new Set(found).size).toBe(found.length)
  for (const { method, path } of requests) {
    const text = path.slice(1)
    const reading = { path: text, withoutSlash: text.endsWith('/') ? text.slice(0, -1) : undefined }
    expect(facts.allows(found, method, reading), what).toBe(true)
  }
}

test('no other set that suffices is smaller, or as small and less privileged', () => {
  for (let seed = 1; seed <= 600; seed++) {
    const random = randomFrom(seed)
    const table = randomTable(random, 2 + Math.floor(random() * 6), 0.15 + random() * 0.5)
    const requests = Array.from({ length: Math.floor(random() * 7) }, () => ({
      method: random() < 0.98 ? 'GET' : 'PUT',
      path: `/${TEXTS[Math.floor(random() * TEXTS.length)] ?? ''}`,
    }))
    check(table, requests, `seed ${seed}`)
  }
})

test('many scopes and many requests, of which most follow from others', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const random = randomFrom(seed)
    check(
      randomTable(random, 11, 0.3),
      TEXTS.flatMap((text) => [
        { method: 'GET', path: `/${text}` },
        { method: 'GET', path: `/${text}` },
      ]),
      `seed ${seed}`,
    )
  }
})

test('a slash that only another scope opens the path without, or that nothing asks for', () => {
  const set = (...texts: string[]): ReadonlySet<string> => new Set(texts)
  const table = {
    matches: [set('a/'), set('a'), set('a/')],
    asks: [set(), set(), set('a/')],
    grants: [0, 0, 9],
  }
  check(table, [{ method: 'GET', path: '/a/' }], 'asking is one scope')
  check({ ...table, asks: [set(), set(), set()] }, [{ method: 'GET', path: '/a/' }], 'two scopes together')
  check(
    { ...table, matches: [set('a/'), set(), set()], asks: [set(), set(), set()] },
    [{ method: 'GET', path: '/a/' }],
    'none',
  )
})

test('a slash that leaves another one can only be asked for', () => {
  const table = { matches: [new Set(['a/.json/'])], asks: [new Set<string>()], grants: [0] }
  const rules = { ...RULES, extensions: ['json'] }
  const request = [{ method: 'GET', path: '/a/.json/' }]
  expect(smallestSet(request, { ...factsOf(table), rules })).toBeNull()
  const asking = { ...table, asks: [new Set(['a/.json/'])] }
  expect(smallestSet(request, { ...factsOf(asking), rules })).toEqual([0])
})

test('what is no request, is refused or lies outside has no set', () => {
  const table = { matches: [new Set(['a', ''])], asks: [new Set<string>()], grants: [0] }
  const facts = factsOf(table)
  expect(smallestSet([{ method: 'GET', path: '/a' }], facts)).toEqual([0])
  expect(smallestSet([['GET', '/a']], facts)).toEqual([0])
  for (const wrong of [
    undefined,
    'GET /a',
    [undefined],
    [null],
    ['GET /a'],
    [5],
    [{ method: 'GET' }],
    [{ path: '/a' }],
    [{ method: 5, path: '/a' }],
    [{ method: 'GET', path: 5 }],
    [{ method: 'GET', path: '/a/../a' }],
    [{ method: 'GET', path: '/a' }, null],
  ]) {
    expect(smallestSet(wrong, facts), JSON.stringify(wrong)).toBeNull()
  }
  const inside = { ...facts, rules: { ...RULES, basePath: 'rest' } }
  expect(smallestSet([{ method: 'GET', path: '/rest/a' }], inside)).toEqual([0])
  expect(smallestSet([{ method: 'GET', path: '/a' }], inside)).toBeNull()
})

/** A request for each clause, the numbers of the scopes that allow it; no scope is narrower than another. */
function question(clauses: readonly (readonly number[])[], grants: readonly number[] = []): ScopeFacts {
  return {
    ids: [...new Set(clauses.flat())].sort((a, b) => a - b),
    rules: RULES,
    allows: (ids, _, reading) => {
      const clause = reading.refusal === undefined ? clauses[Number(reading.path)] : undefined
      return ids.some((id) => clause?.includes(id))
    },
    inclusion: () => () => false,
    grantsOf: (id) => grants[id] ?? 0,
  }
}

function found(
  clauses: readonly (readonly number[])[],
  steps: number,
  grants?: readonly number[],
): readonly number[] | null {
  const requests = [...clauses.keys()].map((index) => ['GET', `/${index}`])
  return smallestSet(requests, question(clauses, grants), steps)
}

test('what is no request, or a path that is refused, is asked of no scope', () => {
  const facts = question([[0]])
  const asked: unknown[] = []
  const allows: ScopeFacts['allows'] = (_, method) => {
    asked.push(method)
    return true
  }
  for (const wrong of [null, 'GET /0', ['GET'], [5, '/0'], ['GET', 5], ['GET', '/a/../0']]) {
    expect(smallestSet([wrong], { ...facts, allows }), JSON.stringify(wrong)).toBeNull()
  }
  expect(asked).toEqual([])
})

describe('the number of narrower scopes', () => {
  // Scope 0 has the narrower scope 249, which allows nothing that is asked for.
  const contains = (big: number, small: number): boolean => big === small || (big === 0 && small === 249)
  const allowing = (candidates: number, scopes: number): readonly number[] | null =>
    smallestSet([['GET', '/0']], {
      ...question([[...Array(candidates).keys()]]),
      ids: [...Array(scopes).keys()],
      inclusion: () => contains,
    })

  test('counts those that allow none of the requests, up to 50,000 pairs', () => {
    expect(allowing(200, 250)).toEqual([1])
  })

  test('counts among those that allow one of the requests only, beyond', () => {
    expect(allowing(201, 250)).toEqual([0])
    expect(allowing(200, 251)).toEqual([0])
    // One more, and the narrower one is a candidate itself.
    expect(allowing(250, 251)).toEqual([1])
  })

  test('counts no scope that is the same', () => {
    const same = { ...question([[0, 1, 2]], [2, 1, 1]), inclusion: () => () => true }
    expect(smallestSet([['GET', '/0']], same)).toEqual([1])
  })
})

describe('before the search', () => {
  test('a request that follows from another one does not count', () => {
    // Scope 2 would settle most of them, but whoever has scope 0 or 1 needs none of it.
    expect(found([[0, 1, 2], [0], [1, 2], [1]], 0)).toEqual([0, 1])
  })

  test('a scope goes for another one that does as much at no more weight, until nothing changes', () => {
    expect(
      found(
        [
          [0, 1, 2, 4],
          [0, 2],
          [1, 2, 3],
          [3, 4],
        ],
        0,
      ),
    ).toEqual([0, 3])
    // Without 2 and 3 for their betters, what remains lets others go, too.
    expect(
      found(
        [
          [1, 2, 4],
          [3, 4],
          [1, 4],
          [0, 1, 3],
          [0, 1, 2],
        ],
        0,
        [0, 0, 0, 1, 0],
      ),
    ).toEqual([0, 4])
  })

  test('of scopes that do the same the one with fewer grants stays, then the first', () => {
    expect(found([[0, 1, 2]], 0, [1, 0, 0])).toEqual([1])
    expect(found([[2, 1, 0]], 0)).toEqual([0])
  })
})

describe('the start of the search', () => {
  test('is the scope that settles most requests, again and again', () => {
    expect(
      found(
        [
          [1, 2],
          [0, 2],
        ],
        0,
      ),
    ).toEqual([2])
    expect(found([[3, 4], [1, 3], [2, 3], [1], [0, 2, 4]], 0)).toEqual([1, 2, 3])
  })

  test('is the lighter one of those that settle as many', () => {
    expect(
      found(
        [
          [0, 2],
          [1, 2],
          [0, 1],
        ],
        0,
        [2, 0, 0],
      ),
    ).toEqual([1, 2])
  })
})

describe('the search', () => {
  test('visits scopes in order of their weight, and ends with the step that was the last to take', () => {
    const clauses = [
      [0, 1, 3],
      [0, 2],
      [2, 3],
    ]
    const grants = [2, 0, 1, 0]
    expect(found(clauses, 0, grants)).toEqual([2, 3])
    expect(found(clauses, 2, grants)).toEqual([2, 3])
    expect(found(clauses, 3, grants)).toEqual([1, 2])
  })

  test('stays with the first of two sets that weigh the same', () => {
    // 0 and 3, or 1 and 2: the sum of the places is 3.
    const clauses = [
      [0, 1],
      [0, 2],
      [1, 3],
      [2, 3],
    ]
    expect(found(clauses, 1000)).toEqual([0, 3])
  })

  test('leaves a way that cannot become better, since clauses without a common scope need one each', () => {
    const clauses = [
      [0, 4],
      [2, 4],
      [0, 3],
      [1, 3],
    ]
    expect(found(clauses, 3)).not.toEqual([3, 4])
    expect(found(clauses, 4)).toEqual([3, 4])
  })

  test('goes on with the clause of fewest scopes, without those whose sets have been seen', () => {
    const clauses = [
      [1, 5],
      [2, 5],
      [0, 3],
      [1, 3],
      [0, 1, 4, 5],
    ]
    const grants = [0, 1, 1, 1, 0, 1]
    expect(found(clauses, 3, grants)).not.toEqual([3, 5])
    expect(found(clauses, 4, grants)).toEqual([3, 5])
  })

  test('takes no step for a scope that has no alternative', () => {
    const clauses = [[4], [5], [6], [0, 1, 3], [0, 2], [2, 3]]
    expect(found(clauses, 3, [2, 0, 1, 0])).toEqual([1, 2, 4, 5, 6])
  })
})

test('ends in a bounded number of steps with a set that suffices, however hard the question', () => {
  let seed = 7
  const next = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below
  // 300 scopes, 100 requests that 60 of them allow each.
  const clauses = Array.from({ length: 100 }, () => [...new Set(Array.from({ length: 60 }, () => next(300)))])
  const requests = [...clauses.keys()].map((index) => ['GET', `/${index}`])
  const facts = { ...question(clauses), ids: [...Array(300).keys()] }
  const set = new Set(smallestSet(requests, facts))
  expect(clauses.every((clause) => clause.some((id) => set.has(id)))).toBe(true)
  expect(set.size).toBeLessThan(12)
})
