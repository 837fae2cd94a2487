/**
 * What the rules say of the real permission tables of a folder: counts by rule, and a few findings of each
 * to read.
 *
 *     node test/catalogs/lint.ts FOLDER [--group meaning] [--samples N] [--rule ID]
 *
 * Rules that are off by default are switched on. Prints a table, then the samples; exits 1 when a document
 * does not load.
 */
import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { lintDocument } from '../../src/lint/lint.ts'
import { rules } from '../../src/lint/rules/index.ts'
import { readCatalog, toYaml } from './catalog.ts'
import { table } from './table.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    group: { type: 'string' },
    samples: { type: 'string', default: '3' },
    rule: { type: 'string' },
  },
})
const [folder] = positionals
if (folder === undefined) {
  console.error('usage: node test/catalogs/lint.ts FOLDER [--group GROUP] [--samples N] [--rule ID]')
  process.exit(2)
}

const ids = rules
  .filter(({ id, group }) => (values.rule ?? id) === id && (values.group ?? group) === group)
  .map(({ id }) => id)
const off = rules.filter(({ severity }) => severity === 'off').map(({ id }) => [id, 'info'] as const)
const counts = new Map<string, Map<string, number>>()
const samples: string[] = []
const names: string[] = []

for (const file of readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort()) {
  const name = basename(file, '.json')
  names.push(name)
  const text = toYaml(readCatalog(join(folder, file)))
  const { diagnostics, undecided } = lintDocument(text, { rules: Object.fromEntries(off) })
  if (diagnostics.some(({ severity }) => severity === 'error')) process.exitCode = 1
  for (const { rule, question } of undecided) samples.push(`${name}: ${rule}: undecided ${question}`)
  for (const id of ids) {
    const found = diagnostics.filter(({ code }) => code === id)
    counts.set(id, (counts.get(id) ?? new Map<string, number>()).set(name, found.length))
    // Spread over the document, since neighbours look alike.
    const step = Math.max(1, Math.floor(found.length / Number(values.samples)))
    for (const one of found.filter((_, index) => index % step === 0).slice(0, Number(values.samples))) {
      const help = one.help === undefined ? '' : `\n      = ${one.help}`
      const fix =
        one.fix === undefined ? '' : ` (${one.fix.unsafe === true ? 'unsafe ' : ''}fix: ${one.fix.title})`
      samples.push(`${name}:${one.range.start.line}: [${id}] ${one.message}${fix}${help}`)
    }
  }
}

const short = (name: string): string => name.slice(0, 9)
const rows = ids.map((id) => [id, ...names.map((name) => String(counts.get(id)?.get(name) ?? 0))])
console.log(table([['rule', ...names.map(short)], ...rows]))
console.log(samples.join('\n'))
