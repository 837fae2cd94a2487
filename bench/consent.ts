/**
 * How long a consent screen takes when a client requests hundreds of scopes.
 *
 *     node bench/consent.ts [CATALOG.json] [--scopes N]
 *
 * First: a policy that was just loaded, for which nothing is known yet. Again: the same question to the
 * same policy, as a server asks it at every request. Medians of single runs after a warm-up on a small
 * policy, wall-clock milliseconds in one thread, each beside the answer that it took.
 */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { consent, renderConsent } from '../src/consent/index.ts'
import type { ConsentView } from '../src/consent/index.ts'
import { loadPolicy } from '../src/index.ts'
import { readCatalog, toYaml } from '../test/catalogs/catalog.ts'
import { table } from '../test/catalogs/table.ts'

const RUNS = 15
const PAGE = { action: '/consent', client: { name: 'Example App' } }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { scopes: { type: 'string', default: '600' } },
})
const [file] = positionals
if (file !== undefined && !existsSync(file)) throw new Error(`there is no file ${file}`)
const document = file === undefined ? madeDocument() : toYaml(readCatalog(file))

const times: Record<'first' | 'again' | 'render', number[]> = { first: [], again: [], render: [] }
let view: ConsentView | undefined
let page = ''
for (let run = -2; run < RUNS; run++) {
  const policy = loadPolicy(document)
  const requested = [...policy.scopes.keys()].slice(0, Number(values.scopes))
  const start = performance.now()
  view = consent(policy, requested)
  const shown = performance.now()
  page = renderConsent(view, PAGE)
  const rendered = performance.now()
  consent(policy, requested)
  const end = performance.now()
  if (run < 0) continue
  times.first.push(shown - start)
  times.render.push(rendered - shown)
  times.again.push(end - rendered)
}

const items = view?.groups.flatMap((group) => group.items) ?? []
const folded = items.reduce((sum, { includes }) => sum + includes.length, 0)
const shown = [items.length, folded, page.length].map(String)
console.log(
  table([
    ['view, first', 'view, again', 'render', 'lines', 'folded', 'characters'],
    [...[times.first, times.again, times.render].map((list) => `${median(list).toFixed(1)} ms`), ...shown],
  ]),
)

function median(list: readonly number[]): number {
  return [...list].sort((a, b) => a - b)[list.length >> 1] ?? Number.NaN
}

/** Two scopes for each of three hundred resources, one of which reads only, with fifteen endpoints each. */
function madeDocument(): Readonly<Record<string, { label: string; endpoints: Record<string, string[]>[] }>> {
  return Object.fromEntries(
    Array.from({ length: 600 }, (_, at) => {
      const methods = at % 2 === 0 ? ['GET'] : ['GET', 'POST', 'PUT']
      const endpoints = Array.from({ length: 15 }, (__, part) => ({
        [`v1/r${at >> 1}/*/part${part}`]: methods,
      }))
      return [`r${at >> 1}.${at % 2 === 0 ? 'read' : 'write'}`, { label: 'Use a resource', endpoints }]
    }),
  )
}
