/**
 * The real permission tables of a folder, each as a scope document: it loads without an error, and decides
 * as the reference does.
 *
 *     node test/catalogs/catalogs.ts FOLDER [--requests N]
 *
 * Prints a table and exits 1 on any error or difference.
 */
import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { parsePolicy } from '../../src/index.ts'
import { readCatalog, toYaml } from './catalog.ts'
import type { Catalog } from './catalog.ts'
import { compare } from './compare.ts'
import { table } from './table.ts'

const HEADINGS = [
  'provider',
  'scopes',
  'endpoints',
  'warnings',
  'load ms',
  'heap MiB',
  'decisions',
  'granted',
  'differences',
]
const SHOWN = 10

export interface CatalogReport {
  /** What to print. */
  readonly text: string
  /** Errors and differences over all catalogs. */
  readonly failures: number
}

/** `progress` gets one short line at a time, and the empty one at the end. */
export function checkCatalogs(
  folder: string,
  requests: number,
  progress: (line: string) => void,
): CatalogReport {
  const rows = [HEADINGS]
  const remarks: string[] = []
  let failures = 0
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  for (const file of files.sort()) {
    const name = basename(file, '.json')
    const catalog = readCatalog(join(folder, file))
    const { row, errors, notes } = checkCatalog(name, catalog, requests, (share) => {
      progress(`${name} ${Math.round(share * 100)} %`)
    })
    rows.push(row)
    failures += errors.length
    remarks.push(...notes.map((note) => `note: ${name}: ${note}`))
    remarks.push(...errors.slice(0, SHOWN).map((error) => `error: ${name}: ${error}`))
    if (errors.length > SHOWN) remarks.push(`error: ${name}: and ${errors.length - SHOWN} more`)
  }
  progress('')
  if (files.length === 0) return { text: `no catalog in ${folder}`, failures: 1 }
  return { text: [table(rows), ...remarks].join('\n'), failures }
}

interface Checked {
  readonly row: string[]
  readonly errors: readonly string[]
  readonly notes: readonly string[]
}

function checkCatalog(
  name: string,
  catalog: Catalog,
  requests: number,
  onProgress: (share: number) => void,
): Checked {
  const text = toYaml(catalog)
  const before = heapMiB()
  const start = performance.now()
  const { policy, diagnostics } = parsePolicy(text)
  const spent = performance.now() - start
  const heap = heapMiB() - before

  const endpoints = catalog.scopes.reduce((sum, scope) => sum + scope.endpoints.length, 0)
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning')
  const counts = [catalog.scopes.length, endpoints, warnings.length].map(String)
  const row = [name, ...counts, spent.toFixed(0), heap.toFixed(1)]
  const found = diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message }) => `${code}: ${message}`)
  if (policy === null) return { row: [...row, '0', '0', '-'], errors: found, notes: catalog.notes }

  const { decisions, granted, differences } = compare(catalog, policy, requests, onProgress)
  const notes = [...catalog.notes, ...summary(warnings.map(({ code }) => code))]
  return {
    row: [...row, ...[decisions, granted, differences.length].map(String)],
    errors: [...found, ...differences],
    notes,
  }
}

/** How often each warning was given. */
function summary(codes: readonly string[]): string[] {
  return [...new Set(codes)].map(
    (code) => `${codes.filter((other) => other === code).length} × warning ${code}`,
  )
}

function heapMiB(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  return process.memoryUsage().heapUsed / 2 ** 20
}

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { requests: { type: 'string', default: '1000' } },
  })
  const [folder] = positionals
  if (folder === undefined) {
    console.error('usage: node test/catalogs/catalogs.ts FOLDER [--requests N]')
    process.exit(2)
  }
  const progress = process.stderr.isTTY
    ? (line: string): unknown => process.stderr.write(`\r\x1b[K${line}`)
    : () => undefined
  const { text, failures } = checkCatalogs(folder, Number(values.requests), progress)
  console.log(text)
  process.exitCode = failures > 0 ? 1 : 0
}

if (import.meta.main) main()
