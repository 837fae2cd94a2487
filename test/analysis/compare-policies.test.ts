/** What changes for tokens when one policy replaces another, with a request for each change. */
import { describe, expect, test, vi } from 'vitest'
import { comparePolicies, type PolicyComparison } from '../../src/analysis/index.ts'
import { RequestSet } from '../../src/analysis/request-set.ts'
import { requestSetsOf } from '../../src/analysis/request-sets.ts'
import { loadPolicy, type ParseOptions, type Policy } from '../../src/index.ts'
import { EXAMPLE, policyOf } from '../decision/example.ts'

describe('comparePolicies', () => {
  test('lists what is new, for which methods, with an example, and that the label says the same', () => {
    const before = loadPolicy(EXAMPLE)
    const after = loadPolicy(
      EXAMPLE.replace('workers/me: GET', 'workers/*: [GET, PUT]').replace('Search', 'Find'),
    )
    const { change, scopes } = comparePolicies(before, after)
    expect(change).toBe('widened')
    expect(scopes.filter((scope) => scope.change !== 'equal' || scope.relabelled)).toStrictEqual([
      {
        scope: 'profile',
        status: 'kept',
        change: 'widened',
        added: [
          { endpoint: 'workers/*', methods: ['GET', 'PUT'], witness: { method: 'GET', path: '/workers/a' } },
        ],
        removed: [],
        relabelled: false,
        sameLabelMoreAccess: true,
      },
      {
        scope: 'search',
        status: 'kept',
        change: 'equal',
        added: [],
        removed: [],
        relabelled: true,
        sameLabelMoreAccess: false,
      },
    ])
  })

  test('scopes that come and go count, and so do those that are included', () => {
    const scope = (endpoints: string[], includes: string[] = []): object => ({
      label: 'l',
      includes,
      endpoints,
    })
    const before = loadPolicy({ a: scope(['x']), b: scope([], ['a']), old: scope(['y']) })
    const after = loadPolicy({ a: scope(['x', 'z']), b: scope([], ['a']), new: scope(['y']) })
    expect(
      comparePolicies(before, after).scopes.map(({ scope: name, status, change }) => [name, status, change]),
    ).toEqual([
      ['a', 'kept', 'widened'],
      ['b', 'kept', 'widened'],
      ['new', 'added', 'widened'],
      ['old', 'removed', 'narrowed'],
    ])
  })

  test.each([
    [{ basePath: '/api' }, 'mixed', '/api/a/a'],
    [{ caseSensitive: false }, 'widened', '/A/a'],
    [{ trailingSlash: 'ignore' }, 'equal', undefined],
    [{ extensions: ['json'] }, 'narrowed', undefined],
    [{ encodedSlash: 'data' }, 'widened', '/a/a%2F'],
    [{ delimiters: 'data' }, 'widened', '/a/;'],
    [{ wildcard: 'segment' }, 'narrowed', undefined],
    [{ head: 'as-get' }, 'widened', '/a/a'],
  ] as const)('a change of the option %j is %s', (options, change, example) => {
    const comparison = comparePolicies(policyOf({ s: 'a/*' }), policyOf({ s: 'a/*' }, options))
    const [witness] = comparison.scopes.flatMap(({ added }) => added.map((entry) => entry.witness))
    expect(comparison.options).toEqual(Object.keys(options))
    expect([comparison.change, witness?.path]).toEqual([change, example])
  })

  test('what two scopes allow only together counts', () => {
    const options = { wildcard: 'segment', methods: ['GET'] } as const
    const before = policyOf({ one: ['a'], two: ['{?x,a/b}'] }, options)
    const after = policyOf({ one: ['a'], two: ['{?x,a/b,a/}'] }, options)
    const { change, scopes, combined } = comparePolicies(before, after)
    expect(scopes.map((scope) => scope.change)).toEqual(['equal', 'equal'])
    expect([change, combined]).toEqual([
      'widened',
      [{ scopes: ['two', 'one'], change: 'widened', witness: { method: 'GET', path: '/a/' } }],
    ])
    expect(after.authorize(['one', 'two'], 'GET', '/a/')).toBe(true)
  })
})

/** A document; scopes have a label and endpoints unless they say otherwise. */
type Scopes = Readonly<Record<string, object>>

function load(scopes: Scopes, options: ParseOptions = {}): Policy {
  const entries = Object.entries(scopes).map(([name, fields]) => [
    name,
    name.includes(' ') || name.startsWith('$') ? fields : { label: 'x', endpoints: [], ...fields },
  ])
  return loadPolicy(Object.fromEntries(entries) as object, { methods: ['GET'], ...options })
}

function compare(before: Scopes, after: Scopes, states = 1000): PolicyComparison {
  return comparePolicies(load(before), load(after), { states })
}

/** One line for each scope: its status and change, what it gains and loses. */
function lines({ change, scopes }: PolicyComparison): readonly string[] {
  return [
    change,
    ...scopes.map((scope) =>
      [
        `${scope.scope} ${scope.status}${scope.renamedFrom === undefined ? '' : ` from ${scope.renamedFrom}`}`,
        scope.change,
        ...scope.added.map(({ endpoint }) => `+${endpoint}`),
        ...scope.removed.map(({ endpoint }) => `-${endpoint}`),
        ...(scope.relabelled ? ['relabelled'] : []),
        ...(scope.sameLabelMoreAccess ? ['same label'] : []),
        ...(scope.reason === undefined ? [] : [`(${scope.reason})`]),
      ].join(' '),
    ),
  ]
}

/** Without the label: what two documents differ in. */
function changes(before: Scopes, after: Scopes, states?: number): readonly string[] {
  return lines(compare(before, after, states))
}

const [x, y, xy] = [{ endpoints: ['x'] }, { endpoints: ['y'] }, { endpoints: ['x', 'y'] }]

describe('the change of a policy', () => {
  test('is the sum of those of its scopes', () => {
    expect(changes({ a: x, b: y }, { a: x, b: y })).toEqual(['equal', 'a kept equal', 'b kept equal'])
    expect(changes({ a: x, b: y }, { a: xy, b: y })).toEqual([
      'widened',
      'a kept widened +y same label',
      'b kept equal',
    ])
    expect(changes({ a: xy, b: y }, { a: x, b: y })).toEqual([
      'narrowed',
      'a kept narrowed -y',
      'b kept equal',
    ])
    expect(changes({ a: x, b: y }, { a: y, b: y })).toEqual([
      'mixed',
      'a kept mixed +y -x same label',
      'b kept equal',
    ])
    expect(changes({ a: xy, b: y }, { a: x, b: xy })).toEqual([
      'mixed',
      'a kept narrowed -y',
      'b kept widened +x same label',
    ])
  })

  test('scopes are listed as in the new policy, then those that are removed', () => {
    expect(changes({ c: x, a: x, d: x }, { b: x, a: x })).toEqual([
      'mixed',
      'b added widened +x',
      'a kept equal',
      'c removed narrowed -x',
      'd removed narrowed -x',
    ])
    expect(changes({ a: {} }, { b: {} })).toEqual(['equal', 'b added equal', 'a removed equal'])
  })

  test('is undecided where a budget ends, unless it is mixed anyway', () => {
    const options = { wildcard: 'segment', methods: ['GET'] } as const
    const change = (before: Scopes, after: Scopes): readonly string[] =>
      lines(comparePolicies(load(before, options), load(after, options), { states: 3 }))
    const reason = '(the budget of 3 states is used up)'
    const [long, longer] = [{ endpoints: ['abcdefg'] }, { endpoints: ['abcdef{g,h}'] }]
    expect(change({ a: long }, { a: longer })).toEqual(['undecided', `a kept undecided ${reason}`])
    expect(change({ a: long, b: x }, { a: longer, b: xy })).toEqual([
      'undecided',
      `a kept undecided ${reason}`,
      'b kept widened +y same label',
    ])
    expect(change({ a: long, b: x, c: y }, { a: longer, b: xy, c: {} })).toEqual([
      'mixed',
      `a kept undecided ${reason}`,
      'b kept widened +y same label',
      'c kept narrowed -y',
    ])
    // What is found before the end counts, and in both directions it is mixed.
    expect(change({ a: {} }, { a: { endpoints: ['y', 'abcdefg'] } })).toEqual([
      'undecided',
      `a kept undecided +y same label ${reason}`,
    ])
    expect(change({ a: { endpoints: ['y', 'abcdefg'] } }, { a: {} })).toEqual([
      'undecided',
      `a kept undecided -y ${reason}`,
    ])
    expect(change({ a: { endpoints: ['y', 'abcdefg'] } }, { a: { endpoints: ['x', 'abcdefh'] } })).toEqual([
      'mixed',
      `a kept mixed +x -y same label ${reason}`,
    ])
  })

  test('is undecided where a budget ends before all pairs of scopes are compared', () => {
    const options = { wildcard: 'segment', methods: ['GET'] } as const
    const before = load({ one: { endpoints: ['abcdefgh'] }, two: { endpoints: ['{?x,a/b}'] } }, options)
    const after = load({ one: { endpoints: ['abcdefgh'] }, two: { endpoints: ['{?x,a/b,a/}'] } }, options)
    expect(comparePolicies(before, after).change).toBe('equal')
    expect(comparePolicies(before, after, { states: 8 })).toMatchObject({
      change: 'undecided',
      combined: [],
      scopes: [{ change: 'equal' }, { change: 'equal' }],
    })
  })

  test('of pairs of scopes counts', () => {
    const options = { wildcard: 'segment', methods: ['GET'] } as const
    const [narrow, wide] = ['{?x,a/b}', '{?x,a/b,a/}'].map((two) => [
      { endpoints: ['a'] },
      { endpoints: [two] },
    ])
    const policy = (scopes: typeof narrow, third: object): Policy =>
      load({ one: scopes?.[0] ?? {}, two: scopes?.[1] ?? {}, three: third }, options)
    expect(comparePolicies(policy(narrow, x), policy(wide, x)).change).toBe('widened')
    expect(comparePolicies(policy(wide, x), policy(narrow, x)).change).toBe('narrowed')
    expect(comparePolicies(policy(narrow, xy), policy(wide, x)).change).toBe('mixed')
    expect(comparePolicies(policy(wide, x), policy(narrow, xy)).change).toBe('mixed')
  })

  test('a pair may be of what one policy holds only, or holds under another name', () => {
    const options = { wildcard: 'segment', methods: ['GET'] } as const
    // Matches `/xa/` and `/xb/`, which nothing allows without a match of `/xa` or `/xb`.
    const slash = { endpoints: ['{?a/,?b/}'] }
    const one = { one: { endpoints: ['xa'] } }
    const pairs = (before: Scopes, after: Scopes): readonly string[] => {
      const [old, young] = [load({ ...one, ...before }, options), load({ ...one, ...after }, options)]
      const [there, back] = [comparePolicies(old, young), comparePolicies(young, old)]
      expect([there.change, back.change]).toEqual(['widened', 'narrowed'])
      expect(back.combined).toEqual(there.combined.map((pair) => ({ ...pair, change: 'narrowed' })))
      return there.combined.map(({ scopes, witness }) => `${scopes.join(' + ')}: ${witness.path}`)
    }
    expect(pairs({}, { two: slash })).toEqual(['two + one: /xa/'])
    expect(pairs({ two: slash }, { two: { ...slash, aliases: ['z'] } })).toEqual(['z + one: /xa/'])
    expect(pairs({ p: {}, q: {} }, { p: {}, q: {}, 'p q': slash })).toEqual(['p q + one: /xa/'])
    expect(
      pairs({ p: {}, q: {}, r: { includes: ['p'] } }, { p: {}, q: {}, r: { includes: ['p'] }, 'p q': slash }),
    ).toEqual(['p q + one: /xa/'])
    const renamed = comparePolicies(
      load({ ...one, a: { endpoints: ['{?c,q}'] } }, options),
      load({ ...one, c: { endpoints: ['{?c,q,xa/}'], aliases: ['a'] } }, options),
    )
    expect(renamed).toMatchObject({ change: 'widened', combined: [{ scopes: ['c', 'one'] }] })
  })

  test('a scope of one policy only is compared by the rules of that policy', () => {
    const long = { endpoints: ['abcdef'] }
    const short = load({ a: x }, { limits: { pathLength: 3 } })
    expect(lines(comparePolicies(short, load({ a: x, b: long })))).toEqual([
      'widened',
      'a kept equal',
      'b added widened +abcdef',
    ])
    expect(lines(comparePolicies(load({ a: x, b: long }), short))).toEqual([
      'narrowed',
      'a kept equal',
      'b removed narrowed -abcdef',
    ])
  })
})

describe('labels', () => {
  const change = (before: unknown, after: unknown): boolean | undefined =>
    compare({ a: { label: before } }, { a: { label: after } }).scopes[0]?.relabelled

  test('are compared in all languages, in any order', () => {
    expect(change('A', 'A')).toBe(false)
    expect(change('A', 'B')).toBe(true)
    expect(change({ en: 'A', de: 'B' }, { de: 'B', en: 'A' })).toBe(false)
    expect(change({ en: 'A', de: 'B' }, { en: 'A', de: 'C' })).toBe(true)
    expect(change({ en: 'A', de: 'B' }, { en: 'A' })).toBe(true)
    expect(change('A', { en: 'A' })).toBe(true)
  })

  test('another label for more access is noted as such', () => {
    expect(changes({ a: { ...x, label: 'A' } }, { a: { ...xy, label: 'B' } })).toEqual([
      'widened',
      'a kept widened +y relabelled',
    ])
  })
})

describe('names', () => {
  test('that a scope gains or loses are changes, after its endpoints', () => {
    const tools = (...names: readonly string[]): object => ({ tools: names })
    expect(changes({ a: tools('t') }, { a: tools('t', 'u*') })).toEqual([
      'widened',
      'a kept widened +u* same label',
    ])
    expect(changes({ a: tools('t', 'u*') }, { a: tools('t') })).toEqual(['narrowed', 'a kept narrowed -u*'])
    expect(changes({ a: tools('t') }, { a: { ...x, ...tools('v') } })).toEqual([
      'mixed',
      'a kept mixed +x +v -t same label',
    ])
    expect(changes({ a: tools('t') }, { b: tools('t') })).toEqual([
      'mixed',
      'b added widened +t',
      'a removed narrowed -t',
    ])
    expect(compare({ a: tools('t') }, { a: tools('t*') }).scopes[0]?.added).toEqual([
      { endpoint: 't*', methods: ['tools/call'], witness: { method: 'tools/call', path: 'tx' } },
    ])
  })

  test('without an example they are undecided', () => {
    const none = { resources: ['a/*'] }
    const reason = '(no example of a/* was found)'
    expect(changes({ a: {} }, { a: none })).toEqual(['undecided', `a kept undecided ${reason}`])
    expect(changes({ a: none }, { a: {} })).toEqual(['undecided', `a kept undecided ${reason}`])
    expect(changes({ a: none }, { a: none })).toEqual(['equal', 'a kept equal'])
  })

  test('the first reason is reported', () => {
    const policy = (endpoint: string, uri: string): Policy =>
      load({ a: { endpoints: [endpoint], resources: [uri] } }, { wildcard: 'segment' })
    const { scopes } = comparePolicies(policy('abcdefg', 'a/*'), policy('abcdef{g,h}', 'b/*'), { states: 3 })
    expect(scopes[0]?.reason).toBe('the budget of 3 states is used up')
    const names = comparePolicies(policy('abcdefg', 'a/*'), policy('abcdefg', 'b/*'), { states: 3 })
    expect(names.scopes[0]?.reason).toBe('no example of b/* was found')
  })
})

describe('what tokens hold beside scopes', () => {
  const base = { a: x, b: y }

  test('combinations', () => {
    const combination = { 'a b': { endpoints: ['both'] } }
    expect(changes(base, { ...base, ...combination })).toEqual([
      'widened',
      'a kept equal',
      'b kept equal',
      'a b added widened +both',
    ])
    expect(changes({ ...base, ...combination }, base)).toEqual([
      'narrowed',
      'a kept equal',
      'b kept equal',
      'a b removed narrowed -both',
    ])
    expect(
      changes({ ...base, ...combination }, { ...base, 'a b': { endpoints: ['both', 'more'], tools: ['t'] } }),
    ).toEqual(['widened', 'a kept equal', 'b kept equal', 'a b kept widened +more +t'])
    expect(changes({ ...base, ...combination }, { ...base, ...combination })).toEqual([
      'equal',
      'a kept equal',
      'b kept equal',
      'a b kept equal',
    ])
    expect(compare(base, { ...base, ...combination }).scopes[2]).toStrictEqual({
      scope: 'a b',
      status: 'added',
      change: 'widened',
      added: [{ endpoint: 'both', methods: ['GET'], witness: { method: 'GET', path: '/both' } }],
      removed: [],
      relabelled: false,
      sameLabelMoreAccess: false,
    })
  })

  test('combinations without an example are undecided', () => {
    const none = { 'a b': { resources: ['a/*'] } }
    const reason = '(no example of a/* was found)'
    expect(changes(base, { ...base, ...none }).at(-1)).toBe(`a b added undecided ${reason}`)
    expect(changes({ ...base, ...none }, base).at(-1)).toBe(`a b removed undecided ${reason}`)
  })

  test('the baseline', () => {
    const baseline = { $baseline: { endpoints: ['open'] } }
    const more = { $baseline: { endpoints: ['open', 'more'] } }
    expect(changes(base, { ...base, ...baseline })).toEqual([
      'widened',
      'a kept widened +open same label',
      'b kept widened +open same label',
      '$baseline added widened +open',
    ])
    expect(changes({ ...base, ...more }, { ...base, ...baseline })).toEqual([
      'narrowed',
      'a kept narrowed -more',
      'b kept narrowed -more',
      '$baseline kept narrowed -more',
    ])
    expect(changes({ ...base, ...baseline }, base).at(-1)).toBe('$baseline removed narrowed -open')
    // A token with a name that no policy knows may do what the baseline allows.
    expect(changes({ ...base, ...baseline }, { a: x, ...baseline })).toEqual([
      'narrowed',
      'a kept equal',
      'b removed narrowed -y',
      '$baseline kept equal',
    ])
    expect(changes({ a: x, ...baseline }, { ...base, ...baseline })).toEqual([
      'widened',
      'a kept equal',
      'b added widened +y',
      '$baseline kept equal',
    ])
  })

  test('names that are aliases only', () => {
    const alias = { a: { ...x, aliases: ['old'] }, b: y }
    expect(changes(base, alias)).toEqual(['widened', 'a kept equal', 'b kept equal', 'old added widened +x'])
    expect(changes(alias, base)).toEqual([
      'narrowed',
      'a kept equal',
      'b kept equal',
      'old removed narrowed -x',
    ])
    expect(changes(alias, { a: x, b: { ...y, aliases: ['old'] } }).at(-1)).toBe('old kept mixed +y -x')
    // A scope in one policy, an alias in the other.
    expect(changes({ ...base, old: x }, alias)).toEqual([
      'equal',
      'a kept equal',
      'b kept equal',
      'old removed equal',
      'old kept equal',
    ])
  })

  test('a renamed scope is compared with its old name, also in combinations', () => {
    const before = { a: x, b: y, 'a b': { endpoints: ['both'] } }
    const renamed = { c: { ...x, aliases: ['a'] }, b: y }
    expect(changes(before, { ...renamed, 'c b': { endpoints: ['both'] } })).toEqual([
      'equal',
      'c kept from a equal',
      'b kept equal',
      'c b kept equal',
    ])
    expect(changes(before, { ...renamed, 'c b': { endpoints: ['both', 'more'] } }).at(-1)).toBe(
      'c b kept widened +more',
    )
    expect(changes(before, { ...renamed, 'b c': { endpoints: ['other'] } }).slice(3)).toEqual([
      'b c added mixed +other -both',
      'a b removed mixed +other -both',
    ])
    expect(changes({ a: x, b: y }, { ...renamed, 'c b': { endpoints: ['both'] } }).at(-1)).toBe(
      'c b added widened +both',
    )
    expect(changes(before, { ...renamed, c: { ...xy, aliases: ['a'] } }).slice(1)).toEqual([
      'c kept from a widened +y same label',
      'b kept equal',
      'a b removed narrowed -both',
    ])
    // The old scope that is still there is listed, too.
    const deprecated = { a: { ...x, deprecated: { use: ['c'] } }, c: x, b: y }
    expect(changes({ a: x, b: y }, deprecated)).toEqual([
      'equal',
      'a kept equal',
      'c kept from a equal',
      'b kept equal',
    ])
  })

  test('of all tokens with scopes that include those of a combination, one that changes is shown', () => {
    const scopes = (includes: readonly string[]): Scopes => ({
      a: x,
      b: y,
      c: { endpoints: [], includes },
      d: {},
      'a b': { endpoints: ['both'] },
    })
    expect(changes(scopes(['d']), scopes(['a'])).slice(1)).toEqual([
      'a kept equal',
      'b kept equal',
      'c kept widened +x same label',
      'd kept equal',
      'a b kept widened +x +both',
    ])
    expect(changes(scopes(['a']), scopes(['d'])).at(-1)).toBe('a b kept narrowed -x -both')
  })

  test('up to 64 of them', () => {
    const scopes = (left: number, right: number, more: Scopes = {}): Scopes => {
      const provider = (name: string) => (_: unknown, index: number) =>
        [`${name}${index + 1}`, { includes: [name] }] as const
      return {
        p: {},
        q: {},
        ...Object.fromEntries(Array.from({ length: left - 1 }, provider('p'))),
        ...Object.fromEntries(Array.from({ length: right - 1 }, provider('q'))),
        'p q': { endpoints: ['both'] },
        ...more,
      }
    }
    const row = (before: Scopes, after: Scopes): string | undefined =>
      changes(before, after).find((line) => line.startsWith('p q '))
    const reason = '(more than 64 sets of scopes hold it)'
    expect(row(scopes(8, 8), scopes(8, 8))).toBe('p q kept equal')
    expect(row(scopes(5, 13), scopes(5, 13))).toBe(`p q kept undecided ${reason}`)
    expect(row(scopes(13, 5), scopes(13, 5))).toBe(`p q kept undecided ${reason}`)
    expect(changes(scopes(5, 13), scopes(5, 13))[0]).toBe('undecided')
    expect(row(scopes(5, 13), scopes(5, 13, { 'p q': { endpoints: ['other'] } }))).toBe(
      'p q kept mixed +other -both',
    )
    // Of 5 times 13 tokens the last one is not compared.
    expect(row(scopes(5, 13), scopes(5, 13, { 'p4 q11': { endpoints: ['more'] } }))).toBe(
      'p q kept widened +more',
    )
    expect(row(scopes(5, 13), scopes(5, 13, { 'p4 q12': { endpoints: ['more'] } }))).toBe(
      `p q kept undecided ${reason}`,
    )
  })
})

describe('internal errors', () => {
  /** A policy of which the tokens with so many names decide so. */
  function lying(scopes: Scopes, count: number, allows: () => boolean): Policy {
    const policy = load(scopes, { wildcard: 'segment' })
    const sets = requestSetsOf(policy)
    const token = sets.token.bind(sets)
    vi.spyOn(sets, 'token').mockImplementation((names) => {
      const set = token(names)
      return names.length === count ? new RequestSet(set.items, set.rules, allows) : set
    })
    return policy
  }
  const honest = (scopes: Scopes): Policy => load(scopes, { wildcard: 'segment' })
  const disagree = 'analysis and authorize disagree about GET /y'

  test.each<readonly [string, number, Scopes, Scopes]>([
    ['scope', 1, { a: x }, { a: xy }],
    ['combination', 2, { a: {}, b: {}, 'a b': x }, { a: {}, b: {}, 'a b': xy }],
  ])('a witness of a %s that `authorize` does not confirm', (_, count, before, after) => {
    const [yes, no] = [(): boolean => true, (): boolean => false]
    expect(() => comparePolicies(honest(before), lying(after, count, no))).toThrow(disagree)
    expect(() => comparePolicies(lying(before, count, yes), honest(after))).toThrow(disagree)
    expect(() => comparePolicies(lying(after, count, no), honest(before))).toThrow(disagree)
    expect(() => comparePolicies(honest(after), lying(before, count, yes))).toThrow(disagree)
    expect(() => comparePolicies(lying(before, count, no), lying(after, count, yes))).not.toThrow()
  })

  test('are not taken for the end of a budget', () => {
    const [before, after] = ['{?x,a/b}', '{?x,a/b,a/}'].map((two) =>
      honest({ one: { endpoints: ['a'] }, two: { endpoints: [two] } }),
    )
    if (before === undefined || after === undefined) throw new Error('two policies')
    const sets = requestSetsOf(after)
    const token = sets.token.bind(sets)
    vi.spyOn(sets, 'token').mockImplementation((names) => {
      if (names.length > 1) throw new Error('broken')
      return token(names)
    })
    expect(() => comparePolicies(before, after)).toThrow('broken')
  })
})
