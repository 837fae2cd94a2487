/**
 * How long `coverage` and `fromOpenApi` take on the API of a real permission table: every path of the table is
 * an operation, every star of it a parameter.
 *
 *     node bench/openapi.ts CATALOG.json
 *
 * One thread, one run; wall-clock milliseconds. Counts are beside the times, so that it cannot get faster by
 * being wrong unnoticed.
 */
import { loadPolicy } from '../src/index.ts'
import { coverage, fromOpenApi } from '../src/openapi/index.ts'
import { readCatalog, toYaml } from '../test/catalogs/catalog.ts'
import { openApiOf } from '../test/openapi/from-catalog.ts'

const [file] = process.argv.slice(2)
if (file === undefined) throw new Error('name a catalog')
const catalog = readCatalog(file)
const document = openApiOf(catalog)

function timed<T>(what: string, work: () => T, count: (answer: T) => string): T {
  const start = performance.now()
  const answer = work()
  console.log(`${what}: ${(performance.now() - start).toFixed(0)} ms, ${count(answer)}`)
  return answer
}

const policy = loadPolicy(toYaml(catalog))
timed(
  'coverage',
  () => coverage(policy, document),
  ({ operations }) => {
    const full = operations.filter(({ reach }) => reach === 'full').length
    return `${operations.length} operations, ${full} in full, ${policy.scopes.size} scopes`
  },
)
timed(
  'fromOpenApi',
  () => fromOpenApi(document),
  ({ text, notes }) => `${text.split('\n').length} lines, ${notes.length} notes`,
)
