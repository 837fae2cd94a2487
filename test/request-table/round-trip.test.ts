/** A generated table passes on the policy it was made from, and shows all of it. */
import fc from 'fast-check'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { loadPolicy } from '../../src/index.ts'
import { readTable } from '../../src/request-table/index.ts'
import { anyDocument, segmentDocument, toDocument } from '../arbitrary/document.ts'
import { largeDocument } from '../arbitrary/large-document.ts'
import { runs } from '../arbitrary/settings.ts'
import type { PlainGrants } from '../reference/document.ts'
import { generated, judgeFor, SCOPES } from './judge.ts'

const HANG = 20_000

function expectRoundTrip(policy: ReturnType<typeof loadPolicy>): void {
  const table = generated(policy)
  const { invalid, findings, percent, uncovered } = judgeFor(table, policy)
  expect({ table, invalid, findings, percent, uncovered }).toEqual({
    table,
    invalid: false,
    findings: [],
    percent: 100,
    uncovered: [],
  })
}

test('the default document', () => {
  expectRoundTrip(loadPolicy(SCOPES))
})

test('combinations, aliases, names and a baseline', () => {
  expectRoundTrip(
    loadPolicy(`
a: { label: A, endpoints: [{ 'a/*': [GET, POST] }], aliases: [old-a] }
b: { label: B, endpoints: [], tools: [read] }
c: { label: C, endpoints: [{ c: GET }], includes: [b] }
"a b": { endpoints: [{ 'a/*': [DELETE] }, both], tools: ['merge_*'] }
"c a": { endpoints: [{ 'a/*': [DELETE] }] }
$baseline: { endpoints: [{ health: GET }, { 'a/*': GET }], tools: [ping] }
`),
  )
})

test('endpoints of the same scopes that share an example, beside a baseline that allows it', () => {
  expectRoundTrip(
    loadPolicy(`
a: { label: A, endpoints: [{ '*': GET }, '*'] }
b: { label: B, endpoints: [] }
"a b": { endpoints: [{ c: GET }, { '*': [GET, POST] }, c] }
$baseline: { endpoints: [{ '*': GET }, '*'] }
`),
  )
})

test('a tool whose name is that of another one and of a scope', () => {
  expectRoundTrip(
    loadPolicy(`
b: { label: B, endpoints: [], tools: [a b, a] }
c: { label: C, endpoints: [], tools: [a] }
$baseline: { endpoints: [], tools: [a] }
`),
  )
})

const SEEDS = '../shared/seeds'

test.runIf(existsSync(SEEDS))('documents found in the wild', () => {
  const documents = readdirSync(SEEDS).flatMap((name) => {
    const text = readFileSync(`${SEEDS}/${name}`, 'utf8')
    return text.match(/^"[^"\n]+":\n(?: +.*\n|\n|"[^"\n]+":\n)+/gm) ?? []
  })
  expect(documents.length).toBeGreaterThan(0)
  for (const document of documents) {
    expectRoundTrip(loadPolicy(document))
    expectRoundTrip(loadPolicy(document, { preset: 'cerb' }))
  }
})

describe('generated policies', () => {
  test.each([
    ['wildcard: any', anyDocument, 150],
    ['wildcard: segment', segmentDocument, 100],
    ['many scopes', largeDocument, 10],
  ] as const)(
    'with %s',
    (_, documents, count) => {
      fc.assert(
        fc.property(documents, (parts) => {
          expectRoundTrip(loadPolicy(toDocument(parts)))
        }),
        runs(count),
      )
    },
    HANG * 5,
  )
})

test(
  'with combinations and a baseline of endpoints that scopes have, too',
  () => {
    const parts = fc.tuple(
      anyDocument,
      fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { maxLength: 3 }),
      fc.boolean(),
    )
    fc.assert(
      fc.property(parts, ([{ options, scopes }, picks, hasBaseline]) => {
        const names = scopes.map(([name]) => name)
        const endpoints = scopes.flatMap(([, scope]) => scope.endpoints ?? [])
        const grants = picks.flatMap(([a, b, at]): [string, PlainGrants][] => {
          const [one = '', other = ''] = [names[a % names.length], names[b % names.length]]
          const endpoint = endpoints[at % (endpoints.length || 1)]
          return one === other || endpoint === undefined
            ? []
            : [[`${one} ${other}`, { endpoints: [endpoint] }]]
        })
        const first = endpoints.at(-1)
        if (hasBaseline && first !== undefined) grants.push(['$baseline', { endpoints: [first] }])
        const unique = [
          ...new Map(grants.map((grant) => [grant[0].split(' ').sort().join(' '), grant])).values(),
        ]
        expectRoundTrip(loadPolicy(toDocument({ options, scopes, grants: unique })))
      }),
      runs(100),
    )
  },
  HANG * 5,
)

test('the same policy always gives the same table', () => {
  expect(generated(loadPolicy(SCOPES))).toBe(generated(loadPolicy(SCOPES)))
})

test('no request stands in a table twice', () => {
  fc.assert(
    fc.property(anyDocument, (parts) => {
      const { findings } = readTable(generated(loadPolicy(toDocument(parts))))
      expect(findings).toEqual([])
    }),
    runs(50),
  )
})
