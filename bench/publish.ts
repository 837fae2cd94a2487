/**
 * What a record becomes for readers: all tables beside it, the results in the README, the plots. Run with a
 * record as argument, it renews them without measuring.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { attackPlot, costPlot } from './plot.ts'
import { markdownReport, markdownSummary } from './report/report.ts'
import type { BenchRecord } from './report/record.ts'

const BEGIN = '<!-- results: written by the benchmark, not by hand -->'
const END = '<!-- end of results -->'

export function publish(record: BenchRecord, name: string): void {
  writeFileSync(new URL(`records/${name}.md`, import.meta.url), markdownReport(record))
  mkdirSync(new URL('plots/', import.meta.url), { recursive: true })
  writeFileSync(new URL('plots/cost.svg', import.meta.url), costPlot(record))
  writeFileSync(new URL('plots/attack.svg', import.meta.url), attackPlot(record))

  const readme = new URL('README.md', import.meta.url)
  const text = readFileSync(readme, 'utf8')
  const [before, rest] = text.split(BEGIN)
  const after = rest?.split(END)[1]
  if (before === undefined || after === undefined) throw new Error('the README has no place for results')
  writeFileSync(readme, `${before}${BEGIN}\n\n${markdownSummary(record, name)}\n${END}${after}`)
}

if (import.meta.main) {
  const file = process.argv[2]
  if (file === undefined) throw new Error('give the JSON file of a record')
  publish(JSON.parse(readFileSync(file, 'utf8')) as BenchRecord, basename(file, '.json'))
}
