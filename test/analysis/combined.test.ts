/** What pairs of scopes allow together by one policy and not by the other. */
import { describe, expect, test } from 'vitest'
import { combinedChanges, type ComparedScope } from '../../src/analysis/combined.ts'
import { comparePolicies } from '../../src/analysis/index.ts'
import { RequestSet } from '../../src/analysis/request-set.ts'
import { RequestSets, requestSetsOf } from '../../src/analysis/request-sets.ts'
import type { Change } from '../../src/analysis/types.ts'
import { SearchBudget } from '../../src/automaton/search-budget.ts'
import type { ParseOptions, Policy } from '../../src/index.ts'
import { policyOf } from '../decision/example.ts'
import { CountingBudget } from './sets.ts'

const SEGMENT = { wildcard: 'segment', methods: ['GET'] } as const

/** `{?x,a/b}` does not match `/a/`, and `{?x,a/b,a/}` does, where another pattern matches `/a`. */
const SLASH = '{?x,a/b,a/}'
const NO_SLASH = '{?x,a/b}'

type Endpoints = Parameters<typeof policyOf>[0][string]

/** Scope `one` grants `/a`; scope `two` has these endpoints. */
function policy(two: Endpoints, options: ParseOptions = {}): Policy {
  return policyOf({ one: ['a'], two }, { ...SEGMENT, ...options })
}

function scope(name: string, matches: 'more' | 'less' | 'both' | 'equal'): ComparedScope {
  return {
    change: {
      scope: name,
      status: 'kept',
      change: 'equal',
      added: [],
      removed: [],
      relabelled: false,
      sameLabelMoreAccess: false,
    },
    more: matches === 'more' || matches === 'both',
    less: matches === 'less' || matches === 'both',
    was: [name],
    is: [name],
  }
}

function changes(
  before: Policy,
  after: Policy,
  kept: readonly ComparedScope[],
  change: Change = 'equal',
): readonly string[] {
  return combinedChanges(requestSetsOf(before), requestSetsOf(after), kept, change, new SearchBudget()).map(
    (one) => `${one.scopes.join('+')} ${one.change}: ${one.witness.method} ${one.witness.path}`,
  )
}

const [narrow, wide] = [policy([NO_SLASH]), policy([SLASH])]
const WIDENED = ['two+one widened: GET /a/']
const NARROWED = ['two+one narrowed: GET /a/']

describe('combinedChanges', () => {
  test('finds what two scopes allow only together', () => {
    expect(changes(narrow, wide, [scope('one', 'equal'), scope('two', 'more')])).toEqual(WIDENED)
    expect(changes(wide, narrow, [scope('one', 'equal'), scope('two', 'less')])).toEqual(NARROWED)
    expect(changes(narrow, wide, [scope('two', 'both'), scope('one', 'equal')])).toEqual(WIDENED)
    expect(changes(wide, narrow, [scope('two', 'both'), scope('one', 'equal')])).toEqual(NARROWED)
    expect(changes(wide, wide, [scope('one', 'both'), scope('two', 'both')])).toEqual([])
  })

  test('only with a scope that may match more, or less, than before', () => {
    expect(changes(narrow, wide, [scope('one', 'equal'), scope('two', 'equal')])).toEqual([])
    expect(changes(narrow, wide, [scope('one', 'less'), scope('two', 'less')])).toEqual([])
    expect(changes(wide, narrow, [scope('one', 'more'), scope('two', 'more')])).toEqual([])
  })

  test('only in a direction in which the scopes alone do not change', () => {
    const kept = [scope('one', 'equal'), scope('two', 'both')]
    const found = (change: Change): readonly (readonly string[])[] => [
      changes(narrow, wide, kept, change),
      changes(wide, narrow, kept, change),
    ]
    expect(found('equal')).toEqual([WIDENED, NARROWED])
    expect(found('undecided')).toEqual([WIDENED, NARROWED])
    expect(found('widened')).toEqual([[], NARROWED])
    expect(found('narrowed')).toEqual([WIDENED, []])
    expect(found('mixed')).toEqual([[], []])
  })

  test('of two different scopes', () => {
    expect(changes(policy(['b']), policy(['b', 'a']), [scope('two', 'more')])).toEqual([])
  })

  test('a token by its names in either policy', () => {
    const before = policyOf({ one: ['a'], old: [NO_SLASH] }, SEGMENT)
    const after = policyOf({ one: ['a'], young: [SLASH] }, SEGMENT)
    const names = (was: string, is: string): ComparedScope => ({
      ...scope('two', 'both'),
      was: [was],
      is: [is],
    })
    const one = scope('one', 'equal')
    expect(changes(before, after, [one, names('old', 'young')])).toEqual(WIDENED)
    expect(changes(after, before, [one, names('young', 'old')])).toEqual(NARROWED)
    const both: ComparedScope = { ...scope('two', 'more'), was: ['one', 'old'], is: ['one', 'young'] }
    expect(changes(before, after, [scope('none', 'equal'), both])).toEqual(['two+none widened: GET /a/'])
  })

  test('of several tokens with one name the first pair is listed, and none of themselves', () => {
    const two = scope('two', 'more')
    const kept = [scope('one', 'equal'), { ...two }, { ...two }, { ...two, was: ['one'], is: ['one'] }]
    expect(changes(narrow, wide, kept)).toEqual(WIDENED)
    expect(
      changes(narrow, wide, [
        ...kept,
        scope('three', 'equal'),
        { ...two, was: ['one', 'two'], is: ['one', 'two'] },
      ]),
    ).toEqual([...WIDENED, 'two+three widened: GET /a/'])
    expect(changes(narrow, wide, [two, { ...two, was: ['one'], is: ['one'] }])).toEqual([])
  })

  test('pairs whose names read alike are two', () => {
    const before = policyOf({ ab: [NO_SLASH], c: ['a'], a: [NO_SLASH], bc: ['a'] }, SEGMENT)
    const after = policyOf({ ab: [SLASH], c: ['a'], a: [SLASH], bc: ['a'] }, SEGMENT)
    const kept = [scope('ab', 'more'), scope('c', 'equal'), scope('a', 'more'), scope('bc', 'equal')]
    expect(changes(before, after, kept)).toEqual(
      ['ab+c', 'ab+bc', 'a+c', 'a+bc'].map((pair) => `${pair} widened: GET /a/`),
    )
  })

  test('each pair once, also where both match more', () => {
    const before = policyOf({ one: ['a', '{?x,b/c}'], two: ['b', NO_SLASH], three: ['c'] }, SEGMENT)
    const after = policyOf({ one: ['a', '{?x,b/c,b/}'], two: ['b', SLASH], three: ['c'] }, SEGMENT)
    const kept = [scope('one', 'more'), scope('two', 'more'), scope('three', 'equal')]
    expect(changes(before, after, kept)).toEqual(['one+two widened: GET /a/'])
    expect(comparePolicies(before, after).combined).toHaveLength(1)
    expect(comparePolicies(after, before).combined).toHaveLength(1)
    const budget = new CountingBudget()
    combinedChanges(requestSetsOf(before), requestSetsOf(after), kept, 'equal', budget)
    expect(budget.searches).toBe(3)
  })

  test('with each method', () => {
    const put = (endpoints: Endpoints): Policy =>
      policyOf({ one: [{ a: ['GET', 'PUT'] }], two: endpoints }, { wildcard: 'segment' })
    const [before, after] = [
      put([{ [NO_SLASH]: ['GET', 'PUT'] }]),
      put([{ [NO_SLASH]: 'GET' }, { [SLASH]: 'PUT' }]),
    ]
    expect(changes(before, after, [scope('one', 'equal'), scope('two', 'more')])).toEqual([
      'two+one widened: PUT /a/',
    ])
  })

  test('up to the shorter limit of path lengths', () => {
    const kept = [scope('one', 'equal'), scope('two', 'more')]
    const limits = { limits: { pathLength: 2 } }
    expect(changes(narrow, policy([SLASH], { limits: { pathLength: 3 } }), kept)).toEqual(WIDENED)
    expect(changes(narrow, policy([SLASH], limits), kept)).toEqual([])
    expect(changes(policy([NO_SLASH], limits), wide, kept)).toEqual([])
  })

  test('a witness that `authorize` does not confirm is an internal error', () => {
    class Lying extends RequestSets {
      readonly #answer: boolean
      constructor(policy: Policy, answer: boolean) {
        super(policy)
        this.#answer = answer
      }
      override token(scopes: readonly string[]): RequestSet {
        const { items, rules } = super.token(scopes)
        return new RequestSet(items, rules, () => this.#answer)
      }
    }
    const kept = [scope('one', 'equal'), scope('two', 'more')]
    const disagree = 'analysis and authorize disagree about GET /a/'
    const [old, young] = [requestSetsOf(narrow), requestSetsOf(wide)]
    const find = (before: RequestSets, after: RequestSets) => (): unknown =>
      combinedChanges(before, after, kept, 'equal', new SearchBudget())
    expect(find(new Lying(narrow, false), new Lying(wide, true))).not.toThrow()
    expect(find(old, new Lying(wide, false))).toThrow(disagree)
    expect(find(new Lying(narrow, true), young)).toThrow(disagree)
  })
})
