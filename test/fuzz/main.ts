/**
 * Compares every implementation of the language with the reference on random policies, for as long as it is
 * told; see README.md beside this file. Exits 0 when all agree and every feature was met, 1 when not, 2 on
 * arguments that cannot be read.
 */
import { untested } from './counts.ts'
import { runAll } from './pool.ts'
import type { Totals } from './pool.ts'
import { saveRegression } from './regressions.ts'
import { printTotals } from './report.ts'
import { readSettings, USAGE } from './settings.ts'
import type { Settings } from './settings.ts'

let settings: Settings
try {
  settings = readSettings(process.argv.slice(2))
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`)
  process.exit(2)
}

const start = performance.now()
const seconds = (): number => (performance.now() - start) / 1000
const progress = ({ policies, decisions, disagreements }: Totals): void => {
  if (!process.stderr.isTTY) return
  const line = `${seconds().toFixed(0)} s: ${policies} policies, ${decisions} decisions, ${disagreements.length} disagreements`
  process.stderr.write(`\r\u001b[K${line}`)
}
const totals = await runAll(settings, progress)
if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')

console.log(`seed ${settings.seed}, from ${settings.from}`)
const { user, system } = process.cpuUsage()
console.log(printTotals(totals, seconds(), (user + system) / 1e6))
for (const one of totals.disagreements) {
  const { name, isNew } = saveRegression({ kind: 'decision', ...one })
  console.log(`\n${one.check}: ${one.detail}\n${JSON.stringify(one.input)}`)
  console.log(`${isNew ? 'saved as' : 'known as'} test/regressions/${name} (${one.found})`)
}
process.exitCode = totals.disagreements.length > 0 || untested(totals.counts).length > 0 ? 1 : 0
