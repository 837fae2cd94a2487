/**
 * How long the analysis takes: all pairs of scopes of a real table, the comparison of large policies, and
 * how the cost of both grows.
 *
 *     node bench/analysis.ts [CATALOG.json]
 *
 * One thread, one run each after a warm-up on a small policy; times are wall-clock milliseconds, memory is
 * the resident set. Every figure is next to the answer that it belongs to, so it cannot get faster by being
 * wrong unnoticed.
 */
import { existsSync } from 'node:fs'
import { comparePolicies, compareScopes, redundantEndpoints } from '../src/analysis/index.ts'
import { loadPolicy } from '../src/index.ts'
import type { Policy } from '../src/index.ts'
import { readCatalog, toYaml } from '../test/catalogs/catalog.ts'
import { table } from '../test/catalogs/table.ts'

const ENDPOINTS = 40

/** Scopes of forty endpoints with two stars each; every tenth differs in one of them. */
function document(scopes: number, edited: boolean): object {
  const endpoint = (scope: number, index: number): string =>
    `v1/resource${scope}/*/part${edited && scope % 10 === 0 && index === 7 ? 'x' : index}/*`
  return Object.fromEntries(
    Array.from({ length: scopes }, (_, scope) => [
      `scope${scope}`,
      {
        label: 'label',
        endpoints: Array.from({ length: ENDPOINTS }, (_, index) => ({ [endpoint(scope, index)]: 'GET' })),
      },
    ]),
  )
}

function timed<T>(work: () => T): readonly [answer: T, milliseconds: string] {
  const start = performance.now()
  const answer = work()
  return [answer, (performance.now() - start).toFixed(0)]
}

function rss(): string {
  return (process.memoryUsage().rss / 2 ** 20).toFixed(0)
}

function allPairs(policy: Policy, names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const [index, a] of names.entries()) {
    for (const b of names.slice(index + 1)) {
      const { relation } = compareScopes(policy, a, b)
      counts[relation] = (counts[relation] ?? 0) + 1
    }
  }
  return counts
}

allPairs(loadPolicy(document(20, false)), ['scope0', 'scope1', 'scope2'])

console.log('comparePolicies: a policy and an edited copy')
const rows = [75, 150, 300, 600, 1200].map((scopes) => {
  const [before, after] = [loadPolicy(document(scopes, false)), loadPolicy(document(scopes, true))]
  const [{ change }, spent] = timed(() => comparePolicies(before, after))
  return [String(scopes * ENDPOINTS), spent, change, rss()]
})
console.log(table([['grants', 'ms', 'change', 'RSS MiB'], ...rows]))

const [file] = process.argv.slice(2)
if (file !== undefined && existsSync(file)) {
  const policy = loadPolicy(toYaml(readCatalog(file)))
  const names = [...policy.scopes.keys()]
  console.log('\ncompareScopes: all pairs of the first scopes of the catalog')
  const growth = [75, 150, 300, names.length].map((count) => {
    const [counts, spent] = timed(() =>
      allPairs(loadPolicy(toYaml(readCatalog(file))), names.slice(0, count)),
    )
    const pairs = (Math.min(count, names.length) * (Math.min(count, names.length) - 1)) / 2
    return [String(count), String(pairs), spent, JSON.stringify(counts), rss()]
  })
  console.log(table([['scopes', 'pairs', 'ms', 'relations', 'RSS MiB'], ...growth]))
  const [redundant, spent] = timed(() => redundantEndpoints(policy))
  console.log(`\nredundantEndpoints: ${redundant.length} in ${spent} ms`)
}
