/**
 * Reads a permission table into one shape, and writes it as a scope document in YAML. What a table lacks
 * or spells differently is made up for visibly: every substitution is a note.
 */
import { readFileSync } from 'node:fs'
import type { PlainDocument, PlainOptions } from '../reference/document.ts'

export interface CatalogScope {
  readonly name: string
  readonly label: string
  readonly endpoints: readonly { readonly path: string; readonly methods: readonly string[] }[]
}

export interface Catalog {
  readonly provider: string
  readonly options: PlainOptions
  readonly scopes: readonly CatalogScope[]
  readonly notes: readonly string[]
}

interface Table {
  readonly name: string
  readonly scopes: Readonly<Record<string, { label?: string; endpoints: CatalogScope['endpoints'] }>>
}

/** One row of the list of endpoints that the reference implementation documents. */
interface Row {
  readonly method: string
  readonly path: string
}

export function readCatalog(file: string): Catalog {
  const data = JSON.parse(readFileSync(file, 'utf8')) as Table | readonly Row[]
  return 'scopes' in data ? fromTable(data) : fromRows(data)
}

function fromTable(table: Table): Catalog {
  const notes: string[] = []
  const used = new Set<string>()
  let unlabelled = 0
  const scopes = Object.entries(table.scopes).map(([written, { label, endpoints }]): CatalogScope => {
    const name = toScopeToken(written, used)
    used.add(name)
    if (name !== written)
      notes.push(`scope ${JSON.stringify(written)} is no scope token; it is compared as ${name}`)
    if (label?.trim()) return { name, label, endpoints }
    unlabelled += 1
    return { name, label: name, endpoints }
  })
  if (unlabelled > 0)
    notes.push(`${unlabelled} of ${scopes.length} scopes have no label; the name stands in for it`)
  return { provider: table.name, options: {}, scopes, notes }
}

/** A list without scopes: one scope for each first segment, read with the preset of that implementation. */
function fromRows(rows: readonly Row[]): Catalog {
  const groups = new Map<string, CatalogScope['endpoints'][number][]>()
  for (const { method, path } of rows) {
    const [name = ''] = path.split('/')
    const endpoint = { path: path.replace(/\{[^{}]*\}/g, '*'), methods: [method] }
    groups.set(name, [...(groups.get(name) ?? []), endpoint])
  }
  const scopes = [...groups].map(([name, endpoints]) => ({ name, label: name, endpoints }))
  const notes = ['a list of endpoints without scopes; each first segment became one, and `{…}` a star']
  return { provider: 'Cerb API', options: { preset: 'cerb' }, scopes, notes }
}

/** The name itself where RFC 6749 §3.3 allows it, or else escaped so that it does, and unique. */
function toScopeToken(written: string, used: ReadonlySet<string>): string {
  let name = written.replace(/^\$|[^\x21\x23-\x5b\x5d-\x7e]/gu, (character) => encodeURIComponent(character))
  if (name === '') name = 'unnamed'
  while (used.has(name)) name += "'"
  return name
}

/** The document as YAML. Every text is a JSON string, which YAML 1.2 reads as the same string. */
export function toYaml({ provider, options, scopes }: Catalog): string {
  const lines = [`# ${provider.replace(/[^\x20-\x7e]/g, '?')}`]
  if (Object.keys(options).length > 0) lines.push(`$options: ${JSON.stringify(options)}`)
  for (const { name, label, endpoints } of scopes) {
    lines.push(`${JSON.stringify(name)}:`, `  label: ${JSON.stringify(label)}`)
    lines.push(endpoints.length === 0 ? '  endpoints: []' : '  endpoints:')
    for (const { path, methods } of endpoints) {
      lines.push(`    - ${JSON.stringify(path)}: [${methods.join(', ')}]`)
    }
  }
  return `${lines.join('\n')}\n`
}

/** The same document as plain data, for the reference. */
export function toPlainDocument({ options, scopes }: Catalog): PlainDocument {
  const entries = scopes.map(({ name, label, endpoints }) => [
    name,
    { label, endpoints: endpoints.map(({ path, methods }) => ({ [path]: methods })) },
  ])
  return Object.fromEntries([['$options', options], ...entries]) as PlainDocument
}
