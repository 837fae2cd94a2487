/**
 * How long linting takes with all rules, those that are off by default too: time, memory, findings by rule,
 * and how the time grows over the first scopes of the table.
 *
 *     node bench/lint.ts CATALOG.json [segment]
 *
 * One thread. Each row is a string that was not linted before, after a warm-up on a small one; times are
 * wall-clock and processor milliseconds, the latter with the garbage collector's threads; memory is the
 * resident set. Findings are beside them, so it cannot get faster by finding less unnoticed.
 */
import { parsePolicy } from '../src/index.ts'
import { lintDocument } from '../src/lint/lint.ts'
import { rules } from '../src/lint/rules/index.ts'
import { type Catalog, readCatalog, toYaml } from '../test/catalogs/catalog.ts'
import { table } from '../test/catalogs/table.ts'

const [file, mode] = process.argv.slice(2)
if (file === undefined) {
  console.error('usage: node bench/lint.ts CATALOG.json [segment]')
  process.exit(2)
}

const read = readCatalog(file)
const catalog: Catalog =
  mode === 'segment' ? { ...read, options: { ...read.options, wildcard: 'segment' } } : read
const on = Object.fromEntries(
  rules.filter(({ severity }) => severity === 'off').map(({ id }) => [id, 'info'] as const),
)

/** The first scopes that have at least so many endpoints together. */
function first(endpoints: number): Catalog {
  let sum = 0
  const scopes = catalog.scopes.filter((scope) => {
    const isIn = sum < endpoints
    sum += scope.endpoints.length
    return isIn
  })
  return { ...catalog, scopes }
}

function measured<T>(work: () => T): readonly [answer: T, wall: number, processor: number] {
  const [start, used] = [performance.now(), process.cpuUsage()]
  const answer = work()
  const { user, system } = process.cpuUsage(used)
  return [answer, performance.now() - start, (user + system) / 1000]
}

lintDocument(toYaml(first(50)), { rules: on })

const total = catalog.scopes.reduce((sum, { endpoints }) => sum + endpoints.length, 0)
const sizes = [100, 400, 1600, 6400, total].filter((size) => size <= total)
let last: ReturnType<typeof lintDocument> | undefined
const rows = sizes.map((size) => {
  const part = first(size)
  const text = toYaml(part)
  const endpoints = part.scopes.reduce((sum, scope) => sum + scope.endpoints.length, 0)
  const [, loading] = measured(() => parsePolicy(text))
  const [result, wall, processor] = measured(() => lintDocument(text, { rules: on }))
  last = result
  return [
    endpoints,
    part.scopes.length,
    loading.toFixed(0),
    wall.toFixed(0),
    processor.toFixed(0),
    ((wall / endpoints) * 1000).toFixed(0),
    result.diagnostics.length,
    result.undecided.length,
    (process.memoryUsage().rss / 2 ** 20).toFixed(0),
  ].map(String)
})
console.log(
  table([
    ['endpoints', 'scopes', 'load ms', 'lint ms', 'cpu ms', 'µs each', 'findings', 'undecided', 'RSS MiB'],
    ...rows,
  ]),
)

const counts = new Map<string, number>()
for (const { code } of last?.diagnostics ?? []) counts.set(code, (counts.get(code) ?? 0) + 1)
console.log(
  `\n${table([['code', 'findings'], ...[...counts].map(([code, count]) => [code, String(count)])])}`,
)
for (const { rule, question } of last?.undecided ?? []) console.log(`undecided: ${rule}: ${question}`)
