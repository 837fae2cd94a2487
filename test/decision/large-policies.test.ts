/**
 * Policies as large as the limits allow: numbers of patterns, of runs and of sets of methods that do not
 * fit into sixteen bits. The last one must be as exact as the first.
 *
 * Made from data instead of documents, which would take longer to read than to compile.
 */
import { describe, expect, test } from 'vitest'
import { createPolicy } from '../../src/decision/policy.ts'
import { loadPolicy } from '../../src/index.ts'
import type { Policy } from '../../src/index.ts'
import { createAutomatonRunner } from '../../src/matcher/run-automaton.ts'
import { readPattern } from '../../src/pattern/pattern.ts'
import type { PathRules } from '../../src/pattern/request-path.ts'
import type { PolicyData } from '../../src/policy/policy-data.ts'
import { RULES } from '../pattern/rules.ts'

const MANY = 0x10001
const GET: readonly string[] = ['GET']

function policyOf(
  count: number,
  patternOf: (index: number) => string,
  methodsOf: (index: number) => readonly string[] = () => GET,
  rules: PathRules = RULES,
): Policy {
  const interpreted = Array.from({ length: count }, (_, index) => {
    const pattern = patternOf(index)
    return { endpoint: { pattern, methods: methodsOf(index) }, pattern: readPattern(pattern, rules) }
  })
  const endpoints = interpreted.map(({ endpoint }) => endpoint)
  const options = { ...RULES, head: 'explicit', methods: GET, extraMethods: [] } as const
  const data: PolicyData = {
    options,
    rules,
    scopes: new Map([['s', { name: 's', label: 's', optional: false, includes: [], endpoints }]]),
    combinations: new Map(),
    grants: new Map([['s', interpreted]]),
  }
  return createPolicy(data)
}

describe('more than 65,536', () => {
  const some = [0, 1, 2, 1000, MANY - 2, MANY - 1]

  test('literal patterns are told apart', () => {
    const { authorize } = policyOf(MANY, (index) => `p${index}`).grant(['s'])
    for (const index of some) expect(authorize('GET', `/p${index}`)).toBe(true)
    for (const path of ['/p', `/p${MANY}`, '/p00', '/p0x']) expect(authorize('GET', path)).toBe(false)
  })

  test('runs between stars are told apart', () => {
    const { authorize } = policyOf(MANY, (index) => `k${index}k*r${index}r*z`).grant(['s'])
    for (const index of some) {
      for (const other of [...some, 0x10000 - index]) {
        expect(authorize('GET', `/k${index}k-r${other}r-z`), `${index} ${other}`).toBe(index === other)
      }
    }
  })

  test('patterns with the same beginning and ending are all there', () => {
    const { authorize } = policyOf(MANY, (index) => `*r${index}r*`).grant(['s'])
    for (const index of some) expect(authorize('GET', `/r${index}r`), `${index}`).toBe(true)
    expect(authorize('GET', `/r${MANY}r`)).toBe(false)
  })

  test('sets of methods are told apart, and explained as they are granted', () => {
    const names =
      'ACL BIND COPY DELETE GET HEAD LABEL LINK LOCK MERGE MKCOL MOVE PATCH POST PUT SEARCH TRACE'.split(' ')
    const methodsOf = (index: number): readonly string[] =>
      names.filter((_, bit) => ((index + 1) & (1 << bit)) !== 0)
    const policy = policyOf(MANY + 3, (index) => `p${index}`, methodsOf)
    for (const index of [...some, MANY, MANY + 1, MANY + 2]) {
      expect(policy.methodsFor(['s'], `/p${index}`), `${index}`).toEqual(methodsOf(index))
    }
    const listed = policy.scopes.get('s')?.endpoints
    for (const index of [...some, MANY])
      expect(listed?.[index]?.methods, `${index}`).toEqual(methodsOf(index))
  })

  test('patterns of wildcard: segment are told apart', () => {
    const rules = { ...RULES, wildcard: 'segment' } as const
    const methodsOf = (index: number): readonly string[] => [index === 0 ? 'GET' : 'PUT']
    const policy = policyOf(MANY, (index) => `?${index}`, methodsOf, rules)
    expect(policy.methodsFor(['s'], '/x0')).toEqual(['GET'])
    expect(policy.methodsFor(['s'], `/x${MANY - 1}`)).toEqual(['PUT'])
    expect(policy.methodsFor(['s'], `/x${MANY}`)).toEqual([])
  })

  test('automata, as many as a document may have endpoints, are no arguments of one function', () => {
    const automaton = {
      accepting: Uint8Array.of(1),
      arcs: Int32Array.of(0, 0),
      first: Uint16Array.of(),
      last: Uint16Array.of(),
      to: Int32Array.of(),
    }
    const run = createAutomatonRunner(Array.from({ length: 200_000 }, () => automaton))
    expect(run(199_999, 'ab', 1, 1)).toBe(true)
    expect(run(199_999, 'ab', 1, 2)).toBe(false)
  })

  test('characters in one pattern, where the limit was raised, are all compared', () => {
    const long = 'a'.repeat(MANY)
    const options = { limits: { patternLength: 1e6, pathLength: 1e6 } }
    const { authorize } = loadPolicy({ s: { label: 's', endpoints: [long] } }, options).grant(['s'])
    expect(authorize('GET', `/${long}`)).toBe(true)
    for (const length of [0, 1, 2, MANY - 1, MANY + 1])
      expect(authorize('GET', `/${'a'.repeat(length)}`)).toBe(false)
  })
})

describe('deep and wide trees', () => {
  test('a thousand patterns that each begin with the one before', () => {
    const { authorize } = policyOf(1000, (index) => 'ab'.repeat(index + 1)).grant(['s'])
    for (const index of [0, 1, 500, 999]) {
      expect(authorize('GET', `/${'ab'.repeat(index + 1)}`)).toBe(true)
      expect(authorize('GET', `/${'ab'.repeat(index + 1)}a`)).toBe(false)
    }
  })

  test('every accepted character as the first of a pattern', () => {
    const characters = Array.from({ length: 0x7e - 0x21 }, (_, index) => String.fromCharCode(0x21 + index))
    const plain = characters.filter((character) => !'#%*./;?\\'.includes(character))
    const firsts = [...plain, '%20', '%22', '%25', '%C3%A9', '%E2%82%AC']
    const { authorize } = policyOf(firsts.length, (index) => `${firsts[index] ?? ''}/x`).grant(['s'])
    for (const first of firsts) {
      expect(authorize('GET', `/${first}/x`), first).toBe(true)
      expect(authorize('GET', `/${first}/y`), first).toBe(false)
      expect(authorize('GET', `/${first}`), first).toBe(false)
    }
  })

  test('a tree too large for offsets of sixteen bits', () => {
    const patternOf = (index: number): string => `${index % 10}/${'long-name/'.repeat(4)}${index}*${index}`
    const { authorize } = policyOf(5000, patternOf).grant(['s'])
    for (const index of [0, 1, 9, 10, 4321, 4999]) {
      expect(authorize('GET', `/${patternOf(index).replace('*', '--')}`)).toBe(true)
      expect(authorize('GET', `/${patternOf(index).replace('*', '--')}!`)).toBe(false)
    }
  })

  test('as many scopes as the filters were made for, and many more', () => {
    for (const count of [1, 8, 9, 40, 300]) {
      const entries = Array.from({ length: count }, (_, index) => [
        `s${index}`,
        { label: 's', endpoints: [`p${index}/*`, `*/q${index}`, `l${index}`, `a*m${index}*z`] },
      ])
      const policy = loadPolicy(Object.fromEntries(entries) as object)
      for (const index of new Set([0, count >> 1, count - 1])) {
        for (const path of [
          `/p${index}/x`,
          `/x/q${index}`,
          `/l${index}`,
          `/a-m${index}-z`,
          `/p${index}/%78`,
        ]) {
          const expected = Array.from({ length: count }, (_, other) => `s${other}`).filter((name) =>
            policy.authorize([name], 'GET', path),
          )
          expect(expected, path).toContain(`s${index}`)
          // The run `m1` is part of `m10`, and nothing else overlaps.
          expect(expected.filter((name) => !path.includes(name.slice(1)))).toEqual([])
        }
      }
    }
  })
})
