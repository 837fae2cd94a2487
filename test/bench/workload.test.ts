/** The workload generator: the same policy and traffic every time, and as described. */
import { describe, expect, test } from 'vitest'
import { parsePolicy } from '../../src/index.ts'
import { documentOf, SIZES, yamlOf } from '../../bench/workload/document.ts'
import { seeded, zipf } from '../../bench/workload/random.ts'
import { PLAIN, STYLES } from '../../bench/workload/style.ts'
import { workloadFor } from '../../bench/workload/workload.ts'
import { referencePolicy } from '../reference/authorize.ts'

const TRAFFIC = { requests: 2000, distinctPaths: 1000 }
const SMALL = SIZES.slice(0, 2)

test.each(SMALL)('two workloads of size $name are equal', (size) => {
  expect(workloadFor(size, TRAFFIC, PLAIN)).toEqual(workloadFor(size, TRAFFIC, PLAIN))
})

describe.each(SMALL)('a workload of size $name', (size) => {
  const { traffic, hot, yaml } = workloadFor(size, TRAFFIC, PLAIN)

  test('has as many allowed requests as denied ones, in the hot set too', () => {
    expect(traffic.allowed.filter(Boolean)).toHaveLength(TRAFFIC.requests / 2)
    expect(hot).toHaveLength(64)
    expect(hot.filter((at) => traffic.allowed[at] === true)).toHaveLength(32)
  })

  test('agrees with the reference as a whole', () => {
    const reference = referencePolicy(documentOf(size))
    const some = traffic.token.map((_, index) => index).filter((index) => index % 7 === 0)
    for (const at of some) {
      const scopes = (traffic.tokens[traffic.token[at] ?? 0] ?? '').split(' ')
      const path = traffic.paths[traffic.path[at] ?? 0] ?? ''
      expect(reference.authorize(scopes, traffic.method[at] ?? '', path), path).toBe(traffic.allowed[at])
    }
  })

  test('holds no path that the path rules refuse', () => {
    const reference = referencePolicy(documentOf(size))
    expect(traffic.paths.filter((path) => reference.testedPath(path) === undefined)).toEqual([])
  })

  test('says in YAML what it says as data', () => {
    const fromYaml = parsePolicy(yaml)
    const fromData = parsePolicy(documentOf(size))
    expect(fromYaml.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(fromYaml.policy?.fingerprint).toBe(fromData.policy?.fingerprint)
  })
})

test.each(SIZES)('the document of size $name has its scopes and endpoints', (size) => {
  const scopes = Object.values(documentOf(size))
  expect(scopes).toHaveLength(size.scopes)
  for (const scope of scopes) expect('endpoints' in scope && scope.endpoints).toHaveLength(size.endpoints)
})

test.each(STYLES)('targets in the style $name are half allowed', (style) => {
  const size = SMALL[1] ?? expect.unreachable()
  const { traffic, yaml } = workloadFor(size, { requests: 200, distinctPaths: 200 }, style)
  expect(traffic.allowed.filter(Boolean)).toHaveLength(100)
  expect(parsePolicy(yaml).policy).not.toBeNull()
})

test('YAML of a document quotes what has to be quoted', () => {
  expect(yamlOf({ a: { label: 'A', endpoints: ['*', { 'b/*': ['GET', 'PUT'] }] } })).toBe(
    '"a":\n  label: A\n  endpoints:\n    - "*"\n    - "b/*": [GET, PUT]\n',
  )
})

test('Zipf ranks lie in range, and the first is the most frequent', () => {
  const rank = zipf(100, seeded(1))
  const counts = new Map<number, number>()
  for (let draw = 0; draw < 10_000; draw++) {
    const drawn = rank()
    counts.set(drawn, (counts.get(drawn) ?? 0) + 1)
  }
  expect(Math.min(...counts.keys())).toBe(0)
  expect(Math.max(...counts.keys())).toBeLessThan(100)
  expect(counts.get(0)).toBe(Math.max(...counts.values()))
})
